/** A tap: what is recorded of one or more channels, and how it gets into a file. */
import { headerLine, wellFormed } from "./capture.mjs";
import { listenToEvents, send, stateOf, tapSend, watchReading } from "./channel.mjs";
import { now, origin, startTimer, stopTimer } from "./clock.mjs";
import { ownClock } from "./own-clock.mjs";
import { Parts } from "./parts.mjs";
import { Reader } from "./reader.mjs";
import { Recorder } from "./recorder.mjs";
import { Kind, LEAST_LIMIT, Ring } from "./ring.mjs";
import { Stream } from "./stream.mjs";

const LIMIT = 16 * 1024 * 1024;
const MOST_LIMIT = 1024 * 1024 * 1024;
const PATIENCE = 5000; // milliseconds
const MOST_PATIENCE = 2 ** 31 - 1; // of a timer
const PIECE = 1024 * 1024; // characters of a file that are made at once
const MOST_NAME = 40;
const MOST_PEER = 200;

/** Puts something back. What the page has made unchangeable since stays; the tap under it records nothing. */
function putBack(undo) {
  try {
    undo();
  } catch {
    // Such as a prototype that was frozen.
  }
}

const pause = () => new Promise((resolve) => { startTimer(resolve); });

/** Begins with `text`, has at most `most` characters, and no half of one. */
const shortened = (text, most) => Array.from(wellFormed(text)).slice(0, most).join("");

function checked({ peer, revision, redundancy, limit = LIMIT, patience = PATIENCE }) {
  if (peer !== undefined && (typeof peer !== "string" || Array.from(peer).length > MOST_PEER)) {
    throw new TypeError(`\`peer\` is not a text of at most ${MOST_PEER} characters`);
  }
  const isWithin = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;
  if (revision !== undefined && !isWithin(revision, 1, 7)) {
    throw new RangeError("`revision` is not an integer from 1 to 7");
  }
  if (redundancy !== undefined && !isWithin(redundancy, 1, 15)) {
    throw new RangeError("`redundancy` is not an integer from 1 to 15");
  }
  if (!isWithin(limit, LEAST_LIMIT, MOST_LIMIT)) {
    throw new RangeError(`\`limit\` is not an integer from ${LEAST_LIMIT} to ${MOST_LIMIT}, in bytes`);
  }
  if (!isWithin(patience, 0, MOST_PATIENCE)) {
    throw new RangeError(`\`patience\` is not an integer from 0 to ${MOST_PATIENCE}, in milliseconds`);
  }
  const header = {
    peer: peer === undefined ? undefined : wellFormed(peer),
    revision,
    origin: origin(),
    redundancy,
  };
  return { header, limit, patience };
}

/** Records what is attached to it. */
export class Tap {
  #header;
  #parts = new Parts();
  #ring;
  #patience;
  #pending = new Set();
  #taps = new Set(); // a WeakRef of each channel, so that a tap keeps no channel alive
  #tapped = new WeakMap(); // by channel: { recorder, undo, name }
  #streams = new Set();
  #undo = [];
  #isWatching = false;

  /** @param {import("./index.d.mts").TapOptions} options */
  constructor(options = {}) {
    const { header, limit, patience } = checked(options);
    this.#header = header;
    this.#patience = patience;
    this.#ring = new Ring(limit, (part, at) => this.#parts.drop(part, at));
  }

  /** How many things were recorded, including those that were overwritten since. */
  get records() {
    return this.#ring.appended;
  }

  /** The memory of the ring in bytes. */
  get memory() {
    return this.#ring.memory;
  }

  /**
   * Begins to record a channel. With `name`, the capture can hold several channels. A channel that
   * `isNew` has no listeners of the game yet.
   *
   * @returns the recorder of the channel
   */
  attach(channel, { name, peer, listen = listenToEvents, wrap = tapSend, isNew = false } = {}) {
    const known = this.#tapped.get(channel);
    if (known?.recorder.isActive) return known.recorder;
    const header = this.#headerOf(name, peer);
    const state = stateOf(channel);
    const recorder = this.#recorder(header, state, now);
    if (!isNew && listen === listenToEvents) this.#watch();
    if (isNew && state === "open") recorder.recordOpening();
    const undo = [];
    try {
      for (const begin of [listen, wrap]) undo.push(begin(channel, recorder));
    } catch (error) {
      recorder.end(); // such as a channel whose methods cannot be replaced
      undo.forEach((put) => put());
      throw error;
    }
    this.#follow(channel, { recorder, undo, name: header.tap });
    return recorder;
  }

