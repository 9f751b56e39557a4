/**
 * The digest of a state, revision 7: JSON text to canonical text to hash.
 *
 * Ids such as `DIGEST-6` name the rules of the specification. Strict, as far as it lets an
 * implementation be: what SHOULD be refused is refused, and lone surrogates are kept, whether they
 * are escapes or stand in JavaScript's text as they are.
 */
import { md5, sha256 } from "./hashes.mjs";
import { readJson } from "./json.mjs";
import { roundedText, spelledText } from "./numbers.mjs";
import { Refusal } from "./rollwire.mjs";

/** Objects and arrays lie in each other at most so deep (DIGEST-3). */
export const DEPTH_BOUND = 100;

const FORMS = new Map([
  ["state_hash", {
    comma: ",", colon: ":", // DIGEST-8
    number: roundedText,
    hash: (ascii) => sha256(ascii).slice(0, 16), // DIGEST-26
  }],
  ["episode_ready", {
    comma: ", ", colon: ": ", // DIGEST-9
    number: spelledText,
    hash: (ascii) => md5(ascii).slice(0, 8), // DIGEST-27
  }],
]);

/**
 * The digest that a STATE_HASH or an EPISODE_READY carries. Both peers hand over the same values
 * (DIGEST-28): `JSON.stringify` makes `null` of a NaN, which is a state of its own.
 * @param {string} state  JSON text
 * @param {"state_hash" | "episode_ready"} form
 * @returns {{hash: string, text: string}} hash: 16 or 8 lower-case hex digits; text: the canonical
 *   text that they were made of, to be compared where two peers differ
 * @throws {Refusal} with `refusalClass`: `text`, `range` or `value`
 */
export function digest(state, form) {
  // The caller's mistakes, and so no Refusal.
  if (typeof state !== "string") throw new TypeError("digest takes JSON text");
  const recipe = FORMS.get(form);
  if (recipe === undefined) throw new TypeError("there is no such form of the digest");
  const writer = new Writer(recipe);
  readJson(state, writer);
  const text = writer.text();
  return { hash: recipe.hash(text), text };
}

/**
 * Writes what it is told, every array and object when it closes. A fault of the values is kept for
 * the end, because text that is no JSON at all is refused as that (DIGEST-1).
 */
class Writer {
  #recipe;
  #open = []; // arrays and objects that have not closed, the innermost one last
  #whole; // the text of the outermost value
  #isScalar = true; // whether that value is neither an object nor an array
  #refusal = null; // the first fault; nothing is written any more

  constructor(recipe) {
    this.#recipe = recipe;
  }

  open(bracket) {
    this.#isScalar = false;
    if (this.#refusal !== null) return;
    if (this.#open.length === DEPTH_BOUND) { // DIGEST-3
      this.#refusal = new Refusal("range", `the text is nested more than ${DEPTH_BOUND} deep`);
      return;
    }
    this.#open.push({ isObject: bracket === "{", key: "", parts: [] });
  }

  close() {
    if (this.#refusal !== null) return;
    const { isObject, parts } = this.#open.pop();
    this.#value(isObject ? objectText(parts, this.#recipe) : arrayText(parts, this.#recipe));
  }

  key(key) {
    if (this.#refusal === null) this.#open.at(-1).key = key;
  }

  string(value) {
    this.#value(stringText(value));
  }

  literal(name) {
    this.#value(name); // DIGEST-5
  }

  number(token) {
    if (this.#refusal !== null) return;
    try {
      this.#value(this.#recipe.number(token));
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      this.#refusal = e;
    }
  }

  /** The canonical text, when all has been told. */
  text() {
    if (this.#refusal !== null) throw this.#refusal;
    if (this.#isScalar) { // DIGEST-2
      throw new Refusal("value", "the outermost value is neither an object nor an array");
    }
    return this.#whole;
  }

  /** The text of a value goes to the array or object that it stands in. */
  #value(text) {
    if (this.#refusal !== null) return;
    const inside = this.#open.at(-1);
    if (inside === undefined) this.#whole = text;
    else inside.parts.push(inside.isObject ? { key: inside.key, text } : text);
  }
}

/** All elements in their order (DIGEST-5). */
const arrayText = (elements, { comma }) => `[${elements.join(comma)}]`;

/** The members that count, by ascending key (DIGEST-5). */
function objectText(members, { comma, colon }) {
  members.sort((a, b) => byCodePoint(a.key, b.key)); // leaves equal keys in their order
  const written = lastOfEach(members).map(({ key, text }) => stringText(key) + colon + text);
  return `{${written.join(comma)}}`;
}

/** Of members of the same key the last one (DIGEST-7). No Map: keys can be made to collide. */
const lastOfEach = (sorted) => sorted.filter(({ key }, i) => key !== sorted[i + 1]?.key);

/** The order of keys, code point by code point; a lone surrogate is one (DIGEST-6, DIGEST-13). */
function byCodePoint(a, b) {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at++) { // the second unit of an equal pair is equal too
    const [left, right] = [a.codePointAt(at), b.codePointAt(at)];
    if (left !== right) return left - right;
  }
  return a.length - b.length;
}

/** A string with its quotes, in ASCII, unit by unit (DIGEST-11). */
const stringText = (value) => `"${value.replace(/[^ !#-[\]-~]/g, escaped)}"`;

const SHORT_ESCAPES = new Map([['"', '\\"'], ["\\", "\\\\"], ["\b", "\\b"], ["\f", "\\f"],
  ["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]); // DIGEST-10

/** One unit: the expression has no flag `u`, so that half a pair is one too (DIGEST-12). */
const escaped = (unit) =>
  SHORT_ESCAPES.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
