/** Bytes as hex, the form that they have in the adapter protocol. */

/** Checks hex, because a Buffer silently stops reading at the first bad digit. */
export function checkHex(hex) {
  const isHex = typeof hex === "string" && hex.length % 2 === 0 && !/[^0-9a-f]/i.test(hex);
  if (!isHex) throw new Error("the value is not hex with two digits per byte");
}

/** Writes lower-case hex. The Buffer is a view: it does not copy the bytes. */
export function hexFromBytes(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
