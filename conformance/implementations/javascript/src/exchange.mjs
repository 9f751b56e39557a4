/**
 * The state-hash exchange of revision 7: what one peer keeps, sends and compares.
 *
 * Ids such as `EXCH-12` and `DETECT-4` name the rules of the specification, next to the code that
 * implements them. The exchange has no clock, timer or socket: the game calls it, and it calls only
 * the functions that the game passed to the constructor.
 */
import { decode, encode } from "./codec.mjs";
import { LastingHashes, MOST_HASH_SENDS } from "./lasting.mjs";
import { Refusal } from "./refusal.mjs";

/** The maximum number of entries in the local history (EXCH-3). */
export const HISTORY_BOUND = 120;
/** The maximum number of entries in the inbound map, which the peer fills (EXCH-19). */
export const MAP_BOUND = 4096;

const LEAST_MAX_EVENTS = 4096; // DETECT-14

const STATE_HASH_SIZE = 13; // bytes (STATE_HASH-1)

/**
 * @typedef {import("./index.d.ts").Frame} Frame
 * @typedef {import("./index.d.ts").StateHashText} Hash
 * @typedef {import("./index.d.ts").FrameHash} Pair
 * @typedef {import("./index.d.ts").Mismatch} Mismatch
 * @typedef {import("./index.d.ts").ExchangeOptions} Options
 */

/**
 * One exchange, for one channel. Every call is one stimulus, which is processed before the call
 * returns. A call from within `send`, `isOpen` or `debug` happens while another stimulus is being
 * processed, and waits until that one is finished. Only a `tick` from there is ignored, because it
 * is not the game's step.
 */
export class Exchange {
  #send;
  #isOpen;
  #debug;
  #detect;
  #history = new Map(); // frame to pair, in order of insertion
  #queue = []; // of pairs; those before #head have been sent. A frame can be in it twice.
  #head = 0; // removing each entry from the front would make draining quadratic
  #map = new Map(); // the same with the hashes of the peer
  #rollingBack = false;
  #verified = null;
  #events = [];
  #maxEvents;
  #lasting = null; // what is remembered if hashes last
  #droppedEvents = 0; // how many were found beyond #maxEvents
  #working = false;
  #waiting = []; // stimuli that came while another one was being processed

  /** @param {Options} options */
  constructor({
    send, isOpen, debug = () => {}, detect = true, maxEvents = Infinity, lastingHashes = 0,
  }) {
    for (const [name, value] of Object.entries({ send, isOpen, debug })) {
      if (typeof value !== "function") throw new TypeError(`${name} is not a function`);
    }
    if (!(maxEvents >= LEAST_MAX_EVENTS)) { // also if it is not a number
      throw new RangeError(`maxEvents is not a number of ${LEAST_MAX_EVENTS} or more`);
    }
    const isCount = Number.isInteger(lastingHashes) && lastingHashes >= 0;
    if (!isCount || lastingHashes > MOST_HASH_SENDS) {
      throw new RangeError(`lastingHashes is not an integer from 0 to ${MOST_HASH_SENDS}`);
    }
    this.#send = (bytes) => send(bytes); // called without the exchange as its `this`
    this.#isOpen = () => isOpen();
    this.#debug = (line) => debug(line);
    this.#detect = detect;
    this.#maxEvents = maxEvents;
    if (lastingHashes > 0) this.#lasting = new LastingHashes(lastingHashes);
  }

  /**
   * The game has confirmed a frame. It sends nothing: `tick` does (EXCH-6).
   * @param {Frame} frame
   * @param {Hash} hash
   * @throws {Refusal} if a STATE_HASH cannot carry them; then nothing has changed
   */
  confirm(frame, hash) {
    encodeHash(frame, hash); // refuses now what would otherwise fail later, when it is sent
    this.#work(() => {
      if (this.#history.has(frame)) return; // EXCH-2
      const pair = [frame, hash];
      this.#history.set(frame, pair); // EXCH-1, EXCH-5
      this.#queue.push(pair);
      this.#compare(frame); // DETECT-1
      if (this.#history.size > HISTORY_BOUND) deleteOldest(this.#history); // EXCH-3, EXCH-4
    });
  }

