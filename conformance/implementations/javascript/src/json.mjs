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
  const outer = []; // the closing brackets around the innermost array or object, that one's last
  let closer = ""; // the closing bracket of the innermost array or object, or "" outside of all
  for (;;) { // each round reads one value, and its key if it is a member of an object
    if (closer === "}") {
      sink.key(reader.key());
      reader.expect(":");
    }
    const char = reader.peek();
    if (char === "[" || char === "{") {
      reader.skip();
      sink.open(char);
      outer.push(closer);
      closer = char === "[" ? "]" : "}";
      if (reader.peek() !== closer) continue;
    } else {
      reader.scalar(char, sink);
    }
    while (closer !== "" && reader.peek() === closer) {
      reader.skip();
      sink.close();
      closer = outer.pop();
    }
    if (closer === "") return reader.end();
    reader.expect(",");
  }
}

const LITERALS = new Map([["n", "null"], ["t", "true"], ["f", "false"]]);
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** The characters of a string that stand for themselves. */
const PLAIN = /[^"\\\u0000-\u001f]*/y;
/** The character that each escape stands for, except `u` with its four digits. */
const ESCAPES = new Map([['"', '"'], ["\\", "\\"], ["/", "/"], ["b", "\b"], ["f", "\f"],
  ["n", "\n"], ["r", "\r"], ["t", "\t"]]);
const FOUR_DIGITS = /^[0-9a-fA-F]{4}$/;

/** A position in the text. */
class Reader {
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  /** Skips blanks (DIGEST-4) and returns the next character; `undefined` at the end. */
  peek() {
    for (;;) {
      const char = this.#text[this.#at];
      const isBlank = char === " " || char === "\n" || char === "\t" || char === "\r";
      if (!isBlank) return char;
      this.#at += 1;
    }
  }

  /** Consumes the character that `peek` has returned. */
  skip() {
    this.#at += 1;
  }

  expect(char) {
    if (this.peek() !== char) this.#refuse(`expected \`${char}\``);
    this.#at += 1;
  }

  /** Refuses anything after the value. */
  end() {
    if (this.peek() !== undefined) this.#refuse("expected the end of the text");
  }

  /** Consumes a key and returns its UTF-16 code units. */
  key() {
    this.expect('"');
    return this.#string();
  }

  /** Consumes a string, number or literal, which begins with the character that is next. */
  scalar(char, sink) {
    if (char === '"') {
      this.#at += 1;
      return sink.string(this.#string());
    }
    const literal = LITERALS.get(char);
    if (literal !== undefined && this.#text.startsWith(literal, this.#at)) {
      this.#at += literal.length;
      return sink.literal(literal);
    }
    const token = this.#matched(NUMBER);
    if (token === "") this.#refuse("expected a value");
    return sink.number(token);
  }

  /** Consumes a string after its first quote and returns the UTF-16 code units it stands for. */
  #string() {
    let value = this.#matched(PLAIN);
    if (!this.#isAtQuote()) { // most strings have no escape
      const parts = [value];
      while (!this.#isAtQuote()) parts.push(this.#escape(), this.#matched(PLAIN));
      value = parts.join("");
    }
    this.#at += 1;
    return value;
  }

  #isAtQuote() {
    return this.#text[this.#at] === '"';
  }

  /** Consumes what a pattern matches here, and returns it; "" if it does not match. */
  #matched(pattern) {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return "";
    const begin = this.#at;
    this.#at = pattern.lastIndex;
    return this.#text.slice(begin, this.#at);
  }

  /** Consumes an escape and returns the code unit that it stands for. */
  #escape() {
    if (this.#text[this.#at] !== "\\") this.#refuse("expected a character of a string");
    this.#at += 1;
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
