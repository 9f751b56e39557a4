/**
 * Reads JSON text (RFC 8259) from start to end, without recursion and without building a tree.
 *
 * JSON.parse cannot be used: it turns every number into a double, and its objects list integer keys
 * first. This reader passes on every number as its token, and members in their order.
 */
import { Refusal } from "./refusal.mjs";

/**
 * @typedef {object} Sink  receives what is read, in the order of the text
 * @property {(bracket: "[" | "{") => void} open  an array or an object begins
 * @property {() => void} close  the innermost array or object ends
 * @property {(key: string) => void} key  the key of the value that follows
 * @property {(value: string) => void} string
 * @property {(token: string) => void} number
 * @property {(name: "null" | "true" | "false") => void} literal
 */

/**
 * Reads the whole text. If it throws, the sink must discard what it has received.
 * @param {string} text
 * @param {Sink} sink
 * @throws {Refusal} with class `text` if the text is not one JSON value (DIGEST-1)
 */
export function readJson(text, sink) {
  const reader = new Reader(text);
  const closers = []; // the closing brackets of what is open, the innermost last
  for (;;) { // each round reads one value, and its key if it is a member of an object
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
/** The character that each escape stands for, except `u` with its four digits. */
const ESCAPES = new Map([['"', '"'], ["\\", "\\"], ["/", "/"], ["b", "\b"], ["f", "\f"],
  ["n", "\n"], ["r", "\r"], ["t", "\t"]]);
const FOUR_DIGITS = /^[0-9a-fA-F]{4}$/;

/** A position in the text. Every method first skips blanks (DIGEST-4). */
class Reader {
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  /** Whether this character is next. */
  isAt(char) {
    while (this.#at < this.#text.length && BLANKS.includes(this.#text[this.#at])) this.#at += 1;
    return this.#text[this.#at] === char;
  }

  /** Consumes the character if it is next, and returns whether it was. */
  take(char) {
    const found = this.isAt(char);
    if (found) this.#at += 1;
    return found;
  }

  expect(char) {
    if (!this.take(char)) this.#refuse(`expected \`${char}\``);
  }

  /** Refuses anything after the value. Reading past the last character gives `undefined`. */
  end() {
    if (!this.isAt(undefined)) this.#refuse("expected the end of the text");
  }

  /** Consumes the bracket that begins an array or an object, if it is next, and returns it. */
  opened() {
    return ["[", "{"].find((bracket) => this.take(bracket));
  }

  /** Consumes a string, number or literal. */
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

  /** Consumes a string and returns the UTF-16 code units that it stands for. */
  string() {
    this.expect('"');
    const parts = [];
    let begin = this.#at; // start of the characters that are copied unchanged
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

  /** Consumes the rest of an escape, after its backslash. */
  #escape() {
    const char = this.#text[this.#at];
    if (char === "u") {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5);
      if (!FOUR_DIGITS.test(digits)) this.#refuse("expected four hex digits after `u`");
      this.#at += 5;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const unescaped = ESCAPES.get(char);
    if (unescaped === undefined) this.#refuse("expected an escape of JSON");
    this.#at += 1;
    return unescaped;
  }

  #refuse(expected) {
    const found = this.#text.codePointAt(this.#at);
    const what = found === undefined
      ? "the end of the text"
      : `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
    throw new Refusal("text", `${expected}, found ${what} at character ${this.#at}`);
  }
}
