/**
 * Divides a text into datagrams: each line is one, and so is whatever stands in brackets or quotation
 * marks, over several lines if need be.
 */
import {
  checkedWords, closing, contentsOfABuffer, declaredLength, ends, isArrayOfNumbers, isType, Part,
  stringsFrom,
} from "./brackets.mjs";
import { readNumbers } from "./numbers.mjs";
import { bytesOfObject } from "./objects.mjs";
import { SpellingFault, within } from "./reading.mjs";
import { base64, looksLikeBase64, unescape } from "./strings.mjs";
import { byteLength, hasBlank, shorten, trimStart } from "./text.mjs";

/** How deep brackets may be nested. */
const DEEPEST = 8;

/** The longest object that is read, in bytes. */
const LONGEST_OBJECT = 2 * 1024 * 1024;

/** `xxd -p` and `base64` break lines at these lengths. */
const WRAPPED = [60, 64, 76];

/**
 * Reads all datagrams of a text.
 * @param {string} text
 * @param {string | null} spelling  the spelling, if it was chosen
 * @param {import("./reading.mjs").Reading} reading
 */
export function readGroups(text, spelling, reading) {
  const reader = new Reader(spelling, reading);
  reader.part(new Part(0, text), 0);
  const length = wrapped(reader.bareLengths);
  if (length !== null) {
    reading.notes.push(`every line is read as a datagram of its own; the lines have ${
      length} characters each, so if they are one datagram that was broken into lines, give --join`);
  }
}

/** The length that all bare lines but the last have, if it is one at which tools break lines. */
function wrapped(lengths) {
  const [first, last] = [lengths[0], lengths.at(-1)];
  if (lengths.length < 2 || !WRAPPED.includes(first)) return null;
  const isWrapped = lengths.slice(0, -1).every((it) => it === first);
  return isWrapped && last <= first ? first : null;
}

class Reader {
  /** The lengths of the lines without brackets and quotation marks. */
  bareLengths = [];
  #spelling;
  #reading;

  constructor(spelling, reading) {
    this.#spelling = spelling;
    this.#reading = reading;
  }

