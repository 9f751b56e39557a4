// What the deployed browser implementation does with inputs, restated from what was observed of it; no
// line of it is copied.
import { encode } from "./codec.mjs";

const REDUNDANCY = 10;
const HISTORY = 20;
const SNAPSHOT_INTERVAL = 5;
const PLAYERS = [0, 1]; // the two indices that the sorted list of ids has

export class Inputs {
  #local;
  #firstFrame;
  #link;
  #stored; // the actions of both players by frame, without a bound
  #queue; // INPUTs that the next step stores
  #recent; // what the INPUTs of the next steps repeat
  #snapshots;

  constructor({ local, firstFrame, link }) {
    this.#local = local;
    this.#firstFrame = firstFrame;
    this.#link = link;
    this.clear();
  }

  get partner() {
    return 1 - this.#local;
  }

  /** At a reset. */
  clear() {
    this.frame = this.#firstFrame; // the frame that is simulated next
    this.confirmed = this.#firstFrame - 1;
    this.#stored = new Map();
    this.#queue = [];
    this.#recent = [];
    this.#snapshots = new Set();
  }

  /** The index is looked up in the list of both players, so one's own is as good as the partner's. */
  store(player, entries) {
    if (!PLAYERS.includes(player)) return false;
    for (const { frame, action } of entries) {
      if (!this.#stored.has(frame)) this.#stored.set(frame, new Map());
      const actions = this.#stored.get(frame);
      if (!actions.has(player)) actions.set(player, action);
    }
    return true;
  }

  queue({ player, entries }) {
    if (PLAYERS.includes(player)) this.#queue.push({ player, entries });
  }

  drain() {
    const queue = this.#queue;
    this.#queue = [];
    for (const { player, entries } of queue) this.store(player, entries);
  }

  /** One step of the game, as far as it is about inputs. */
  step(action, isThroughTheServer) {
    this.drain();
    if (!this.#stored.has(this.frame)) this.#stored.set(this.frame, new Map());
    this.#stored.get(this.frame).set(this.#local, action); // also over one that came from the wire
    if (!isThroughTheServer) this.#send(action);
    this.confirm();
    if (this.frame % SNAPSHOT_INTERVAL === 0) this.#snapshots.add(this.frame);
    this.frame += 1;
    this.#prune();
  }

  #send(action) {
    this.#recent.push({ frame: this.frame, action });
    if (this.#recent.length > HISTORY) this.#recent.shift();
    const entries = this.#recent.slice(-REDUNDANCY);
    this.#link.send(encode("input", { player: this.#local, current_frame: this.frame, entries }));
  }

  /** Scans only frames that are simulated, and skips to the oldest one that is still stored. */
  confirm() {
    let frame = this.confirmed + 1;
    if (frame >= this.frame) return;
    let oldest = Infinity;
    for (const stored of this.#stored.keys()) oldest = Math.min(oldest, stored);
    if (oldest !== Infinity) frame = Math.max(frame, oldest);
    for (; frame < this.frame && this.hasBoth(frame); frame++) this.confirmed = frame;
  }

  hasBoth(frame) {
    return this.#stored.get(frame)?.size === PLAYERS.length;
  }

  hasPartners(frame) {
    return this.#stored.get(frame)?.has(this.partner) ?? false;
  }

  /** What was confirmed from there on is found again when the rollback has ended. */
  rollBack(target) {
    this.confirmed = Math.min(this.confirmed, target - 1);
  }

  /** After catching up: frames below `frame` were simulated with guesses, and count as confirmed. */
  skipTo(frame) {
    this.frame = frame;
    this.confirmed = frame - 1;
    this.#prune();
  }

  /** What a rollback can no longer need: everything before the newest snapshot of a confirmed frame. */
  #prune() {
    if (this.confirmed < this.#firstFrame) return;
    const usable = [...this.#snapshots].filter((frame) => frame <= this.confirmed);
    if (usable.length === 0) return;
    const anchor = Math.max(...usable);
    for (const frame of usable) if (frame < anchor) this.#snapshots.delete(frame);
    for (const frame of this.#stored.keys()) if (frame < anchor) this.#stored.delete(frame);
  }

  /** The own entries of a range that are still stored. */
  own(start, end) {
    const entries = [];
    for (let frame = start; frame <= end; frame++) {
      const action = this.#stored.get(frame)?.get(this.#local);
      if (action !== undefined) entries.push({ frame, action });
    }
    return entries;
  }

  /** For an observation: `confirmed`, and the partner's entries beyond it. */
  observe() {
    const beyond = [...this.#stored].filter(([frame]) => frame > this.confirmed);
    const held = beyond.filter(([, actions]) => actions.has(this.partner))
      .map(([frame, actions]) => [frame, actions.get(this.partner)])
      .sort(([a], [b]) => a - b);
    return { confirmed: this.confirmed < this.#firstFrame ? null : this.confirmed, held };
  }
}
