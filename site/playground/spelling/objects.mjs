/** Bytes in JSON: buffers as languages write them, and lines of the adapter protocol and of logs. */
import { readJson } from "../reference.mjs";
import { digit } from "./text.mjs";

/** How deep objects and arrays may be nested. */
const DEEPEST = 127;

/**
 * The bytes in a JSON object, if it has a form that is known, or `null`.
 * @param {string} text
 * @returns {{bytes: number[], spelling: string} | null}
 */
export function bytesOfObject(text) {
  const tree = new Tree();
  try {
    readJson(text, tree);
  } catch {
    return null; // not JSON: a Refusal of the reader, or a fault of the tree
  }
  return bytesOf(tree.whole);
}

function bytesOf(members) {
  // `JSON.stringify` of a Buffer.
  const data = members.get("data");
  if (Array.isArray(data)) return listed(data);
  // A request to decode, an answer to encode, and what a session received.
  for (const name of ["hex", "recv"]) {
    const hex = members.get(name);
    if (typeof hex === "string") return hexBytes(hex);
  }
  const ok = members.get("ok");
  if (ok instanceof Map) return bytesOf(ok);
  // `JSON.stringify` of a Uint8Array: members named 0, 1, 2 and so on.
  const inOrder = [...members.keys()].every((name, at) => name === String(at));
  return inOrder && members.size > 0 ? listed([...members.values()]) : null;
}

function hexBytes(text) {
  const digits = [...text].map(digit);
  if (digits.includes(null) || digits.length % 2 === 1) return null;
  const bytes = [];
  for (let i = 0; i < digits.length; i += 2) bytes.push((digits[i] << 4) | digits[i + 1]);
  return { bytes, spelling: "hex" };
}

function listed(values) {
  const isByte = (value) => value instanceof Token && /^[0-9]+$/.test(value.text) && value.text < 256;
  if (!values.every(isByte)) return null;
  return { bytes: values.map((value) => Number(value.text)), spelling: "decimal" };
}

/** A number as it is written: `7.0` is a number, but not a byte. */
class Token {
  constructor(text) {
    this.text = text;
  }
}

/** The tree of a JSON text. Its objects keep the order of their members. */
class Tree {
  whole = null;
  #open = [];
  #keys = [];

  open(bracket) {
    const value = bracket === "{" ? new Map() : [];
    if (this.#open.length === DEEPEST) throw new RangeError("nested too deep");
    if (this.#open.length === 0) this.whole = value;
    else this.#add(value);
    this.#open.push(value);
    this.#keys.push("");
  }

  close() {
    this.#open.pop();
    this.#keys.pop();
  }

  key(key) {
    this.#keys[this.#keys.length - 1] = wellFormed(key);
  }

  string(value) {
    this.#add(wellFormed(value));
  }

  number(token) {
    if (!Number.isFinite(Number(token))) throw new RangeError("not a double");
    this.#add(new Token(token));
  }

  literal(name) {
    this.#add(name === "null" ? null : name === "true");
  }

  #add(value) {
    const parent = this.#open.at(-1);
    if (parent instanceof Map) parent.set(this.#keys.at(-1), value);
    else parent.push(value);
  }
}

/** Half of a surrogate pair is not a character. */
function wellFormed(text) {
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
    throw new RangeError("half of a surrogate pair");
  }
  return text;
}
