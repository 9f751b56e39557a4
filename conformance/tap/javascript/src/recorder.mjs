/** What happens on one channel, as records in the ring. Nothing here throws: the game must not notice. */
import { blobBytes, blobSize, bytesOf, lengthOf } from "./bytes.mjs";
import { MOST_BYTES, MOST_TEXT, utf8, wellFormed } from "./capture.mjs";
import { startTimer, stopTimer } from "./clock.mjs";
import { Kind, State } from "./ring.mjs";

const MOST_ERROR = 1000; // characters
const NOTHING = new Uint8Array(0);

/** A browser has blobs that are still being read; with more of them, further ones are not kept. */
const MOST_PENDING = 1024;

/** The text of a larger BigInt is not made: that would take the game seconds. */
const LARGEST = 2n ** 1024n;

const isOpen = (state) => state === "open" || state === 1;

/** Whether the channel makes text of this value without asking the game, and in no time. */
function isPlain(data) {
  if (typeof data === "bigint") return data < LARGEST && data > -LARGEST;
  return data === null || !["object", "function", "symbol"].includes(typeof data);
}

export class Recorder {
  isActive = true;
  wasClosed = false;
  #wasOpened = false; // and this was recorded
  #turned; // the newest kind that was told by `turned`
  #began; // whether the channel was open when the recording began
  #arrived = new WeakSet(); // the events of messages that were recorded
  #ring;
  #part;
  #pending;
  #patience;
  #now;

  /**
   * @param {import("./ring.mjs").Ring} ring
   * @param part of the capture, an entry of the list of parts
   * @param {Set<Promise<void>>} pending what is being read, of all channels
   * @param {unknown} state of the channel at the beginning
   * @param {number} patience for the bytes of a Blob, in milliseconds
   * @param {() => number} now the clock of the records, which does not throw
   */
  constructor(ring, part, pending, state, patience, now) {
    this.#began = isOpen(state);
    this.#ring = ring;
    this.#part = part;
    this.#pending = pending;
    this.#patience = patience;
    this.#now = now;
  }

  /** The next things that happen belong to no part any longer. */
  end() {
    this.isActive = false;
    this.#part.isLive = false;
  }

  /** Before the channel is asked to send. Says where the record lies, for `refused`. */
  sending(values, buffered) {
    return values.length > 0 ? this.#keep(Kind.SENT, values[0], buffered) : this.#skip();
  }

  /** The send with the record at this place was refused. */
  refused(place) {
    if (place >= 0) this.#ring.refuse(place);
  }

  received(data) {
    this.#keep(Kind.RECEIVED, data, 0);
  }

  /** The event of a message is recorded once, whether the game or the tap sees it first. */
  arrived(event, data) {
    if (this.#arrived.has(event)) return;
    this.#arrived.add(event);
    this.received(data);
  }

  /** The state of the channel before a send: the event about it may be on its way. */
  seen(state) {
    if (isOpen(state) && !this.#began) this.recordOpening();
    else if (state === "closed" || state === 3) this.closed();
  }

  /** The event: of a channel that was open before, it is the first thing to happen, or nothing new. */
  opened() {
    const isFirst = this.#part.kept + this.#part.dropped === 0;
    if (!this.#began || isFirst) this.recordOpening();
  }

  recordOpening() {
    if (this.#wasOpened) return;
    this.#wasOpened = true;
    this.#append(Kind.OPEN, State.BYTES, NOTHING);
  }

  closed() {
    if (this.wasClosed) return;
    this.wasClosed = true;
    this.#append(Kind.CLOSED, State.BYTES, NOTHING);
  }

  /** The channel was opened or closed. One that the game describes may do both more than once. */
  turned(kind) {
    if (kind !== this.#turned) this.#append(kind, State.BYTES, NOTHING);
    this.#turned = kind;
  }

  failed(error) {
    let text = "";
    try {
      const message = error?.message ?? error ?? "";
      if (typeof message === "string" || isPlain(message)) text = String(message).slice(0, MOST_ERROR);
    } catch {
      // An error without a text is still an error.
    }
    this.#append(Kind.ERROR, State.TEXT, utf8(wellFormed(text)));
  }

  #append(kind, state, payload, buffered = 0, length = lengthOf(payload)) {
    if (!this.isActive) return -1;
    const at = this.#now();
    try {
      const place = this.#ring.append(kind, state, this.#part.number, at, buffered, payload, length);
      this.#part.kept += 1;
      return place;
    } catch {
      if (kind !== Kind.MISSING) return this.#skip();
      // There is no memory for a first chunk. It is counted as one that was overwritten is.
      this.#part.dropped += 1;
      this.#part.droppedAt = at;
      return -1;
    }
  }

  #keep(kind, data, buffered) {
    if (!this.isActive) return -1;
    try {
      if (typeof data === "string") return this.#keepText(kind, data, buffered);
      const bytes = bytesOf(data);
      if (bytes !== undefined) {
        const length = lengthOf(bytes);
        const fits = length <= MOST_BYTES && this.#ring.fits(length);
        return fits ? this.#append(kind, State.BYTES, bytes, buffered) : this.#skip();
      }
      const size = blobSize(data);
      if (size !== undefined) return this.#keepBlob(kind, data, size, buffered);
      // The channel makes text of everything else. An object may notice that, so it is not asked twice.
      return isPlain(data) ? this.#keepText(kind, String(data), buffered) : this.#skip();
    } catch {
      return this.#skip(); // such as a view whose buffer was transferred
    }
  }

  #keepText(kind, text, buffered) {
    if (text.length > MOST_TEXT) return this.#skip();
    const bytes = utf8(text); // with the replacements for lone surrogates that the channel makes too
    const fits = bytes.length <= MOST_TEXT && this.#ring.fits(bytes.length);
    return fits ? this.#append(kind, State.TEXT, bytes, buffered) : this.#skip();
  }

  /** Its place in the order is now, its bytes are read later, or are lost when the patience ends. */
  #keepBlob(kind, blob, length, buffered) {
    const fits = length <= MOST_BYTES && this.#ring.fits(length);
    if (!fits || this.#pending.size >= MOST_PENDING) return this.#skip();
    const place = this.#append(kind, State.PENDING, null, buffered, length);
    if (place < 0) return place;
    const ring = this.#ring;
    const reading = new Promise((resolve) => {
      const fill = (bytes) => {
        stopTimer(timer);
        ring.fill(place, bytes); // only the first time
        resolve();
      };
      const timer = startTimer(() => fill(null), this.#patience);
      timer.unref?.(); // it keeps no program of Node.js alive
      blobBytes(blob).then(fill).catch(() => fill(null));
    });
    this.#pending.add(reading);
    reading.then(() => this.#pending.delete(reading));
    return place;
  }

  /** Something happened that no record can hold. */
  #skip() {
    this.#append(Kind.MISSING, State.BYTES, NOTHING);
    return -1;
  }
}
