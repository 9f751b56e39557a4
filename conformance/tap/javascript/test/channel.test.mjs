// One channel: what is recorded, and that the game notices nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tap, tapChannel } from "../src/index.mjs";
import { happened, parse } from "../testing/capture.mjs";
import { Channel } from "../testing/channels.mjs";

const bytes = (...values) => Uint8Array.from(values);

test("every kind of data is recorded as the channel takes it, in both directions", async () => {
  const buffer = bytes(0, 1, 2, 3, 4, 5, 6, 7).buffer;
  const cases = [
    [bytes(7, 0, 255), "0700ff"],
    [bytes(), ""],
    [buffer, "0001020304050607"],
    [new Uint8Array(buffer, 2, 3), "020304"],
    [new Uint16Array(buffer, 2, 2), "02030405"],
    [new DataView(buffer, 7), "07"],
    [Buffer.from("abc"), "616263"],
    [new Blob([bytes(9, 8)]), "0908"],
    ["", { text: "" }],
    ["{\"type\":\"test\"}\n", { text: "{\"type\":\"test\"}\n" }],
    ["ä\u{1f600}\ud800!", { text: "ä\u{1f600}\ufffd!" }], // as the channel sends it
    ["\ufefflabel", { text: "\ufefflabel" }],
    [12, { text: "12" }],
    [null, { text: "null" }],
  ];
  const channel = new Channel();
  const tap = tapChannel(channel);
  for (const [data] of cases) {
    channel.send(data);
    channel.arrive(data);
  }
  const expected = cases.flatMap(([, value]) => [["sent", value], ["received", value]]);
  assert.deepEqual(happened(await tap.text()), expected);
  assert.equal(tap.records, expected.length);
});

test("bytes are copied when they are sent", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  const data = bytes(1, 2);
  channel.send(data);
  data.fill(9);
  channel.fate = (given) => { given.fill(8); };
  channel.send(data);
  assert.deepEqual(happened(await tap.text()), [["sent", "0102"], ["sent", "0909"]]);
});

test("what no line can hold is missing, and is sent all the same", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  const detached = bytes(1, 2, 3);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  let asked = 0;
  const object = { toString: () => { asked += 1; return "object"; } };
  const all = [new Uint8Array(65_536), new Uint8Array(65_537), "x".repeat(524_289), object,
    new Blob([new Uint8Array(65_537)]), "ä".repeat(262_144), "\u0000".repeat(524_288)];
  for (const data of all) channel.send(data);
  const found = happened(await tap.text()).map(([what, value]) => [what, value.length ?? value.text?.length ?? value]);
  assert.deepEqual(found, [["sent", 131_072], ["missing", 1], ["missing", 1], ["missing", 1],
    ["missing", 1], ["sent", 262_144], ["sent", 524_288]]);
  assert.deepEqual(channel.taken.map(({ values: [it] }) => it), all);
  assert.equal(asked, 0, "the stand-in does not ask, and the tap may not either");
  channel.send(detached); // must not throw; a channel takes it as empty
});

test("arguments, receiver, result and error are those of the channel", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  const [data, result, error] = [bytes(1), { any: "thing" }, new TypeError("too large")];
  channel.fate = () => result;
  assert.equal(channel.send(data, "more", undefined), result);
  assert.equal(channel.taken[0].channel, channel);
  assert.deepEqual(channel.taken[0].values, [data, "more", undefined]);
  assert.equal(channel.taken[0].values[0], data);
  channel.fate = () => { throw error; };
  assert.throws(() => channel.send(data), (it) => it === error);
  channel.fate = () => false;
  assert.equal(channel.send(data), false);
  channel.fate = () => undefined;
  assert.equal(channel.send(), undefined);
  assert.deepEqual(channel.taken.at(-1).values, []);
  assert.deepEqual([channel.send.name, channel.send.length, Object.keys(channel).includes("send")],
    ["send", 1, false]);
  channel.send.call(new Channel("other"), data); // concerns another channel
  const found = happened(await tap.text()).map(([what]) => what);
  assert.deepEqual(found, ["sent", "refused", "refused", "missing"]);
});

test("a datagram for a socket that is not open is refused, although nothing is thrown", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  channel.readyState = "closing";
  channel.send(bytes(4));
  channel.readyState = 2;
  channel.send(bytes(5));
  channel.readyState = 1;
  channel.send(bytes(6));
  assert.deepEqual(happened(await tap.text()),
    [["refused", "04"], ["refused", "05"], ["sent", "06"]]);
});

