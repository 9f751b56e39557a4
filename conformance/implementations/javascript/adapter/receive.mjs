/**
 * Datagrams as a game receives them: as a view of a larger buffer that the next datagram overwrites.
 *
 * A codec that ignores the offset of its view, or that keeps the view, is right for a buffer of its own
 * and wrong here.
 */
import { checkHex, putHex } from "./hex.mjs";

const OFFSET = 3; // odd, so no field is aligned by chance
const FILLER = 0xa5; // before and behind a datagram, and over it when it has been used

let buffer = new Uint8Array(2048).fill(FILLER);

/**
 * Calls `use` with the datagram, overwrites it, and returns what `use` returned: whatever that is, it
 * must not depend on the buffer any more.
 * @template T
 * @param {string} hex
 * @param {(datagram: Uint8Array) => T} use
 * @returns {T}
 */
export function received(hex, use) {
  checkHex(hex);
  const size = hex.length / 2;
  if (buffer.length < size + 2 * OFFSET) buffer = new Uint8Array(size + 2 * OFFSET).fill(FILLER);
  putHex(buffer, OFFSET, hex);
  try {
    return use(buffer.subarray(OFFSET, OFFSET + size));
  } finally {
    buffer.fill(FILLER, OFFSET, OFFSET + size);
  }
}
