// How the deployed browser implementation validates its channel and measures round trips, restated from
// what was observed of it; no line of it is copied.
import { encode } from "./codec.mjs";

const SAMPLES = 10;
const CRITICAL_MS = 200;

export class Liveness {
  roundTrips = [];
  #clock;
  #link;
  #interval = null;

  constructor({ clock, link }) {
    this.#clock = clock;
    this.#link = link;
  }

  start() {
    this.stop();
    this.#interval = this.#clock.every(500, () => {
      if (this.#link.isOpen) this.#link.send(encode("ping", {}, this.#clock.now));
    });
  }

  /** At a closing. Only a validation starts it again: an opening does not. */
  stop() {
    this.#clock.cancel(this.#interval);
  }

  ping({ timestamp }) {
    if (this.#link.isOpen) this.#link.send(encode("pong", { timestamp }));
  }

  /** Any timestamp will do: it is not matched with a PING that was sent. */
  pong({ timestamp }) {
    this.roundTrips.push(this.#clock.now - timestamp);
    if (this.roundTrips.length > SAMPLES) this.roundTrips.shift();
  }

  get isCritical() {
    if (this.roundTrips.length === 0) return false;
    const average = this.roundTrips.reduce((sum, it) => sum + it) / this.roundTrips.length;
    return average / 2 > CRITICAL_MS;
  }
}

export class Validation {
  state = "idle";
  #clock;
  #link;
  #isProved;
  #onSuccess;
  #timeout = null;
  #isPingSent = false;
  #isPongReceived = false;
  #isPingSeen = false;

  constructor({ clock, link, isProved, onSuccess }) {
    this.#clock = clock;
    this.#link = link;
    this.#isProved = isProved;
    this.#onSuccess = onSuccess;
  }

  /** The first opening begins the validation. A closing does not end it, and no opening begins it anew. */
  opened() {
    if (this.state !== "idle") return;
    this.state = "validating";
    if (!this.#isProved) { // a game may do without
      this.#onSuccess();
      return;
    }
    this.#timeout = this.#clock.after(15000, () => {
      if (this.state === "validating") this.state = "failed";
    });
    this.#clock.after(100, () => {
      if (this.state === "validating" && this.#link.isOpen) this.#sendPing();
    });
  }

  /** Once. If `send` throws, the ping does not count as sent, and validation can only fail. */
  #sendPing() {
    this.#link.send(encode("validation_ping", {}, this.#clock.now));
    this.#isPingSent = true;
  }

  /** In every state, and also while the channel is not open. If `send` throws, nothing is checked. */
  ping({ timestamp }) {
    if (!this.#isProved) return;
    this.#isPingSeen = true;
    this.#link.send(encode("validation_pong", { timestamp }));
    this.#check();
  }

  /** In every state, and for any timestamp. */
  pong() {
    this.#isPongReceived = true;
    this.#check();
  }

  /** Succeeds once more at every later ping and pong, also after a failure. */
  #check() {
    if (!this.#isPingSent || !this.#isPongReceived || !this.#isPingSeen) return;
    this.#clock.cancel(this.#timeout);
    this.state = "validated";
    this.#onSuccess();
  }
}
