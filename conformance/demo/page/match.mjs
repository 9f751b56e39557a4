/** A match: two sides in one page, each with a tap, over a real channel. */
import { Tap } from "./tap/index.mjs";
import { connect } from "./connection.mjs";
import { Line } from "./line.mjs";
import { Random } from "./random.mjs";
import { Side } from "./side.mjs";

export const NAMES = ["left", "right"];

const EVERY = 4; // milliseconds between two looks at the time; the shortest that a browser grants
const MOST_STEPS = 6; // frames at once after a delay; what is later than that is not made up for

/** A good line. */
export const CLEAN = Object.freeze({ loss: 0, delay: 0, duplication: 0 });

export class Match {
  /** @type {[Side, Side]} */
  sides;
  /** What each side sent and received. @type {[Tap, Tap]} */
  taps;
  #lines;
  #connections;
  #step; // milliseconds
  #due; // when the next frame is
  #timer;
  #hasBegun = false;

  /**
   * Connects two sides, and lets them play until `close`.
   *
   * @param {number} [options.seed]  of the game, the bots and the bad line
   * @param {number} [options.pace]  frames in a second
   * @param {number} [options.length]  of a round, in frames
   * @param options.conditions  of the line, in both directions, as `Line.conditions`
   * @param {number} [options.every]  milliseconds between two looks at the time
   * @throws {Error} if the browser does not connect them
   */
  static async start({ seed = 1, pace = 60, length = 240, conditions = CLEAN, every = EVERY } = {}) {
    const { connections, channels } = await connect();
    return new Match({ connections, channels, seed, pace, length, conditions, every });
  }

  constructor({ connections, channels, seed, pace, length, conditions, every }) {
    const now = () => performance.now();
    this.#connections = connections;
    this.#lines = channels.map((channel, index) => {
      const random = new Random(seed * 2 + index);
      return new Line(channel, conditions, random, now);
    });
    this.taps = NAMES.map((peer) => new Tap({ peer, redundancy: 10 }));
    const frameTime = 1000 / pace;
    this.sides = this.#lines.map((line, index) => {
      return new Side({ index, line, tap: this.taps[index], now, seed, length, frameTime });
    });
    this.#lines.forEach((line, index) => {
      line.loses = (bytes) => this.sides[1 - index].wire.loses(bytes);
    });
    this.#step = frameTime;
    this.#due = now();
    this.#timer = setInterval(() => this.#tick(now()), every);
  }

  /** Changes the line in both directions. */
  set conditions(conditions) {
    for (const line of this.#lines) line.conditions = conditions;
  }

  /** Ends the match, and frees what it holds. The taps keep what they have recorded. */
  close() {
    clearInterval(this.#timer);
    this.sides.forEach((it) => it.close());
    this.taps.forEach((it) => it.stop());
    this.#connections.forEach((it) => it.close());
  }

  #tick(now) {
    this.#lines.forEach((it) => it.deliver());
    this.sides.forEach((it) => it.tick());
    this.#begin();
    if (now - this.#due > MOST_STEPS * this.#step) this.#due = now - MOST_STEPS * this.#step;
    for (; this.#due <= now; this.#due += this.#step) this.sides.forEach((it) => it.step());
  }

  /**
   * Begins the first round at both sides at once. Their READYs cross, so each capture shows an own READY
   * before that of the partner, and a reader of it knows that the round did not begin earlier.
   */
  #begin() {
    if (this.#hasBegun || this.sides.some(({ peer }) => peer.validation !== "validated")) return;
    this.#hasBegun = true;
    this.sides.forEach((it) => it.begin());
  }
}
