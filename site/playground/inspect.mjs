/** What `rollwire inspect --json` says about a text, from the JavaScript implementation. */
import { dissect } from "./dissect/dissect.mjs";
import { readSpelling } from "./spelling/read.mjs";

/**
 * Dissects every datagram of a text.
 * @param {string} text
 * @param {{as?: string | null, join?: boolean, revision?: number}} how
 * @returns {object[]} an object for each datagram, as `conformance/kit/schema/inspect.schema.json`
 *   describes it
 * @throws {import("./spelling/read.mjs").SpellingFault}
 */
export function inspect(text, { revision, ...how } = {}) {
  const { packets, notes } = readSpelling(text, how);
  return packets.map(({ bytes, spelling, line }, index) => ({
    packet: index + 1, source: "BYTES", line, spelling, notes, ...dissect(bytes, revision),
  }));
}
