/**
 * Observations: what a session shows after each stimulus, as JSON text.
 *
 * Most of an answer consists of the lists of an exchange, and from one stimulus to the next they
 * change little: often one entry is added at the end. So the texts of their entries are kept. A
 * simpler adapter can call `JSON.stringify` for the whole observation: it gives the same text, in
 * more time.
 *
 * What is written between quotes here is a name or hex, in which nothing needs an escape.
 */
import { timestampFromMs } from "../src/index.mjs";

/** Observes a session of an exchange. */
export class Observer {
  #exchange;
  #queue = new ListWriter(pairText);
  #map = new ListWriter(pairText);
  #history = new ListWriter(pairText);
  #events = new ListWriter(eventText);

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
      `"sent":${listText(sent, quoted)}` +
      `,"queue":[${this.#queue.write(queue)}]` +
      `,"map":[${this.#map.write(map)}]` +
      `,"history":[${this.#history.write(sortedByFrame(history))}]` +
      `,"verified":${verified}` +
      `,"events":[${this.#events.write(events)}]`
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
    return (
      `{${this.#observer.members(sent)}` +
      `,"confirmed":${confirmed}` +
      `,"held":${listText(held, numbersText)}` +
      `,"round_trips":${listText(roundTrips, doubleText)}` +
      `,"validation":${quoted(validation)}` +
      `,"episode":${episode === null ? null : episodeText(episode)}` +
      `,"request":${request === null ? null : numbersText(request)}` +
      `,"partner":${quoted(partner)}}`
    );
  }
}

const quoted = (name) => (name === null ? "null" : `"${name}"`);
const pairText = (pair) => `[${pair[0]},"${pair[1]}"]`;
const eventText = ({ frame, local, peer }) =>
  `{"frame":${frame},"local":"${local}","peer":"${peer}"}`;
const numbersText = (numbers) => `[${numbers.join(",")}]`;
const doubleText = (ms) => quoted(timestampFromMs(ms).toString(16).padStart(16, "0"));
const episodeText = ({ number, phase, end, agreed, start, hashes }) =>
  `{"number":${number},"phase":"${phase}","end":${end},"agreed":${agreed}` +
  `,"start":${quoted(start)},"hashes":${quoted(hashes)}}`;

/** A list that is most often empty. */
const listText = (entries, textOf) =>
  (entries.length === 0 ? "[]" : `[${entries.map(textOf).join(",")}]`);

/**
 * Writes a list as JSON without its brackets, after every stimulus. Entries are compared by
 * identity: an exchange never changes an entry of its lists, and always returns the same object for
 * it.
 */
class ListWriter {
  #textOf;
  #entries = []; // the list that was written last
  #sizes = []; // the lengths of the texts of its entries
  #text = ""; // of the list, with commas between the entries

  /** @param textOf  makes the text of an entry */
  constructor(textOf) {
    this.#textOf = textOf;
  }

  write(entries) {
    // Entries leave in front when they are sent, or when they are the oldest of a full history.
    const removed = Math.max(0, this.#entries.indexOf(entries[0]));
    const kept = countOfEqual(this.#entries, removed, entries);
    const isUnchanged = kept === entries.length && kept === this.#entries.length;
    if (!isUnchanged) this.#change(entries, removed, kept);
    return this.#text;
  }

  /** `kept` entries stay, after those that are removed in front; what follows them is new. */
  #change(entries, removed, kept) {
    const begin = this.#sizeOf(0, removed);
    const end = begin + this.#sizeOf(removed, kept);
    const texts = kept === 0 ? [] : [this.#text.slice(begin, end - 1)]; // without the last comma
    this.#sizes = this.#sizes.slice(removed, removed + kept);
    for (let at = kept; at < entries.length; at++) {
      const text = this.#textOf(entries[at]);
      texts.push(text);
      this.#sizes.push(text.length);
    }
    this.#text = texts.join(",");
    this.#entries = entries;
  }

  /** The size of the texts of some entries, with a comma after each. */
  #sizeOf(from, count) {
    let size = count;
    for (let at = from; at < from + count; at++) size += this.#sizes[at];
    return size;
  }
}

/** How many entries of `before`, from a place on, are those with which `now` begins. */
function countOfEqual(before, from, now) {
  const most = Math.min(before.length - from, now.length);
  let count = 0;
  while (count < most && before[from + count] === now[count]) count += 1;
  return count;
}

/** Sorts the pairs by ascending frame. Most often they are in that order already. */
function sortedByFrame(pairs) {
  for (let at = 1; at < pairs.length; at++) {
    if (pairs[at - 1][0] > pairs[at][0]) return pairs.sort((a, b) => a[0] - b[0]);
  }
  return pairs;
}
