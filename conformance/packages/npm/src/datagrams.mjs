/**
 * Datagrams as a game receives them: a view of a larger buffer that the next datagram overwrites.
 *
 * A codec that ignores the offset of its view, or that keeps the view, is right for a buffer of its
 * own and wrong here.
 */
const OFFSET = 3; // odd, so that no field is aligned by chance
const FILLER = 0xa5; // before and after a datagram, and over it when it has been used

let buffer = new Uint8Array(4096).fill(FILLER);

/** Longer than any datagram, in bytes: of what is longer, the beginning is as wrong as the whole. */
const MOST = 65_536;

/** What the engine says of an array: a test runner may bring a Uint8Array of its own, and an object may lie. */
const arrays = Object.getPrototypeOf(Uint8Array.prototype);
const [kindOf, bufferOf, offsetOf, lengthOf] = [Symbol.toStringTag, "buffer", "byteOffset", "byteLength"]
  .map((name) => Object.getOwnPropertyDescriptor(arrays, name).get)
  .map((get) => (array) => Reflect.apply(get, array, []));

/** The digits of a Uint8Array, two for each byte; undefined if it is none. */
export function hexOf(array) {
  if (kindOf(array) !== "Uint8Array") return undefined;
  const length = Math.min(lengthOf(array), MOST);
  if (length === 0) return "";
  const bytes = new Uint8Array(bufferOf(array), offsetOf(array), length);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes that these digits stand for. */
export const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

/** Calls `use` with the datagram, and overwrites the datagram before it returns. */
export function received(hex, use) {
  const bytes = bytesOf(hex);
  if (buffer.length < bytes.length + 2 * OFFSET) {
    buffer = new Uint8Array(bytes.length + 2 * OFFSET).fill(FILLER);
  }
  buffer.set(bytes, OFFSET);
  try {
    return use(buffer.subarray(OFFSET, OFFSET + bytes.length));
  } finally {
    buffer.fill(FILLER, OFFSET, OFFSET + bytes.length);
  }
}
