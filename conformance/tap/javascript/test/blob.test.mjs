// Blobs: their bytes come later, or never, or are none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { happened } from "../testing/capture.mjs";
import { Channel } from "../testing/channels.mjs";

const bytes = (...values) => Uint8Array.from(values);

// How the bytes of one Blob are read. The tap keeps the method that it finds when it is loaded.
const readings = new WeakMap();
const { arrayBuffer } = Blob.prototype;
Blob.prototype.arrayBuffer = function () {
  return (readings.get(this) ?? (() => Reflect.apply(arrayBuffer, this, [])))();
};
const { tapChannel } = await import("../src/index.mjs");
const { NodeTap, tapSocket } = await import("../node.mjs");

/** A Blob of this size whose bytes are read in this way. */
function read(size, reading) {
  const blob = new Blob([new Uint8Array(size)]);
  readings.set(blob, reading);
  return blob;
}

test("blobs keep their places, and a question does not wait for what comes after it", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  let release;
  channel.arrive(read(1, () => new Promise((resolve) => { release = () => resolve(bytes(1).buffer); })));
  channel.arrive(bytes(2).buffer);
  await Promise.resolve();
  const text = tap.text();
  channel.arrive(bytes(3).buffer); // after the question
  await Promise.resolve();
  release();
  assert.deepEqual(happened(await text), [["received", "01"], ["received", "02"]]);
});

test("a Blob that gives no bytes, or others than it said, is missing", async () => {
  const unhandled = [];
  const note = (error) => unhandled.push(error);
  process.on("unhandledRejection", note);
  const channel = new Channel();
  const tap = tapChannel(channel);
  const gifts = [() => { throw new Error("gone"); }, () => Promise.reject(new Error("gone")),
    async () => Symbol("none"), async () => null, async () => "abcd", async () => ({ length: 4 }),
    async () => new ArrayBuffer(3), async () => new ArrayBuffer(2 ** 20)];
  for (const gift of gifts) channel.send(read(4, gift));
  channel.send(bytes(7));
  assert.deepEqual(happened(await tap.text()), [...gifts.map(() => ["missing", 1]), ["sent", "07"]]);
  await new Promise((resolve) => { setImmediate(resolve); }); // rejections are reported by then
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, []);
});

test("a Blob that is never read is missing when the patience ends", async () => {
  const { setTimeout } = globalThis;
  const channel = new Channel();
  const tap = tapChannel(channel, { patience: 1 });
  let late;
  globalThis.setTimeout = () => { throw new Error("replaced"); };
  channel.send(read(1, () => new Promise((resolve) => { late = resolve; })));
  channel.send(bytes(7));
  const expected = [["missing", 1], ["sent", "07"]];
  assert.deepEqual(happened(await tap.text()), expected);
  late(bytes(9).buffer);
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.deepEqual(happened(await tap.text()), expected, "what was told stays as it was");
  globalThis.setTimeout = setTimeout;
});

test("a Blob that is never read holds up no end", async () => {
  const channel = new Channel();
  const tap = new NodeTap({ patience: 1 });
  tap.attach(channel);
  channel.send(read(1, () => new Promise(() => {})));
  await tap.close();
});

test("what only says that it is a Blob or a buffer is missing, and is not asked", async () => {
  const asked = [];
  const ask = (name, value) => ({ get() { asked.push(name); return value; } });
  const sized = (tag, size) => Object.create(null, {
    [Symbol.toStringTag]: { value: tag }, size: ask("size", size), length: ask("length", size),
    byteLength: ask("byteLength", size), 0: ask("0", 7), then: ask("then", undefined),
    arrayBuffer: ask("arrayBuffer", async () => new ArrayBuffer(4)),
  });
  const proxy = new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect)
    .map((name) => [name, () => { asked.push(name); }])));
  const objects = ["Blob", "File", "ArrayBuffer", "SharedArrayBuffer", "Uint8Array"]
    .flatMap((tag) => [-1000, "4", 4.5, NaN, 200_000_000].map((size) => sized(tag, size)));
  const channel = new Channel();
  const tap = tapSocket(channel); // with `sent` before: it must not be lost either
  channel.send(bytes(1));
  for (const object of [...objects, proxy]) channel.send(object);
  channel.send(bytes(2));
  assert.deepEqual(happened(await tap.text()), [["sent", "01"],
    ...[...objects, proxy].map(() => ["missing", 1]), ["sent", "02"]]);
  assert.deepEqual(asked, []);
});
