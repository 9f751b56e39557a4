/** A datagram with the meaning of each byte, or with the reason of its refusal. */
import { decode, Refusal, REVISION } from "../reference.mjs";
import { hexOf, messageOfType, partsOf } from "./parts.mjs";
import { countBeyond, explained, unknownType } from "./refused.mjs";
import { memberAt, valueOf } from "./value.mjs";

/**
 * Dissects a datagram.
 * @param {Uint8Array} bytes
 * @param {number} revision  1 to 7; the implementation knows the last one, and the table of layouts
 *   says what was different before
 * @returns {{revision: number, length: number, hex: string, accepted?: object, refused?: object}} the
 *   members of the same names in `rollwire inspect --json`
 */
export function dissect(bytes, revision = REVISION) {
  const object = { revision, length: bytes.length, hex: hexOf(bytes) };
  const message = messageOfType(bytes[0], revision);
  if (bytes.length > 0 && message === null) {
    return { ...object, refused: unknownType(bytes, revision) };
  }
  let decoded;
  try {
    decoded = decode(bytes);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...object, refused: explained(error.refusalClass, error.offset, bytes, revision) };
  }
  const refused = countBeyond(message, bytes, revision);
  return refused ? { ...object, refused } : { ...object, accepted: accepted(decoded, message, bytes, revision) };
}

function accepted(decoded, { title }, bytes, revision) {
  const { type, fields } = valueOf(decoded);
  const parts = partsOf(bytes, revision).map(({ name, offset, length }) => {
    const part = { name, offset, hex: hexOf(bytes.subarray(offset, offset + length)) };
    const value = memberAt(fields, name);
    return value === undefined ? part : { ...part, value };
  });
  return { type, title, fields, parts };
}
