/** The datagrams that are read out of a text, and why a text cannot be read. */
import { plural } from "./text.mjs";

/** The ways to write bytes, by their names in options and in JSON. */
export const SPELLINGS = ["hex", "decimal", "escapes", "base64", "dump"];

/** The most datagrams in one text. */
export const MAX_PACKETS = 65536;

/** A text that is not understood, or that can be understood in two ways. */
export class SpellingFault extends Error {
  /**
   * @param {number} at  the position in the text, in UTF-16 code units
   * @param {string} what  what is wrong there, and what to do
   */
  constructor(at, what) {
    super(what);
    this.name = "SpellingFault";
    this.at = at;
    this.what = what;
    /** The line and the column, in characters from 1; `locate` sets them. */
    this.line = 1;
    this.column = 1;
  }

  /** Sets the line and the column in the whole text. */
  locate(text) {
    const before = text.slice(0, this.at).split("\n");
    this.line = before.length;
    this.column = 1 + [...before.at(-1)].length;
    this.message = `line ${this.line}, column ${this.column}: ${this.what}`;
    return this;
  }
}

/** Runs a part of the reading whose text begins at this position of the whole text. */
export function within(at, read) {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof SpellingFault) fault.at += at;
    throw fault;
  }
}

/** What is read: the datagrams in their order, and what a reader should know about the text. */
export class Reading {
  packets = [];
  notes = [];

  /**
   * Adds a datagram.
   * @param {number} at  where it begins in the text
   * @param {{bytes: number[], spelling: string}} read
   */
  add(at, { bytes, spelling }) {
    if (this.packets.length === MAX_PACKETS) {
      throw new SpellingFault(at, `there are more than ${MAX_PACKETS} datagrams`);
    }
    this.packets.push({ bytes: Uint8Array.from(bytes), spelling, at, line: 0 });
  }

  /** Says how many lines were passed over, and shows the first. */
  skipped(count, first) {
    const lines = plural(count, "line without an offset was", "lines without an offset were");
    this.notes.push(`${lines} skipped; the first is \`${first}\``);
  }
}