  /**
   * Sends the queue, up to the first refused send. The game calls it once in each step.
   *
   * With lasting hashes an entry may stay after its send. Each tick sends a front part of the
   * queue, so no entry has more accepted sends than one before it, and those that leave are in
   * front.
   */
  tick() {
    if (this.#working) return; // otherwise a `send` that ticks would be called again and again
    this.#work(() => {
      if (this.#rollingBack) return; // EXCH-9
      let at = this.#head;
      while (at < this.#queue.length && this.#isOpen()) { // EXCH-7, EXCH-8, EXCH-10
        const pair = this.#queue[at];
        if (!this.#accepts(encodeHash(pair[0], pair[1]))) break; // EXCH-11; it stays (EXCH-12)
        at += 1;
        const leaves = this.#lasting === null || this.#lasting.accepted(pair); // EXCH-14, EXCH-36
        if (leaves) this.#head += 1;
        this.#say(`Sent hash for frame ${pair[0]}`);
      }
      if (this.#head * 2 >= this.#queue.length) { // not every time, to move a long queue rarely
        this.#queue.splice(0, this.#head);
        this.#head = 0;
      }
    });
  }

  /**
   * A datagram has arrived. The game may pass every datagram; a STATE_HASH is stored even while the
   * channel is not open (EXCH-17), and for every frame (EXCH-15).
   * @param {Uint8Array} bytes  the whole datagram
   * @returns {boolean} whether it was a STATE_HASH; everything else has no effect (EXCH-18)
   */
  receive(bytes) {
    // The length is checked first, so that a long message of another type is not decoded.
    if (ArrayBuffer.isView(bytes) && bytes.byteLength !== STATE_HASH_SIZE) return false;
    const message = decodeOrNull(bytes);
    if (message?.type !== "state_hash") return false;
    const { frame, hash } = message;
    this.#work(() => {
      this.#map.set(frame, [frame, hash]); // EXCH-16; an entry that is overwritten keeps its age
      this.#compare(frame); // DETECT-2; before the bound, which then deletes less
      if (this.#map.size > MAP_BOUND) deleteOldest(this.#map); // EXCH-19
      this.#say(`Received peer hash for frame ${frame}`);
    });
    return true;
  }

