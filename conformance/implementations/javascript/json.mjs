/**
 * JSON text (RFC 8259), read from front to back without recursion and without a tree.
 *
 * Not JSON.parse: it makes a double of every number, and keys that are numbers come first in its
 * objects. Here a number stays the token that it was, and members come as they stand in the text.
 */
import { Refusal } from "./rollwire.mjs";

/**
 * @typedef {object} Sink  what is told, in the order of the text
 * @property {(bracket: "[" | "{") => void} open  an array or an object begins
 * @property {() => void} close  the innermost one ends
 * @property {(key: string) => void} key  the value of this member comes next
 * @property {(value: string) => void} string
 * @property {(token: string) => void} number
 * @property {(name: "null" | "true" | "false") => void} literal
 */

/**
 * Reads the text whole. What the sink was told of a text that is refused counts for nothing.
 * @param {string} text
 * @param {Sink} sink
 * @throws {Refusal} of class `text`, if it is not one JSON value (DIGEST-1)
 */
export function readJson(text, sink) {
  const reader = new Reader(text);
  const closers = []; // the brackets that are still to come, the next one last
  for (;;) { // a value begins here, with its key before it if it is a member
    if (closers.at(-1) === "}") {
      sink.key(reader.string());
      reader.expect(":");
    }
    const bracket = reader.opened();
    if (bracket === undefined) {
      reader.scalar(sink);
    } else {
      sink.open(bracket);
      closers.push(bracket === "[" ? "]" : "}");
      if (!reader.isAt(closers.at(-1))) continue;
    }
    while (closers.length > 0 && reader.take(closers.at(-1))) {
      closers.pop();
      sink.close();
    }
    if (closers.length === 0) return reader.end();
    reader.expect(",");
  }
}

const BLANKS = " \t\n\r";
const LITERALS = ["null", "true", "false"];
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** What stands for a character behind a backslash, but for `u` and its four digits. */
const ESCAPES = new Map([['"', '"'], ["\\", "\\"], ["/", "/"], ["b", "\b"], ["f", "\f"],
  ["n", "\n"], ["r", "\r"], ["t", "\t"]]);
const FOUR_DIGITS = /^[0-9a-fA-F]{4}$/;

/** A place in the text. Every method passes over the blanks before what it looks for (DIGEST-4). */
class Reader {
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  /** Whether this character comes next. */
  isAt(char) {
    while (this.#at < this.#text.length && BLANKS.includes(this.#text[this.#at])) this.#at += 1;
    return this.#text[this.#at] === char;
  }

  /** Takes the character if it comes next, and says whether it did. */
  take(char) {
    const is = this.isAt(char);
    if (is) this.#at += 1;
    return is;
  }

  expect(char) {
    if (!this.take(char)) this.#refuse(`expected \`${char}\``);
  }

  /** Refuses what stands behind the value. `undefined` is the character behind the last one. */
  end() {
    if (!this.isAt(undefined)) this.#refuse("expected the end of the text");
  }

  /** The bracket that begins an array or an object, if one comes next. */
  opened() {
    return ["[", "{"].find((bracket) => this.take(bracket));
  }

  /** Takes a value without brackets. */
  scalar(sink) {
    if (this.isAt('"')) return sink.string(this.string());
    const literal = LITERALS.find((name) => this.#text.startsWith(name, this.#at));
    if (literal !== undefined) {
      this.#at += literal.length;
      return sink.literal(literal);
    }
    NUMBER.lastIndex = this.#at;
    const token = NUMBER.exec(this.#text)?.[0];
    if (token === undefined) this.#refuse("expected a value");
    this.#at += token.length;
    return sink.number(token);
  }

  /** Takes a string, as the UTF-16 units that its characters and escapes stand for. */
  string() {
    this.expect('"');
    const parts = [];
    let begin = this.#at; // of what needs no change
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at); // NaN at the end
      if (unit === 0x22 || unit === 0x5c) {
        parts.push(this.#text.slice(begin, this.#at));
        this.#at += 1;
        if (unit === 0x22) return parts.join("");
        parts.push(this.#escape());
        begin = this.#at;
      } else if (unit >= 0x20) {
        this.#at += 1;
      } else {
        this.#refuse("expected a character of a string");
      }
    }
  }

  /** Takes what stands behind a backslash. */
  #escape() {
    const char = this.#text[this.#at];
    if (char === "u") {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5);
      if (!FOUR_DIGITS.test(digits)) this.#refuse("expected four hex digits behind `u`");
      this.#at += 5;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const meant = ESCAPES.get(char);
    if (meant === undefined) this.#refuse("expected an escape that JSON has");
    this.#at += 1;
    return meant;
  }

  #refuse(expected) {
    const found = this.#text.codePointAt(this.#at);
    const what = found === undefined
      ? "the text ends"
      : `U+${found.toString(16).toUpperCase().padStart(4, "0")} stands`;
    throw new Refusal("text", `${expected}; ${what} at character ${this.#at}`);
  }
}
