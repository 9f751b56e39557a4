/** Messages as JSON. They differ from those of the library in the timestamp and in the nesting. */
import { encode } from "../src/index.mjs";

/** The message `{type, ...fields}` of the library as `{type, fields}`. */
export function messageToJson({ type, ...fields }) {
  if ("timestamp" in fields) {
    fields.timestamp = fields.timestamp.toString(16).padStart(16, "0");
  }
  return { type, fields };
}

/**
 * The reverse. The fields may be wrong on purpose, and the library must be the one to refuse them.
 * A timestamp that is not 16 hex digits is passed on as it is, because `encode` refuses whatever is
 * not a BigInt.
 */
export function messageFromJson({ type, fields }) {
  const message = { ...fields, type };
  const { timestamp } = message;
  if (typeof timestamp === "string" && /^[0-9a-f]{16}$/.test(timestamp)) {
    message.timestamp = BigInt(`0x${timestamp}`);
  }
  return message;
}

/**
 * A value that does not fit its message makes the request malformed, and the answer is an `error`.
 * The Refusal that the library throws would become a `reject`, which is never the answer to a
 * request of a session.
 */
export function checkFields(message) {
  try {
    encode(message);
  } catch (e) {
    throw new Error(e.message);
  }
}
