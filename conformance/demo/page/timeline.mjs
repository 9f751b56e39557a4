/**
 * The states of one round as one peer knows them, and how they are put right.
 *
 * The action of the partner arrives late, so a frame is simulated with a guess: the partner does what it
 * did before. When the real action turns out to be another one, the states go back to that frame and are
 * simulated again.
 */
export class Timeline {
  /** All frames below this one were simulated with the real actions. */
  right = 0;
  #after;
  #actionAt;
  #local;
  #states; // the state before each frame, beginning with `right`
  #guesses = []; // the partner's action of each frame that was simulated, beginning with `right`
  #last = 0; // the partner's action in the frame before `right`

  /**
   * @param {number} local  the index of the own player
   * @param {object} first  the state before frame 0
   * @param after  makes the next state from a state, the two actions and the frame
   * @param actionAt  tells the action of a player in a frame, or null if it is not known
   */
  constructor(local, first, after, actionAt) {
    this.#local = local;
    this.#states = [first];
    this.#after = after;
    this.#actionAt = actionAt;
  }

  /** The frame that is simulated next. */
  get frame() {
    return this.right + this.#guesses.length;
  }

  /** The newest state, with guesses in it. */
  get newest() {
    return this.#states.at(-1);
  }

  /** Simulates one frame. */
  simulate() {
    const { frame } = this;
    const partner = 1 - this.#local;
    const theirs = this.#actionAt(partner, frame) ?? this.#guesses.at(-1) ?? this.#last;
    const actions = [theirs, theirs];
    actions[this.#local] = this.#actionAt(this.#local, frame);
    this.#guesses.push(theirs);
    this.#states.push(this.#after(this.newest, actions, frame));
  }

  /**
   * Compares the guesses with what has arrived since. `wrong` is called with a frame whose guess was wrong,
   * and with what simulates again from there; `settled` with each frame that turned out right, and with the
   * state before it.
   */
  correct(wrong, settled) {
    while (this.#guesses.length > 0) {
      const theirs = this.#actionAt(1 - this.#local, this.right);
      if (theirs === null) return;
      if (theirs !== this.#guesses[0]) wrong(this.right, () => this.#again());
      settled(this.right, this.#states[0]);
      this.#last = theirs;
      this.#guesses.shift();
      this.#states.shift();
      this.right += 1;
    }
  }

  /** Simulates again, beginning with frame `right`. */
  #again() {
    const { frame } = this;
    this.#states.length = 1;
    this.#guesses.length = 0;
    while (this.frame < frame) this.simulate();
  }
}
