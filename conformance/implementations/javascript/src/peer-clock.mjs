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
  #timers = new Map(ORDER.map((name) => [name, null])); // a Map keeps this order

  /** The time in milliseconds since the peer was created. */
  get now() {
    return this.#now;
  }

  /** Starts a timer, or starts it again. It fires once, `delay` milliseconds from now. */
  start(name, delay, action) {
    this.#timers.set(name, { due: this.#now + delay, action });
  }

  /** Stops timers; one that is not running is left as it is. */
  stop(...names) {
    for (const name of names) this.#timers.set(name, null);
  }

  /**
   * Moves the clock, and fires each timer while the clock shows its time (PEER-1).
   * @param {number} ms
   * @param {() => void} fired  is called after each timer
   */
  advance(ms, fired) {
    this.#target += ms;
    for (let name = this.#next(); name !== null; name = this.#next()) {
      const { due, action } = this.#timers.get(name);
      this.#now = due;
      this.stop(name); // before the action, which may start it again
      action();
      fired();
    }
    this.#now = this.#target;
  }

  /** The name of the timer that fires next on the way to the target, or null. */
  #next() {
    let [found, earliest] = [null, this.#target + 1]; // the first of those that are due together
    for (const [name, timer] of this.#timers) {
      if (timer !== null && timer.due < earliest) [found, earliest] = [name, timer.due];
    }
    return found;
  }
}
