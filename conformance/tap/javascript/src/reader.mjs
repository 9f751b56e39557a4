/** Reads a ring as lines, from its oldest record on, while it is written. */
import { headerLine, missingLine, recordLine } from "./capture.mjs";
import { State } from "./ring.mjs";

export class Reader {
  #ring;
  #parts;
  #place = 0;
  #read = new Map(); // how many records of each part were read, or told as missing
  #lines = new Map(); // how many lines of each part were made since its header

  /**
   * @param {import("./ring.mjs").Ring} ring
   * @param {import("./parts.mjs").Parts} parts
   */
  constructor(ring, parts) {
    this.#ring = ring;
    this.#parts = parts;
  }

  /** The next lines begin with the headers again, as a new file has to. */
  begin() {
    this.#lines.clear();
  }

  /** Where the reader is, for `back`. */
  mark() {
    return { place: this.#place, read: new Map(this.#read), lines: new Map(this.#lines) };
  }

  /** Goes back to a mark: what was read since is read again. */
  back({ place, read, lines }) {
    this.#place = place;
    this.#read = new Map(read);
    this.#lines = new Map(lines);
  }

  /**
   * The next lines, of about `size` characters or a single record; empty if there are none. A record whose
   * bytes are still being read stops the reader, unless it lies before `through`.
   */
  next(size, end = this.#ring.end, through = 0) {
    let lines = "";
    if (this.#place <= this.#ring.begin) {
      this.#place = this.#ring.begin;
      lines += this.#missing();
    }
    while (lines.length < size && this.#place < end) {
      const record = this.#ring.at(this.#place);
      if (record === undefined) break;
      if (record.state === State.PENDING && this.#place >= through) break;
      const { number, header } = this.#parts.get(record.part);
      lines += this.#header(number, header) + recordLine(this.#line(number), record, header.tap);
      this.#count(number, 1);
      this.#place = record.next;
    }
    return lines;
  }

  /** What was overwritten since the last look, part by part. */
  #missing() {
    let lines = "";
    const parts = [...this.#parts.all()];
    for (const { number, header, dropped, droppedAt } of parts) {
      const missing = dropped - (this.#read.get(number) ?? 0);
      if (missing <= 0) continue;
      lines += this.#header(number, header)
        + missingLine(this.#line(number), droppedAt, missing, header.tap);
      this.#count(number, missing);
    }
    // What is not in the list any longer does not come back.
    const known = new Set(parts.map(({ number }) => number));
    for (const number of this.#read.keys()) {
      if (known.has(number)) continue;
      this.#read.delete(number);
      this.#lines.delete(number);
    }
    return lines;
  }

  #count(number, more) {
    this.#read.set(number, (this.#read.get(number) ?? 0) + more);
  }

  /** The number of the next line of a part. */
  #line(number) {
    const line = this.#lines.get(number);
    this.#lines.set(number, line + 1);
    return line;
  }

  #header(number, header) {
    if (this.#lines.has(number)) return "";
    this.#lines.set(number, 0);
    return headerLine(header);
  }
}
