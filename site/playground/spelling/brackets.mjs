/** Where brackets and strings end, and what the words before them say. */
import { SpellingFault } from "./reading.mjs";
import {
  isAlphabetic, isAlphanumeric, isBlank, shorten, trim, trimEnd, trimStart, words,
} from "./text.mjs";

/** A part of the text, and its position in the whole text. */
export class Part {
  constructor(at, text) {
    this.at = at;
    this.text = text;
  }

  from(begin) {
    return new Part(this.at + begin, this.text.slice(begin));
  }

  between(begin, end) {
    return new Part(this.at + begin, this.text.slice(begin, end));
  }

  /** The part without blanks, commas and semicolons around it. */
  trimmed() {
    const isOutside = (found) => isBlank(found) || found === "," || found === ";";
    let begin = 0;
    let end = this.text.length;
    while (begin < end && isOutside(this.text[begin])) begin += 1;
    while (end > begin && isOutside(this.text[end - 1])) end -= 1;
    return this.between(begin, end);
  }
}

/** Whether a line break after this text ends a datagram: not after a comma, an assignment or a backslash. */
export function ends(before) {
  const text = trimEnd(before);
  const goesOn = text.endsWith(",") || text.endsWith("\\") || text.endsWith(" =");
  return !goesOn || trim(text) === "";
}

/**
 * Whether the bracket at this position belongs to a type, as in `char peer0[13] = {`, `[]byte{`,
 * `new byte[] {` or `let bytes: [u8; 13] = [`, and is not a list.
 */
export function isType(text, at) {
  const close = text.indexOf("]", at + 1);
  if (close < 0) return false;
  const inner = text.slice(at + 1, close);
  const next = text.codePointAt(close + 1);
  const isNamed = next !== undefined && isAlphabetic(String.fromCodePoint(next));
  let after = close + 1;
  while (text[after] === " " || text[after] === "\t") after += 1;
  const hasElements = isNamed || text[after] === "{";
  while (after < text.length && isBlank(text[after])) after += 1;
  const isAssigned = text[after] === "=";
  return (/^[0-9]*$/.test(inner) && (hasElements || isAssigned)) ||
    (inner.startsWith("u8;") && isAssigned);
}

/** The position of `<07 00>` in what Node.js prints between the braces of an `ArrayBuffer`, or -1. */
export function contentsOfABuffer(inner) {
  const name = "[Uint8Contents]:";
  const text = trimStart(inner);
  if (!text.startsWith(name)) return -1;
  const contents = trimStart(text.slice(name.length));
  return contents.startsWith("<") ? inner.length - contents.length : -1;
}

const CLOSES = new Map([["[", "]"], ["{", "}"], ["<", ">"]]);

/** The position of the bracket that closes the first one. */
export function closing(part) {
  const open = [];
  let quoted = null;
  let escaped = false;
  for (let at = 0; at < part.text.length; at += 1) {
    const character = part.text[at];
    if (quoted !== null) {
      if (!escaped && character === quoted) quoted = null;
      escaped = !escaped && character === "\\";
    } else if (character === '"' || character === "'") {
      quoted = character;
    } else if (CLOSES.has(character)) {
      open.push(CLOSES.get(character));
    } else if (character === "]" || character === "}" || character === ">") {
      if (open.pop() !== character) {
        const what = `\`${character}\` does not close the bracket before it`;
        throw new SpellingFault(part.at + at, what);
      }
      if (open.length === 0) return at;
    }
  }
  throw new SpellingFault(part.at, `\`${part.text[0]}\` is never closed`);
}

/**
 * The contents of the string that begins here, and of those that follow it directly or after a
 * backslash at the end of the line. Also the length of all of them.
 */
export function stringsFrom(part, quote) {
  const contents = [];
  let at = 0;
  for (;;) {
    const end = stringEnd(part.text, at + 1, quote);
    if (end < 0) throw new SpellingFault(part.at + at, `\`${quote}\` is never closed`);
    contents.push(part.between(at + 1, end));
    let next = end + 1;
    while (part.text[next] === " " || part.text[next] === "\t") next += 1;
    if (part.text[next] === "\\") {
      next += 1;
      while (next < part.text.length && isBlank(part.text[next])) next += 1;
    }
    if (part.text[next] !== quote) return { contents, length: end + 1 };
    at = next;
  }
}

function stringEnd(text, begin, quote) {
  let escaped = false;
  for (let at = begin; at < text.length; at += 1) {
    if (text[at] === quote && !escaped) return at;
    escaped = text[at] === "\\" && !escaped;
  }
  return -1;
}

/** The words before a bracket or a string. They are not read, so they must not be bytes. */
export function checkedWords(before) {
  const text = trim(before.text.replace(/^[), ;]+/, ""));
  const isWord = (found) =>
    isAlphanumeric(found) || isBlank(found) || "_.()!&=:;*$[]".includes(found);
  const hasBytes = text !== "" && words(text).every((word) => /^[0-9a-fA-F]{2,}$/.test(word));
  if (hasBytes || ![...text].every(isWord)) {
    const what = `\`${shorten(text)}\` before a bracket is not understood; put each datagram on a ` +
      "line of its own";
    throw new SpellingFault(before.at, what);
  }
  return text;
}

const NUMBER_ARRAYS = ["uint8array", "uint8clampedarray", "int8array", "bytes(", "bytearray",
  "array.array", "[]byte", "[]uint8", "byte[", "vec!", "[u8;"];

/** Whether these words begin an array whose elements are printed in decimal. */
export function isArrayOfNumbers(text) {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return NUMBER_ARRAYS.some((name) => lower.includes(name));
}

/** 13 of `Uint8Array(13)`, or `null`. */
export function declaredLength(text) {
  const whole = trim(text);
  const open = whole.lastIndexOf("(");
  if (!whole.endsWith(")") || open < 0) return null;
  const digits = whole.slice(open + 1, -1);
  const before = [...whole.slice(0, open)].at(-1);
  const isNumber = /^\+?[0-9]+$/.test(digits) && BigInt(digits.replace("+", "")) < 1n << 64n;
  return before !== undefined && isAlphanumeric(before) && isNumber ? Number(digits) : null;
}
