// What a browser gives the game: a channel that throws, errors that are reported, and a page that hangs.

/** What the channel throws to refuse a datagram. */
export class ChannelError extends Error {}

/** The page does not come back within any time that a game has. */
export class Hang extends Error {}

/** A browser reports what a timer or an event handler of the game throws, and goes on. */
export function reported(call) {
  try {
    call();
  } catch (e) {
    if (!(e instanceof ChannelError || e instanceof RangeError)) throw e;
  }
}

/** A loop of ten million rounds takes a second; one over all frames takes minutes. */
export function checkRounds(count) {
  if (count > 10_000_000) throw new Hang(`the page hangs in a loop over ${count} frames`);
}

/** A browser's channel. It refuses by throwing, whatever `how` says: it has no other way. */
export class Channel {
  isOpen = true;
  #sends = { accept: 0, refuse: 0, types: [0x07] };
  #sent = [];

  setSends({ accept, refuse, types = [0x07] }) {
    this.#sends = { accept, refuse, types };
  }

  send(bytes) {
    if (this.#sends.types.includes(bytes[0])) this.#count();
    this.#sent.push(Buffer.from(bytes).toString("hex"));
    return true; // the deployed wrapper returns false only while the channel is not open
  }

  takeSent() {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  #count() {
    const it = this.#sends;
    if (it.accept > 0) {
      it.accept -= 1;
    } else if (it.refuse === "all" || it.refuse > 0) {
      if (it.refuse !== "all") it.refuse -= 1;
      throw new ChannelError("the channel refuses as it was told");
    }
  }
}
