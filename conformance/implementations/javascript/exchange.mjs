/**
 * The state-hash exchange of revision 7: what one peer keeps, sends and compares.
 *
 * Ids such as `EXCH-12` and `DETECT-4` name the rules of the specification, beside the code that
 * keeps them. There is no clock, no timer and no socket in here: the game calls, and only the
 * functions that it handed to the constructor are called back.
 */
import { decode, encode, Refusal } from "./rollwire.mjs";

/** The local history keeps so many entries (EXCH-3). */
export const HISTORY_BOUND = 120;
/** The inbound map keeps so many; the peer decides what comes in, so there is a bound (EXCH-19). */
export const MAP_BOUND = 4096;

const STATE_HASH_SIZE = 13; // bytes (STATE_HASH-1)

/**
 * @typedef {number} Frame  a simulation step number, an integer, 0 to 4294967295
 * @typedef {string} Hash  16 lower-case hex digits: the digest of the state before the frame is
 *   simulated (EXCH-30)
 * @typedef {[Frame, Hash]} Pair
 * @typedef {{frame: Frame, local: Hash, peer: Hash}} Mismatch  the own hash and the peer's
 *
 * @typedef {object} Options
 * @property {(bytes: Uint8Array) => unknown} send  hands one datagram to the channel, at once. It
 *   refuses by returning false or by throwing; everything else accepts, also the undefined that a
 *   browser's own `send` returns. A promise says nothing and so accepts. Not `channel.send` alone,
 *   which has lost its channel and would throw, and so refuse, for ever.
 * @property {() => boolean} isOpen  whether the channel is open
 * @property {(line: string) => void} [debug]  takes one line for each hash sent and received
 * @property {boolean} [detect]  whether hashes are compared; true if left out
 */

/**
 * One exchange, for one channel. Every call is one stimulus and is worked off before it returns.
 * A call out of `send`, `isOpen` or `debug` comes while another stimulus is being worked off, and
 * waits for its end; only a `tick` from there is ignored, since it is not the game's step.
 */
export class Exchange {
  #send;
  #isOpen;
  #debug;
  #detect;
  #history = new Map(); // frame to hash, as inserted
  #queue = []; // of pairs; those before #head have been sent. One frame may stand in it twice.
  #head = 0; // instead of a shift for each entry, which would make draining quadratic
  #map = new Map(); // frame to hash, as inserted
  #rollingBack = false;
  #verified = null;
  #events = [];
  #working = false;
  #waiting = []; // stimuli that came while another one was being worked off

  /** @param {Options} options */
  constructor({ send, isOpen, debug = () => {}, detect = true }) {
    for (const [name, value] of Object.entries({ send, isOpen, debug })) {
      if (typeof value !== "function") throw new TypeError(`${name} is not a function`);
    }
    this.#send = (bytes) => send(bytes); // not a method of the exchange: its `this` is nobody's
    this.#isOpen = () => isOpen();
    this.#debug = (line) => debug(line);
    this.#detect = detect;
  }

  /**
   * The game has confirmed a frame. It sends nothing: `tick` does (EXCH-6).
   * @param {Frame} frame
   * @param {Hash} hash
   * @throws {Refusal} if there is no STATE_HASH of these two; nothing has changed then
   */
  confirm(frame, hash) {
    encodeHash(frame, hash); // refuses here what must not fail later, when it is sent
    this.#work(() => {
      if (this.#history.has(frame)) return; // EXCH-2
      this.#history.set(frame, hash); // EXCH-1, EXCH-5
      this.#queue.push([frame, hash]);
      this.#compare(frame); // DETECT-1
      if (this.#history.size > HISTORY_BOUND) deleteOldest(this.#history); // EXCH-3, EXCH-4
    });
  }

  /** The game's step sends: the whole queue, or up to the first send that is refused. */
  tick() {
    if (this.#working) return; // or a `send` that calls back would be tried again and again
    this.#work(() => {
      if (this.#rollingBack) return; // EXCH-9
      while (this.#head < this.#queue.length && this.#isOpen()) { // EXCH-7, EXCH-8, EXCH-10
        const [frame, hash] = this.#queue[this.#head];
        if (!this.#accepts(encodeHash(frame, hash))) break; // EXCH-11; the front stays (EXCH-12)
        this.#head += 1; // EXCH-14
        this.#say(`Sent hash for frame ${frame}`);
      }
      if (this.#head * 2 >= this.#queue.length) { // not each time: a long queue would be moved
        this.#queue.splice(0, this.#head);
        this.#head = 0;
      }
    });
  }

  /**
   * A datagram has arrived; give it every one. It is stored also while the channel is not open
   * (EXCH-17), and whatever its frame is (EXCH-15).
   * @param {Uint8Array} bytes  the whole datagram
   * @returns {boolean} whether it was a STATE_HASH; whatever else it was has no effect (EXCH-18)
   */
  receive(bytes) {
    // The length first: a long message of another type need not be decoded to be passed over.
    if (ArrayBuffer.isView(bytes) && bytes.byteLength !== STATE_HASH_SIZE) return false;
    const message = decodeOrNull(bytes);
    if (message?.type !== "state_hash") return false;
    const { frame, hash } = message;
    this.#work(() => {
      this.#map.set(frame, hash); // EXCH-16; an entry that was there keeps its age
      this.#compare(frame); // DETECT-2; before the bound, so that no other one leaves in vain
      if (this.#map.size > MAP_BOUND) deleteOldest(this.#map); // EXCH-19
      this.#say(`Received peer hash for frame ${frame}`);
    });
    return true;
  }

