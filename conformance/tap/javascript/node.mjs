/**
 * The tap for Node.js: any object with `send` that emits messages, with `on` as in `ws`, or with
 * `addEventListener`; and a file that gets the lines.
 */
import { errorMonitor } from "node:events";
import { createWriteStream, openSync } from "node:fs";
import { finished } from "node:stream/promises";
import { types } from "node:util";
import { bytesOf, engine, lengthOf } from "./src/bytes.mjs";
import { MOST_TEXT } from "./src/capture.mjs";
import { listenToEvents } from "./src/channel.mjs";
import { Tap } from "./src/tap.mjs";

const EVERY = 100; // milliseconds between two looks at what was recorded
const PIECE = 64 * 1024; // characters that are written at once

engine.isProxy = types.isProxy;

const UNREADABLE = Symbol("unreadable"); // is recorded as missing
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What a `message` event carries: `ws` hands over text as bytes too, and pieces, and a flag. */
function messageOf(data, isBinary) {
  const message = Array.isArray(data) ? joined(data) : data;
  if (isBinary !== false || typeof message === "string") return message;
  const bytes = bytesOf(message);
  return bytes === undefined || lengthOf(bytes) > MOST_TEXT ? UNREADABLE : decoder.decode(bytes);
}

/** The pieces of one message as one, if a record can hold it. */
function joined(pieces) {
  if (types.isProxy(pieces) || pieces.length > MOST_TEXT) return UNREADABLE;
  const arrays = pieces.map(bytesOf);
  const ends = [];
  let end = 0;
  for (const bytes of arrays) {
    end += bytes === undefined ? Infinity : lengthOf(bytes);
    if (end > MOST_TEXT) return UNREADABLE;
    ends.push(end);
  }
  const whole = new Uint8Array(end);
  arrays.forEach((bytes, i) => whole.set(bytes, ends[i] - lengthOf(bytes)));
  return whole;
}

/**
 * Listens to an emitter before the game does. Errors are watched in a way that does not count as handling
 * them: an error for which the game has no listener is still thrown.
 */
function listenToEmitter(emitter, recorder) {
  const listeners = [
    ["open", () => recorder.opened()],
    ["close", () => recorder.closed()],
    [errorMonitor, (error) => recorder.failed(error)],
    ["message", (data, isBinary) => {
      let message;
      try {
        message = messageOf(data, isBinary);
      } catch {
        message = UNREADABLE;
      }
      recorder.received(message);
    }],
  ];
  const add = emitter.prependListener ?? emitter.on;
  const remove = emitter.removeListener ?? emitter.off;
  for (const [event, listener] of listeners) add.call(emitter, event, listener);
  return () => {
    for (const [event, listener] of listeners) remove?.call(emitter, event, listener);
  };
}

/** A tap that can write a file as it records. */
export class NodeTap extends Tap {
  #file = null;
  #reader = null;
  #timer = null;
  #error = null;
  #closed = null;

  /** @param {import("./node.d.mts").NodeTapOptions} options */
  constructor({ file, ...options } = {}) {
    super(options);
    if (file === undefined) return;
    this.#reader = this.reader();
    // Opened at once: a wrong path is noticed before the game begins.
    this.#file = createWriteStream("", { fd: openSync(file, "w") });
    this.#file.on("error", (error) => this.#fail(error));
    this.#timer = setInterval(() => this.#write(), EVERY);
    this.#timer.unref(); // the tap alone does not keep the program alive
  }

  attach(socket, options = {}) {
    const listen = typeof socket.on === "function" ? listenToEmitter : listenToEvents;
    return super.attach(socket, { listen, ...options });
  }

  #fail(error) {
    this.#error = error;
    clearInterval(this.#timer);
  }

  /** Writes what there is, as far as the file takes it; the rest waits in the ring. */
  #write(isLast = false) {
    try {
      while (this.#error === null && (isLast || !this.#file.writableNeedDrain)) {
        const lines = this.#reader.next(PIECE);
        if (lines === "") return;
        this.#file.write(lines);
      }
    } catch (error) {
      this.#fail(error); // the game goes on, and `close` says so
    }
  }

  /** Ends the recording and completes the file. Rejects if the file could not be written. */
  close() {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish() {
    this.stop();
    if (this.#file === null) return;
    clearInterval(this.#timer);
    await this.settled();
    this.#write(true);
    if (this.records === 0) this.#file.write(await this.text()); // a capture is never empty
    if (this.#error !== null) throw this.#error;
    await finished(this.#file.end());
  }
}

/** Records a socket, and writes a file if `file` is given. */
export function tapSocket(socket, options = {}) {
  if (typeof socket?.send !== "function") throw new TypeError("the socket has no method `send`");
  if (typeof socket.on !== "function" && typeof socket.addEventListener !== "function") {
    throw new TypeError("the socket has neither `on` nor `addEventListener`");
  }
  const tap = new NodeTap(options);
  tap.attach(socket);
  return tap;
}
