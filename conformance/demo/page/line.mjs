/**
 * One end of a channel with a bad network in between.
 *
 * What arrives at this end is lost, delayed or doubled here, below the tap. So a capture shows what it
 * would show of a bad network: the tap of the sender has recorded the datagram as sent, and the tap of the
 * receiver has never seen it, or sees it later.
 *
 * To a game and to a tap it looks like the channel: it has `send` and the events.
 */
const COPY_LAG = 30; // milliseconds; a copy of a datagram arrives later than the first one by up to this

export class Line extends EventTarget {
  /** @type {{loss: number, delay: number, duplication: number}} chances from 0 to 1, and milliseconds */
  conditions;
  /** Whether the network loses this datagram on its way to this end, besides the chance. */
  loses = () => false;
  /** Whether this end has no room for this datagram. */
  refuses = () => false;
  #channel;
  #random;
  #now;
  #flying = []; // { due, data }, in no order
  #isClosed = false;

  /**
   * @param {RTCDataChannel} channel  open
   * @param {import("./random.mjs").Random} random
   * @param {() => number} now  the time in milliseconds
   */
  constructor(channel, conditions, random, now) {
    super();
    this.#channel = channel;
    this.#random = random;
    this.#now = now;
    this.conditions = conditions;
    channel.addEventListener("message", ({ data }) => this.#arrived(data));
    channel.addEventListener("close", () => this.#closed());
    channel.addEventListener("error", ({ error }) => {
      this.dispatchEvent(Object.assign(new Event("error"), { error }));
    });
  }

  get readyState() {
    return this.#isClosed ? "closed" : this.#channel.readyState;
  }

  get bufferedAmount() {
    return this.#channel.bufferedAmount;
  }

  /** Hands a datagram to the channel. Throws like a channel whose buffer is full, or that is closed. */
  send(data) {
    if (this.refuses(data)) throw new DOMException("the send buffer is full", "OperationError");
    this.#channel.send(data);
  }

  /** Delivers what is due by now. */
  deliver() {
    const now = this.#now();
    if (!this.#flying.some(({ due }) => due <= now)) return;
    const due = this.#flying.filter((it) => it.due <= now);
    this.#flying = this.#flying.filter((it) => it.due > now);
    due.sort((a, b) => a.due - b.due);
    for (const { data } of due) this.#give(data);
  }

  close() {
    this.#channel.close();
    this.#closed();
  }

  #arrived(data) {
    const { loss, delay, duplication } = this.conditions;
    if (this.#isClosed || this.#random.happens(loss)) return;
    if (typeof data !== "string" && this.loses(new Uint8Array(data))) return;
    const copies = this.#random.happens(duplication) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      // A datagram takes half the delay to one and a half of it, so one may overtake another.
      const time = delay / 2 + (delay * this.#random.below(1001)) / 1000;
      const lag = copy * this.#random.below(COPY_LAG + 1);
      if (time + lag === 0) this.#give(data);
      else this.#flying.push({ due: this.#now() + time + lag, data });
    }
  }

  #give(data) {
    if (!this.#isClosed) this.dispatchEvent(new MessageEvent("message", { data }));
  }

  #closed() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#flying = [];
    this.dispatchEvent(new Event("close"));
  }
}
