/** Bytes as hex, the form that they have in the adapter protocol. */

/** Reads hex. It is checked first, because `Buffer.from` silently stops at the first bad digit. */
export function bytesFromHex(hex) {
  const isHex = typeof hex === "string" && hex.length % 2 === 0 && !/[^0-9a-f]/i.test(hex);
  if (!isHex) throw new Error("the value is not hex with two digits per byte");
  return Buffer.from(hex, "hex");
}

/** Writes lower-case hex. The Buffer is a view: it does not copy the bytes. */
export function hexFromBytes(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
