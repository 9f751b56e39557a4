/**
 * Sends lines to a WebSocket. The ring is the buffer: what does not fit on the way waits there, and what is
 * overwritten before it was sent becomes a `missing` record.
 */
import { utf8 } from "./capture.mjs";
import { now } from "./clock.mjs";

const EVERY = 100; // milliseconds between two looks at the ring
const PIECE = 64 * 1024; // characters of a message
const MOST_WAITING = 1024 * 1024; // bytes that the socket may hold
const FIRST_PAUSE = 500; // milliseconds before the next attempt; doubled each time
const LAST_PAUSE = 30_000;
const LASTING = 10_000; // milliseconds after which a connection counts as a good one
const LINGER = 5_000; // milliseconds that closing may take, unless its caller says otherwise

export class Stream {
  #reader;
  #pending;
  #url;
  #onEnd;
  #socket = null;
  #opened = 0; // when, in milliseconds
  #handed = 0; // bytes given to the socket
  #waiting = []; // what the socket may still hold: { mark, to }, where `to` counts as #handed
  #pause = FIRST_PAUSE;
  #timer; // of the looks at the ring
  #timeout; // of the next attempt, or of the end
  #isClosing = false;
  #ended;

  /**
   * @param {import("./reader.mjs").Reader} reader
   * @param {Set<Promise<void>>} pending what is being read, and must be before the end
   */
  constructor(reader, pending, url, onEnd) {
    this.#reader = reader;
    this.#pending = pending;
    this.#url = url;
    if (typeof WebSocket !== "function") throw new TypeError("there is no WebSocket here");
    let end;
    this.#ended = new Promise((resolve) => { end = resolve; });
    this.#onEnd = () => {
      onEnd();
      end();
    };
    this.#connect(); // throws if the address is wrong
    this.#timer = setInterval(() => this.#flush(), EVERY);
  }

  /** Whether there is a connection. */
  get isOpen() {
    return this.#socket?.readyState === 1;
  }

  /** Sends the rest, if there is a connection, and ends the stream after this time at the latest, in milliseconds. */
  close(within = LINGER) {
    if (this.#isClosing) return this.#ended;
    this.#isClosing = true;
    clearInterval(this.#timer);
    if (this.#pending.size === 0) this.#finish(within);
    else Promise.all(this.#pending).then(() => this.#finish(within));
    return this.#ended;
  }

  #finish(within) {
    this.#flush(Infinity);
    clearTimeout(this.#timeout);
    if (this.#socket === null) this.#onEnd();
    else {
      // A server that does not answer must not hold up anything.
      this.#timeout = setTimeout(() => this.#onEnd(), within);
      this.#socket.close();
    }
  }

  #connect() {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    [this.#handed, this.#waiting] = [0, []];
    socket.addEventListener("open", () => {
      this.#opened = now();
      this.#reader.begin();
      this.#flush();
    });
    socket.addEventListener("close", () => this.#closed(socket));
  }

  #closed(socket) {
    this.#socket = null;
    // What the socket still holds was not sent as a whole, or it does not know yet that it was. It is sent
    // again, in the part that the next connection begins: rather twice than not at all.
    const sent = this.#handed - socket.bufferedAmount;
    const lost = this.#waiting.find(({ to }) => to > sent);
    if (lost) this.#reader.back(lost.mark);
    if (this.#isClosing) {
      clearTimeout(this.#timeout);
      this.#onEnd();
      return;
    }
    if (this.#opened > 0 && now() - this.#opened > LASTING) this.#pause = FIRST_PAUSE;
    this.#opened = 0;
    this.#later();
  }

  #later() {
    this.#timeout = setTimeout(() => {
      try {
        this.#connect();
      } catch {
        this.#later(); // the page has replaced WebSocket
      }
    }, this.#pause);
    this.#pause = Math.min(2 * this.#pause, LAST_PAUSE);
  }

  #flush(most = MOST_WAITING) {
    const socket = this.#socket;
    if (socket?.readyState !== 1) return;
    const sent = this.#handed - socket.bufferedAmount;
    this.#waiting = this.#waiting.filter(({ to }) => to > sent);
    while (socket.bufferedAmount < most) {
      const mark = this.#reader.mark();
      const lines = this.#reader.next(PIECE);
      if (lines === "") return;
      try {
        socket.send(lines);
      } catch {
        this.#reader.back(mark); // the lines go with the next connection
        socket.close();
        return;
      }
      this.#handed += utf8(lines).length;
      this.#waiting.push({ mark, to: this.#handed });
    }
  }
}
