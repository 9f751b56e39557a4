import { hexFromBytes } from "./hex.mjs";

const STATE_HASH = 0x07;

/** The channel of a session. The stimuli `channel` and `sends` tell it what to do. */
export class Channel {
  isOpen = true; // for an exchange; a peer is told when its channel opens and closes
  #types = [STATE_HASH]; // the first bytes of the datagrams that count; others are accepted
  #accept = 0; // how many datagrams it accepts before it refuses any
  #refuse = 0; // how many it refuses after those, or "all"
  #how = "false"; // how it refuses: "false" or "throw"
  #sent = []; // the datagrams that it has accepted, as hex

  /** Sets the behaviour of the sends that follow. */
  setSends({ accept, refuse, how, types = [STATE_HASH] }) {
    this.#types = types;
    this.#accept = accept;
    this.#refuse = refuse;
    this.#how = how;
  }

  /**
   * A real channel would refuse while it is closed. This one does not, so that the kit can see that
   * a session sends at a time when it must not (EXCH-10).
   */
  send(bytes) {
    const isRefused = this.#types.includes(bytes[0]) && this.#countOne();
    if (isRefused && this.#how === "throw") {
      throw new Error("the channel refuses, as `sends` demanded");
    }
    if (isRefused) return false;
    this.#sent.push(hexFromBytes(bytes));
    return undefined; // as the `send` of a browser's channel returns
  }

  /** What has been accepted since the last call. */
  takeSent() {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  /** Counts a datagram, and returns whether it is refused. */
  #countOne() {
    if (this.#accept > 0) {
      this.#accept -= 1;
      return false;
    }
    if (this.#refuse === "all") return true;
    if (this.#refuse === 0) return false;
    this.#refuse -= 1;
    return true;
  }
}
