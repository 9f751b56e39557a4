/** EPISODE: episodes begin and end at both peers (spec/peer-episode.md). */

const READY_REPEAT = 500; // milliseconds between two EPISODE_READYs (EPISODE-2)
const START_LIMIT = 5_000; // milliseconds after the `ready` (EPISODE-4)
const END_LIMIT = 2_000; // milliseconds after the `ended`, without a partner's END (EPISODE-11)
const CONFIRM_LIMIT = 500; // milliseconds after both ENDs are known (EPISODE-10)
const READY_ANSWERS = 10; // in an episode (EPISODE-6)
const END_ANSWERS = 8; // for an episode (EPISODE-14)
const END_PAUSE = 250; // milliseconds from an own END to an answer (EPISODE-14)
const EARLY_FRAMES = 128; // beyond the first frame that are taken while waiting (EPISODE-13)

/** What is known of one episode. The members that are null are not known yet. */
class Episode {
  phase = "waiting"; // then "playing", "ending" and "complete"
  end = null;
  agreed = null;
  start = null; // "both" or "alone"
  hashes = null; // "equal" or "different"
  ownEnd = null; // the frame of the own END
  partnerEnd = null; // the frame of the first END of the partner, whenever it came
  readyAnswers = READY_ANSWERS; // how many are left
  endAnswers = END_ANSWERS;
  endHandedAt = -Infinity; // when the own END was last handed to the channel

  constructor(number, ownHash) {
    this.number = number;
    this.ownHash = ownHash;
  }

  get ready() {
    return { type: "episode_ready", episode: this.number + 1, hash: this.ownHash };
  }

  get endMessage() {
    return { type: "episode_end", frame: this.ownEnd, episode: this.number };
  }
}

export class Episodes {
  #link;
  #clock;
  #inputs;
  #firstFrame;
  #endRepeat;
  #begun;
  #completed;
  #current = null;
  #previous = null; // its END may still come, or be asked for (EPISODE-13, EPISODE-14)
  #nextHash = null; // of the partner's READY for the next episode, if it came early (EPISODE-3)

  /**
   * @param begun  is called when an episode begins, and empties what a `reset` empties
   * @param completed  is called when an episode is complete
   */
  constructor({ link, clock, inputs, firstFrame, parameters, begun, completed }) {
    this.#link = link;
    this.#clock = clock;
    this.#inputs = inputs;
    this.#firstFrame = firstFrame;
    this.#endRepeat = parameters.endRepeatMs;
    this.#begun = begun;
    this.#completed = completed;
  }

  // ---- The state -------------------------------------------------------------------------------

  get state() {
    if (this.#current === null) return null;
    const { number, phase, end, agreed, start, hashes } = this.#current;
    return { number, phase, end, agreed, start, hashes };
  }

  /** Whether the episode has started and is not complete: an `act` counts (EPISODE-12). */
  get isRunning() {
    return this.#current?.phase === "playing" || this.#current?.phase === "ending";
  }

  /** Whether the episode has not started: no INPUT_RESPONSE can belong to it (EPISODE-13). */
  get isWaiting() {
    return this.#current?.phase === "waiting";
  }

  /**
   * Hashes of frames at or beyond this one are dropped (EPISODE-13). A partner whose END of the
   * episode before is not known may still play that one, and nothing tells its messages apart.
   */
  get hashesBelow() {
    if (this.isRunning) return Infinity;
    const mayPlayPrevious = this.#previous !== null && this.#previous.partnerEnd === null;
    return this.isWaiting && !mayPlayPrevious ? this.#firstFrame + EARLY_FRAMES + 1 : 0;
  }

  /** Entries of frames at or beyond this one are dropped (EPISODE-9, EPISODE-13). */
  get entriesBelow() {
    return Math.min(this.hashesBelow, this.#current?.end ?? Infinity);
  }

  /** The end that both peers know, or null (EPISODE-9). */
  get agreedEnd() {
    return this.#current?.agreed ? this.#current.end : null;
  }

  // ---- Beginning -------------------------------------------------------------------------------

  /** The game has reset itself for the next episode. Counts between two episodes (EPISODE-1). */
  ready(hash) {
    if (this.#current !== null && this.#current.phase !== "complete") return;
    this.#previous = this.#current;
    this.#current = new Episode(this.#next, hash);
    this.#begun();
    this.#link.send(this.#current.ready);
    if (this.#nextHash !== null) {
      this.#compare(this.#nextHash);
      this.#nextHash = null;
      this.#start("both");
      return;
    }
    this.#clock.start("start alone", START_LIMIT, () => this.#start("alone"));
    this.#repeatReady();
  }

  /** EPISODE-3: a READY for the current or the next episode counts, and no other. */
  receiveReady({ episode, hash }) {
    const number = episode - 1; // the READY of an episode carries its number plus one
    if (number === this.#next) {
      this.#nextHash ??= hash;
    } else if (number === this.#current?.number) {
      this.#compare(hash);
      if (this.#current.phase === "waiting") this.#start("both"); // EPISODE-4
      else this.#answerReady();
    }
  }

  get #next() {
    return this.#current === null ? 0 : this.#current.number + 1;
  }

  #repeatReady() {
    this.#clock.start("repeat ready", READY_REPEAT, () => {
      this.#link.send(this.#current.ready);
      this.#repeatReady();
    });
  }

