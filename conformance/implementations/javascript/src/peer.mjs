/**
 * A whole peer of revision 7, in virtual time: it sends inputs, measures round trips, validates the
 * channel, begins and ends episodes, closes holes, tells whether the page is shown, and exchanges
 * state hashes (spec/peer.md).
 *
 * Ids such as `SYNC-3` name the rules of the specification, next to the code that implements them.
 * The peer has no clock, timer or socket: the game calls it, and it calls only the functions that
 * the game passed to the constructor. Each chapter of the specification is a file of the same name,
 * such as peer-sync.mjs; this one passes each stimulus to the chapters that it concerns.
 */
import { decode, encode } from "./codec.mjs";
import { Exchange } from "./exchange.mjs";
import { CatchUp } from "./peer-catchup.mjs";
import { Clock } from "./peer-clock.mjs";
import { Episodes } from "./peer-episode.mjs";
import { Focus } from "./peer-focus.mjs";
import { Inputs } from "./peer-sync.mjs";
import { Link } from "./peer-link.mjs";
import { Liveness } from "./peer-live.mjs";
import { checkedOptions } from "./peer-options.mjs";
import { Validation } from "./peer-valid.mjs";
import { Refusal } from "./refusal.mjs";

/** The most milliseconds of one `advance`: an hour. */
export const ADVANCE_BOUND = 3_600_000;

/** The most mismatches that the exchange of a peer keeps: the partner causes them (PEER-5). */
export const EVENTS_BOUND = 65_536;

/**
 * @typedef {import("./index.d.ts").Frame} Frame
 * @typedef {import("./peer.d.mts").PeerOptions} Options
 * @typedef {import("./index.d.ts").Message} Message
 */

/**
 * One peer, for one partner. Every call is one stimulus, which is processed before the call
 * returns. A call from within `send` or `debug` waits until the stimulus that caused it is
 * finished. Only a `tick` from there is ignored, as by an Exchange.
 *
 * A call for a chapter that the peer does not have does nothing.
 */
export class Peer {
  #local;
  #clock = new Clock();
  #link;
  #inputs = null; // a chapter that the peer does not have is null
  #liveness = null;
  #validation = null;
  #episodes = null;
  #catchUp = null;
  #focus = null;
  #exchange = null;
  #working = false;
  #waiting = []; // stimuli that came while another one was being processed

  /**
   * The new peer takes its channel for open, and sends nothing before the first `advance`.
   * @param {Options} options
   */
  constructor(options) {
    const { send, local, firstFrame, chapters, parameters, debug, lastingHashes } =
      checkedOptions(options);
    this.#local = local;
    this.#link = new Link((bytes) => send(bytes)); // called without the link as its `this`
    const [link, clock] = [this.#link, this.#clock];
    if (chapters.has("exchange")) {
      const isOpen = () => link.isOpen;
      const maxEvents = EVENTS_BOUND;
      this.#exchange = new Exchange({ send, isOpen, debug, maxEvents, lastingHashes });
    }
    if (chapters.has("inputs")) this.#inputs = new Inputs({ link, local, firstFrame, parameters });
    const inputs = this.#inputs;
    if (chapters.has("catch-up")) {
      const agreedEnd = () => this.#episodes?.agreedEnd ?? null;
      this.#catchUp = new CatchUp({ link, clock, inputs, local, parameters, agreedEnd });
    }
    if (chapters.has("episodes")) {
      const begun = () => this.#empty(); // EPISODE-1
      const completed = () => this.#catchUp?.end(); // CATCHUP-6
      this.#episodes =
        new Episodes({ link, clock, inputs, firstFrame, parameters, begun, completed });
    }
    if (chapters.has("liveness")) this.#liveness = new Liveness({ link, clock });
    if (chapters.has("validation")) {
      const validated = () => this.#liveness?.start(); // LIVE-1
      this.#validation = new Validation({ link, clock, parameters, validated });
    }
    if (chapters.has("focus")) this.#focus = new Focus({ link });
    this.#open();
  }

  // ---- Time and the channel --------------------------------------------------------------------

  /**
   * Time has passed: fires the timers that are due, each at its own time (PEER-1).
   * @param {number} ms  whole milliseconds, 0 to 3,600,000
   * @throws {Refusal} if it is anything else; then nothing has changed
   */
  advance(ms) {
    if (!Number.isInteger(ms)) throw new Refusal("value", "ms is not an integer");
    if (ms < 0 || ms > ADVANCE_BOUND) {
      throw new Refusal("range", `ms is ${ms}, expected 0 to ${ADVANCE_BOUND}`);
    }
    // What `send` caused is processed after each timer, while the clock still shows its time.
    this.#work(() => this.#clock.advance(ms, () => this.#processWaiting()));
  }

  /** The channel has opened. */
  opened() {
    this.#work(() => {
      if (this.#link.isOpen) return;
      this.#link.isOpen = true;
      this.#open();
    });
  }

