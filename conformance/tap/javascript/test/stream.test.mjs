// The stream to a WebSocket: a stand-in for the socket, and timers that the test moves.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { tapChannel } from "../src/index.mjs";
import { happened, parse } from "../testing/capture.mjs";
import { Channel } from "../testing/channels.mjs";

const real = { setTimeout, setInterval, clearTimeout, clearInterval, WebSocket: globalThis.WebSocket };
let timers;
let sockets;

/** What waits, in milliseconds. */
const waiting = () => timers.filter(Boolean).map(({ ms }) => ms);

function fire(ms) {
  const index = timers.findIndex((it) => it?.ms === ms);
  assert.ok(index >= 0, `no timer of ${ms} ms among ${waiting()}`);
  const timer = timers[index];
  if (!timer.repeats) timers[index] = null;
  timer.run();
}

class FakeSocket extends EventTarget {
  readyState = 0;
  bufferedAmount = 0;
  messages = [];
  isSlow = false;

  constructor(url) {
    super();
    if (!String(url).startsWith("ws")) throw new SyntaxError("wrong address");
    sockets.push(this);
  }

  send(text) {
    this.messages.push(text);
    if (this.isSlow) this.bufferedAmount += Buffer.byteLength(text);
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  close() {
    if (this.readyState !== 1) this.lose();
    else this.readyState = 2;
  }

  lose() {
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }
}

beforeEach(() => {
  [timers, sockets] = [[], []];
  globalThis.WebSocket = FakeSocket;
  const add = (repeats) => (run, ms = 0) => timers.push({ run, ms, repeats }) - 1;
  const remove = (index) => { if (index !== undefined) timers[index] = null; };
  Object.assign(globalThis, { setTimeout: add(false), setInterval: add(true),
    clearTimeout: remove, clearInterval: remove });
});
afterEach(() => Object.assign(globalThis, real));

const bytes = (...values) => Uint8Array.from(values);
const sent = (...hex) => hex.map((it) => ["sent", it]);

test("a socket that refuses what it is given is replaced, and loses nothing", () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  tap.stream("ws://localhost/");
  sockets[0].open();
  channel.send(bytes(1));
  sockets[0].send = () => { throw new Error("mine"); };
  fire(100);
  sockets[0].lose();
  globalThis.WebSocket = class { constructor() { throw new Error("replaced"); } };
  fire(500);
  globalThis.WebSocket = FakeSocket;
  fire(1000);
  sockets[1].open();
  assert.deepEqual(happened(sockets[1].messages.join("")), sent("01"));
});

test("lines go out in the order of the records, the older ones too", () => {
  const channel = new Channel();
  const tap = tapChannel(channel, { peer: "ann" });
  channel.send(bytes(1));
  const stream = tap.stream("ws://localhost/");
  assert.ok(!stream.isOpen);
  fire(100); // not connected yet
  sockets[0].open();
  channel.send(bytes(2));
  assert.equal(sockets[0].messages.length, 1, "a send costs nothing but its record");
  fire(100);
  const text = sockets[0].messages.join("");
  assert.deepEqual(happened(text), sent("01", "02"));
  assert.equal(parse(text).headers[0].peer, "ann");
});

test("what the socket does not take waits in the ring, and what is overwritten there is missing", () => {
  const channel = new Channel();
  const tap = tapChannel(channel, { limit: 256 * 1024 });
  tap.stream("ws://localhost/");
  const [socket] = sockets;
  socket.isSlow = true;
  socket.open();
  const data = new Uint8Array(1000);
  let count = 0;
  for (let burst = 0; burst < 20; burst++) {
    for (let i = 0; i < 200; i++, count++) channel.send(data);
    fire(100);
    assert.ok(socket.bufferedAmount < 1024 * 1024 + 70_000, `${socket.bufferedAmount} bytes wait`);
  }
  socket.isSlow = false;
  socket.bufferedAmount = 0;
  fire(100);
  const { records } = parse(socket.messages.join(""));
  const missing = records.reduce((sum, it) => sum + (it.missing ?? 0), 0);
  assert.ok(missing > 0);
  assert.equal(missing + records.filter((it) => it.sent).length, count);
});

