/** One of the two players of a match: a peer, its round of the game, and what it does in each frame. */
import { digest } from "./peer/digest.mjs";
import { ADVANCE_BOUND, Peer } from "./peer/peer.mjs";
import { Bot } from "./bot.mjs";
import { Timeline } from "./timeline.mjs";
import { Wire } from "./wire.mjs";
import { after, first } from "./world.mjs";

const HASH_EVERY = 10; // frames; both sides hash the same ones (EXCH-31)
const MOST_AHEAD = 60; // frames with a guess in them; then the game waits
const MOST_LEAD = 4; // frames before the partner; then the game lets a step pass now and then
const PATIENCE = 25; // steps without a new right frame, before the game asks for what is missing
const GIVE_UP = 480; // steps without a new right frame, after which the round is over for this side
/** Milliseconds between two rounds: longer than a datagram can take, since an INPUT does not name its round. */
const PAUSE = 700;

const hashOf = (state, form) => digest(JSON.stringify(state), form).hash;

export class Side {
  /** What a person does in place of the bot, or null. */
  hands = null;
  rollbacks = 0;
  /** How many frames of all rounds were simulated with the real actions. */
  played = 0;
  /** How many rounds are over. */
  rounds = 0;
  /** The states of the round, or null before the first one. */
  timeline = null;
  #index;
  #line;
  #now;
  #born;
  #seed;
  #length;
  #frameTime;
  #bot;
  #completed = null; // when the round was complete, on the clock of the peer
  #steps = 0;
  #acted = 0; // the next frame of the own player
  #waited = 0; // steps without a new right frame and without a request
  #stuck = 0; // steps without a new right frame

  /**
   * @param {0 | 1} index
   * @param {import("./line.mjs").Line} line  open
   * @param {import("./tap/tap.mjs").Tap} tap  records what goes over the line
   * @param {() => number} now  the time in milliseconds
   * @param {number} length  of a round, in frames
   * @param {number} frameTime  milliseconds
   */
  constructor({ index, line, tap, now, seed, length, frameTime }) {
    this.#index = index;
    this.#line = line;
    this.#now = now;
    this.#born = now();
    this.#seed = seed;
    this.#length = length;
    this.#frameTime = frameTime;
    this.#bot = new Bot(index, seed);
    this.peer = new Peer({ local: index, send: (bytes) => this.wire.send(bytes) });
    // The tap shares the clock of the peer. So what arrives is recorded after the time has passed.
    const ends = tap.wrap({
      setup: { local: index },
      clock: () => this.peer.clock,
      send: (bytes) => line.send(bytes),
      receive: (data) => {
        if (typeof data !== "string") this.wire.receive(new Uint8Array(data));
      },
    });
    ends.opened();
    this.wire = new Wire(line, ends.send, this.peer);
    line.addEventListener("message", ({ data }) => {
      this.passTime();
      ends.receive(data);
    });
    line.addEventListener("error", ({ error }) => ends.failed(error));
    line.addEventListener("close", () => {
      ends.closed();
      this.peer.closed();
    });
  }

  get index() {
    return this.#index;
  }

  /** Tells the peer how late it is. Before every other call, so that no timer is late because of the page. */
  passTime() {
    const until = Math.floor(this.#now() - this.#born);
    while (this.peer.clock < until) {
      this.peer.advance(Math.min(until - this.peer.clock, ADVANCE_BOUND));
    }
  }

  /** What does not depend on a frame: a fault that acts by itself, and the next round. */
  tick() {
    this.passTime();
    this.wire.tick();
    const { peer } = this;
    const phase = peer.episode?.phase;
    if (phase === "complete" && this.#completed === null) {
      this.#correct(); // with what has completed it
      this.#completed = peer.clock;
      this.rounds += 1;
    }
    if (this.#completed !== null && peer.clock - this.#completed >= PAUSE) this.begin();
  }

  /** One frame, if a round is being played. */
  step() {
    const { peer, timeline } = this;
    this.passTime();
    if (!this.isPlaying) return;
    this.#steps += 1;
    const letsPass = this.#steps % 3 === 0 && this.#lead > MOST_LEAD;
    if (!letsPass && this.#acted - timeline.right < MOST_AHEAD) {
      // Beyond the end too: an INPUT repeats those that the partner may still lack (EPISODE-10).
      peer.act(this.#acted, this.hands ?? this.#bot.action(timeline.newest));
      this.#acted += 1;
      this.#correct();
      if (timeline.frame < this.#length) timeline.simulate();
    }
    this.#correct();
    peer.tick();
    if (timeline.frame === this.#length) peer.ended(this.#length);
    this.#stuck += 1;
    if (this.#stuck > GIVE_UP) peer.ended(timeline.right);
    this.#wait();
  }

  get isPlaying() {
    return ["playing", "ending"].includes(this.peer.episode?.phase);
  }

  /** The share of the round that is over, from 0 to 1. */
  get progress() {
    return Math.min((this.timeline?.frame ?? 0) / this.#length, 1);
  }

  focus(isShown) {
    this.passTime();
    this.peer.focus(isShown, this.timeline?.frame ?? 0);
  }

  close() {
    this.peer.closed();
    this.#line.close();
  }

  /** Begins a round. It starts as soon as the partner has begun it, too. */
  begin() {
    this.passTime();
    const { peer } = this;
    const number = peer.episode === null ? 0 : peer.episode.number + 1;
    const state = first(this.#seed + number);
    const next = (it, actions, frame) => this.wire.state(after(it, actions), frame);
    const actionAt = (player, frame) => peer.actionAt(player, frame);
    this.timeline = new Timeline(this.#index, state, next, actionAt);
    [this.#completed, this.#acted, this.#waited, this.#stuck] = [null, 0, 0, 0];
    peer.ready(hashOf(state, "episode_ready"));
  }

  /** By how many frames this side is ahead of its partner, as far as it can tell. */
  get #lead() {
    const { roundTrips, held, confirmed } = this.peer;
    if (roundTrips.length === 0) return 0;
    const known = held.at(-1)?.[0] ?? confirmed ?? 0;
    return this.#acted - known - Math.min(...roundTrips) / 2 / this.#frameTime;
  }

  #correct() {
    this.timeline.correct(
      (frame, again) => {
        this.peer.beginRollback(frame);
        again();
        this.peer.endRollback();
        this.rollbacks += 1;
      },
      (frame, state) => {
        this.played += 1;
        [this.#waited, this.#stuck] = [0, 0];
        this.#confirm(frame, state);
      },
    );
  }

  /** Hands over the hash of the state before a frame that is confirmed and right (EXCH-30). */
  #confirm(frame, state) {
    if (frame % HASH_EVERY === 0) this.peer.confirm(frame, hashOf(state, "state_hash"));
  }

  /** Asks for inputs if none have come for a while, and waits again after each request. */
  #wait() {
    this.#waited = this.peer.request === null ? this.#waited + 1 : 0;
    if (this.#waited > PATIENCE) this.peer.catchUp();
  }
}
