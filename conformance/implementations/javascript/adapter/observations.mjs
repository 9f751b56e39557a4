/**
 * Observations: what a session shows after each stimulus, as JSON text.
 *
 * Most of an answer consists of the queue and the history, and from one stimulus to the next they
 * change little: often one entry is added at the end. So the text of each is kept, and extended
 * where that is enough. A simpler adapter can call `JSON.stringify` for the whole observation: it
 * gives the same text, in more time.
 */
import { timestampFromMs } from "../src/index.mjs";

/** Observes a session of an exchange. */
export class Observer {
  #exchange;
  #queue = new PairListWriter();
  #history = new PairListWriter();

  constructor(exchange) {
    this.#exchange = exchange;
  }

  /** The state after a stimulus, with the datagrams sent during the stimulus. */
  observe(sent) {
    return `{${this.members(sent)}}`;
  }

  members(sent) {
    const { queue, map, history, verified, events } = this.#exchange;
    return (
      `"sent":${JSON.stringify(sent)}` +
      `,"queue":${this.#queue.write(queue)}` +
      `,"map":${JSON.stringify(map)}` +
      `,"history":${this.#history.write(sortedByFrame(history))}` +
      `,"verified":${verified}` +
      `,"events":${JSON.stringify(events)}`
    );
  }
}

/** Observes a session of a peer: its exchange, and then the members that only a peer has. */
export class PeerObserver {
  #peer;
  #observer;

  constructor(peer) {
    this.#peer = peer;
    this.#observer = new Observer(peer.exchange);
  }

  observe(sent) {
    const { confirmed, held, roundTrips, validation, episode, request, partner } = this.#peer;
    const round_trips = roundTrips.map(doubleHex);
    const state = { confirmed, held, round_trips, validation, episode, request, partner };
    return `{${this.#observer.members(sent)},${JSON.stringify(state).slice(1)}`;
  }
}

const doubleHex = (ms) => timestampFromMs(ms).toString(16).padStart(16, "0");

/**
 * Writes a list of pairs of frame and hash as JSON, after every stimulus. Pairs are compared by
 * identity: an exchange never changes a pair of its queue or history, and always returns the same
 * object for it.
 */
class PairListWriter {
  #pairs = []; // the list that was written last
  #text = ""; // its text, without the brackets

  write(pairs) {
    if (this.#pairs.length > 1 && this.#pairs[1] === pairs[0]) this.#removeFirst();
    const isExtended = this.#pairs.every((pair, at) => pair === pairs[at]);
    if (!isExtended || this.#pairs.length === 0) {
      this.#text = JSON.stringify(pairs).slice(1, -1);
    } else if (pairs.length > this.#pairs.length) {
      const added = pairs.slice(this.#pairs.length);
      this.#text += `,${JSON.stringify(added).slice(1, -1)}`;
    }
    this.#pairs = pairs;
    return `[${this.#text}]`;
  }

  /** The oldest entry has been removed, as from a history that is full. */
  #removeFirst() {
    this.#pairs = this.#pairs.slice(1);
    this.#text = this.#text.slice(this.#text.indexOf("],") + 2);
  }
}

/** Sorts the pairs by ascending frame. Most often they are in that order already. */
function sortedByFrame(pairs) {
  const isSorted = pairs.every(([frame], at) => at === 0 || pairs[at - 1][0] < frame);
  return isSorted ? pairs : pairs.sort(([a], [b]) => a - b);
}