  /**
   * The game goes back to a frame, and will confirm it and those after it again. A begin within a
   * rollback only removes more: one `endRollback` ends them all (EXCH-24).
   * @param {Frame} target  the first frame that is not valid any more
   * @throws {Refusal} if the target is no frame; nothing has changed then
   */
  beginRollback(target) {
    encodeHash(target, "0".repeat(16)); // for its check of the frame alone
    this.#work(() => {
      this.#rollingBack = true;
      this.#queue = this.#queue.slice(this.#head).filter(([frame]) => frame < target); // EXCH-20
      this.#head = 0;
      for (const kept of [this.#map, this.#history]) { // EXCH-21, EXCH-22
        for (const frame of kept.keys()) {
          if (frame >= target) kept.delete(frame); // JavaScript numbers are unsigned (EXCH-23)
        }
      }
      if (this.#verified !== null && this.#verified >= target) { // DETECT-10
        this.#verified = target === 0 ? null : target - 1;
      }
    });
  }

  /** The game is where it was before the rollback. It removes (EXCH-26) and sends nothing. */
  endRollback() {
    this.#work(() => {
      if (!this.#rollingBack) return; // EXCH-25
      this.#rollingBack = false;
      const frames = [...this.#history.keys()].sort((a, b) => a - b); // without it, as text
      for (const frame of frames) this.#compare(frame); // DETECT-9
    });
  }

  /** The episode ends. The channel is not touched (EXCH-29). */
  reset() {
    this.#work(() => {
      this.#history.clear(); // EXCH-27
      this.#queue = [];
      this.#head = 0;
      this.#map.clear();
      this.#rollingBack = false; // EXCH-28
      this.#verified = null; // DETECT-12
      this.#events = [];
    });
  }

  // ---- What it holds, as copies: changing them changes nothing ---------------------------------

  /** @returns {Pair[]} the outbound queue, the next to be sent first */
  get queue() { return this.#queue.slice(this.#head).map((pair) => [...pair]); }
  /** @returns {Pair[]} the inbound map, by ascending frame */
  get map() { return [...this.#map].sort(([a], [b]) => a - b); }
  /** @returns {Pair[]} the local history, as inserted */
  get history() { return [...this.#history]; }
  /** @returns {boolean} whether a rollback is in progress */
  get rollingBack() { return this.#rollingBack; }
  /** @returns {Frame | null} the greatest frame whose hashes were equal, or null for none */
  get verified() { return this.#verified; }
  /** @returns {Mismatch[]} all since the last reset, as they were found */
  get events() { return this.#events.map((event) => ({ ...event })); }

  // ---- Inside ----------------------------------------------------------------------------------

  /** Works off one stimulus whole, and after it those that came meanwhile. */
  #work(stimulus) {
    if (this.#working) {
      this.#waiting.push(stimulus);
      return;
    }
    this.#working = true;
    try {
      stimulus(); // throws if the game's `isOpen` does, and in no other case
    } finally {
      for (const next of this.#waiting) next(); // also those that they bring themselves
      this.#waiting = [];
      this.#working = false;
    }
  }

  /** Compares the two hashes of a frame if both are known, and uses up the peer's (DETECT-4). */
  #compare(frame) {
    if (!this.#detect || this.#rollingBack) return; // DETECT-8
    const local = this.#history.get(frame);
    const peer = this.#map.get(frame);
    if (local === undefined || peer === undefined) return;
    this.#map.delete(frame);
    if (local !== peer) { // DETECT-3: both are lower-case digits, so equal text is equal bytes
      this.#events.push({ frame, local, peer }); // DETECT-6, DETECT-7
    } else if (this.#verified === null || this.#verified < frame) {
      this.#verified = frame; // DETECT-5
    }
  }

  /** Whether the channel took the datagram. An error is a refusal and goes no further (EXCH-13). */
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
      // A log line that cannot be written is no reason to end the game's step.
    }
  }
}

const deleteOldest = (map) => map.delete(map.keys().next().value); // a Map is in order of insertion
const encodeHash = (frame, hash) => encode({ type: "state_hash", frame, hash });

function decodeOrNull(bytes) {
  try {
    return decode(bytes);
  } catch (e) {
    if (e instanceof Refusal) return null;
    throw e; // no Uint8Array: the caller's mistake, not the peer's
  }
}
