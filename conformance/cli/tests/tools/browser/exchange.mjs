// What the deployed browser implementation does with state hashes, restated from what was observed
// of it; no line of it is copied.
import { decode, encode } from "./codec.mjs";

const HISTORY = 120;

export class Exchange {
  queue = [];
  map = new Map(); // without a bound
  history = new Map();
  verified = -1;
  events = [];
  #rollingBack = false;
  #stepping = false;

  confirm(frame, hash) {
    if (this.history.has(frame)) return;
    this.history.set(frame, hash);
    this.queue.push([frame, hash]);
    this.#compare(frame);
    if (this.history.size > HISTORY) this.history.delete(this.history.keys().next().value);
  }

  /**
   * One step of the game, as far as it sends. Nothing catches an error of `send`: it leaves the step, the
   * entry that was taken from the queue is gone, and the flag stays set. So no later step does anything.
   */
  tick(isOpen, send) {
    if (this.#stepping) return;
    this.#stepping = true;
    this.#drain(isOpen, send);
    this.#stepping = false;
  }

  #drain(isOpen, send) {
    if (this.#rollingBack || !isOpen) return;
    while (this.queue.length > 0) {
      const [frame, hash] = this.queue.shift();
      if (send(encode("state_hash", { frame, hash })) === false) {
        this.queue.unshift([frame, hash]);
        return;
      }
    }
  }

  receive(bytes) {
    const message = decode(bytes); // bytes after the message are ignored
    if (message?.type !== "state_hash") return;
    const { frame, hash } = message.fields;
    this.map.set(frame, hash);
    this.#compare(frame);
  }

  beginRollback(target) {
    this.#rollingBack = true;
    this.queue = this.queue.filter(([frame]) => frame < target);
    for (const kept of [this.map, this.history]) {
      for (const frame of kept.keys()) if (frame >= target) kept.delete(frame);
    }
    this.verified = Math.min(this.verified, target - 1);
  }

  endRollback() { // compares nothing
    this.#rollingBack = false;
  }

  reset() {
    this.queue = [];
    this.map.clear();
    this.history.clear();
    this.verified = -1;
    this.events = [];
    this.#rollingBack = false; // the next step clears a stale flag; #stepping is not cleared
  }

  #compare(frame) {
    const [local, peer] = [this.history.get(frame), this.map.get(frame)];
    if (this.#rollingBack || local === undefined || peer === undefined) return;
    this.map.delete(frame);
    if (local !== peer) this.events.push({ frame, local, peer });
    else this.verified = Math.max(this.verified, frame);
  }
}
