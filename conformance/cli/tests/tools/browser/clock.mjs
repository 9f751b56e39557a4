// The timers of a browser in virtual time.
import { reported } from "./browser.mjs";

/** `setTimeout` and `setInterval`: timers fire by due time, then in the order in which they were set. */
export class Clock {
  now = 0;
  #timers = new Set();

  after(ms, fire) {
    const timer = { due: this.now + ms, fire };
    this.#timers.add(timer);
    return timer;
  }

  /** Goes on after an error, as `setInterval` does. */
  every(ms, fire) {
    const timer = this.after(ms, () => {
      timer.due += ms;
      this.#timers.add(timer);
      fire();
    });
    return timer;
  }

  cancel(timer) {
    this.#timers.delete(timer);
  }

  cancelAll() {
    this.#timers.clear();
  }

  advance(ms) {
    const until = this.now + ms;
    for (let timer = this.#next(until); timer !== null; timer = this.#next(until)) {
      this.#timers.delete(timer);
      this.now = timer.due;
      reported(timer.fire);
    }
    this.now = until;
  }

  #next(until) {
    let next = null;
    for (const timer of this.#timers) {
      if (timer.due <= until && (next === null || timer.due < next.due)) next = timer;
    }
    return next;
  }
}
