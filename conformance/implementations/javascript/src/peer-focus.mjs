/** FOCUS: each peer knows whether the partner's page is shown (spec/peer-focus.md). */

export class Focus {
  #link;
  #own = { type: "focus_state", focused: true, frame: 0 }; // as of the last change
  #told = true; // the state in the last FOCUS_STATE that was accepted; at first, shown
  #partnerIsShown = true;

  constructor({ link }) {
    this.#link = link;
  }

  /** `shown` or `hidden`. */
  get partner() {
    return this.#partnerIsShown ? "shown" : "hidden";
  }

  /** The own page is now shown or hidden. Only a change is told (FOCUS-1, FOCUS-2). */
  change(focused, frame) {
    if (focused === this.#own.focused) return;
    this.#own = { type: "focus_state", focused, frame };
    this.#tell();
  }

  /**
   * The partner takes this page for shown after an opening, as this peer takes the partner's
   * (FOCUS-5). So a hidden page is told again, and a state that was never told (FOCUS-3).
   */
  opened() {
    this.#partnerIsShown = true;
    if (!this.#own.focused || this.#told !== this.#own.focused) this.#tell();
  }

  /** The newest one holds (FOCUS-4). */
  receive({ focused }) {
    this.#partnerIsShown = focused;
  }

  #tell() {
    if (this.#link.send(this.#own)) this.#told = this.#own.focused; // refused: FOCUS-7
  }
}
