/** A generator of random numbers that gives the same numbers for the same seed, in every engine. */
export class Random {
  #state;

  /** @param {number} seed  any integer */
  constructor(seed) {
    this.#state = mixed(seed);
  }

  /** An integer from 0 to `below` - 1. */
  below(below) {
    this.#state = next(this.#state);
    return this.#state % below;
  }

  /** Whether something happens that has this chance, from 0 to 1. */
  happens(chance) {
    return this.below(1_000_000) < chance * 1_000_000;
  }
}

/** A state that is not 0, with which every sequence would end. */
export const mixed = (seed) => (Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) >>> 0) || 1;

/** The number that follows: xorshift with 32 bits. */
export function next(state) {
  let it = state;
  it ^= it << 13;
  it ^= it >>> 17;
  it ^= it << 5;
  return it >>> 0;
}