  /** The first hash of the partner is compared, and no later one (EPISODE-5). */
  #compare(hash) {
    this.#current.hashes ??= hash === this.#current.ownHash ? "equal" : "different";
  }

  #start(how) {
    this.#current.phase = "playing";
    this.#current.start = how;
    this.#clock.stop("start alone", "repeat ready");
  }

  /** Its sender may still be waiting. The limit ends the answers of two such peers (EPISODE-6). */
  #answerReady() {
    if (!this.#link.isOpen || this.#current.readyAnswers === 0) return;
    this.#current.readyAnswers -= 1;
    this.#link.send(this.#current.ready);
  }

  // ---- Ending ----------------------------------------------------------------------------------

  /** The local game has ended. Counts while playing (EPISODE-7). */
  ended(frame) {
    if (this.#current?.phase !== "playing") return;
    this.#current.phase = "ending";
    this.#current.ownEnd = frame;
    this.#sendEnd(this.#current);
    if (this.#current.partnerEnd !== null) {
      this.#agree();
      return;
    }
    this.#clock.start("complete episode", END_LIMIT, () => this.#completeAlone());
    if (this.#endRepeat > 0) this.#repeatEnd();
  }

  /** EPISODE-8: the first END of the current episode counts. EPISODE-14: repeats are answered. */
  receiveEnd({ frame, episode: number }) {
    const episode = [this.#current, this.#previous].find((known) => known?.number === number);
    if (episode === undefined) return;
    if (episode.partnerEnd !== null) {
      this.#answerEnd(episode);
      return;
    }
    episode.partnerEnd = frame; // of a complete episode, too: the next one is then a repeat
    if (episode.phase === "ending") this.#agree();
  }

  /** Completes the episode once all that is before its end is confirmed (EPISODE-10). */
  check() {
    if (this.#current?.phase !== "ending" || !this.#current.agreed) return;
    if (this.#inputs.base >= this.#current.end - 1) this.#complete();
  }

  /** Both ENDs are known (EPISODE-9). */
  #agree() {
    const { ownEnd, partnerEnd } = this.#current;
    this.#current.end = Math.min(ownEnd, partnerEnd);
    this.#current.agreed = true;
    this.#inputs.dropFrom(this.#current.end);
    this.#clock.stop("repeat end");
    this.#clock.start("complete episode", CONFIRM_LIMIT, () => this.#complete());
  }

  #completeAlone() {
    this.#current.end = this.#current.ownEnd; // EPISODE-11
    this.#current.agreed = false;
    this.#complete();
  }

  #complete() {
    this.#current.phase = "complete";
    this.#clock.stop("complete episode", "repeat end");
    this.#completed();
  }

  #repeatEnd() {
    this.#clock.start("repeat end", this.#endRepeat, () => {
      this.#sendEnd(this.#current);
      this.#repeatEnd();
    });
  }

  /**
   * The sender of a repeat has not heard the own END of that episode (EPISODE-14). One that is
   * still on its way is given time, so that two peers do not answer each other's answers.
   */
  #answerEnd(episode) {
    if (!this.#link.isOpen || episode.ownEnd === null || episode.endAnswers === 0) return;
    if (this.#clock.now - episode.endHandedAt < END_PAUSE) return;
    episode.endAnswers -= 1;
    this.#sendEnd(episode);
  }

  /** Hands the own END to the channel, and notes when. A refused one counts, too (EPISODE-14). */
  #sendEnd(episode) {
    if (!this.#link.isOpen) return; // nothing is handed over, so nothing is noted
    episode.endHandedAt = this.#clock.now;
    this.#link.send(episode.endMessage);
  }
}
