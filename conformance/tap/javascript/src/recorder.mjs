/** What happens on one channel, as records in the ring. Nothing here throws: the game must not notice. */
import { MOST_BYTES, MOST_TEXT, utf8, wellFormed } from "./capture.mjs";
import { Kind, State } from "./ring.mjs";

const MOST_ERROR = 1000; // characters
const NOTHING = new Uint8Array(0);

/** A browser has blobs that are still being read; with more of them, further ones are not kept. */
const MOST_PENDING = 1024;

const isTagged = (data, ...names) => names.includes(Object.prototype.toString.call(data).slice(8, -1));

/** Bytes as the channel takes them, or undefined. Objects of another window count too. */
function bytesOf(data) {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const isBuffer = data instanceof ArrayBuffer || isTagged(data, "ArrayBuffer", "SharedArrayBuffer");
  return isBuffer ? new Uint8Array(data) : undefined;
}

const isOpen = (state) => state === "open" || state === 1;

const isBlob = (data) =>
  typeof Blob === "function" && data instanceof Blob || isTagged(data, "Blob", "File");

export class Recorder {
  isActive = true;
  wasClosed = false;
  #wasOpened = false; // and this was recorded
  #began; // whether the channel was open when the recording began
  #arrived = new WeakSet(); // the events of messages that were recorded
  #ring;
  #part;
  #pending;

  /**
   * @param {import("./ring.mjs").Ring} ring
   * @param part of the capture, an entry of the list of parts
   * @param {Set<Promise<void>>} pending what is being read, of all channels
   * @param {unknown} state of the channel at the beginning
   */
  constructor(ring, part, pending, state) {
    this.#began = isOpen(state);
    this.#ring = ring;
    this.#part = part;
    this.#pending = pending;
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

  failed(error) {
    let text = "";
    try {
      text = String(error?.message ?? error ?? "").slice(0, MOST_ERROR);
    } catch {
      // An error that does not become text is still an error.
    }
    this.#append(Kind.ERROR, State.TEXT, utf8(wellFormed(text)));
  }

  #append(kind, state, payload, buffered = 0, length = payload.length) {
    if (!this.isActive) return -1;
    try {
      const at = performance.now();
      const place = this.#ring.append(kind, state, this.#part.number, at, buffered, payload, length);
      this.#part.kept += 1;
      return place;
    } catch {
      return -1; // there is no memory for a chunk
    }
  }

  #keep(kind, data, buffered) {
    if (!this.isActive) return -1;
    try {
      if (typeof data === "string") return this.#keepText(kind, data, buffered);
      const bytes = bytesOf(data);
      if (bytes !== undefined) {
        const fits = bytes.length <= MOST_BYTES && this.#ring.fits(bytes.length);
        return fits ? this.#append(kind, State.BYTES, bytes, buffered) : this.#skip();
      }
      if (isBlob(data)) return this.#keepBlob(kind, data, buffered);
      // The channel makes text of everything else. An object may notice that, so it is not asked twice.
      const isPlain = data === null || !["object", "function", "symbol"].includes(typeof data);
      return isPlain ? this.#keepText(kind, String(data), buffered) : this.#skip();
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

  /** Its place in the order is now, its bytes are read later. */
  #keepBlob(kind, blob, buffered) {
    const length = blob.size;
    const fits = length <= MOST_BYTES && this.#ring.fits(length);
    if (!fits || this.#pending.size >= MOST_PENDING) return this.#skip();
    const place = this.#append(kind, State.PENDING, null, buffered, length);
    const fill = (buffer) => {
      this.#ring.fill(place, buffer && new Uint8Array(buffer));
      this.#pending.delete(reading);
    };
    const reading = Promise.resolve(blob).then((it) => it.arrayBuffer()).then(fill, () => fill(null));
    this.#pending.add(reading);
    return place;
  }

  /** Something happened that no record can hold. */
  #skip() {
    this.#append(Kind.MISSING, State.BYTES, NOTHING);
    return -1;
  }
}
