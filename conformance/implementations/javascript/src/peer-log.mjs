/**
 * The log of a whole peer (spec/trace.md): its header, and what each line holds and leaves out.
 *
 * peer-recorder.mjs says which stimuli there are; here is what they have done.
 */
import { timestampFromMs } from "./codec.mjs";
import { ADVANCE_BOUND } from "./peer.mjs";
import { checkedOptions } from "./peer-options.mjs";

/**
 * What the lines show of each chapter with `inspect`, by the names of an observation
 * (spec/adapter.md). Lists and objects are copies.
 */
const STATE = {
  inputs: { confirmed: (peer) => peer.confirmed, held: (peer) => peer.held },
  liveness: { round_trips: (peer) => peer.roundTrips.map(doubleHex) },
  validation: { validation: (peer) => peer.validation },
  episodes: { episode: (peer) => peer.episode },
  "catch-up": { request: (peer) => peer.request },
  focus: { partner: (peer) => peer.partner },
  exchange: {
    queue: (peer) => peer.exchange.queue,
    map: (peer) => peer.exchange.map,
    history: (peer) => peer.exchange.history.sort(([a], [b]) => a - b),
  },
};

const verified = (peer) => peer.exchange.verified;

/**
 * @typedef {ReturnType<typeof checkedOptions>} Options
 * @typedef {import("./peer.mjs").Peer} Peer
 */

export class PeerLog {
  #write;
  #send;
  #peer = null;
  #reads; // the name of each member that the lines show, and what reads it
  #shown; // the value of each as the log has it
  #found = 0; // how many events have been logged
  #quiet = null; // milliseconds in which nothing has happened, and which no line says yet
  #handed = 0; // how many datagrams were handed to the channel during this stimulus
  #sent = []; // those that it accepted, as hex
  #refused = []; // the numbers of the others

  /**
   * @param {Options} options
   * @param {boolean} inspect  whether the lines show what the peer holds
   * @param {(line: string) => void} write
   */
  constructor({ send, chapters }, inspect, write) {
    this.#write = (members) => write(`${JSON.stringify(members)}\n`);
    this.#send = (bytes) => send(bytes); // called without the log as its `this`
    const compared = chapters.has("exchange") ? { verified } : {};
    const inspected = inspect ? [...chapters].map((chapter) => STATE[chapter]) : [];
    this.#reads = Object.entries(Object.assign({}, compared, ...inspected));
    // With `inspect` the first line shows everything: a new peer may be wrong already.
    this.#shown = new Map(inspect ? [] : [["verified", null]]);
  }

  /** Writes the header, once the peer has accepted its options. */
  begin(peer, header) {
    this.#peer = peer;
    this.#write(header);
  }

  /** Hands one datagram to the channel of the game, and remembers what became of it. */
  send(bytes) {
    const hex = hexOf(bytes); // before the game has them: it may give their memory away
    const at = this.#handed++;
    let isAccepted = false;
    try {
      const answer = this.#send(bytes);
      isAccepted = answer !== false;
      return answer;
    } finally {
      if (isAccepted) this.#sent.push(hex);
      else this.#refused.push(at);
    }
  }

  /**
   * Processes a stimulus and writes its line. An `advance` in which nothing happens waits, to
   * become one line with those that follow.
   * @param {object} stimulus  as in the adapter protocol
   * @param {() => void} call  does not throw
   */
  record(stimulus, call) {
    [this.#handed, this.#sent, this.#refused] = [0, [], []];
    call();
    const effects = this.#effects(stimulus);
    if (stimulus.advance !== undefined && Object.keys(effects).length === 0) {
      this.#wait(stimulus.advance);
      return;
    }
    this.finish();
    this.#write({ ...stimulus, ...effects });
  }

  /** Writes the time that no line says yet. */
  finish() {
    if (this.#quiet === null) return;
    const advance = this.#quiet;
    this.#quiet = null;
    this.#write({ advance });
  }

  #wait(ms) {
    if (this.#quiet !== null && this.#quiet + ms > ADVANCE_BOUND) this.finish();
    this.#quiet = (this.#quiet ?? 0) + ms;
  }

  /** The members of the observation that are not as in the line before. */
  #effects(stimulus) {
    const effects = {};
    if (this.#sent.length > 0) effects.sent = this.#sent;
    if (this.#refused.length > 0) effects.refused = this.#refused;
    for (const [name, read] of this.#reads) {
      const value = read(this.#peer);
      if (isSame(value, this.#shown.get(name))) continue;
      this.#shown.set(name, value);
      effects[name] = value;
    }
    const found = this.#newEvents(stimulus);
    if (found.length > 0) effects.found = found;
    return effects;
  }

  /**
   * Reading the events copies them, and a game that has diverged has many. So they are read only
   * after a stimulus that can add one. The first of those after a reset never does, because the
   * hash that it compares with is forgotten (EXCH-27): then the count begins again.
   */
  #newEvents({ confirm, recv, rollback }) {
    const { exchange } = this.#peer;
    const isHash = recv?.startsWith("07");
    if (exchange === null || !(confirm || isHash || rollback)) return [];
    const { events } = exchange;
    const found = events.slice(this.#found);
    this.#found = events.length;
    return found;
  }
}

/**
 * The first line of the log.
 * @param {Options} options
 * @param {boolean} inspect
 */
export function headerOf({ send, local, firstFrame, chapters, parameters }, inspect) {
  const defaults = checkedOptions({ send, local });
  const capabilities = [...defaults.chapters].filter((chapter) => chapters.has(chapter));
  if (chapters.has("exchange")) capabilities.push("detect");
  if (inspect && capabilities.length > 0) capabilities.push("inspect"); // it needs another one
  const header = { trace: 1, capabilities, peer: { local, first_frame: firstFrame } };
  const others = Object.entries(parameters)
    .filter(([name, value]) => value !== defaults.parameters[name]);
  if (others.length > 0) {
    header.parameters = Object.fromEntries(others.map(([name, value]) => [snakeCase(name), value]));
  }
  return header;
}

const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes as lower-case hex. */
export function hexOf(bytes) {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  return hex;
}

const doubleHex = (ms) => timestampFromMs(ms).toString(16).padStart(16, "0");

/** Whether two values of an observation are the same: numbers, text, lists and objects of those. */
function isSame(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return a.length === b.length && a.every((value, at) => isSame(value, b[at]));
  }
  return Object.keys(a).every((name) => isSame(a[name], b[name])); // both have the same members
}
