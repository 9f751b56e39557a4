/**
 * Reads datagrams in the spellings that people have in their clipboard, as `rollwire inspect` does:
 * hex with all kinds of separators, arrays as languages print them, escapes, base64, and dumps.
 *
 * A text that two spellings read differently is a fault that names both; nothing is guessed. The text
 * is hostile: its length, its nesting and the number of datagrams are bounded.
 *
 * | file | story |
 * |---|---|
 * | reading.mjs | the datagrams that are read, and why a text cannot be read |
 * | groups.mjs, brackets.mjs | divide a text: by lines, brackets and quotation marks |
 * | numbers.mjs | hex, and lists of bytes in hex or decimal |
 * | strings.mjs | escapes and base64 |
 * | objects.mjs | buffers as JSON, and requests of the adapter protocol |
 * | dump.mjs, dump-lines.mjs | dumps of xxd, hexdump, od, tcpdump and Wireshark |
 * | text.mjs | blanks, letters, and text that is shown |
 */
import { isDump, readDump } from "./dump.mjs";
import { readGroups } from "./groups.mjs";
import { Reading, SpellingFault } from "./reading.mjs";
import { byteLength } from "./text.mjs";

export { SpellingFault, SPELLINGS } from "./reading.mjs";

/** The longest text that is read, in bytes: 4 MiB. */
export const MAX_TEXT = 4 * 1024 * 1024;

/**
 * Reads all datagrams of a text.
 * @param {string} text
 * @param {{as?: string | null, join?: boolean}} how  the spelling, where the text allows more than one,
 *   and whether all lines are one datagram
 * @returns {{packets: {bytes: Uint8Array, spelling: string, line: number}[], notes: string[]}}
 * @throws {SpellingFault} if it is not understood, or can be understood in two ways
 */
export function readSpelling(text, { as = null, join = false } = {}) {
  try {
    return read(text, as, join);
  } catch (fault) {
    throw fault instanceof SpellingFault ? fault.locate(text) : fault;
  }
}

function read(text, as, join) {
  const length = byteLength(text);
  if (length > MAX_TEXT) {
    throw new SpellingFault(0, `the text has ${length} bytes; at most ${MAX_TEXT} are read`);
  }
  const reading = new Reading();
  if (as === null ? isDump(text) : as === "dump") readDump(text, reading);
  // Every line break becomes a blank of the same length, so that positions stay right.
  else readGroups(join ? text.replace(/[\n\r]/g, " ") : text, as, reading);
  if (reading.packets.length === 0) {
    const what = "the input is empty; for the empty datagram, write two quotation marks";
    throw new SpellingFault(0, what);
  }
  numberLines(text, reading.packets);
  return reading;
}

/** Gives each datagram its line, from 1, in one pass over the text. */
function numberLines(text, packets) {
  let line = 1;
  let counted = 0;
  for (const packet of packets) {
    for (; counted < packet.at; counted += 1) if (text[counted] === "\n") line += 1;
    packet.line = line;
  }
}
