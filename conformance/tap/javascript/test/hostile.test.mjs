// A page that has replaced what the tap uses, and values that are not what they seem.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NodeTap, tapSocket } from "../node.mjs";
import { tapChannel } from "../src/index.mjs";
import { Ring } from "../src/ring.mjs";
import { Tap } from "../src/tap.mjs";
import { happened, parse } from "../testing/capture.mjs";
import { Channel, Socket, until } from "../testing/channels.mjs";

const bytes = (...values) => Uint8Array.from(values);
const withLength = (array, value) => Object.defineProperty(array, "length", { value });

test("the length of an array is the one that it has, not the one that it says", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  const lengths = [-1000, "5", 1.5, NaN, 0, 4, 60_000, 2 ** 40, undefined, 5n];
  channel.send(bytes(1));
  for (const length of lengths) channel.send(withLength(bytes(7, 7, 7, 7, 7), length));
  channel.send(withLength(new Uint8Array(65_537), 5));
  const view = Object.defineProperties(new Uint16Array(2), {
    buffer: { value: "none" }, byteOffset: { value: -2 }, byteLength: { value: 2 ** 40 },
  });
  channel.send(view);
  assert.deepEqual(happened(await tap.text()), [["sent", "01"],
    ...lengths.map(() => ["sent", "0707070707"]), ["missing", 1], ["sent", "00000000"]]);
});

test("a ring refuses what it cannot hold, and keeps what it has", () => {
  const ring = new Ring(256 * 1024, () => {});
  ring.append(0, 0, 0, 1, 0, bytes(7), 1);
  const { end } = ring;
  for (const length of [-1000, "4", 1.5, NaN, 2 ** 31, undefined, 2]) {
    assert.throws(() => ring.append(0, 0, 0, 1, 0, bytes(7), length), RangeError, String(length));
    if (length !== 2) assert.throws(() => ring.append(0, 2, 0, 1, 0, null, length), RangeError);
  }
  assert.deepEqual([ring.end, ring.appended, ring.at(0).payload], [end, 1, bytes(7)]);
});

test("a clock that the game replaces changes no time", async () => {
  const { now } = performance;
  const channel = new Channel();
  const tap = tapChannel(channel);
  const clocks = [() => NaN, () => -5, () => 5n, () => Infinity, () => "5", () => undefined,
    () => { throw new Error("no clock"); }];
  const before = performance.now();
  try {
    for (const clock of clocks) {
      performance.now = clock;
      channel.send(bytes(7));
    }
  } finally {
    performance.now = now;
  }
  const { records } = parse(await tap.text());
  assert.equal(records.length, clocks.length);
  for (const { at } of records) assert.ok(at >= Math.floor(before) && at <= performance.now() + 1, at);
});

test("what a channel says of itself is a number of bytes, or is left out", async () => {
  for (const amount of [-1, NaN, 1.5, 2 ** 60, "5", 5n, null, Infinity]) {
    const socket = new Socket();
    const tap = tapSocket(socket);
    socket.bufferedAmount = amount;
    socket.send(bytes(7));
    const { records: [{ buffered }] } = parse(await tap.text());
    assert.equal(buffered, undefined, String(amount));
  }
  const socket = new Socket();
  const shy = { get() { throw new Error("mine"); } };
  Object.defineProperties(socket, { readyState: shy, bufferedAmount: shy });
  const tap = tapSocket(socket);
  socket.send(bytes(7));
  assert.deepEqual(happened(await tap.text()), [["sent", "07"]]);
});

test("an integer whose text would take seconds is missing", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  for (const value of [5n, -(2n ** 1023n), 2n ** 1024n, -(1n << 20_000_000n)]) channel.send(value);
  assert.deepEqual(happened(await tap.text()), [["sent", { text: "5" }],
    ["sent", { text: String(-(2n ** 1023n)) }], ["missing", 1], ["missing", 1]]);
});

