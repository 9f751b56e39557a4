/** The lines of a capture, as spec/capture.md describes them. */
import { Kind, State } from "./ring.mjs";

/** The longest datagram in bytes, and the longest text frame in bytes of UTF-8, that a line can hold. */
export const MOST_BYTES = 65_536;
export const MOST_TEXT = 524_288;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const MEMBERS = Object.freeze({
  [Kind.SENT]: "sent", [Kind.REFUSED]: "refused", [Kind.RECEIVED]: "received",
});
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export const utf8 = (text) => encoder.encode(text);

/** The text without lone surrogates, which no UTF-8 can hold. */
export const wellFormed = (text) => decoder.decode(utf8(text));

const textOf = (bytes) => ({ __proto__: null, text: decoder.decode(bytes) });

function hexOf(bytes) {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  return hex;
}

/** One line. Without a prototype, a `toJSON` that a page has given to every object does not get into it. */
const line = (members) => `${JSON.stringify(Object.assign(Object.create(null), members))}\n`;

/** The microseconds of a clock are enough. */
const rounded = (at) => Math.round(at * 1000) / 1000;

/** The header of a part: `{ peer, revision, origin, redundancy, setup, tap }`, some of them undefined. */
export function headerLine({ peer, revision, origin, redundancy, setup, tap }) {
  return line({ capture: 1, peer, revision, origin, redundancy, setup, tap });
}

/** A copy for a header. Its objects have no prototype either. Undefined if there is no JSON of the value. */
export function bare(value) {
  const text = JSON.stringify(value);
  const withoutPrototype = (_, it) =>
    typeof it === "object" && it !== null ? Object.setPrototypeOf(it, null) : it;
  return text === undefined ? undefined : JSON.parse(text, withoutPrototype);
}

/** The line about `count` records that were not kept; `n` is the number of the line in its part. */
export function missingLine(n, at, count, tap) {
  return line({ n, at: rounded(at), missing: count, tap });
}

/** The line of a record of the ring, in the part with this name. */
export function recordLine(n, { kind, state, at, buffered, payload }, tap) {
  const members = { n, at: rounded(at) };
  switch (kind) {
    case Kind.OPEN:
      members.channel = "open";
      break;
    case Kind.CLOSED:
      members.channel = "closed";
      break;
    case Kind.ERROR:
      members.error = decoder.decode(payload);
      break;
    default:
      if (kind === Kind.MISSING || state >= State.PENDING) return missingLine(n, at, 1, tap);
      members[MEMBERS[kind]] = state === State.TEXT ? textOf(payload) : hexOf(payload);
      if (buffered > 0) members.buffered = buffered;
  }
  if (tap !== undefined) members.tap = tap;
  return line(members);
}