  /** Reads the datagrams of a part. Whatever stands before a bracket names its kind. */
  part(part, depth) {
    if (depth > DEEPEST) {
      throw new SpellingFault(part.at, `brackets are nested more than ${DEEPEST} deep`);
    }
    const { text } = part;
    let begin = 0; // of what has not been read yet
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at];
      if (character === "\n" && ends(text.slice(begin, at))) {
        this.#bare(part.between(begin, at));
        begin = at + 1;
      } else if (character === "[" && isType(text, at)) {
        at = text.indexOf("]", at);
      } else if (character === "[" || character === "{" || character === "<") {
        const close = at + closing(part.from(at));
        this.#brackets(part.between(begin, at), part.between(at, close + 1), depth);
        at = close;
        begin = at + 1;
      } else if (character === '"' || character === "'" || character === "`") {
        const { contents, length } = stringsFrom(part.from(at), character);
        this.#string(part.between(begin, at), contents);
        at += length - 1;
        begin = at + 1;
      } else if (text.startsWith("/*", at)) {
        this.#bare(part.between(begin, at));
        const end = text.indexOf("*/", at + 2);
        if (end < 0) throw new SpellingFault(part.at + at, "this comment has no end");
        at = end + 1;
        begin = at + 1;
      }
    }
    this.#bare(part.from(Math.min(begin, text.length)));
  }

  /** A line, or the rest of one, without brackets and quotation marks. */
  #bare(part) {
    const trimmed = part.trimmed();
    // The ends of `Buffer.from([…])` and of `0: 7}`.
    const text = trimmed.text.replace(/^[) ,;]+/, "");
    // `xxd -i` writes the length after the array.
    const isLength = text.startsWith("unsigned int ") && text.includes("_len = ");
    if (text === "" || text === "\\" || isLength) return;
    const at = trimmed.at + trimmed.text.length - text.length;
    this.bareLengths.push(byteLength(text));
    this.#reading.add(at, within(at, () => this.#bareBytes(text)));
  }

  #bareBytes(text) {
    const spelling = this.#spelling;
    const decoded = (encoded) => {
      const bytes = base64(encoded);
      if (bytes) return { bytes, spelling: "base64" };
      throw new SpellingFault(0, `\`${shorten(text)}\` is not base64`);
    };
    if (spelling === "base64") return decoded(text);
    if (spelling === "escapes" || (spelling === null && text.includes("\\"))) return unescape(text);
    if (spelling !== null) return readNumbers(text, "nothing", spelling);
    const marker = ";base64,";
    const encoded = text.indexOf(marker);
    if (encoded >= 0) return decoded(text.slice(encoded + marker.length));
    try {
      return readNumbers(text, "nothing", null);
    } catch (fault) {
      const bytes = !hasBlank(text) && looksLikeBase64(text) ? base64(text) : null;
      if (bytes) return { bytes, spelling: "base64" };
      throw fault;
    }
  }

  /** Brackets with what they hold; `before` is the text before them. */
  #brackets(outer, group, depth) {
    const before = outer.trimmed();
    let inner = group.between(1, group.text.length - 1);
    const contents = contentsOfABuffer(inner.text);
    if (contents >= 0) {
      const buffer = inner.from(contents);
      return this.#brackets(before, buffer.between(0, closing(buffer) + 1), depth);
    }
    // Browsers list the properties of an array after its elements.
    const properties = inner.text.indexOf(", buffer: ");
    if (properties >= 0) inner = inner.between(0, properties);
    if (group.text.startsWith("{") && trimStart(inner.text).startsWith('"')) {
      return this.#object(group);
    }
    const words = checkedWords(before);
    if (!group.text.startsWith("<") && /[[{<"']/.test(inner.text)) {
      return this.part(inner, depth + 1);
    }
    return this.#list(words, group, inner);
  }

  #object(group) {
    const isShort = byteLength(group.text) <= LONGEST_OBJECT;
    const read = isShort ? bytesOfObject(group.text) : null;
    if (!read) {
      throw new SpellingFault(group.at, "this object holds no bytes: it needs `data` with a list of " +
        "bytes, `hex`, or the members 0, 1, 2 and so on");
    }
    this.#reading.add(group.at, read);
  }

  /** Numbers in brackets. */
  #list(wordsBefore, group, innermost) {
    let [words, inner] = [wordsBefore, innermost];
    // Node.js prints `<Buffer 07 00>`, others `Buffer <07 00>`.
    const text = trimStart(inner.text);
    if (text.startsWith("Buffer")) {
      inner = inner.from(inner.text.length - text.length + "Buffer".length);
      words = "Buffer";
    }
    let around = "brackets";
    if (group.text.startsWith("<")) around = "hex";
    else if (isArrayOfNumbers(words) && !/0[xX]/.test(inner.text)) around = "decimal";
    const read = within(inner.at, () => readNumbers(inner.text, around, this.#spelling));
    const declared = declaredLength(words);
    if (declared !== null && declared !== read.bytes.length) {
      const what = `\`${shorten(words)}\` says ${declared} bytes, but ${read.bytes.length} follow`;
      throw new SpellingFault(group.at, what);
    }
    this.#reading.add(group.at, read);
  }

  /** A string, or several that follow each other directly. */
  #string(outer, parts) {
    const before = outer.trimmed();
    const [first] = parts;
    // `Buffer.from("0700", "hex")` names the encoding of the string before it.
    if (before.text === "" && ["hex", "base64", "base64url"].includes(first.text)) return;
    const words = checkedWords(before);
    // `array('B', [7, 0])` of Python names the type of the elements.
    if (words.endsWith("array(")) return;
    const isPython = words.endsWith("b") && parts.every((it) => !it.text.includes("\\u"));
    const bytes = [];
    let spelling = "escapes";
    for (const part of parts) {
      const read = within(part.at, () => this.#stringBytes(part.text, isPython));
      for (const byte of read.bytes) bytes.push(byte);
      spelling = read.spelling;
    }
    this.#reading.add(first.at, { bytes, spelling });
  }

  #stringBytes(text, isPython) {
    if (this.#spelling === null && text === "") return { bytes: [], spelling: "hex" };
    const hasEscapes = isPython || text.includes("\\");
    return this.#spelling === null && hasEscapes ? unescape(text) : this.#bareBytes(text);
  }
}
