/**
 * The first place at which two states differ, as `rollwire digest` shows it. Canonical texts are
 * compared: what a digest does not depend on is not a difference.
 */
import { readJson } from "../reference.mjs";
import { shorten } from "../spelling/text.mjs";

/**
 * The first difference of two canonical texts, in their order.
 * @param {string} one
 * @param {string} other
 * @returns {{path: string, one: string | null, other: string | null} | null} the JSON path, and what
 *   each of them has there, shortened: `null` if it has nothing there. `null` if the texts are equal
 */
export function firstDifference(one, other) {
  const [left, right] = [one, other].map((text) => {
    const tree = new Tree();
    readJson(text, tree);
    return tree.whole;
  });
  return pair(left, right, "$");
}

/** A tree without objects of JavaScript, which would list integer keys first: what it is, and its parts. */
class Tree {
  whole = null;
  #open = [];
  #key = "";

  open(bracket) {
    const value = { kind: bracket, parts: [] };
    this.#add(value);
    this.#open.push(value);
  }

  close() {
    this.#open.pop();
  }

  key(key) {
    this.#key = key;
  }

  string(value) {
    this.#add({ kind: "scalar", text: quoted(value) });
  }

  number(token) {
    this.#add({ kind: "scalar", text: token });
  }

  literal(name) {
    this.#add({ kind: "scalar", text: name });
  }

  #add(value) {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.whole = value;
    else parent.parts.push({ key: this.#key, value });
  }
}

/** Two values, of which one may be missing. */
function pair(one, other, path) {
  const isSame = one !== undefined && other !== undefined && one.kind === other.kind;
  if (isSame && one.kind === "[") return elements(one.parts, other.parts, path);
  if (isSame && one.kind === "{") return members(one.parts, other.parts, path);
  if (isSame && one.text === other.text) return null;
  return { path, one: shown(one), other: shown(other) };
}

function elements(one, other, path) {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const found = pair(one[index]?.value, other[index]?.value, `${path}[${index}]`);
    if (found) return found;
  }
  return null;
}

/** Walks both lists of members, which are in the same order. */
function members(one, other, path) {
  let [left, right] = [0, 0];
  while (left < one.length || right < other.length) {
    const order = left === one.length ? 1
      : right === other.length ? -1
        : byCodePoint(one[left].key, other[right].key);
    const { key } = order <= 0 ? one[left] : other[right];
    const values = [order <= 0 ? one[left].value : undefined, order >= 0 ? other[right].value : undefined];
    const found = pair(...values, path + step(key));
    if (found) return found;
    if (order <= 0) left += 1;
    if (order >= 0) right += 1;
  }
  return null;
}

function byCodePoint(one, other) {
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = left[at].codePointAt(0) - right[at].codePointAt(0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** A key as a step of a path: a plain name behind a point, any other as a string of JSON. */
const step = (key) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`);

/** A string of canonical text: in ASCII, each code unit escaped by itself (DIGEST-10, DIGEST-11). */
function quoted(text) {
  const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text).replace(/[^ -~]/g, escape);
}

const shown = (value) => (value === undefined ? null : shorten(spaced(value)));

/** A part of a canonical text, with blanks for the reader. The depth of a state is bounded (DIGEST-3). */
function spaced({ kind, text, parts }) {
  if (kind === "scalar") return text;
  if (kind === "[") return `[${parts.map(({ value }) => spaced(value)).join(", ")}]`;
  return `{${parts.map(({ key, value }) => `${quoted(key)}: ${spaced(value)}`).join(", ")}}`;
}
