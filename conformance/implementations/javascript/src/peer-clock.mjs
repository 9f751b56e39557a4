/**
 * The clock of a peer and its timers, in virtual time: the clock moves only by `advance`, and
 * counts whole milliseconds from 0.
 */

/** Every timer there is. Those of one millisecond fire in this order (PEER-2). */
const ORDER = [
  "validation fails",
  "validation ping",
  "ping",
  "start alone",
  "repeat ready",
  "complete episode",
  "repeat end",
  "give up request",
  "repeat request",
];

export class Clock {
  #now = 0;
  #target = 0; // where the clock is on its way to; a field, because an `advance` may be nested
  // Each has the time at which it is due, or null while it is not running.
  #timers = ORDER.map(() => ({ due: null, action: null })); // in the same order

  /** The time in milliseconds since the peer was created. */
  get now() {
    return this.#now;
  }

  /** Starts a timer, or starts it again. It fires once, `delay` milliseconds from now. */
  start(name, delay, action) {
    const timer = this.#timerOf(name);
    timer.due = this.#now + delay;
    timer.action = action;
  }

  /** Stops timers; one that is not running is left as it is. */
  stop(...names) {
    for (const name of names) this.#timerOf(name).due = null;
  }

  /**
   * Moves the clock, and fires each timer while the clock shows its time (PEER-1).
   * @param {number} ms
   * @param {() => void} fired  is called after each timer
   */
  advance(ms, fired) {
    this.#target += ms;
    for (let timer = this.#next(); timer !== null; timer = this.#next()) {
      this.#now = timer.due;
      timer.due = null; // before the action, which may start it again
      timer.action();
      fired();
    }
    this.#now = this.#target;
  }

  /** The timer that fires next on the way to the target, or null. */
  #next() {
    let next = null;
    for (const timer of this.#timers) {
      if (timer.due === null || timer.due > this.#target) continue;
      if (next === null || timer.due < next.due) next = timer; // of two at once, the first
    }
    return next;
  }

  #timerOf(name) {
    return this.#timers[ORDER.indexOf(name)];
  }
}