  /** The channel has closed: nothing is handed to it any more (PEER-3). Twice is as once. */
  closed() {
    this.#work(() => {
      this.#link.isOpen = false;
      this.#validation?.closed();
      this.#liveness?.stop();
    });
  }

  /**
   * A datagram has arrived. What is not a message, or is one of a chapter that the peer does not
   * have, changes nothing and is not answered (PEER-4).
   * @param {Uint8Array} bytes  the whole datagram, which the caller may overwrite afterwards
   */
  receive(bytes) {
    const message = decodeOrNull(bytes);
    if (message !== null) this.#work(() => this.#process(message));
  }

  // ---- The game --------------------------------------------------------------------------------

  /**
   * The action of the local player has been taken. It counts for the next own frame only (SYNC-2),
   * and from the start of an episode until it is complete (EPISODE-12).
   * @param {Frame} frame
   * @param {number} action  0 to 255
   * @throws {Refusal} if an INPUT cannot carry them; then nothing has changed
   */
  act(frame, action) {
    const player = this.#local;
    encode({ type: "input", player, current_frame: frame, entries: [{ frame, action }] }); // checks
    this.#work(() => {
      if (this.#episodes !== null && !this.#episodes.isRunning) return;
      if (!this.#inputs?.keep(frame, action)) return;
      this.#catchUp?.tell();
      this.#inputs.sendNewest();
    });
  }

  /**
   * The game begins again at the first frame: inputs (SYNC-13), hashes (EXCH-27) and a request
   * (CATCHUP-6) are forgotten. The next episode begins with `ready` instead.
   */
  reset() {
    this.#work(() => this.#empty());
  }

  /**
   * The game has reset itself for the next episode (EPISODE-1). Counts between two episodes.
   * @param {string} hash  of the state after the reset: 8 lower-case hex digits
   * @throws {Refusal} if it is not; then nothing has changed
   */
  ready(hash) {
    encode({ type: "episode_ready", episode: 1, hash }); // checks
    this.#work(() => this.#episodes?.ready(hash));
  }

  /**
   * The local game has ended (EPISODE-7). Counts while playing.
   * @param {Frame} frame  the first frame that is not part of the episode
   * @throws {Refusal} if it is not a frame; then nothing has changed
   */
  ended(frame) {
    checkFrame(frame);
    this.#work(() => this.#episodes?.ended(frame));
  }

  /** The game wants to have its missing inputs (CATCHUP-1). Counts as long as an `act` does. */
  catchUp() {
    this.#work(() => {
      if (this.#episodes === null || this.#episodes.isRunning) this.#catchUp?.ask();
    });
  }

  /**
   * The own page is now shown or hidden (FOCUS-1).
   * @param {boolean} shown
   * @param {Frame} frame  the frame of the game, for information
   * @throws {Refusal} if a FOCUS_STATE cannot carry them; then nothing has changed
   */
  focus(shown, frame) {
    encode({ type: "focus_state", focused: shown, frame }); // checks
    this.#work(() => this.#focus?.change(shown, frame));
  }

  // ---- The exchange ----------------------------------------------------------------------------

  /**
   * As `confirm` of an Exchange.
   * @param {Frame} frame
   * @param {string} hash  16 lower-case hex digits
   * @throws {Refusal} if a STATE_HASH cannot carry them; then nothing has changed
   */
  confirm(frame, hash) {
    encode({ type: "state_hash", frame, hash }); // checks
    this.#work(() => this.#exchange?.confirm(frame, hash));
  }

  /** As `tick` of an Exchange: only this sends hashes. */
  tick() {
    if (this.#working) return; // otherwise a `send` that ticks would be called again and again
    this.#work(() => this.#exchange?.tick());
  }

  /**
   * As `beginRollback` of an Exchange. Nothing else changes: inputs stay, and pings are answered.
   * @param {Frame} target  the first frame that has to be simulated again
   * @throws {Refusal} if it is not a frame; then nothing has changed
   */
  beginRollback(target) {
    checkFrame(target);
    this.#work(() => this.#exchange?.beginRollback(target));
  }

  /** As `endRollback` of an Exchange. */
  endRollback() {
    this.#work(() => this.#exchange?.endRollback());
  }

  // ---- The state. Lists and objects are copies; peer.d.mts documents each ----------------------

  get clock() {
    return this.#clock.now;
  }

  get confirmed() {
    return this.#inputs?.confirmed ?? null;
  }

  get held() {
    return this.#inputs?.held ?? [];
  }

  /**
   * The action of a player in a frame, or null if it is not known or not kept any more.
   * @param {number} player  0 or 1
   * @param {Frame} frame
   */
  actionAt(player, frame) {
    return this.#inputs?.actionAt(player, frame) ?? null;
  }

  get roundTrips() {
    return this.#liveness?.roundTrips ?? [];
  }

  get validation() {
    return this.#validation?.state ?? null;
  }

  get episode() {
    return this.#episodes?.state ?? null;
  }

  get request() {
    return this.#catchUp?.request ?? null;
  }

  get partner() {
    return this.#focus?.partner ?? null;
  }

  get exchange() {
    return this.#exchange;
  }

  // ---- Internals -------------------------------------------------------------------------------

  /** Processes one stimulus, and then those that came in the meantime. */
  #work(stimulus) {
    this.#waiting.push(stimulus);
    if (this.#working) return;
    this.#working = true;
    this.#processWaiting();
    this.#working = false;
  }

  /** A stimulus does not throw: its arguments have been checked, and `send` is guarded. */
  #processWaiting() {
    while (this.#waiting.length > 0) {
      this.#waiting.shift()();
      this.#inputs?.confirm();
      this.#episodes?.check();
      this.#catchUp?.check();
    }
  }

  #open() {
    this.#validation?.opened();
    const mayPing = this.#validation === null || this.#validation.state === "validated";
    if (mayPing) this.#liveness?.start(); // LIVE-1, LIVE-3
    this.#focus?.opened();
  }

  #empty() {
    this.#inputs?.reset();
    this.#exchange?.reset();
    this.#catchUp?.end();
  }

  /** @param {Message} message  KEEPALIVE does nothing */
  #process(message) {
    switch (message.type) {
      case "input":
        return this.#take(message);
      case "input_response":
        if (this.#catchUp === null || this.#episodes?.isWaiting) return undefined; // EPISODE-13
        return this.#take(message); // CATCHUP-11
      case "input_request":
        return this.#catchUp?.receiveRequest(message);
      case "ping":
        return this.#liveness?.receivePing(message);
      case "pong":
        return this.#liveness?.receivePong(message);
      case "validation_ping":
        return this.#validation?.receivePing(message);
      case "validation_pong":
        return this.#validation?.receivePong(message);
      case "episode_ready":
        return this.#episodes?.receiveReady(message);
      case "episode_end":
        return this.#episodes?.receiveEnd(message);
      case "focus_state":
        return this.#focus?.receive(message);
      case "state_hash": {
        const isEarly = this.#episodes !== null && message.frame >= this.#episodes.hashesBelow;
        if (!isEarly) this.#exchange?.receive(encode(message)); // EPISODE-13
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** Takes the entries of an INPUT or an INPUT_RESPONSE, if they are the partner's (SYNC-6). */
  #take({ player, entries }) {
    if (player !== 1 - this.#local) return;
    this.#inputs?.take(entries, this.#episodes?.entriesBelow ?? Infinity);
  }
}

const checkFrame = (frame) => encode({ type: "episode_end", frame, episode: 0 });

function decodeOrNull(bytes) {
  try {
    return decode(bytes);
  } catch (e) {
    if (e instanceof Refusal) return null;
    throw e; // it is not a Uint8Array: a mistake of the caller, not of the partner
  }
}
