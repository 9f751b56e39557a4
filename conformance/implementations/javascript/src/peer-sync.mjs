/** SYNC: inputs are sent, repeated, received and confirmed (spec/peer-sync.md). */

export class Inputs {
  #link;
  #local;
  #firstFrame;
  #redundancy;
  #ahead;
  #kept;
  #remembered; // how many of the partner's confirmed actions the game can read
  #next; // the next own frame. After the last frame of all it is one that no `act` can have.
  #own; // frame to action: the newest own entries, ascending and without gaps
  #untold; // the frames of own entries that no accepted INPUT has held, ascending
  #held; // frame to action: the partner's entries beyond the base
  #past; // frame to action: the newest of the partner's entries that are confirmed
  #base; // the confirmed frame, or the one before the first. It can be -1.

  constructor({ link, local, firstFrame, parameters }) {
    this.#link = link;
    this.#local = local;
    this.#firstFrame = firstFrame;
    this.#redundancy = parameters.redundancy;
    this.#ahead = parameters.ahead;
    this.#kept = parameters.kept;
    // One datagram can confirm `ahead` frames, and the game looks only after that.
    this.#remembered = Math.max(parameters.kept, parameters.ahead);
    this.reset();
  }

  /** Removes all entries and the confirmed frame (SYNC-13). */
  reset() {
    this.#next = this.#firstFrame;
    this.#own = new Map();
    this.#untold = new Set();
    this.#held = new Map();
    this.#past = new Map();
    this.#base = this.#firstFrame - 1;
  }

  // ---- Own entries -----------------------------------------------------------------------------

  /**
   * Keeps the action of the next own frame. Any other frame is left as it is, so that a frame never
   * has two actions (SYNC-2).
   * @returns {boolean} whether the frame was the next one
   */
  keep(frame, action) {
    if (frame !== this.#next) return false;
    this.#next += 1;
    this.#own.set(frame, action);
    this.#untold.add(frame);
    const oldest = this.#next - this.#kept - 1;
    this.#own.delete(oldest);
    this.#untold.delete(oldest);
    return true;
  }

  /** Hands the INPUT of an `act` to the channel, once: a refused one is lost (SYNC-1, SYNC-5). */
  sendNewest() {
    this.send(this.ownFrames(this.#windowStart, this.#next - 1));
  }

  /**
   * Hands one INPUT to the channel (SYNC-3).
   * @param {number[]} frames  own frames, ascending
   * @returns {boolean} whether the channel accepted it
   */
  send(frames) {
    const isAccepted = this.#link.send({
      type: "input",
      player: this.#local,
      current_frame: frames.at(-1),
      entries: this.entriesOf(frames),
    });
    if (isAccepted) for (const frame of frames) this.#untold.delete(frame);
    return isAccepted;
  }

  /** The frames of the range `start` to `end` whose own entries are kept; at most the lowest `most`. */
  ownFrames(start, end, most = Infinity) {
    const first = Math.max(start, this.#next - this.#own.size);
    const last = Math.min(end, this.#next - 1, first + most - 1);
    const frames = [];
    for (let frame = first; frame <= last; frame++) frames.push(frame);
    return frames;
  }

  entriesOf(ownFrames) {
    return ownFrames.map((frame) => ({ frame, action: this.#own.get(frame) }));
  }

  /**
   * The own frames before the INPUT of an `act` that no accepted INPUT has held (CATCHUP-12), at
   * most the lowest `most`.
   */
  untoldFrames(most) {
    const frames = [];
    for (const frame of this.#untold) {
      if (frame >= this.#windowStart || frames.length === most) break;
      frames.push(frame);
    }
    return frames;
  }

  /** The lowest frame that the INPUT of an `act` could hold. */
  get #windowStart() {
    return this.#next - this.#redundancy;
  }

  // ---- The partner's entries -------------------------------------------------------------------

  /**
   * Takes the partner's entries, in any order (SYNC-7). The base does not change meanwhile, so that
   * it is the same for all of them (SYNC-9).
   * @param {import("./index.d.ts").Entry[]} entries
   * @param {number} below  frames at or beyond this one are dropped
   */
  take(entries, below) {
    for (const { frame, action } of entries) {
      const isInReach = frame > this.#base && frame <= this.#base + this.#ahead && frame < below;
      if (isInReach && !this.#held.has(frame)) this.#held.set(frame, action); // SYNC-8
    }
  }

  /** Raises the confirmed frame as far as both players' actions are known (SYNC-11, SYNC-12). */
  confirm() {
    while (this.#base + 1 < this.#next && this.#held.has(this.#base + 1)) {
      this.#base += 1;
      this.#past.set(this.#base, this.#held.get(this.#base));
      this.#past.delete(this.#base - this.#remembered);
      this.#held.delete(this.#base);
    }
  }

  /** The episode ends before this frame: the partner's entries from it on are not held any more. */
  dropFrom(end) {
    for (const frame of this.#held.keys()) if (frame >= end) this.#held.delete(frame);
  }

  // ---- The state -------------------------------------------------------------------------------

  get base() {
    return this.#base;
  }

  get confirmed() {
    return this.#base < this.#firstFrame ? null : this.#base;
  }

  /** Pairs of frame and action, by ascending frame. */
  get held() {
    return [...this.#held].sort((a, b) => a[0] - b[0]);
  }

  /** The highest frame of which the partner's action is known; the base if none is beyond it. */
  get highest() {
    let highest = this.#base;
    for (const frame of this.#held.keys()) highest = Math.max(highest, frame);
    return highest;
  }

  /** Whether the partner's action is held for a frame beyond the base. */
  holds(frame) {
    return this.#held.has(frame);
  }

  actionAt(player, frame) {
    if (player === this.#local) return this.#own.get(frame) ?? null;
    return this.#held.get(frame) ?? this.#past.get(frame) ?? null;
  }
}
