/** LIVE: round trips are measured, and pings are answered (spec/peer-live.md). */
import { timestampFromMs } from "./codec.mjs";

const INTERVAL = 500; // milliseconds between two PINGs (LIVE-1)
const UNANSWERED_BOUND = 32; // LIVE-11
const ROUND_TRIPS_BOUND = 10; // LIVE-10

export class Liveness {
  #link;
  #clock;
  #unanswered = new Map(); // the timestamp as bits, and the time at which it was sent, in order
  #roundTrips = [];

  constructor({ link, clock }) {
    this.#link = link;
    this.#clock = clock;
  }

  /** The channel has opened or the peer is validated, whichever comes later (LIVE-1, LIVE-3). */
  start() {
    this.#clock.start("ping", INTERVAL, () => {
      this.#ping();
      this.start();
    });
  }

  /** The channel has closed (LIVE-3, LIVE-12). */
  stop() {
    this.#clock.stop("ping");
    this.#unanswered.clear();
  }

  /** Answers a PING with its own bits, whatever number they are (LIVE-5, LIVE-6). */
  receivePing({ timestamp }) {
    this.#link.send({ type: "pong", timestamp });
  }

  /** Compares bits and not numbers: -0 is not 0, and a NaN is itself (LIVE-8, LIVE-9). */
  receivePong({ timestamp }) {
    const sentAt = this.#unanswered.get(timestamp);
    if (sentAt === undefined) return;
    this.#unanswered.delete(timestamp);
    this.#roundTrips.push(this.#clock.now - sentAt);
    if (this.#roundTrips.length > ROUND_TRIPS_BOUND) this.#roundTrips.shift();
  }

  /** The newest round trips in milliseconds, the oldest first. */
  get roundTrips() {
    return [...this.#roundTrips];
  }

  #ping() {
    const { now } = this.#clock;
    const timestamp = timestampFromMs(now); // LIVE-2
    if (!this.#link.send({ type: "ping", timestamp })) return; // LIVE-4
    this.#unanswered.set(timestamp, now);
    if (this.#unanswered.size > UNANSWERED_BOUND) {
      this.#unanswered.delete(this.#unanswered.keys().next().value);
    }
  }
}
