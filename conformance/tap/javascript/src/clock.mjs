/**
 * The clock and the timers of a tap. A page may replace those of the browser, for slow motion or for a
 * test: the ones are used that were there when the tap was loaded.
 */
const { clearTimeout, performance, setTimeout } = globalThis;
const { now: read } = performance;
const { apply } = Reflect;

const LATEST = 1e15; // milliseconds: the latest time of a record
let last = 0;

/** Milliseconds since the origin, from 0 to 1e15. If the clock says something else, its last right time. */
export function now() {
  try {
    const at = apply(read, performance, []);
    if (typeof at === "number" && at >= 0 && at <= LATEST) last = at;
  } catch {
    // A clock that throws has stopped.
  }
  return last;
}

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
