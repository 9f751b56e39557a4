/** What a header says of a peer whose clock the records show: spec/capture.md, The peer's own clock. */
import { bare } from "./capture.mjs";
import { steady } from "./clock.mjs";

const MOST_SETUP = 4096; // characters as JSON

/** The latest revision, to which the format ties the member `setup`. */
const REVISION = 7;

function checkedSetup(setup) {
  const copy = bare(setup);
  if (Array.isArray(copy) || ![0, 1].includes(copy?.local)) {
    throw new TypeError("`setup` is not an object whose `local` is 0 or 1");
  }
  if (JSON.stringify(copy).length > MOST_SETUP) {
    throw new RangeError(`\`setup\` has more than ${MOST_SETUP} characters as JSON`);
  }
  return copy;
}

/**
 * The members of the header and the clock of the records; undefined if the tap has its own clock.
 *
 * @param header of the tap
 */
export function ownClock(setup, clock, { revision = REVISION }) {
  if (setup === undefined && clock === undefined) return undefined;
  if (typeof clock !== "function" || setup === undefined) {
    throw new TypeError("`setup` and the function `clock` go together");
  }
  if (revision !== REVISION) throw new RangeError(`\`setup\` is for revision ${REVISION} only`);
  // The clock of a peer begins when the peer is created: no time of day is known of it.
  return { header: { setup: checkedSetup(setup), origin: undefined }, now: steady(() => clock()) };
}
