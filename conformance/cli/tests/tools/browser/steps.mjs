// The guard that keeps two steps of the game from being processed at once.

/**
 * A flag is set at the beginning of a step and cleared at its end, but not when an error leaves the step:
 * nothing in the deployed code catches what `send` throws. So after such an error no step does anything.
 */
export class Steps {
  #isBusy = false;

  get isBusy() {
    return this.#isBusy;
  }

  run(step) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    step();
    this.#isBusy = false;
  }

  /** Catching up holds the steps back. It looks at no flag before, and clears the flag in any case. */
  hold() {
    this.#isBusy = true;
  }

  release() {
    this.#isBusy = false;
  }
}
