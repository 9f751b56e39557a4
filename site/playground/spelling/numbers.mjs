/** Bytes as numbers: hex with or without separators, and lists in hex or decimal. */
import { SpellingFault } from "./reading.mjs";
import { byteLength, digit, isBlank, shorten } from "./text.mjs";

/**
 * Reads numbers, and says how they are written.
 * @param {string} text
 * @param {"nothing" | "brackets" | "hex" | "decimal"} around  what surrounds the numbers: nothing,
 *   brackets, or words that only numbers of one kind have
 * @param {string | null} spelling  the spelling, if it was chosen
 */
export function readNumbers(text, around, spelling) {
  const tokens = tokensOf(text);
  const known = around === "hex" || around === "decimal" ? around : null;
  const kind = spelling ?? known ?? kindOf(tokens, text.includes(","), around);
  const bytes = [];
  for (const token of tokens) {
    if (kind === "decimal" && !token.hasPrefix) bytes.push(decimal(token));
    else hex(token, bytes);
  }
  return { bytes, spelling: kind };
}

/** Whether the numbers are hex or decimal, where nothing around them says so. */
function kindOf(tokens, hasCommas, around) {
  const prefixed = tokens.find((it) => it.hasPrefix);
  if (prefixed) {
    const other = tokens.find((it) => !it.hasPrefix);
    if (!other) return "hex";
    throw new SpellingFault(other.at, `\`${shorten(other.text)}\` has no \`0x\`, and \`0x${
      shorten(prefixed.text)}\` has; write all numbers in the same way`);
  }
  const isList = hasCommas || around === "brackets";
  if (!isList || tokens.some((it) => /[a-zA-Z]/.test(it.text))) return "hex";
  const lengths = tokens.map((it) => byteLength(it.text));
  const looksDecimal = tokens.some((it, i) => [1, 3].includes(lengths[i]) || it.text.startsWith("-"));
  const looksHex = tokens.some(({ text }, i) => lengths[i] === 2
    ? text.startsWith("0")
    : lengths[i] > 3 && !text.startsWith("-"));
  if (tokens.length === 0 || (!looksDecimal && looksHex)) return "hex";
  if (looksDecimal && !looksHex) return "decimal";
  const why = looksDecimal
    ? "some of the numbers look like hex and others like decimal"
    : "the numbers can be hex or decimal";
  const [first] = tokens;
  throw new SpellingFault(first.at,
    `\`${shorten(first.text)}\`: ${why}; give --as hex or --as decimal`);
}

/** Blanks, commas, and what separates pairs of digits in addresses. */
const isSeparator = (character) => isBlank(character) || [",", ";", ":"].includes(character);

const SHORTENED = "the text is shortened here: bytes are missing; print all of them, for example " +
  "with `Buffer.from(bytes).toString('hex')`";

/** The numbers of a text: the position of each, its text, and whether it began with `0x`. */
function tokensOf(text) {
  const tokens = [];
  let at = 0;
  while (at < text.length) {
    let begin = at;
    while (begin < text.length && isSeparator(text[begin])) begin += 1;
    if (begin === text.length) break;
    if (text.startsWith("/*", begin)) {
      const end = text.indexOf("*/", begin + 2);
      if (end < 0) throw new SpellingFault(begin, "this comment has no end");
      at = end + 2;
      continue;
    }
    // A hyphen that follows a number directly separates pairs of digits, as in `07-00`.
    const isHyphen = begin === at && at > 0 && digit(text[at - 1]) !== null && text[at] === "-";
    const atWord = begin + (isHyphen ? 1 : 0);
    at = wordEnd(text, atWord);
    const token = tokenOf(text.slice(atWord, at), atWord);
    if (token) tokens.push(token);
  }
  return tokens;
}

/** The end of the word that begins here. A hyphen within it begins the next one. */
function wordEnd(text, begin) {
  let end = begin;
  if (end < text.length) end += String.fromCodePoint(text.codePointAt(end)).length;
  while (end < text.length && !isSeparator(text[end]) && text[end] !== "-") end += 1;
  return end;
}

function tokenOf(word, at) {
  if (["...", "…", "more"].some((sign) => word.startsWith(sign))) {
    throw new SpellingFault(at, SHORTENED);
  }
  // Java needs a cast for a byte above 127.
  const uncast = word.startsWith("(byte)") ? word.slice("(byte)".length) : word;
  if (uncast === "") return null;
  const hasPrefix = /^0[xX]/.test(uncast);
  const text = hasPrefix ? uncast.slice(2) : uncast;
  // Rust may write the type after a number.
  const bare = text.endsWith("u8") ? text.slice(0, -2) : text;
  return { at: at + word.length - uncast.length, text: bare, hasPrefix };
}

/** Java and C print bytes above 127 as negative numbers. */
function decimal({ at, text }) {
  const number = /^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
  if (number >= -128 && number <= 255) return number & 0xff;
  const what = `\`${shorten(text)}\` is not a byte; expected a number from 0 to 255`;
  throw new SpellingFault(at, what);
}

function hex({ at, text, hasPrefix }, bytes) {
  const digits = [];
  let here = at + (hasPrefix ? 2 : 0);
  for (const character of text) {
    const value = digit(character);
    if (value === null) {
      throw new SpellingFault(here, `\`${shorten(character)}\` is not a hex digit`);
    }
    digits.push(value);
    here += character.length;
  }
  if (digits.length === 0) throw new SpellingFault(at, "a number has no digits");
  if (digits.length === 1 && hasPrefix) {
    bytes.push(digits[0]);
    return;
  }
  if (digits.length % 2 === 1) {
    const what = `\`${shorten(text)}\` has an odd number of hex digits; write decimal numbers with ` +
      "commas between them";
    throw new SpellingFault(at, what);
  }
  for (let i = 0; i < digits.length; i += 2) bytes.push((digits[i] << 4) | digits[i + 1]);
}
