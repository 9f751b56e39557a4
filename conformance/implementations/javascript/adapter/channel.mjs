import { hexFromBytes } from "./hex.mjs";

/** The channel of a session. The stimuli `channel` and `sends` tell it what to do. */
export class Channel {
  isOpen = true;
  #accept = 0; // how many datagrams it accepts before it refuses any
  #refuse = 0; // how many it refuses after those, or "all"
  #how = "false"; // how it refuses: "false" or "throw"
  #sent = []; // the datagrams that it has accepted, as hex

  /** Sets the behaviour of the sends that follow. */
  setSends({ accept, refuse, how }) {
    this.#accept = accept;
    this.#refuse = refuse;
    this.#how = how;
  }

  /**
   * A real channel would refuse while it is closed. This one does not, so that the kit can see that
   * an exchange sends at a time when it must not (EXCH-10).
   */
  send(bytes) {
    if (this.#accept > 0) {
      this.#accept -= 1;
    } else if (this.#refuse === "all") {
      return this.#refuseSend();
    } else if (this.#refuse > 0) {
      this.#refuse -= 1;
      return this.#refuseSend();
    }
    this.#sent.push(hexFromBytes(bytes));
    return undefined; // as the `send` of a browser's channel returns
  }

  /** What has been accepted since the last call. */
  takeSent() {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  #refuseSend() {
    if (this.#how === "throw") throw new Error("the channel refuses, as `sends` demanded");
    return false;
  }
}
