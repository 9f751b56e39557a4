// How the deployed browser implementation begins and ends episodes, restated from what was observed of
// it; no line of it is copied.
import { encode } from "./codec.mjs";
import { ChannelError } from "./browser.mjs";

const START_MS = 5000;
const READY_REPEAT_MS = 500;
const READY_REPEATS = 3;
const USABLE_MS = 10000;
const USABLE_POLL_MS = 100;
const END_MS = 2000;
const CONFIRMATION_MS = 500;
const CONFIRMATION_POLL_MS = 10;

export class Episode {
  #clock;
  #link;
  #inputs;
  #onReset;
  #phase = null;
  #count = 0; // the episodes that are complete
  #shown; // what an observation shows next to the number and the phase
  #sync;
  #waits = new Set(); // each END that is received once both are known begins a wait of its own

  constructor({ clock, link, inputs, onReset }) {
    this.#clock = clock;
    this.#link = link;
    this.#inputs = inputs;
    this.#onReset = onReset;
    this.#clear();
  }

  /** Whether the game has begun, and with it the ticks of its timer. */
  get hasBegun() {
    return this.#phase !== null;
  }

  /** Whether a step of the game takes an action. */
  get isPlaying() {
    return this.#phase === "playing" || this.#phase === "ending";
  }

  /** Whether the INPUTs that have arrived will be found by a step of this episode. */
  get isCurrent() {
    return this.isPlaying || this.#phase === "waiting";
  }

  /** Before the end of both is known, the end of one. */
  get knownEnd() {
    const { ownEnd, partnersEnd } = this.#sync;
    return ownEnd === null ? partnersEnd : Math.min(ownEnd, partnersEnd ?? ownEnd);
  }

  observe() {
    if (this.#phase === null) return null;
    const number = this.#phase === "complete" ? this.#count - 1 : this.#count;
    return { number, phase: this.#phase, ...this.#shown };
  }

  /** The game has no barriers: it is played from the beginning, and does not end. */
  leaveOut() {
    this.#phase = "playing";
    this.receiveReady = () => {};
    this.receiveEnd = () => {};
  }

  /** What is not cleared here counts for the next episode: neither message has its number checked. */
  #clear() {
    const it = this.#sync;
    for (const timer of [it?.endTimer, it?.startTimer, it?.repeatTimer]) this.#clock.cancel(timer);
    this.#sync = {
      ownEnd: null, partnersEnd: null, ownHash: null, partnersHash: null, isWaiting: false,
      endTimer: null, startTimer: null, repeatTimer: null,
    };
  }

  // The start

  ready(hash) {
    if (this.#phase !== null && this.#phase !== "complete") return;
    this.#count += this.#waits.size; // the countdown before a reset is longer than every wait
    this.#waits.clear();
    this.#clear();
    this.#onReset();
    this.#phase = "waiting";
    this.#shown = { end: null, agreed: null, start: null, hashes: null };
    this.#announceWhenUsable(hash, this.#clock.now);
  }

  #announceWhenUsable(hash, since) {
    if (this.#link.isOpen) this.#announce(hash);
    else if (this.#clock.now - since >= USABLE_MS) this.#start("alone");
    else this.#clock.after(USABLE_POLL_MS, () => this.#announceWhenUsable(hash, since));
  }

  /** The reset catches an error of `send`, and leaves out the barrier: nothing is repeated or answered. */
  #announce(hash) {
    const ready = () => this.#link.send(this.#readyBytes(hash));
    try {
      ready();
    } catch (e) {
      if (!(e instanceof ChannelError)) throw e;
      this.#start("alone");
      return;
    }
    const it = this.#sync;
    it.ownHash = hash;
    this.#repeatReady(ready, 1);
    if (it.partnersHash !== null) { // it came before the own READY: the hashes are not compared
      this.#start("both");
      return;
    }
    it.isWaiting = true;
    it.startTimer = this.#clock.after(START_MS, () => {
      it.isWaiting = false;
      this.#start("alone");
    });
  }

  #readyBytes(hash) {
    return encode("episode_ready", { episode: this.#count + 1, hash });
  }

  /** An error of `send` ends the repeats. */
  #repeatReady(ready, repeat) {
    const it = this.#sync;
    it.repeatTimer = this.#clock.after(READY_REPEAT_MS, () => {
      if (repeat > READY_REPEATS || it.partnersHash !== null) return;
      if (this.#link.isOpen) ready();
      this.#repeatReady(ready, repeat + 1);
    });
  }

  /** Every READY is answered, the one that starts the episode too. If `send` throws, nothing starts. */
  receiveReady({ hash }) {
    const it = this.#sync;
    it.partnersHash = hash;
    if (it.ownHash === null) return;
    if (this.#link.isOpen) this.#link.send(this.#readyBytes(it.ownHash));
    if (!it.isWaiting) return;
    it.isWaiting = false;
    this.#clock.cancel(it.startTimer);
    this.#clock.cancel(it.repeatTimer);
    this.#shown.hashes = it.ownHash === hash ? "equal" : "different";
    this.#start("both");
  }

  #start(how) {
    this.#phase = "playing";
    this.#shown.start = how;
  }

  // The end

  /** The end of a step. An error of `send` leaves the step before the end is noted. */
  ended(frame) {
    if (this.#phase !== "playing") return;
    if (!this.#link.isOpen) {
      this.#complete({ end: frame, agreed: false });
      return;
    }
    this.#link.send(encode("episode_end", { frame, episode: this.#count }));
    this.#phase = "ending";
    const it = this.#sync;
    it.ownEnd = frame;
    it.endTimer = this.#clock.after(END_MS, () => {
      if (it.partnersEnd === null) this.#complete({ end: frame, agreed: false });
    });
    this.#checkEnd();
  }

  /** The newest one counts, in whatever phase it comes. */
  receiveEnd({ frame }) {
    this.#sync.partnersEnd = frame;
    this.#checkEnd();
  }

  #checkEnd() {
    const { ownEnd, partnersEnd } = this.#sync;
    if (ownEnd === null || partnersEnd === null) return;
    const end = Math.min(ownEnd, partnersEnd);
    Object.assign(this.#shown, { end, agreed: true });
    const wait = { end, since: this.#clock.now };
    this.#waits.add(wait);
    this.#poll(wait);
  }

  /** Only the last frame is looked at: holes before it do not hold up the end. */
  #poll(wait) {
    if (!this.#waits.has(wait)) return;
    if (this.#clock.now - wait.since < CONFIRMATION_MS) {
      this.#inputs.drain();
      if (!this.#inputs.hasBoth(wait.end - 1)) {
        this.#clock.after(CONFIRMATION_POLL_MS, () => this.#poll(wait));
        return;
      }
      this.#inputs.confirm();
    }
    this.#waits.delete(wait);
    this.#complete({ end: wait.end, agreed: true });
  }

  /** A second wait completes the episode once more, and the count is one too high from then on. */
  #complete(shown) {
    Object.assign(this.#shown, shown);
    this.#phase = "complete";
    this.#count += 1;
    this.#clear();
  }
}