test("opening, closing, errors and the buffered amount are recorded", async () => {
  const channel = new Channel();
  channel.readyState = "connecting";
  const tap = tapChannel(channel, { peer: "ann", revision: 5, redundancy: 3 });
  channel.become("open");
  channel.bufferedAmount = 118;
  channel.send(bytes(4));
  channel.dispatchEvent(Object.assign(new Event("error"), { error: new Error("gone \ud800") }));
  channel.dispatchEvent(new Event("error"));
  channel.become("closed");
  const { headers, records } = parse(await tap.text());
  assert.deepEqual(headers, [{ capture: 1, peer: "ann", revision: 5, origin: performance.timeOrigin,
    redundancy: 3 }]);
  const withoutTimes = records.map(({ n, at, ...rest }) => { assert.ok(n >= 0 && at > 0); return rest; });
  assert.deepEqual(withoutTimes, [{ channel: "open" }, { sent: "04", buffered: 118 },
    { error: "gone \ufffd" }, { error: "" }, { channel: "closed" }]);
});

test("an answer from within a handler follows what it answers, and a send what it causes", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  channel.addEventListener("message", ({ data }) => channel.send(data));
  channel.fate = ([first]) => { if (first === 1) channel.arrive(bytes(2)); };
  channel.send(bytes(1)); // delivered at once, as in a test without a network
  assert.deepEqual(happened(await tap.text()),
    [["sent", "01"], ["received", "02"], ["sent", "02"]]);
});

test("listeners of the game may be older than the tap", async () => {
  const data = () => Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data").get;
  const original = data();
  const channel = new Channel();
  channel.readyState = "connecting";
  const kept = [];
  channel.addEventListener("open", () => channel.send(bytes(1)));
  channel.addEventListener("message", (event) => {
    kept.push(event);
    if (kept.length === 1) channel.send(event.data);
  });
  channel.addEventListener("close", () => channel.send(bytes(9)));
  const tap = tapChannel(channel);
  assert.deepEqual([data().name, data().length], [original.name, original.length]);
  channel.become("open");
  channel.arrive(bytes(2));
  channel.arrive(bytes(3));
  assert.deepEqual(kept.map((event) => event.data[0]), [2, 3], "reading again records nothing");
  channel.become("closed");
  tap.stop();
  assert.equal(data(), original);
  assert.deepEqual(happened(await tap.text()), [["channel", "open"], ["sent", "01"],
    ["received", "02"], ["sent", "02"], ["received", "03"], ["channel", "closed"], ["refused", "09"]]);
});

test("after the stop everything is as it was", async () => {
  const [channel, other] = [new Channel(), new Channel()];
  const tap = tapChannel(channel);
  tap.attach(other, { name: "other" });
  tap.attach(channel);
  const ours = other.send;
  const replaced = (...values) => ours.apply(other, values);
  other.send = replaced;
  tap.stop();
  tap.stop();
  assert.ok(!Object.hasOwn(channel, "send"));
  assert.equal(other.send, replaced, "what the game has put there since stays");
  for (const it of [channel, other]) {
    it.send(bytes(1));
    it.arrive(bytes(1));
    assert.equal(it.taken.length, 1);
  }
  assert.equal(tap.records, 0);
  assert.equal((await tap.text()).split("\n").length, 2, "the header alone");
});

test("two taps on one channel do not disturb each other", async () => {
  const channel = new Channel();
  const [one, two] = [tapChannel(channel), tapChannel(channel)];
  channel.send(bytes(1));
  one.stop();
  channel.send(bytes(2));
  two.stop();
  channel.send(bytes(3));
  assert.equal(channel.taken.length, 3);
  assert.deepEqual(happened(await one.text()), [["sent", "01"]]);
  assert.deepEqual(happened(await two.text()), [["sent", "01"], ["sent", "02"]]);
});

test("a channel of the same name begins a new part", async () => {
  const [first, second, third] = [new Channel(), new Channel(), new Channel()];
  const tap = new Tap();
  tap.attach(first, { name: "ann" });
  tap.attach(second, { name: "ben", peer: "ben" });
  first.send(bytes(1));
  first.readyState = "closed"; // without an event, as at the end of a connection
  tap.attach(third, { name: "ann" });
  first.send(bytes(2));
  third.send(bytes(3));
  second.send(bytes(4));
  const { lines } = parse(await tap.text());
  const found = lines.map(({ capture, sent, channel, tap: name }) => [capture ?? sent ?? channel, name]);
  assert.deepEqual(found, [[1, "ann"], ["01", "ann"], ["closed", "ann"], [1, "ann"], ["03", "ann"],
    [1, "ben"], ["04", "ben"]]);
});

test("wrong options are refused", () => {
  const channel = new Channel();
  for (const wrong of [{ peer: 5 }, { peer: "x".repeat(201) }, { revision: 0 }, { revision: 8 },
    { revision: "7" }, { limit: 1000 }, { limit: 1e6 + 0.5 }, { limit: Infinity }, { redundancy: 0 },
    { redundancy: 16 }, { patience: -1 }, { patience: NaN }, { patience: 2 ** 31 }]) {
    assert.throws(() => tapChannel(channel, wrong), /`(peer|revision|limit|redundancy|patience)` is/);
  }
  assert.ok(!Object.hasOwn(channel, "send"));
});