  /**
   * The game goes back to a frame, and will confirm it and the frames after it again. A second
   * begin within a rollback only removes more; one `endRollback` ends them all (EXCH-24).
   * @param {Frame} target  the first frame that has to be simulated again
   * @throws {Refusal} if the target is not a frame; then nothing has changed
   */
  beginRollback(target) {
    encodeHash(target, "0".repeat(16)); // only to check the frame
    this.#work(() => {
      this.#rollingBack = true;
      this.#queue = this.#queue.slice(this.#head).filter((pair) => pair[0] < target); // EXCH-20
      this.#head = 0;
      // The peer does not send its hashes again, so those that last stay in the map (EXCH-35).
      const invalid = this.#lasting === null ? [this.#map, this.#history] : [this.#history];
      for (const kept of invalid) { // EXCH-21, EXCH-22
        for (const frame of kept.keys()) {
          if (frame >= target) kept.delete(frame); // JavaScript numbers are unsigned (EXCH-23)
        }
      }
      if (this.#lasting !== null) {
        this.#lasting.forgetFrom(target);
        this.#verified = this.#lasting.verified; // DETECT-17
      } else if (this.#verified !== null && this.#verified >= target) { // DETECT-10
        this.#verified = target === 0 ? null : target - 1;
      }
    });
  }

  /** The game is where it was before the rollback. This removes (EXCH-26) and sends nothing. */
  endRollback() {
    this.#work(() => {
      if (!this.#rollingBack) return; // EXCH-25
      this.#rollingBack = false;
      const frames = [...this.#history.keys()].sort((a, b) => a - b); // the default compares text
      for (const frame of frames) this.#compare(frame); // DETECT-9
    });
  }

  /** The episode ends. The channel stays as it is (EXCH-29). */
  reset() {
    this.#work(() => {
      this.#history.clear(); // EXCH-27
      this.#queue = [];
      this.#head = 0;
      this.#map.clear();
      this.#rollingBack = false; // EXCH-28
      this.#verified = null; // DETECT-12
      this.#events = [];
      this.#droppedEvents = 0; // DETECT-14
      this.#lasting?.reset(); // DETECT-17
    });
  }

  // ---- The state. The lists are copies. Their entries are not: index.d.ts makes them read-only --

  /** @returns {Pair[]} the outbound queue, in the order of sending */
  get queue() {
    return this.#queue.slice(this.#head);
  }

  /** @returns {Pair[]} the inbound map, by ascending frame */
  get map() {
    return [...this.#map.values()].sort(byFrame);
  }

  /** @returns {Pair[]} the local history, in order of insertion */
  get history() {
    return [...this.#history.values()];
  }

  /** @returns {boolean} whether a rollback is in progress */
  get rollingBack() {
    return this.#rollingBack;
  }

  /** @returns {Frame | null} the verified frame, or null for none (DETECT-5, DETECT-17) */
  get verified() {
    return this.#verified;
  }

  /** @returns {Mismatch[]} the mismatches since the last reset, in the order of their detection */
  get events() {
    return [...this.#events];
  }

  /** @returns {number} how many mismatches were not kept since the last reset (DETECT-14) */
  get droppedEvents() {
    return this.#droppedEvents;
  }

  // ---- Internals -------------------------------------------------------------------------------

  /** Processes one stimulus, and then those that came in the meantime. */
  #work(stimulus) {
    if (this.#working) {
      this.#waiting.push(stimulus);
      return;
    }
    this.#working = true;
    try {
      stimulus(); // throws only if the game's `isOpen` throws
    } finally {
      for (const next of this.#waiting) next(); // the loop includes those added while it runs
      this.#waiting = [];
      this.#working = false;
    }
  }

  /** Compares the hashes of a frame if both are known. */
  #compare(frame) {
    if (!this.#detect || this.#rollingBack) return; // DETECT-8
    const local = this.#history.get(frame)?.[1];
    const peer = this.#map.get(frame)?.[1];
    if (local === undefined || peer === undefined) return;
    const isEqual = local === peer; // DETECT-3: equal text is equal bytes, it is in lower case
    if (!isEqual) this.#found(frame, local, peer);
    if (this.#lasting !== null) { // the peer's hash stays (DETECT-16)
      this.#lasting.compared(frame, isEqual);
      this.#verified = this.#lasting.verified; // DETECT-17
      return;
    }
    this.#map.delete(frame); // DETECT-4
    const isHigher = this.#verified === null || this.#verified < frame;
    if (isEqual && isHigher) this.#verified = frame; // DETECT-5, DETECT-7
  }

  /** Adds an event (DETECT-6), with lasting hashes only one that is new (DETECT-18). */
  #found(frame, local, peer) {
    if (this.#lasting?.holds(frame, local, peer)) return;
    if (this.#events.length >= this.#maxEvents) {
      this.#droppedEvents += 1; // DETECT-14
      return;
    }
    this.#events.push({ frame, local, peer });
    this.#lasting?.hold(frame, local, peer);
  }

  /** Sends a datagram and returns whether the channel accepted it. An error refuses (EXCH-13). */
  #accepts(bytes) {
    try {
      return this.#send(bytes) !== false;
    } catch {
      return false;
    }
  }

  #say(line) {
    try {
      this.#debug(line);
    } catch {
      // A log line that cannot be written must not end the game's step.
    }
  }
}

const byFrame = (a, b) => a[0] - b[0];
/** A Map keeps the order of insertion, so its first key is the oldest. */
const deleteOldest = (map) => map.delete(map.keys().next().value);
const encodeHash = (frame, hash) => encode({ type: "state_hash", frame, hash });

function decodeOrNull(bytes) {
  try {
    return decode(bytes);
  } catch (e) {
    if (e instanceof Refusal) return null;
    throw e; // it is not a Uint8Array: a mistake of the caller, not of the peer
  }
}
