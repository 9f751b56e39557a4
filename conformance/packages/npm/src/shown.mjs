/**
 * What comes from a codec: taken over once as plain data, and shown as text that has a bound and no
 * character that a terminal or a CI service takes for a command.
 *
 * A getter, a proxy or a `toString` of the codec may throw: then it throws in `taken`, where the judge
 * knows that the codec has an error, or is answered with words.
 */
const MOST_TEXT = 300; // characters of a line, before they are escaped
const MOST_MEMBERS = 100_000; // more than the longest datagram can hold
const MOST_DEPTH = 64;
const MOST_BITS = 1024;

// What shows nothing, looks like a blank or ends a line, and what begins a command to a workflow: the same as
// in the reports of `rollwire check`.
const HIDDEN = /(?! )[\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0\u{e0100}-\u{e01ef}]|#(?=#\[)/gu;

const { isView } = ArrayBuffer;

/** What JSON has no form for, such as a function: it equals nothing. */
export class Foreign {
  #text;

  constructor(text) {
    this.#text = text;
  }

  toString() {
    return this.#text;
  }
}

/** A value that cannot be taken over. */
export class Unreadable extends Error {}

/**
 * A copy of a value as plain objects and arrays, so that it is read once. Throws Unreadable if it is nested
 * without end or too large, and what the value itself throws.
 */
export function taken(value) {
  let left = MOST_MEMBERS;
  const copy = (it, depth) => {
    if (typeof it === "function" || typeof it === "symbol") return new Foreign(`a ${typeof it}`);
    if (typeof it !== "object" || it === null) return it;
    if (isView(it)) return new Foreign("a view of bytes");
    if (depth === MOST_DEPTH) throw new Unreadable(`more than ${MOST_DEPTH} levels deep, or holds itself`);
    const names = Array.isArray(it) ? it.length : Object.keys(it);
    left -= Array.isArray(it) ? names : names.length;
    if (left < 0) throw new Unreadable(`larger than any message: it has more than ${MOST_MEMBERS} members`);
    if (Array.isArray(it)) return Array.from({ length: names }, (_, at) => copy(it[at], depth + 1));
    const members = names.map((name) => [name, copy(it[name], depth + 1)]);
    return Object.assign(Object.create(null), Object.fromEntries(members));
  };
  return copy(value, 0);
}

/** What a thing says of itself, as text: that of an error, for example. */
export function told(thing) {
  try {
    return String(thing);
  } catch {
    return `${kindOf(thing)} that does not become text`;
  }
}

function kindOf(thing) {
  if (typeof thing !== "object" || thing === null) return `a ${typeof thing}`;
  return "an object";
}

/** JSON of a value that `taken` gave, and words for what JSON does not have. */
export function json(value) {
  if (value === undefined) return "nothing";
  const written = [];
  let size = 0;
  const isFull = () => size > MOST_TEXT;
  const write = (text) => {
    written.push(text);
    size += text.length;
  };
  const list = (begin, items, end, each) => {
    write(begin);
    for (const [at, item] of items.entries()) {
      if (isFull()) return;
      if (at > 0) write(",");
      each(item);
    }
    write(end);
  };
  const name = (text) => write(JSON.stringify(text.slice(0, MOST_TEXT + 1)));
  const any = (it) => {
    if (typeof it === "string") name(it);
    else if (Array.isArray(it)) list("[", it, "]", any);
    else if (typeof it !== "object" || it === null || it instanceof Foreign) write(wordOf(it));
    else {
      list("{", Object.keys(it).filter((one) => it[one] !== undefined), "}", (one) => {
        name(one);
        write(":");
        any(it[one]);
      });
    }
  };
  any(value);
  return `${escaped(written.join("").slice(0, MOST_TEXT))}${isFull() ? "…" : ""}`;
}

function wordOf(it) {
  if (typeof it !== "bigint") return String(it ?? null);
  // So large a number takes long to become text.
  return BigInt.asIntN(MOST_BITS, it) === it ? `${it}n` : `an integer of more than ${MOST_BITS} bits`;
}

/** The beginning of a text on one line, with everything escaped that is not shown as it is. */
export function short(text) {
  const shown = escaped(text.slice(0, MOST_TEXT));
  return text.length <= MOST_TEXT ? shown : `${shown}… ${text.length} characters`;
}

const escaped = (text) => text.replace(HIDDEN, (it) => {
  const code = it.codePointAt(0).toString(16).padStart(4, "0");
  return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
});
