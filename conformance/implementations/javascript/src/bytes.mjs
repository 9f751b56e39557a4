/**
 * Integers and hash text in the bytes of a datagram. All integers are big-endian.
 *
 * A DataView reads and writes integers, too. But to make one for a datagram takes longer than all
 * that the codec does with it: an engine keeps a small Uint8Array within its own heap, and has to
 * give it a buffer first.
 */

export const u16At = (bytes, at) => (bytes[at] << 8) | bytes[at + 1];

/** The result of `<<` and `|` is signed; `>>>` makes it unsigned. */
export const u32At = (bytes, at) =>
  ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;

/** An array of bytes keeps the low eight bits of what it is given. */
export function putU16(bytes, at, value) {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function putU32(bytes, at, value) {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = new Uint8Array(scratch.buffer);

/** Eight bytes as a BigInt. */
export function u64At(bytes, at) {
  for (let i = 0; i < 8; i++) scratchBytes[i] = bytes[at + i];
  return scratch.getBigUint64(0);
}

export function putU64(bytes, at, value) {
  scratch.setBigUint64(0, value);
  bytes.set(scratchBytes, at);
}

/** Each byte as two lower-case hex digits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The bytes of `bytes[at..end]` as lower-case hex. */
export function hexAt(bytes, at, end) {
  let hex = "";
  for (let i = at; i < end; i++) hex += HEX[bytes[i]];
  return hex;
}

/** Writes lower-case hex, which has been checked, as bytes. */
export function putHex(bytes, at, hex) {
  for (let i = 0; i < hex.length / 2; i++) {
    bytes[at + i] = (digitAt(hex, 2 * i) << 4) | digitAt(hex, 2 * i + 1);
  }
}

/** The value of a hex digit. The letters come after the digits in ASCII, with a gap between. */
function digitAt(hex, at) {
  const unit = hex.charCodeAt(at);
  return unit <= 0x39 ? unit - 0x30 : unit - 0x61 + 10;
}
