/**
 * What an exchange remembers in addition if its hashes last (spec/exchange.md, "Hashes that last").
 *
 * A hash of the peer is then not used up by a comparison, so what was found about a frame can
 * change again: the newest comparison of each frame is kept. That is one number for each frame that
 * the game has confirmed since the last reset, and none for a frame that only the peer has sent.
 */

/** How often an exchange may send each of its hashes (EXCH-36). */
export const MOST_HASH_SENDS = 3;

/** The memory of one exchange. */
export class LastingHashes {
  #sends;
  #accepted = new WeakMap(); // an entry of the queue to how many of its sends were accepted
  #equal = []; // the frames whose newest comparison was equal, ascending
  #different = []; // the same of those that differed
  #known = new Set(); // the mismatches that the events hold, as text

  /** @param {number} sends  how often each own hash is sent, 1 to 3 (EXCH-36) */
  constructor(sends) {
    this.#sends = sends;
  }

  /**
   * A send of an entry was accepted.
   * @param {object} entry  itself: another one may have an equal frame and hash
   * @returns {boolean} whether it was the last one, and the entry leaves the queue (EXCH-36)
   */
  accepted(entry) {
    const count = (this.#accepted.get(entry) ?? 0) + 1;
    this.#accepted.set(entry, count); // a WeakMap: a rollback need not take it out again
    return count >= this.#sends;
  }

  /** A frame was compared. Only its newest comparison counts (DETECT-17). */
  compared(frame, isEqual) {
    remove(isEqual ? this.#different : this.#equal, frame);
    insert(isEqual ? this.#equal : this.#different, frame);
  }

  /** The greatest equal frame below which no frame differs, or null (DETECT-17). */
  get verified() {
    const below = placeOf(this.#equal, this.#different[0] ?? Infinity);
    return below === 0 ? null : this.#equal[below - 1];
  }

  /** A rollback forgets the comparisons of its target and of all frames beyond it (DETECT-17). */
  forgetFrom(target) {
    for (const frames of [this.#equal, this.#different]) frames.length = placeOf(frames, target);
  }

  /** Whether the events hold this mismatch already (DETECT-18). */
  holds(frame, local, peer) {
    return this.#known.has(textOf(frame, local, peer));
  }

  /** The events hold this mismatch from now on. */
  hold(frame, local, peer) {
    this.#known.add(textOf(frame, local, peer));
  }

  /** Forgets everything; the sends of an entry leave with the entry. */
  reset() {
    this.forgetFrom(0);
    this.#known.clear();
  }
}

const textOf = (frame, local, peer) => `${frame} ${local} ${peer}`;

/**
 * Where a frame is in an ascending list, or would be. The lists are searched and not scanned,
 * because a peer can cause a comparison with each datagram.
 */
function placeOf(frames, frame) {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (frames[middle] < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(frames, frame) {
  const place = placeOf(frames, frame);
  if (frames[place] !== frame) frames.splice(place, 0, frame);
}

function remove(frames, frame) {
  const place = placeOf(frames, frame);
  if (frames[place] === frame) frames.splice(place, 1);
}
