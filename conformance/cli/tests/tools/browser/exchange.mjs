// What the deployed browser implementation does with state hashes, restated from what was observed
// of it; no line of it is copied.
import { decode, encode } from "./codec.mjs";
import { Steps } from "./steps.mjs";

const HISTORY = 120;

export class Exchange {
  queue = [];
  map = new Map(); // without a bound
  history = new Map();
  verified = -1;
  events = [];
  #rollingBack = false;
  #steps = new Steps();

  get rollingBack() {
    return this.#rollingBack;
  }

  confirm(frame, hash) {
    if (this.history.has(frame)) return;
    this.history.set(frame, hash);
    this.queue.push([frame, hash]);
    this.#compare(frame);
    if (this.history.size > HISTORY) this.history.delete(this.history.keys().next().value);
  }

  /** One step of the game, as far as it sends. An error of `send` costs the entry that it was about. */
  tick(isOpen, send) {
    this.#steps.run(() => this.drain(isOpen, send));
  }

  /** In a peer, whose steps do more than this. */
  drain(isOpen, send) {
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
    if (message?.type === "state_hash") this.receiveHash(message.fields);
  }

  receiveHash({ frame, hash }) {
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
    this.#rollingBack = false; // the flag of the steps is not cleared
  }

  #compare(frame) {
    const [local, peer] = [this.history.get(frame), this.map.get(frame)];
    if (this.#rollingBack || local === undefined || peer === undefined) return;
    this.map.delete(frame);
    if (local !== peer) this.events.push({ frame, local, peer });
    else this.verified = Math.max(this.verified, frame);
  }
}
