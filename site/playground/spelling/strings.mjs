/** Bytes as text: escapes of programming languages, and base64. */
import { SpellingFault } from "./reading.mjs";
import { byteLength, digit, shorten, words } from "./text.mjs";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const ALPHABETS = [`${ALPHABET}+/`, `${ALPHABET}-_`].map(
  (alphabet) => new Map([...alphabet].map((character, value) => [character, value])),
);

/** Without padding, shorter texts are more likely to be words than base64. */
const SHORTEST_UNPADDED = 12;

/** The bytes of base64 text in either alphabet, with or without padding, or `null`. */
export function base64(text) {
  const whole = words(text).join("");
  for (const alphabet of ALPHABETS) {
    const bytes = base64In(alphabet, whole);
    if (bytes) return bytes;
  }
  return null;
}

function base64In(alphabet, text) {
  const symbols = text.replace(/={1,2}$/, "");
  const padding = text.length - symbols.length;
  const rest = symbols.length % 4;
  if (rest === 1 || padding > [0, 0, 2, 1][rest]) return null;
  const bytes = [];
  let bits = 0;
  let held = 0;
  for (const symbol of symbols) {
    const value = alphabet.get(symbol);
    if (value === undefined) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(held >> bits);
    held &= (1 << bits) - 1;
  }
  // What is left of the last symbol has to be zero, or two texts would be one datagram.
  return held === 0 ? bytes : null;
}

/** Whether text that nothing else says about looks like base64 rather than like a word. */
export function looksLikeBase64(text) {
  const length = byteLength(text);
  return /[^a-z]/.test(text) && (length % 4 === 0 || length >= SHORTEST_UNPADDED);
}

const NAMED = new Map([["a", 7], ["b", 8], ["t", 9], ["n", 10], ["v", 11], ["f", 12], ["r", 13],
  ["\\", 0x5c], ['"', 0x22], ["'", 0x27], ["`", 0x60]]);

/** The bytes of characters and escapes. */
export function unescape(text) {
  const bytes = [];
  let at = 0;
  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at));
    if (character !== "\\") {
      if (character.codePointAt(0) > 0x7f) {
        const what = `\`${shorten(character)}\` is not one byte; write it as escapes`;
        throw new SpellingFault(at, what);
      }
      bytes.push(character.codePointAt(0));
      at += 1;
      continue;
    }
    if (at + 1 === text.length) throw new SpellingFault(at, "the text ends within an escape");
    const escape = String.fromCodePoint(text.codePointAt(at + 1));
    const { value, length } = escapeAt(text, at, escape);
    if (value === null || value > 0xff) {
      const what = `\`${shorten(`\\${escape}`)}\` does not begin an escape of one byte`;
      throw new SpellingFault(at, what);
    }
    bytes.push(value);
    at += 1 + escape.length + length;
  }
  return { bytes, spelling: "escapes" };
}

/** The value of an escape, and how many characters follow its first one. */
function escapeAt(text, at, escape) {
  if (escape === "x") return { value: digits(text.slice(at + 2, at + 4), 2), length: 2 };
  if (escape === "u") return { value: digits(text.slice(at + 2, at + 6), 4), length: 4 };
  if (/^[0-7]$/.test(escape)) {
    // C and Python read up to three octal digits.
    const [octal] = text.slice(at + 1, at + 4).match(/^[0-7]+/);
    return { value: parseInt(octal, 8), length: octal.length - 1 };
  }
  return { value: NAMED.get(escape) ?? null, length: 0 };
}

function digits(text, length) {
  const all = text.length === length && [...text].every((it) => digit(it) !== null);
  return all ? parseInt(text, 16) : null;
}