test("a lost connection is opened again, with a header, and what it still held is sent again", () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  tap.stream("ws://localhost/");
  sockets[0].open();
  channel.send(bytes(1));
  fire(100);
  sockets[0].isSlow = true;
  for (const value of [2, 3]) {
    channel.send(bytes(value));
    fire(100);
  }
  sockets[0].lose();
  channel.send(bytes(4));
  fire(500);
  sockets[1].open();
  const arrived = sockets[0].messages.slice(0, 1).join("");
  assert.deepEqual(happened(arrived), sent("01"));
  assert.deepEqual(happened(sockets[1].messages.join("")), sent("02", "03", "04"));
});

test("the pause between attempts grows up to half a minute", () => {
  tapChannel(new Channel()).stream("ws://localhost/");
  const pauses = [];
  for (let attempt = 0; attempt < 10; attempt++) {
    sockets.at(-1).lose();
    const pause = waiting().find((ms) => ms !== 100);
    pauses.push(pause);
    fire(pause);
  }
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000, 30000]);
  // A server that hangs up at once does not count as a good one.
  sockets.at(-1).open();
  sockets.at(-1).lose();
  assert.deepEqual(waiting().filter((ms) => ms !== 100), [30000]);
});

test("the close sends the rest and ends, also without an answer of the server", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  const stream = tap.stream("ws://localhost/");
  sockets[0].open();
  channel.send(bytes(1));
  const ended = stream.close();
  assert.equal(stream.close(), ended);
  assert.deepEqual(happened(sockets[0].messages.join("")), sent("01"));
  assert.equal(sockets[0].readyState, 2);
  fire(5000);
  await ended;
  sockets[0].lose();
  assert.deepEqual(waiting(), [], "no timer is left");
  const other = tap.stream("ws://localhost/");
  sockets[1].open();
  const closed = other.close();
  sockets[1].lose();
  await closed;
  assert.deepEqual(waiting(), []);
});

test("the stop of the tap ends its streams, also one that waits for a connection", () => {
  const tap = tapChannel(new Channel());
  tap.stream("ws://localhost/");
  tap.stream("ws://localhost/");
  tap.stream("ws://localhost/");
  sockets[0].open();
  sockets[1].lose();
  tap.stop();
  sockets[0].lose();
  assert.deepEqual(waiting(), []);
  assert.equal(sockets.length, 3);
});

test("a wrong address is an error at once", () => {
  const tap = tapChannel(new Channel());
  assert.throws(() => tap.stream("nowhere"), /wrong address/);
  assert.deepEqual(waiting(), []);
  delete globalThis.WebSocket;
  assert.throws(() => tap.stream("ws://localhost/"), /there is no WebSocket here/);
});

test("a blob that is being read holds up the lines after it, and nothing else", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  tap.stream("ws://localhost/");
  sockets[0].open();
  channel.send(bytes(1));
  channel.send(new Blob([bytes(2)]));
  channel.send(bytes(3));
  fire(100);
  assert.deepEqual(happened(sockets[0].messages.join("")), sent("01"));
  await tap.settled();
  fire(100);
  assert.deepEqual(happened(sockets[0].messages.join("")), sent("01", "02", "03"));
  // The end waits for it too.
  channel.send(new Blob([bytes(4)]));
  channel.send(bytes(5));
  tap.stop();
  assert.equal(sockets[0].readyState, 1);
  await tap.settled();
  await Promise.resolve();
  assert.deepEqual(happened(sockets[0].messages.join("")), sent("01", "02", "03", "04", "05"));
  assert.equal(sockets[0].readyState, 2);
});
