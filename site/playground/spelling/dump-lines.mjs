/** The ways to divide a line of a dump into bytes and characters. */
import { byteLength, digit, isBlank, trimEnd, trimStart } from "./text.mjs";

/**
 * The ways to divide what follows an offset. One that leaves something unexplained is of use only if
 * the number of bytes is known.
 * @param {string} rest
 * @param {number} longest  the most bytes in a line
 */
export function divisionsOf(rest, longest) {
  const divisions = [];
  const bytes = [];
  let left = rest;
  for (;;) {
    const after = trimStart(left);
    if (bytes.length > 0) {
      divisions.push({
        bytes: [...bytes],
        hasCharacters: after !== "",
        // How many blanks precede the characters.
        gap: byteLength(left) - byteLength(after),
        // Whether it explains the whole line: what follows the bytes is nothing, or their characters.
        isWhole: after === "" || charactersAre(trimEnd(after), bytes),
      });
    }
    let end = 0;
    while (end < after.length && !isBlank(after[end])) end += 1;
    const pairs = pairsOf(after.slice(0, end));
    if (pairs === null || bytes.length + pairs.length > longest) return divisions;
    bytes.push(...pairs);
    left = after.slice(end);
  }
}

/** The bytes of pairs of digits, or `null` if the word is something else. */
function pairsOf(word) {
  const isPairs = word !== "" && word.length % 2 === 0 && [...word].every((it) => digit(it) !== null);
  return isPairs ? word.match(/../g).map((pair) => parseInt(pair, 16)) : null;
}

/** Whether a column shows the characters of these bytes. Blanks do not count: some tools write one in
 * the middle. */
function charactersAre(column, bytes) {
  const inner = column.replace(/^\|/, "").replace(/\|$/, "");
  const shown = inner.replaceAll(" ", "").replaceAll("·", ".");
  const of = (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".");
  return shown === bytes.map(of).join("").replaceAll(" ", "");
}
