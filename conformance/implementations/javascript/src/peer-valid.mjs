/** VALID: a channel is proved to work in both directions (spec/peer-valid.md). */
import { timestampFromMs } from "./codec.mjs";

const FIRST_PING = 100; // milliseconds after the opening (VALID-1)
const TIME_LIMIT = 15_000; // milliseconds after the opening (VALID-7)

export class Validation {
  #link;
  #clock;
  #repeat;
  #validated;
  #state = "idle";
  #pings = new Set(); // the timestamps that the channel has accepted since the opening
  #isAnswered = false; // one of the own pings
  #hasSeenPing = false; // of the partner

  /** @param validated  is called once, when the peer is validated */
  constructor({ link, clock, parameters, validated }) {
    this.#link = link;
    this.#clock = clock;
    this.#repeat = parameters.validationRepeatMs;
    this.#validated = validated;
  }

  /** `idle`, `validating`, `validated` or `failed`. */
  get state() {
    return this.#state;
  }

  /** The channel has opened. What was validated or has failed stays so (VALID-6, VALID-7). */
  opened() {
    if (this.#state !== "idle") return;
    this.#state = "validating";
    this.#clock.start("validation fails", TIME_LIMIT, () => this.#finish("failed"));
    this.#clock.start("validation ping", FIRST_PING, () => this.#ping());
  }

  /** The channel has closed: what has been learned while validating is forgotten (VALID-8). */
  closed() {
    if (this.#state !== "validating") return;
    this.#finish("idle");
    this.#isAnswered = false;
    this.#hasSeenPing = false;
  }

  /** Answered in every state (VALID-3); counts only while validating (VALID-4). */
  receivePing({ timestamp }) {
    this.#link.send({ type: "validation_pong", timestamp });
    if (this.#state !== "validating") return; // also while the channel is not open
    this.#hasSeenPing = true;
    this.#check();
  }

  receivePong({ timestamp }) {
    if (!this.#pings.has(timestamp)) return; // VALID-5; there are none unless it is validating
    this.#isAnswered = true;
    this.#check();
  }

  #ping() {
    const timestamp = timestampFromMs(this.#clock.now);
    if (this.#link.send({ type: "validation_ping", timestamp })) this.#pings.add(timestamp);
    if (this.#repeat > 0) { // VALID-2
      this.#clock.start("validation ping", this.#repeat, () => this.#ping());
    }
  }

  #check() {
    if (!this.#isAnswered || !this.#hasSeenPing) return;
    this.#finish("validated"); // VALID-6
    this.#validated();
  }

  #finish(state) {
    this.#state = state;
    this.#clock.stop("validation fails", "validation ping");
    this.#pings.clear();
  }
}
