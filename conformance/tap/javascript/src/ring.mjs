/**
 * Records in bounded memory. They lie in chunks, which are filled one after the other. When there may be
 * no further chunk, the oldest one is used again, and its records are counted as dropped.
 *
 * A record is a header of 24 bytes and its payload. It never reaches into another chunk.
 *
 *     0  kind      8 bits
 *     1  state     8 bits
 *     4  length   32 bits, of the payload in bytes
 *     8  at       64 bits, a double, in milliseconds
 *    16  buffered 32 bits, in bytes
 *    20  part     32 bits, the number of the part
 */
import { lengthOf } from "./bytes.mjs";

const HEADER = 24;
const MOST_BUFFERED = 0xffff_ffff;

/** What a record is about. */
export const Kind = Object.freeze({
  SENT: 0, REFUSED: 1, RECEIVED: 2, OPEN: 3, CLOSED: 4, ERROR: 5, MISSING: 6,
});

/** What the payload of a record is. Bytes that are PENDING are read, and will be BYTES or LOST. */
export const State = Object.freeze({ BYTES: 0, TEXT: 1, PENDING: 2, LOST: 3 });

/** The least limit in bytes, and what may lie in one chunk. */
export const LEAST_LIMIT = 256 * 1024;
const LEAST_CHUNK = 128 * 1024;
const MOST_CHUNK = 1024 * 1024;

/** Where a record lies: a number, so that nothing is allocated for it. */
const placeOf = (serial, offset) => serial * 2 * MOST_CHUNK + offset;

export class Ring {
  /** The number of records that were appended. */
  appended = 0;
  #room; // bytes in a chunk
  #most; // chunks
  #chunks = []; // the oldest first; their serials follow each other
  #newest = null;
  #onDrop;

  /**
   * @param {number} limit in bytes
   * @param {(part: number, at: number) => void} onDrop is told of each record that is overwritten
   */
  constructor(limit, onDrop) {
    this.#room = Math.min(MOST_CHUNK, Math.max(LEAST_CHUNK, Math.floor(limit / 16)));
    this.#most = Math.floor(limit / this.#room);
    this.#onDrop = onDrop;
  }

  /** The memory that is in use, in bytes. It never shrinks, and never exceeds the limit. */
  get memory() {
    return this.#chunks.length * this.#room;
  }

  /** The place behind the newest record. */
  get end() {
    return this.#newest === null ? 0 : placeOf(this.#newest.serial, this.#newest.end);
  }

  /** Whether a record with a payload of this length can be kept at all. */
  fits(length) {
    return HEADER + length <= this.#room;
  }

  /**
   * Appends a record, and says where it lies.
   *
   * @param {Uint8Array | null} payload is copied; null reserves `length` bytes, for `fill`
   * @throws {RangeError} if the payload is not of this length, or no chunk can hold it
   */
  append(kind, state, part, at, buffered, payload, length) {
    const isRight = payload === null || lengthOf(payload) === length;
    if (!isRight || !Number.isSafeInteger(length) || length < 0 || !this.fits(length)) {
      throw new RangeError(`a payload cannot have ${length} bytes`);
    }
    let chunk = this.#newest;
    if (chunk === null || chunk.end + HEADER + length > this.#room) chunk = this.#nextChunk();
    const { bytes, view, end, serial } = chunk;
    view.setUint8(end, kind);
    view.setUint8(end + 1, state);
    view.setUint32(end + 4, length);
    view.setFloat64(end + 8, at);
    view.setUint32(end + 16, Math.min(Math.max(0, buffered), MOST_BUFFERED));
    view.setUint32(end + 20, part);
    if (payload !== null) bytes.set(payload, end + HEADER);
    chunk.end = end + HEADER + length;
    this.appended += 1;
    return placeOf(serial, end);
  }

  #nextChunk() {
    const serial = this.#newest === null ? 0 : this.#newest.serial + 1;
    const buffer = this.#nextBuffer();
    const bytes = new Uint8Array(buffer);
    this.#newest = { serial, end: 0, bytes, view: new DataView(buffer) };
    this.#chunks.push(this.#newest);
    return this.#newest;
  }

  #nextBuffer() {
    if (this.#chunks.length < this.#most) {
      try {
        return new ArrayBuffer(this.#room);
      } catch (error) {
        if (this.#chunks.length === 0) throw error;
        this.#most = this.#chunks.length; // there is no more memory than this
      }
    }
    const oldest = this.#chunks.shift();
    for (let offset = 0; offset < oldest.end; offset += sizeAt(oldest, offset)) {
      this.#onDrop(oldest.view.getUint32(offset + 20), oldest.view.getFloat64(offset + 8));
    }
    return oldest.view.buffer;
  }

  /** The send of this record was refused. */
  refuse(place) {
    const found = this.#find(place);
    if (found) found.chunk.view.setUint8(found.offset, Kind.REFUSED);
  }

  /** The bytes for which a record was reserved have been read, or cannot be: null. Said once. */
  fill(place, payload) {
    const found = this.#find(place);
    if (!found) return;
    const { chunk: { bytes, view }, offset } = found;
    if (view.getUint8(offset + 1) !== State.PENDING) return;
    const isWhole = payload !== null && lengthOf(payload) === view.getUint32(offset + 4);
    if (isWhole) bytes.set(payload, offset + HEADER);
    view.setUint8(offset + 1, isWhole ? State.BYTES : State.LOST);
  }

  #find(place) {
    const serial = Math.floor(place / (2 * MOST_CHUNK));
    const chunk = this.#chunks[serial - (this.#chunks[0]?.serial ?? 0)];
    return chunk && { chunk, offset: place % (2 * MOST_CHUNK) };
  }

  /** The oldest place that is still there. */
  get begin() {
    return this.#chunks.length === 0 ? 0 : placeOf(this.#chunks[0].serial, 0);
  }

  /**
   * The record at a place at which one begins or a chunk ends. Undefined behind the newest one. Its
   * payload is only valid until something is appended.
   */
  at(place) {
    const found = this.#find(place);
    if (!found) return undefined;
    const { chunk, offset } = found;
    const { bytes, view, end, serial } = chunk;
    if (offset >= end) {
      return chunk === this.#newest ? undefined : this.at(placeOf(serial + 1, 0));
    }
    const size = sizeAt(chunk, offset);
    return {
      kind: view.getUint8(offset),
      state: view.getUint8(offset + 1),
      at: view.getFloat64(offset + 8),
      buffered: view.getUint32(offset + 16),
      part: view.getUint32(offset + 20),
      payload: bytes.subarray(offset + HEADER, offset + size),
      next: placeOf(serial, offset + size),
    };
  }
}

const sizeAt = ({ view }, offset) => HEADER + view.getUint32(offset + 4);
