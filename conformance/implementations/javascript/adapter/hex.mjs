/** Bytes as hex, the form that they have in the adapter protocol. */

/** Checks hex, because a Buffer silently stops reading at the first bad digit. */
export function checkHex(hex) {
  const isHex = typeof hex === "string" && hex.length % 2 === 0 && !/[^0-9a-f]/i.test(hex);
  if (!isHex) throw new Error("the value is not hex with two digits per byte");
}

let buffer = Buffer.alloc(2048);

/** Writes lower-case hex. One Buffer serves all: to make one takes longer than to copy the bytes. */
export function hexFromBytes(bytes) {
  if (buffer.length < bytes.length) buffer = Buffer.alloc(bytes.length);
  buffer.set(bytes);
  return buffer.toString("hex", 0, bytes.length);
}
