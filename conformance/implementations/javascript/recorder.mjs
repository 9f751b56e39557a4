/**
 * An exchange that logs its session, for `rollwire trace check` (spec/trace.md).
 *
 * A line is one call and what followed from it. Nothing is logged twice: what a line leaves out is
 * as it was in the line before.
 */
import { Exchange } from "./exchange.mjs";
import { encode, REVISION } from "./rollwire.mjs";

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * An Exchange, to be used like one, that hands each line to `write`, with its line end.
 *
 * A call out of `send` is worked off and logged when the stimulus that called `send` has been.
 */
export class RecordedExchange {
  #exchange; // and not a super class: what an Exchange calls of itself is no stimulus
  #write;
  #detect;
  #channel; // its `send` and `isOpen`, and what they said during this stimulus
  #wasOpen = true; // as a new session has it
  #verified = null;
  #found = 0; // so many events have been logged
  #working = false;
  #waiting = [];

  /**
   * @param {import("./exchange.mjs").Options} options
   * @param {(line: string) => void} write
   */
  constructor(options, write) {
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
      // It has closed within a tick, so the next send is one that it does not take.
      if (!open && channel.wasOpen) channel.refused.push(channel.tries);
      channel.wasOpen &&= open;
      return open;
    };
    this.#exchange = new Exchange({ ...options, send, isOpen });
    this.#write = (members) => write(`${JSON.stringify(members)}\n`);
    this.#detect = options.detect ?? true;
    this.#channel = channel;
    const capabilities = this.#detect ? ["exchange", "detect"] : ["exchange"];
    this.#write({ trace: 1, revision: REVISION, capabilities });
  }

  confirm(frame, hash) {
    encode({ type: "state_hash", frame, hash }); // refuses now what would be worked off later
    const workOff = () => this.#exchange.confirm(frame, hash);
    this.#work(() => this.#log({ confirm: { frame, hash } }, workOff));
  }

  tick() {
    if (this.#working) return; // as in an Exchange
    this.#work(() => {
      const open = Boolean(this.#channel.isOpen());
      if (open !== this.#wasOpen) this.#log({ channel: open ? "open" : "closed" }, () => {});
      this.#wasOpen = open;
      this.#log({ tick: {} }, () => this.#exchange.tick());
    });
  }

  receive(bytes) {
    const recv = hexOf(bytes);
    let isHash = recv.length === 26 && recv.startsWith("07");
    const workOff = () => { isHash = this.#exchange.receive(bytes); };
    this.#work(() => this.#log({ recv }, workOff));
    return isHash;
  }

  beginRollback(target) {
    encode({ type: "state_hash", frame: target, hash: "0".repeat(16) });
    const workOff = () => this.#exchange.beginRollback(target);
    this.#work(() => this.#log({ rollback: { begin: target } }, workOff));
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

  get queue() { return this.#exchange.queue; }
  get map() { return this.#exchange.map; }
  get history() { return this.#exchange.history; }
  get rollingBack() { return this.#exchange.rollingBack; }
  get verified() { return this.#exchange.verified; }
  get events() { return this.#exchange.events; }

  /** Works off a stimulus whole before the next, which may come out of this one's `send`. */
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

  /** Works off a stimulus and writes its line, unless it is refused, which changes nothing. */
  #log(members, workOff) {
    const channel = Object.assign(this.#channel, { tries: 0, sent: [], refused: [] });
    channel.wasOpen = this.#wasOpen;
    workOff();
    if (channel.sent.length > 0) members.sent = channel.sent;
    if (channel.refused.length > 0) members.refused = channel.refused;
    if (this.verified !== this.#verified) members.verified = this.#verified = this.verified;
    // The events are copied only where one can have been added: a game that has diverged has many.
    if (members.confirm || members.recv || members.rollback) {
      const { events } = this;
      if (events.length > this.#found) members.found = events.slice(this.#found);
      this.#found = events.length;
    }
    this.#write(members);
  }
}
