/**
 * The digest of a state, revision 7: from JSON text to canonical text to hash.
 *
 * Ids such as `DIGEST-6` name the rules of the specification. The digest is strict: it refuses
 * everything that SHOULD be refused. It keeps lone surrogates, both escaped ones and those that a
 * JavaScript string contains.
 */
import { md5, sha256 } from "./hashes.mjs";
import { readJson } from "./json.mjs";
import { roundedText, spelledText } from "./numbers.mjs";
import { Refusal } from "./refusal.mjs";

/** The maximum depth to which objects and arrays may be nested (DIGEST-3). */
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
 * The digest that a STATE_HASH or an EPISODE_READY carries. Both peers must pass the same values
 * (DIGEST-28). Note that `JSON.stringify` writes `null` for NaN, which is a different state.
 * @param {string} state  JSON text
 * @param {"state_hash" | "episode_ready"} form
 * @returns {{hash: string, text: string}} hash: 16 or 8 lower-case hex digits; text: the canonical
 *   text that was hashed, which two peers compare when their hashes differ
 * @throws {Refusal} with class `text`, `range` or `value`
 */
export function digest(state, form) {
  // These are mistakes of the caller, so they are not a Refusal.
  if (typeof state !== "string") throw new TypeError("the state is not a string of JSON text");
  const recipe = FORMS.get(form);
  if (recipe === undefined) throw new TypeError("the form is not one of the digest");
  const writer = new Writer(recipe);
  readJson(state, writer);
  const text = writer.text();
  return { hash: recipe.hash(text), text };
}

/**
 * Receives the parts of a JSON text and writes each array and object when it closes. A value that
 * must be refused is reported only at the end, because a fault of the JSON text comes first
 * (DIGEST-1).
 */
class Writer {
  #recipe;
  #open = []; // the arrays and objects that have not closed, the innermost last
  #whole; // the text of the outermost value
  #isScalar = true; // whether that value is neither an object nor an array
  #refusal = null; // the first one; nothing more is written after it

  constructor(recipe) {
    this.#recipe = recipe;
  }

  open(bracket) {
    this.#isScalar = false;
    if (this.#refusal !== null) return;
    if (this.#open.length === DEPTH_BOUND) { // DIGEST-3
      this.#refusal = new Refusal("range", `the text has more than ${DEPTH_BOUND} levels`);
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

  /** The canonical text, after the whole JSON text has been received. */
  text() {
    if (this.#refusal !== null) throw this.#refusal;
    if (this.#isScalar) { // DIGEST-2
      throw new Refusal("value", "the outermost value is neither an object nor an array");
    }
    return this.#whole;
  }

  /** Adds the text of a value to the array or object that contains it. */
  #value(text) {
    if (this.#refusal !== null) return;
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#whole = text;
    else parent.parts.push(parent.isObject ? { key: parent.key, text } : text);
  }
}

/** All elements, in their order (DIGEST-5). */
const arrayText = (elements, { comma }) => `[${elements.join(comma)}]`;

/** The members by ascending key (DIGEST-5). */
function objectText(members, { comma, colon }) {
  members.sort((a, b) => byCodePoint(a.key, b.key)); // the sort is stable
  const written = lastOfEach(members).map(({ key, text }) => stringText(key) + colon + text);
  return `{${written.join(comma)}}`;
}

/** The last one of the members with the same key (DIGEST-7). A Map could be made to collide. */
const lastOfEach = (sorted) =>
  sorted.filter(({ key }, i) => i + 1 === sorted.length || key !== sorted[i + 1].key);

/** Compares code point by code point; a lone surrogate counts as one (DIGEST-6, DIGEST-13). */
function byCodePoint(a, b) {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at++) { // after an equal pair, its second unit is equal too
    const left = a.codePointAt(at);
    const right = b.codePointAt(at);
    if (left !== right) return left - right;
  }
  return a.length - b.length;
}

/** A string with its quotes, in ASCII; each code unit is escaped by itself (DIGEST-11). */
const stringText = (value) => `"${value.replace(/[^ !#-[\]-~]/g, escaped)}"`;

const SHORT_ESCAPES = new Map([['"', '\\"'], ["\\", "\\\\"], ["\b", "\\b"], ["\f", "\\f"],
  ["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]); // DIGEST-10

/** The escape of one code unit. Without the flag `u`, half a pair is one too (DIGEST-12). */
const escaped = (unit) =>
  SHORT_ESCAPES.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
