// How the deployed browser implementation behaves while its page is hidden, and how it catches up after
// that, restated from what was observed of it; no line of it is copied.
import { encode } from "./codec.mjs";
import { ChannelError, checkRounds, reported } from "./browser.mjs";

const REQUEST_MS = 3000;
const MOST_FRAMES = 1000;
const BATCH = 50;
const AWAY_MS = 30000;
const DEFAULT_ACTION = 0;
const IDS = ["agent_left", "agent_right"]; // text, as in one of the two deployed games

export class Page {
  request = null;
  partner = "shown";
  isHidden = false;
  #local;
  #clock;
  #link;
  #inputs;
  #steps;
  #episode;
  #buffer = []; // INPUTs that arrived while the page was hidden, without a bound
  #isPending = false; // the next tick catches up
  #timers = {};
  #onAway;

  constructor({ local, clock, link, inputs, steps, episode, onAway }) {
    this.#local = local;
    this.#clock = clock;
    this.#link = link;
    this.#inputs = inputs;
    this.#steps = steps;
    this.#episode = episode;
    this.#onAway = onAway;
  }

  focus(shown, frame) {
    if (this.isHidden === !shown) return; // a browser has no event for what does not change
    this.isHidden = !shown;
    this.#clock.cancel(this.#timers.away);
    if (shown) this.#isPending = true;
    else this.#timers.away = this.#clock.after(AWAY_MS + 1, () => this.#away());
    if (this.#link.isOpen) this.#link.send(encode("focus_state", { focused: shown, frame }));
  }

  /** The tick after the time in which the page may be hidden. */
  #away() {
    if (this.#episode.hasBegun) this.#onAway();
  }

  /** The newest one holds, also after an opening. */
  receiveFocus({ focused }) {
    this.partner = focused ? "shown" : "hidden";
  }

  receiveInput(packet) {
    if (this.isHidden) this.#buffer.push(packet);
    else this.#inputs.queue(packet);
  }

  /** At a reset. Catching up that is not done by then does not go on in the next episode. */
  clear() {
    this.#buffer = [];
    if (this.request !== null) this.#steps.release();
    this.#endRequest();
  }

  #endRequest() {
    this.request = null;
    this.#clock.cancel(this.#timers.request);
  }

  /**
   * One tick of the game's timer. The first one after the page is shown again catches up. Afterwards it
   * clears the flag of the steps, also one that an error has left set. A hidden page processes no step.
   */
  tick(step = () => {}) {
    if (!this.#episode.hasBegun) return;
    if (this.#isPending && !this.isHidden) {
      this.#isPending = false;
      reported(() => this.#catchUp());
    }
    if (!this.isHidden) this.#steps.run(step);
  }

  #catchUp() {
    this.#steps.hold();
    const inputs = this.#inputs;
    const packets = this.#buffer;
    this.#buffer = [];
    let target = inputs.frame;
    for (const { player, current_frame: frame, entries } of packets) {
      if (inputs.store(player, entries)) target = Math.max(target, frame); // the message is trusted
    }
    target = Math.min(target, this.#episode.knownEnd ?? target);
    if (target <= inputs.frame) {
      this.#steps.release();
      return;
    }
    const missing = this.#missing(target);
    if (missing === null || !this.#ask(missing, target)) this.#simulate(target);
  }

  /** The first and the last frame without a partner's action, from the own frame on. */
  #missing(target) {
    checkRounds(target - this.#inputs.frame);
    let missing = null;
    for (let frame = this.#inputs.frame; frame < target; frame++) {
      if (!this.#inputs.hasPartners(frame)) missing = [missing?.[0] ?? frame, frame];
    }
    return missing;
  }

  /** Asks once. A request that cannot be sent is like one that is not answered. */
  #ask(range, target) {
    if (!this.#link.isOpen) return false;
    const [start, end] = range;
    try {
      this.#link.send(encode("input_request", { start, end }));
    } catch (e) {
      if (!(e instanceof ChannelError)) throw e;
      return false;
    }
    this.request = range;
    this.#timers.target = target;
    this.#timers.request = this.#clock.after(REQUEST_MS, () => this.#answered());
    return true;
  }

  #answered() {
    this.#endRequest();
    this.#simulate(this.#timers.target);
  }

  /** Any response answers the request, whatever it holds. */
  receiveResponse({ player, entries }) {
    if (this.#inputs.store(player, entries) && this.request !== null) this.#answered();
  }

  /** Missing inputs are guessed, the own ones too, and none of the guesses is stored. */
  #simulate(target) {
    const first = this.#inputs.frame;
    this.#inputs.skipTo(Math.min(target, first + MOST_FRAMES));
    this.#steps.release();
    if (this.#link.isOpen) this.#tell(first, this.#inputs.frame);
  }

  /** The index is the raw id, and the encoder keeps 15 entries of each batch. Nothing is repeated. */
  #tell(first, end) {
    for (let from = first; from < end; from += BATCH) {
      const entries = [];
      for (let frame = from; frame < Math.min(end, from + BATCH); frame++) {
        entries.push({ frame, action: DEFAULT_ACTION });
      }
      this.#link.send(encode("input", { player: IDS[this.#local], current_frame: end, entries }));
    }
  }

  /** In every state. Every frame of the range is looked at, however many there are. */
  receiveRequest({ start, end }) {
    checkRounds(end - start);
    const entries = this.#inputs.own(start, end);
    const response = encode("input_response", { player: this.#local, entries });
    if (this.#link.isOpen) this.#link.send(response);
  }
}
