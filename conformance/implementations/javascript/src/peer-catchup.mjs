/** CATCHUP: holes in the inputs are closed (spec/peer-catchup.md). */

const LOOKED_AT = 1024; // frames above the base in which holes are looked for
const REPEAT = 1_000; // milliseconds between two INPUT_REQUESTs (CATCHUP-3)
const TIME_LIMIT = 3_000; // milliseconds from the `catch_up` until it is given up (CATCHUP-5)
const RESPONSE_BOUND = 3_275; // entries of an INPUT_RESPONSE (CATCHUP-9)
const INPUT_BOUND = 15; // entries of an INPUT (INPUT-11)

export class CatchUp {
  #link;
  #clock;
  #inputs;
  #local;
  #agreedEnd;
  #repeats;
  #request = null; // the first and the last frame

  /** @param agreedEnd  tells the end of the episode, or null while it is not agreed */
  constructor({ link, clock, inputs, local, parameters, agreedEnd }) {
    this.#link = link;
    this.#clock = clock;
    this.#inputs = inputs;
    this.#local = local;
    this.#agreedEnd = agreedEnd;
    this.#repeats = parameters.requestRepeats;
  }

  get request() {
    return this.#request === null ? null : [...this.#request];
  }

  // ---- Asking ----------------------------------------------------------------------------------

  /** Asks for the holes, if there are some and no request is on its way (CATCHUP-1, CATCHUP-2). */
  ask() {
    if (this.#request !== null) return;
    this.#request = this.#holes();
    if (this.#request === null) return;
    this.#clock.start("give up request", TIME_LIMIT, () => this.end());
    this.#send(this.#repeats);
  }

  /** Ends the request as soon as no hole is left in its range (CATCHUP-4). */
  check() {
    if (this.#request !== null && this.#holes(...this.#request) === null) this.end();
  }

  /** Ends the request, if there is one (CATCHUP-5, CATCHUP-6). */
  end() {
    this.#request = null;
    this.#clock.stop("give up request", "repeat request");
  }

  #send(repeats) {
    const [start, end] = this.#request;
    this.#link.send({ type: "input_request", start, end });
    if (repeats > 0) { // whatever became of this one (CATCHUP-3)
      this.#clock.start("repeat request", REPEAT, () => this.#send(repeats - 1));
    }
  }

  /**
   * The first and the last hole between two frames, or null. Below an agreed end every frame must
   * have an entry, and the partner sends no INPUT with the last ones once it has completed the
   * episode. None is at or beyond that end, because no entry is held there.
   */
  #holes(from = 0, to = Infinity) {
    const { base, highest } = this.#inputs;
    const below = Math.max(highest, this.#agreedEnd() ?? base);
    const last = Math.min(to, base + LOOKED_AT, below - 1);
    let first = null;
    let newest = null;
    for (let frame = Math.max(from, base + 1); frame <= last; frame++) {
      if (this.#inputs.holds(frame)) continue;
      first ??= frame;
      newest = frame;
    }
    return first === null ? null : [first, newest];
  }

  // ---- Answering and telling -------------------------------------------------------------------

  /** Answers an INPUT_REQUEST with what is kept of its range (CATCHUP-7 to CATCHUP-10). */
  receiveRequest({ start, end }) {
    const frames = this.#inputs.ownFrames(start, end, RESPONSE_BOUND);
    const entries = this.#inputs.entriesOf(frames);
    this.#link.send({ type: "input_response", player: this.#local, entries });
  }

  /** Tells, before the INPUT of an `act`, what would never be told otherwise (CATCHUP-12). */
  tell() {
    const untold = () => this.#inputs.untoldFrames(INPUT_BOUND);
    for (let frames = untold(); frames.length > 0; frames = untold()) {
      if (!this.#inputs.send(frames)) return; // CATCHUP-13; also if the channel is not open
    }
  }
}
