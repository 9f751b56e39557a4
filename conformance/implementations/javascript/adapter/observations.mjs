/**
 * Observations: what a session shows of its exchange after each stimulus, as JSON text.
 *
 * Most of the answers of a session consist of the three lists of an exchange, which change little from
 * one stimulus to the next: a hash is added at the end, or nothing changes at all. So the text of
 * every entry is kept and written again as long as the entry stays in its place.
 * `JSON.stringify(exchange.history)` gives the same text, in more time.
 */
export class Observer {
  #exchange;
  #queue = new PairListWriter();
  #map = new PairListWriter();
  #history = new PairListWriter();

  constructor(exchange) {
    this.#exchange = exchange;
  }

  /** The state of the exchange after a stimulus, with the datagrams sent during the stimulus. */
  observe(sent) {
    const { queue, map, history, verified, events } = this.#exchange;
    return (
      `{"sent":${JSON.stringify(sent)}` +
      `,"queue":${this.#queue.write(queue)}` +
      `,"map":${this.#map.write(map)}` +
      `,"history":${this.#history.write(sortedByFrame(history))}` +
      `,"verified":${verified}` +
      `,"events":${JSON.stringify(events)}}`
    );
  }
}

/** Writes a list of pairs of frame and hash as JSON, again and again. */
class PairListWriter {
  #pairs = []; // the list that was written last
  #text = ""; // its text, without the brackets

  write(pairs) {
    const isExtended = this.#pairs.every((pair, at) => isSamePair(pair, pairs[at]));
    if (!isExtended || this.#pairs.length === 0) {
      this.#text = JSON.stringify(pairs).slice(1, -1);
    } else if (pairs.length > this.#pairs.length) {
      const added = pairs.slice(this.#pairs.length);
      this.#text += `,${JSON.stringify(added).slice(1, -1)}`;
    }
    this.#pairs = pairs;
    return `[${this.#text}]`;
  }
}

function isSamePair(pair, other) {
  return other !== undefined && pair[0] === other[0] && pair[1] === other[1];
}

/** Sorts the pairs by ascending frame. Most often they are in that order already. */
function sortedByFrame(pairs) {
  const isSorted = pairs.every(([frame], at) => at === 0 || pairs[at - 1][0] < frame);
  return isSorted ? pairs : pairs.sort(([a], [b]) => a - b);
}
