/**
 * The parts of a capture: each has a header, and belongs to one channel. The list is bounded: of the parts
 * of which no record is left, only the newest are remembered.
 */
const MOST_FORGOTTEN = 64;

export class Parts {
  #parts = new Map(); // by number, the oldest first
  #next = 0;

  /** A new part. `kept` counts its records in the ring, `dropped` those that were overwritten. */
  add(header) {
    const part = { number: this.#next, header, kept: 0, dropped: 0, droppedAt: 0, isLive: true };
    this.#next += 1;
    this.#parts.set(part.number, part);
    this.#prune();
    return part;
  }

  get(number) {
    return this.#parts.get(number);
  }

  all() {
    return this.#parts.values();
  }

  /** A record of a part was overwritten. */
  drop(number, at) {
    const part = this.#parts.get(number);
    part.kept -= 1;
    part.dropped += 1;
    part.droppedAt = at;
  }

  #prune() {
    const gone = [...this.#parts.values()].filter(({ kept, isLive }) => kept === 0 && !isLive);
    for (const { number } of gone.slice(0, -MOST_FORGOTTEN)) this.#parts.delete(number);
  }
}
