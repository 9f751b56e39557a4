/** Text from outside: what counts as a blank or a letter, how long it is, and how it is shown. */

const encoder = new TextEncoder();

/** The length in bytes of UTF-8. */
export const byteLength = (text) => encoder.encode(text).length;

const BLANK = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANK_CHARACTER = new RegExp(`[${BLANK}]`);
const BLANKS_BEFORE = new RegExp(`^[${BLANK}]+`);
const BLANKS = new RegExp(`[${BLANK}]+`);

/** Whether Unicode calls a character white space; `\s` of JavaScript differs in two characters. */
export const isBlank = (character) => BLANK_CHARACTER.test(character);

export const hasBlank = isBlank;

export const trimStart = (text) => text.replace(BLANKS_BEFORE, "");

/** Without a pattern, which would try every run of blanks within a long text. */
export function trimEnd(text) {
  let end = text.length;
  while (end > 0 && isBlank(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

export const trim = (text) => trimEnd(trimStart(text));

/** The words of a text, without the blanks around them. */
export const words = (text) => text.split(BLANKS).filter((word) => word !== "");

export const isAlphanumeric = (character) => /[\p{Alphabetic}\p{N}]/u.test(character);
export const isAlphabetic = (character) => /\p{Alphabetic}/u.test(character);

/** The value of a hex digit in either case, or `null`. */
export function digit(character) {
  return /^[0-9a-fA-F]$/.test(character) ? parseInt(character, 16) : null;
}

/** What is shown as an escape: it is invisible, looks like a blank, or changes the order of a line. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\u115f\u1160\u2800\u3164\uffa0\u{e0100}-\u{e01ef}]/u;
const isHidden = (character) => !/^[ -~\t]$/.test(character) && HIDDEN.test(character);
const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"]]);
const escaped = (character) => `\\u{${character.codePointAt(0).toString(16)}}`;

/** The whole text, with the characters escaped that could deceive a reader. */
export function sanitize(text) {
  let shown = "";
  let at = 0;
  for (const character of text) {
    if (isHidden(character)) shown += SHORT.get(character) ?? escaped(character);
    else shown += text.startsWith("##[", at) ? escaped(character) : character;
    at += character.length;
  }
  return shown;
}

/** How many characters of a text are shown. */
const SHOWN = 160;

/** The beginning of a text, in which no character can deceive a reader. */
export function shorten(text) {
  let end = 0;
  for (let count = 0; count < SHOWN && end < text.length; count += 1) {
    end += String.fromCodePoint(text.codePointAt(end)).length;
  }
  return sanitize(text.slice(0, end)) + (end < text.length ? "…" : "");
}

/** `1 case`, `2,000 cases`. */
export function plural(count, one, many) {
  const grouped = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped} ${count === 1 ? one : many}`;
}
