/**
 * Dumps: lines with an offset, bytes in hex, and perhaps the characters, as xxd, `hexdump -C`,
 * `od -t x1`, tcpdump and Wireshark write them.
 *
 * The column of characters can look like hex. It is told from the bytes by what it must hold: the
 * characters of exactly these bytes.
 */
import { divisionsOf } from "./dump-lines.mjs";
import { SpellingFault } from "./reading.mjs";
import { byteLength, shorten, trim, trimStart, words } from "./text.mjs";

/** The most bytes in a line. */
const LONGEST_LINE = 64;

/** Whether a text is a dump: a line of it begins with an offset of zero and is set off from its bytes. */
export function isDump(text) {
  const lines = linesOf(text);
  let first = null;
  for (const line of lines) {
    if (line.offset === undefined || !/^0+$/.test(line.offset) || line.rest === "") continue;
    // An odd number of digits cannot be hex.
    const isSetOff = line.hasColon || line.atRest > line.at + line.offset.length + 1 ||
      line.offset.length % 2 === 1;
    if (isSetOff) return true;
    first ??= line.at;
  }
  const inPairs = (line) =>
    line.offset !== undefined && line.rest.split(" ").every((it) => byteLength(it) <= 2);
  if (first === null || !lines.every(inPairs)) return false;
  throw new SpellingFault(first, "this can be a dump that begins with an offset, or hex that begins " +
    "with a zero byte; give --as dump or --as hex");
}

/** Reads the datagrams of a dump. */
export function readDump(text, reading) {
  const lines = linesOf(text);
  const dump = lines.filter((it) => it.offset !== undefined);
  const others = lines.filter((it) => it.offset === undefined && trim(it.line) !== "");
  if (others.length > 0) reading.skipped(others.length, shorten(trim(others[0].line)));
  checkWords(dump);
  const radix = [16, 8, 10].find((it) => unfollowed(dump, it) === null);
  if (radix === undefined) throw unfollowed(dump, 16);
  const offsets = dump.map((line) => parseInt(line.offset, radix));
  let bytes = [];
  let begin = 0;
  dump.forEach((line, at) => {
    if (at > 0 && offsets[at] === 0 && bytes.length > 0) {
      reading.add(dump[begin].at, { bytes, spelling: "dump" });
      bytes = [];
      begin = at;
    }
    const length = offsets[at + 1] > offsets[at] ? offsets[at + 1] - offsets[at] : null;
    for (const byte of lineBytes(line, length)) bytes.push(byte);
  });
  if (bytes.length > 0) reading.add(dump[begin].at, { bytes, spelling: "dump" });
}

/** The bytes of a line, of which the next offset may say how many there are. */
function lineBytes(line, expected) {
  if (line.rest === "") return [];
  const divisions = divisionsOf(line.rest, LONGEST_LINE);
  if (expected !== null) {
    const right = divisions.filter((it) => it.bytes.length === expected).at(-1);
    if (right) return right.bytes;
    const what = `this line does not hold the ${expected} bytes up to the next offset`;
    throw new SpellingFault(line.at, what);
  }
  const whole = divisions.filter((it) => it.isWhole);
  if (whole.length === 1) return whole[0].bytes;
  if (whole.length === 0) {
    const what = `\`${shorten(line.rest)}\` is not bytes in hex, with or without their characters`;
    throw new SpellingFault(line.atRest, what);
  }
  // Bytes are set off from each other by one blank, and the characters by more.
  const setOff = whole.find((it) => it.hasCharacters && it.gap > 1 && it.bytes.length !== 8);
  if (setOff) return setOff.bytes;
  throw new SpellingFault(line.atRest,
    "the end of this line can be bytes or their characters; remove the characters");
}

/** `hexdump` without `-C`, and `od -x`, swap the bytes of each word on most machines. */
function checkWords(dump) {
  const isWords = dump.every((line) => !line.hasColon && line.offset.length === 7 &&
    words(line.rest).every((word) => byteLength(word) === 4));
  if (dump.length > 0 && isWords && dump[0].rest !== "") {
    throw new SpellingFault(dump[0].at, "this looks like the output of `hexdump` without -C or of " +
      "`od -x`, which swap the bytes of each word; use `xxd` or `hexdump -C`");
  }
}

const DIGITS = new Map([[16, /^[0-9a-fA-F]+$/], [10, /^[0-9]+$/], [8, /^[0-7]+$/]]);

/** Why an offset is neither zero nor follows the bytes of the line before it, or `null`. */
function unfollowed(dump, radix) {
  let before = null;
  for (const line of dump) {
    if (!DIGITS.get(radix).test(line.offset)) {
      return new SpellingFault(line.at, "the offset is not a number");
    }
    const offset = parseInt(line.offset, radix);
    if (before !== null && offset !== 0) {
      const length = offset - before.offset;
      const holds = () => divisionsOf(before.line.rest, LONGEST_LINE)
        .some((it) => it.bytes.length === length);
      if (length < 0 || length > LONGEST_LINE || !holds()) {
        return new SpellingFault(line.at, `the offset ${shorten(line.offset)} does not follow the ` +
          `line at ${shorten(before.line.offset)}; is a line missing?`);
      }
    } else if (offset !== 0) {
      return new SpellingFault(line.at,
        `the first offset is ${shorten(line.offset)}; expected 0, so is a line missing?`);
    }
    before = { offset, line };
  }
  return null;
}

/** The lines of a text. One that has no offset has only its text. */
function linesOf(text) {
  let next = 0;
  return text.split("\n").map((line) => {
    const trimmed = trimStart(line);
    const at = next + line.length - trimmed.length;
    next += line.length + 1;
    const found = trimmed.match(/^(0x)?([0-9a-fA-F]*)(:?)/);
    const [whole, , offset, colon] = found;
    const after = trimmed.slice(whole.length);
    const isOffset = offset.length >= 4 && offset.length <= 8 && /^(?:$|[ \t\r])/.test(after);
    if (!isOffset) return { line };
    const blanks = after.length - trimStart(after).length;
    return { at, atRest: at + whole.length + blanks, offset, hasColon: colon !== "", rest: trim(after) };
  });
}
