/**
 * The clock of a tap, and the timers of what it records. A page may replace those of the browser, for slow
 * motion or for a test: the ones are used that were there when the tap was loaded.
 */
const { clearTimeout, performance, setTimeout } = globalThis;
const { now: read } = performance;
const { apply } = Reflect;

const LATEST = 1e15; // milliseconds: the latest time of a record

/**
 * A clock that shows what this one shows: milliseconds, from 0 to 1e15. If that one says something else, the
 * last right time.
 */
export function steady(ask) {
  let last = 0;
  return () => {
    try {
      const at = ask();
      if (typeof at === "number" && at >= 0 && at <= LATEST) last = at;
    } catch {
      // A clock that throws has stopped.
    }
    return last;
  };
}

/** Milliseconds since the origin. */
export const now = steady(() => apply(read, performance, []));

/** The time of day at which `now` was 0, in milliseconds since 1970; undefined if the page does not say. */
export function origin() {
  try {
    const { timeOrigin } = performance;
    return Number.isFinite(timeOrigin) ? timeOrigin : undefined;
  } catch {
    return undefined;
  }
}

/** Runs this after this number of milliseconds. Returns the timer, for `stopTimer`. */
export const startTimer = (run, milliseconds = 0) => setTimeout(run, milliseconds);

/** The timer does not run, if it has not run. */
export const stopTimer = (timer) => clearTimeout(timer);