test("events that cannot be read do not end the game", async () => {
  const shy = { get() { throw new Error("mine"); } };
  const thrown = [];
  const note = (error) => thrown.push(error);
  process.on("uncaughtException", note);
  const channel = new Channel();
  const tap = tapChannel(channel);
  channel.dispatchEvent(Object.defineProperty(new Event("message"), "data", shy));
  channel.dispatchEvent(Object.defineProperty(new Event("error"), "error", shy));
  channel.dispatchEvent(Object.assign(new Event("error"), { error: { message: { toString: shy.get } } }));
  const event = Object.defineProperty(new MessageEvent("message", { data: "07" }), "eventPhase", shy);
  assert.equal(event.data, "07");
  await new Promise((resolve) => { setImmediate(resolve); }); // exceptions are reported by then
  process.off("uncaughtException", note);
  assert.deepEqual(thrown, []);
  assert.deepEqual(happened(await tap.text()), [["missing", 1], ["error", ""], ["error", ""]]);
});

test("the pieces of a message are joined as far as a record can hold them", async () => {
  const socket = new Socket();
  const tap = tapSocket(socket);
  const large = new Uint8Array(100_000);
  socket.emit("message", [bytes(1), withLength(bytes(2), 1000), bytes()], true);
  socket.emit("message", [bytes(0x61), bytes(0x62)], false);
  socket.emit("message", Array(2000).fill(large), true);
  socket.emit("message", [bytes(1), { length: 200_000_000 }], true);
  socket.emit("message", { length: 200_000_000 }, false);
  socket.emit("message", 5, false);
  assert.deepEqual(happened(await tap.text()), [["received", "0102"], ["received", { text: "ab" }],
    ["missing", 1], ["missing", 1], ["missing", 1], ["missing", 1]]);
});

test("a record that was lost for want of memory is told", async () => {
  const { ArrayBuffer: real } = globalThis;
  const channel = new Channel();
  const tap = tapChannel(channel);
  globalThis.ArrayBuffer = class extends real {
    constructor() { super(2 ** 60); }
  };
  try {
    for (let number = 0; number < 3; number++) channel.send(bytes(number));
    assert.deepEqual(happened(await tap.text()), [["missing", 3]], "there is no memory yet");
  } finally {
    globalThis.ArrayBuffer = real;
  }
  channel.send(bytes(7));
  assert.deepEqual(happened(await tap.text()), [["missing", 3], ["sent", "07"]]);
});

test("lines that cannot be made end the file, and not the game", async () => {
  const { stringify } = JSON;
  const thrown = [];
  const note = (error) => thrown.push(error);
  process.on("uncaughtException", note);
  const tap = new NodeTap({ file: process.platform === "win32" ? "NUL" : "/dev/null" });
  const socket = new Socket();
  tap.attach(socket);
  socket.send(bytes(7));
  let isAsked = false;
  JSON.stringify = () => {
    isAsked = true;
    throw new Error("replaced");
  };
  await until(() => isAsked); // by the timer of the tap
  await new Promise((resolve) => { setImmediate(resolve); });
  JSON.stringify = stringify;
  process.off("uncaughtException", note);
  assert.deepEqual(thrown, []);
  await assert.rejects(tap.close(), /replaced/);
});

test("what a page has given to every object does not get into a line", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel, { peer: "ann" });
  Object.prototype.toJSON = () => "mine";
  try {
    channel.send(bytes(7));
    channel.send("text");
    channel.send({});
    const { headers, records } = parse(await tap.text());
    assert.equal(headers[0].peer, "ann");
    assert.deepEqual(records.map(({ sent, missing }) => sent ?? missing), ["07", { text: "text" }, 1]);
  } finally {
    delete Object.prototype.toJSON;
  }
});

test("a stop puts back what it can, and ends the recording of the rest", async () => {
  const [frozen, free] = [new Channel(), new Channel()];
  const tap = new Tap();
  tap.attach(frozen, { name: "frozen" });
  tap.attach(free, { name: "free" });
  Object.freeze(frozen);
  tap.stop();
  for (const channel of [frozen, free]) channel.send(bytes(7));
  assert.deepEqual([frozen.taken.length, free.taken.length], [1, 1]);
  assert.ok(!Object.hasOwn(free, "send"));
  assert.equal(tap.records, 0);
});

test("a channel that does not let itself be tapped is left as it was", () => {
  const socket = new Socket();
  Object.defineProperty(socket, "send", { value: () => {}, writable: false, configurable: false });
  assert.throws(() => tapSocket(socket), TypeError);
  assert.deepEqual(socket.eventNames(), []);
});
