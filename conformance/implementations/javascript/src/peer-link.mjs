/** The channel of a peer, as its chapters see it: it is open or not, and accepts or refuses. */
import { encode } from "./codec.mjs";

export class Link {
  isOpen = true; // a new peer has an open channel
  #send;

  /** @param {(bytes: Uint8Array) => unknown} send  of the game */
  constructor(send) {
    this.#send = send;
  }

  /**
   * Hands one message to the channel, if that is open. A refusal, also one by an error, goes no
   * further than the result (PEER-3).
   * @param {import("./index.d.ts").Message} message
   * @returns {boolean} whether the channel accepted it
   */
  send(message) {
    if (!this.isOpen) return false;
    const bytes = encode(message); // outside of the `try`: its refusal would be a mistake in here
    try {
      return this.#send(bytes) !== false;
    } catch {
      return false;
    }
  }
}
