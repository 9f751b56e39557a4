/** Bytes as hex, the form that they have in the adapter protocol. */

/** Checks hex: two digits for each byte, of either case. */
export function checkHex(hex) {
  const isHex = typeof hex === "string" && hex.length % 2 === 0 && !/[^0-9a-f]/i.test(hex);
  if (!isHex) throw new Error("the value is not hex with two digits per byte");
}

/** Writes hex, which has been checked, as bytes. For few bytes that is faster than a Buffer. */
export function putHex(bytes, at, hex) {
  for (let i = 0; i < hex.length / 2; i++) {
    bytes[at + i] = (digitAt(hex, 2 * i) << 4) | digitAt(hex, 2 * i + 1);
  }
}

/** The value of a digit. The low bits of `a` and `A` are 1, those of `b` and `B` are 2. */
function digitAt(hex, at) {
  const code = hex.charCodeAt(at);
  return (code & 0x0f) + (code > 0x39 ? 9 : 0);
}

let buffer = Buffer.alloc(2048);

/** Writes lower-case hex. One Buffer serves all: making one takes longer than copying bytes. */
export function hexFromBytes(bytes) {
  if (buffer.length < bytes.length) buffer = Buffer.alloc(bytes.length);
  buffer.set(bytes);
  return buffer.toString("hex", 0, bytes.length);
}
