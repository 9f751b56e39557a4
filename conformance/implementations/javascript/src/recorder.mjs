/**
 * An exchange that logs its session, for `rollwire trace check` (spec/trace.md).
 *
 * Each line holds one call and its effects. A line leaves out what has not changed since the line
 * before.
 */
import { encode, REVISION } from "./codec.mjs";
import { Exchange } from "./exchange.mjs";

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Has the same methods as an Exchange, and passes each line of the log to `write`, including its
 * line end.
 *
 * A call from within `send` is processed and logged after the stimulus that called `send`.
 */
export class RecordedExchange {
  #exchange; // not a base class: a call that an Exchange makes on itself is not a stimulus
  #write;
  #detect;
  #channel; // `send` and `isOpen` of the game, and their results during this stimulus
  #wasOpen = true; // a new session begins with an open channel
  #verified = null;
  #found = 0; // how many events have been logged
  #working = false;
  #waiting = [];

  /**
   * @param {import("./index.d.ts").ExchangeOptions} options
   * @param {(line: string) => void} write
   */
  constructor(options, write) {
    if (options.lastingHashes) throw new TypeError("a log cannot say that hashes last");
    const channel = { ...options, tries: 0, sent: [], refused: [] };
    const send = (bytes) => {
      const at = channel.tries++;
      try {
        const answer = options.send(bytes);
        if (answer === false) channel.refused.push(at);
        else channel.sent.push(hexOf(bytes));
        return answer;
      } catch (e) {
        channel.refused.push(at);
        throw e;
      }
    };
    const isOpen = () => {
      const open = options.isOpen();
      // The channel has closed within a tick, so it does not accept the next send.
      if (!open && channel.wasOpen) channel.refused.push(channel.tries);
      channel.wasOpen &&= open;
      return open;
    };
    const maxEvents = Infinity; // the log holds every mismatch
    this.#exchange = new Exchange({ ...options, send, isOpen, maxEvents });
    this.#write = (members) => write(`${JSON.stringify(members)}\n`);
    this.#detect = options.detect ?? true;
    this.#channel = channel;
    const capabilities = this.#detect ? ["exchange", "detect"] : ["exchange"];
    this.#write({ trace: 1, revision: REVISION, capabilities });
  }

  confirm(frame, hash) {
    encode({ type: "state_hash", frame, hash }); // refuses now what would otherwise fail later
    const call = () => this.#exchange.confirm(frame, hash);
    this.#work(() => this.#log({ confirm: { frame, hash } }, call));
  }

  tick() {
    if (this.#working) return; // as an Exchange does
    this.#work(() => {
      const open = Boolean(this.#channel.isOpen());
      if (open !== this.#wasOpen) this.#log({ channel: open ? "open" : "closed" }, () => {});
      this.#wasOpen = open;
      this.#log({ tick: {} }, () => this.#exchange.tick());
    });
  }

  receive(bytes) {
    const recv = hexOf(bytes);
    // A call from within `send` waits, and a game may use its buffer again meanwhile.
    const copy = bytes.slice();
    let isHash = recv.length === 26 && recv.startsWith("07");
    const call = () => { isHash = this.#exchange.receive(copy); };
    this.#work(() => this.#log({ recv }, call));
    return isHash;
  }

  beginRollback(target) {
    encode({ type: "state_hash", frame: target, hash: "0".repeat(16) });
    const call = () => this.#exchange.beginRollback(target);
    this.#work(() => this.#log({ rollback: { begin: target } }, call));
  }

  endRollback() {
    this.#work(() => this.#log({ rollback: "end" }, () => this.#exchange.endRollback()));
  }

  reset() {
    this.#work(() => this.#log({ reset: {} }, () => {
      this.#exchange.reset();
      this.#found = 0;
    }));
  }

  get queue() {
    return this.#exchange.queue;
  }

  get map() {
    return this.#exchange.map;
  }

  get history() {
    return this.#exchange.history;
  }

  get rollingBack() {
    return this.#exchange.rollingBack;
  }

  get verified() {
    return this.#exchange.verified;
  }

  get events() {
    return this.#exchange.events;
  }

  get droppedEvents() {
    return this.#exchange.droppedEvents;
  }

  /** Finishes one stimulus before the next, which may come from this one's `send`. */
  #work(stimulus) {
    this.#waiting.push(stimulus);
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#waiting.length > 0) this.#waiting.shift()();
    } finally {
      this.#waiting = [];
      this.#working = false;
    }
  }

  /** Processes a stimulus and writes its line. A refused stimulus changes nothing and has none. */
  #log(members, call) {
    const channel = Object.assign(this.#channel, { tries: 0, sent: [], refused: [] });
    channel.wasOpen = this.#wasOpen;
    call();
    if (channel.sent.length > 0) members.sent = channel.sent;
    if (channel.refused.length > 0) members.refused = channel.refused;
    if (this.verified !== this.#verified) members.verified = this.#verified = this.verified;
    // Reading the events copies them, and a game that has diverged has many. So they are read only
    // after a stimulus that can add one.
    if (members.confirm || members.recv || members.rollback) {
      const { events } = this;
      if (events.length > this.#found) members.found = events.slice(this.#found);
      this.#found = events.length;
    }
    this.#write(members);
  }
}
