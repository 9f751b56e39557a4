/**
 * A whole peer that logs its session, for `rollwire trace check` (spec/trace.md).
 *
 * This file says what the stimuli are and in which order they are processed. What a line holds is
 * in peer-log.mjs.
 */
import { Peer } from "./peer.mjs";
import { headerOf, hexOf, PeerLog } from "./peer-log.mjs";
import { checkedOptions } from "./peer-options.mjs";

/**
 * Has the same methods as a Peer, and passes each line of the log to `write`, including its line
 * end. `finish` completes the log.
 *
 * A call from within `send` or `debug` is processed and logged after the stimulus that caused it.
 * What has no effect because the peer does not have its chapter has no line.
 */
export class RecordedPeer {
  #peer; // not a base class: what is logged is what the game calls
  #checker; // a peer without chapters: its calls check their arguments, and do nothing else
  #chapters;
  #log;
  #working = false;
  #waiting = [];

  /**
   * @param {import("./peer-recorder.d.mts").RecordedPeerOptions} options
   * @param {(line: string) => void} write
   */
  constructor(options, write) {
    if (options.lastingHashes) throw new TypeError("a log cannot say that hashes last");
    const { inspect = false } = options;
    const checked = checkedOptions(options); // once: the chapters may be an iterator
    const { local, chapters } = checked;
    const log = new PeerLog(checked, inspect, write);
    this.#peer = new Peer({ ...checked, send: (bytes) => log.send(bytes) });
    this.#checker = new Peer({ send: () => {}, local, chapters: [] });
    this.#chapters = chapters;
    this.#log = log;
    log.begin(this.#peer, headerOf(checked, inspect));
  }

  /** Completes the log: its newest line may be waiting for more time in which nothing happens. */
  finish() {
    this.#work(() => this.#log.finish());
  }

  // ---- The stimuli -----------------------------------------------------------------------------

  advance(ms) {
    this.#call(null, { advance: ms }, (peer) => peer.advance(ms));
  }

  opened() {
    this.#call(null, { channel: "open" }, (peer) => peer.opened());
  }

  closed() {
    this.#call(null, { channel: "closed" }, (peer) => peer.closed());
  }

  receive(bytes) {
    this.#checker.receive(bytes); // throws if it is not a Uint8Array
    // A copy, because the caller may overwrite the bytes before it is their turn.
    const copy = new Uint8Array(bytes);
    this.#call(null, { recv: hexOf(copy) }, (peer) => peer.receive(copy));
  }

  act(frame, action) {
    this.#call("inputs", { act: { frame, action } }, (peer) => peer.act(frame, action));
  }

  reset() {
    this.#call(null, { reset: {} }, (peer) => peer.reset());
  }

  ready(hash) {
    this.#call("episodes", { ready: { hash } }, (peer) => peer.ready(hash));
  }

  ended(frame) {
    this.#call("episodes", { ended: { frame } }, (peer) => peer.ended(frame));
  }

  catchUp() {
    this.#call("catch-up", { catch_up: {} }, (peer) => peer.catchUp());
  }

  focus(shown, frame) {
    this.#call("focus", { focus: { shown, frame } }, (peer) => peer.focus(shown, frame));
  }

  confirm(frame, hash) {
    this.#call("exchange", { confirm: { frame, hash } }, (peer) => peer.confirm(frame, hash));
  }

  tick() {
    if (this.#working) return; // as a Peer does
    this.#call("exchange", { tick: {} }, (peer) => peer.tick());
  }

  beginRollback(target) {
    const stimulus = { rollback: { begin: target } };
    this.#call("exchange", stimulus, (peer) => peer.beginRollback(target));
  }

  endRollback() {
    this.#call("exchange", { rollback: "end" }, (peer) => peer.endRollback());
  }

  // ---- The state -------------------------------------------------------------------------------

  get clock() {
    return this.#peer.clock;
  }

  get confirmed() {
    return this.#peer.confirmed;
  }

  get held() {
    return this.#peer.held;
  }

  actionAt(player, frame) {
    return this.#peer.actionAt(player, frame);
  }

  get roundTrips() {
    return this.#peer.roundTrips;
  }

  get validation() {
    return this.#peer.validation;
  }

  get episode() {
    return this.#peer.episode;
  }

  get request() {
    return this.#peer.request;
  }

  get partner() {
    return this.#peer.partner;
  }

  get exchange() {
    return this.#peer.exchange;
  }

  // ---- Internals -------------------------------------------------------------------------------

  /**
   * @param {string | null} chapter  that the call belongs to, or null for the whole peer
   * @param {object} stimulus  as it is logged
   * @param {(peer: Peer) => void} call
   */
  #call(chapter, stimulus, call) {
    call(this.#checker); // refuses now what would otherwise be refused when its turn has come
    if (chapter !== null && !this.#chapters.has(chapter)) return;
    this.#work(() => this.#log.record(stimulus, () => call(this.#peer)));
  }

  /** Finishes one stimulus before the next, which may come from this one's `send`. */
  #work(stimulus) {
    this.#waiting.push(stimulus);
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#waiting.length > 0) this.#waiting.shift()();
    } finally { // an error of `write` leaves the call
      this.#waiting = [];
      this.#working = false;
    }
  }
}