  /**
   * Begins to record the two ends of a channel in a game: the function with which it sends, and the one
   * that handles what arrives. Returns what to use in their place.
   */
  wrap({ send: original, receive: handler, setup, clock, name, peer }) {
    if (typeof original !== "function" || typeof handler !== "function") {
      throw new TypeError("`send` and `receive` are not both functions");
    }
    const own = ownClock(setup, clock, this.#header);
    const header = { ...this.#headerOf(name, peer), ...own?.header };
    const recorder = this.#recorder(header, undefined, own?.now ?? now);
    const ends = {
      send: (...values) => send(recorder, ends, original, values),
      receive: (...values) => {
        if (values.length > 0) recorder.received(values[0]);
        return Reflect.apply(handler, ends, values);
      },
      opened: () => recorder.turned(Kind.OPEN),
      closed: () => recorder.turned(Kind.CLOSED),
      failed: (error) => recorder.failed(error),
    };
    this.#follow(ends, { recorder, undo: [], name: header.tap });
    return ends;
  }

  #headerOf(name, peer) {
    const header = { ...this.#header };
    if (name !== undefined) header.tap = shortened(String(name), MOST_NAME);
    if (peer !== undefined) header.peer = shortened(String(peer), MOST_PEER);
    return header;
  }

  /** Begins a part. An older one of the same name is over. */
  #recorder(header, state, clock) {
    for (const [reference, { name }] of this.#live()) {
      if (name === header.tap) this.#detach(reference);
    }
    const part = this.#parts.add(header);
    return new Recorder(this.#ring, part, this.#pending, state, this.#patience, clock);
  }

  #follow(channel, tapped) {
    this.#tapped.set(channel, tapped);
    this.#taps.add(new WeakRef(channel));
  }

  #watch() {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.onStop(watchReading((channel) => this.recorderOf(channel)));
    this.onStop(() => { this.#isWatching = false; });
  }

  /** The recorder of a channel that was attached. */
  recorderOf(channel) {
    return channel ? this.#tapped.get(channel)?.recorder : undefined;
  }

  /**
   * The names of the channels that are recorded and go on. The close of a connection closes its channels
   * without an event, and not at once: `isOver` knows of it.
   */
  names(isOver = () => false) {
    const names = [];
    for (const [reference, { recorder, name }] of this.#live()) {
      const channel = reference.deref();
      if (["closing", "closed"].includes(stateOf(channel)) || isOver(channel)) recorder.closed();
      if (!recorder.wasClosed) names.push(name);
    }
    return names;
  }

  *#live() {
    for (const reference of this.#taps) {
      const channel = reference.deref();
      if (channel === undefined) this.#taps.delete(reference);
      else yield [reference, this.#tapped.get(channel)];
    }
  }

  #detach(reference) {
    const channel = reference.deref();
    this.#taps.delete(reference);
    const { recorder, undo } = this.#tapped.get(channel);
    if (stateOf(channel) === "closed") recorder.closed();
    recorder.end();
    undo.forEach(putBack);
  }

  /** Also to be undone by `stop`. */
  onStop(undo) {
    this.#undo.push(undo);
  }

  /** Ends the recording, and puts everything back as it was. What was recorded stays. */
  stop() {
    this.#undo.splice(0).forEach(putBack);
    for (const [reference] of this.#live()) this.#detach(reference);
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
  }

  /** Reads what was recorded, and what will be. */
  reader() {
    return new Reader(this.#ring, this.#parts);
  }

  /** Resolves when the bytes of every blob so far have been read, or are lost. */
  async settled() {
    if (this.#pending.size === 0) return;
    const alive = startTimer(() => {}, MOST_PATIENCE); // a program of Node.js that waits does not end
    await Promise.all(this.#pending);
    stopTimer(alive);
  }

  async #pieces() {
    const end = this.#ring.end;
    await this.settled();
    const reader = this.reader();
    const pieces = [];
    for (;;) {
      const piece = reader.next(PIECE, end, end);
      if (piece === "") break;
      pieces.push(piece);
      await pause(); // the game goes on
    }
    if (pieces.length === 0) {
      const [part] = this.#parts.all();
      pieces.push(headerLine(part?.header ?? this.#header));
    }
    return pieces;
  }

  /** The capture so far, as text. */
  async text() {
    return (await this.#pieces()).join("");
  }

  /** The capture so far, as a file. */
  async blob() {
    return new Blob(await this.#pieces(), { type: "application/jsonl" });
  }

  /** Lets the browser save the capture so far. */
  async download(name = `${this.#header.peer ?? "capture"}.jsonl`) {
    const address = URL.createObjectURL(await this.blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  /** Sends the capture to a WebSocket from now on, beginning with what is already there. */
  stream(url) {
    const stream = new Stream(this.reader(), this.#pending, url, () => this.#streams.delete(stream));
    this.#streams.add(stream);
    return stream;
  }
}

/** Records one channel. */
export function tapChannel(channel, options = {}) {
  const tap = new Tap(options);
  tap.attach(channel);
  return tap;
}
