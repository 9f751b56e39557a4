// Bounded memory: what is kept, what is counted as missing, and what a reader sees while it goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tapChannel } from "../src/index.mjs";
import { Ring } from "../src/ring.mjs";
import { Tap } from "../src/tap.mjs";
import { happened, parse } from "../testing/capture.mjs";
import { Channel } from "../testing/channels.mjs";

const LIMIT = 256 * 1024;

/** A datagram that tells its number, of a size that depends on it. */
function numbered(number) {
  const bytes = new Uint8Array(4 + (number * 37) % 900);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

const numberOf = (hex) => Number.parseInt(hex.slice(0, 8), 16);

test("the memory grows in chunks up to the limit, and no further", () => {
  const channel = new Channel();
  const tap = tapChannel(channel, { limit: 1024 * 1024 });
  assert.equal(tap.memory, 0, "nothing is taken before something happens");
  const sizes = new Set();
  for (let number = 0; number < 20_000; number++) {
    channel.send(numbered(number));
    sizes.add(tap.memory);
  }
  assert.deepEqual([...sizes], [1, 2, 3, 4, 5, 6, 7, 8].map((count) => count * 131_072));
});

test("the limit is 16 MiB unless it is said", () => {
  const channel = new Channel();
  const tap = tapChannel(channel);
  for (let number = 0; number < 400; number++) channel.send(new Uint8Array(60_000));
  assert.equal(tap.memory, 16 * 1024 * 1024);
});

test("what is overwritten is missing at the beginning, to the last record", async () => {
  const channel = new Channel();
  const tap = tapChannel(channel, { limit: LIMIT });
  for (const count of [1, 100, 1000, 5000]) {
    for (let number = tap.records; number < count; number++) channel.send(numbered(number));
    const { records } = parse(await tap.text());
    const missing = records.reduce((sum, it) => sum + (it.missing ?? 0), 0);
    const kept = records.filter((it) => "sent" in it);
    assert.equal(missing + kept.length, count);
    assert.ok(count < 500 ? missing === 0 : missing > 0);
    assert.ok(records.every((it, i) => !("missing" in it) || i === 0));
    kept.forEach(({ sent }, i) => assert.equal(sent, Buffer.from(numbered(missing + i)).toString("hex")));
    records.forEach(({ at }, i) => assert.ok(i === 0 || at >= records[i - 1].at));
  }
});

test("a limit is used to at least half, whatever the sizes", async () => {
  for (const size of [13, 1_000, 65_536]) {
    const channel = new Channel();
    const tap = tapChannel(channel, { limit: 4 * 1024 * 1024 });
    const count = Math.ceil(6_000_000 / (size + 24));
    const data = new Uint8Array(size);
    for (let number = 0; number < count; number++) channel.send(data);
    const kept = happened(await tap.text()).filter(([what]) => what === "sent").length;
    assert.ok(kept * (size + 24) > 2 * 1024 * 1024, `${kept} of ${size} bytes`);
  }
});

test("each channel has its own missing records", async () => {
  const [quiet, loud, silent] = [new Channel(), new Channel(), new Channel()];
  const tap = new Tap({ limit: LIMIT });
  for (const [name, it] of Object.entries({ quiet, loud, silent })) tap.attach(it, { name });
  silent.become("closed");
  for (let number = 0; number < 3000; number++) {
    loud.send(numbered(number));
    if (number % 100 === 0) quiet.arrive(numbered(number));
  }
  const { headers, records } = parse(await tap.text());
  assert.deepEqual(headers.map(({ tap: name }) => name).sort(), ["loud", "quiet", "silent"]);
  for (const [name, count] of [["quiet", 30], ["loud", 3000], ["silent", 1]]) {
    const own = records.filter((it) => it.tap === name);
    const missing = own.reduce((sum, it) => sum + (it.missing ?? 0), 0);
    assert.equal(missing + own.filter((it) => !("missing" in it)).length, count, name);
    assert.equal(own.filter((it) => "missing" in it).length, 1, name);
  }
});

test("a reader that is overtaken tells how much, and repeats nothing", () => {
  const channel = new Channel();
  const tap = tapChannel(channel, { limit: LIMIT });
  const reader = tap.reader();
  let text = "";
  let number = 0;
  // Bursts that the reader follows, and bursts that overwrite more than there is room for.
  for (const burst of [10, 300, 5, 2000, 1, 5000, 50, 0, 700]) {
    for (const end = number + burst; number < end; number++) channel.send(numbered(number));
    for (let i = 0; i < 3; i++) text += reader.next(20_000);
  }
  for (let more; (more = reader.next(20_000)) !== "";) text += more;
  let next = 0;
  for (const { missing, sent } of parse(text).records) {
    if (missing) next += missing;
    else assert.equal(numberOf(sent), next++);
  }
  assert.equal(next, number);
  assert.equal(parse(text).headers.length, 1);
});

test("a reader goes back to a mark", () => {
  const channel = new Channel();
  const tap = tapChannel(channel, { limit: LIMIT });
  const reader = tap.reader();
  for (let number = 0; number < 20; number++) channel.send(numbered(number));
  const first = reader.next(1000);
  const mark = reader.mark();
  const second = reader.next(100_000);
  reader.back(mark);
  assert.equal(reader.next(100_000), second);
  reader.back(mark);
  reader.begin();
  const [header, ...records] = reader.next(100_000).split("\n");
  assert.equal(header, first.split("\n")[0], "the header again");
  assert.ok(records[0].startsWith('{"n":0,'), "numbers begin with the header");
  const withoutNumbers = (lines) => lines.map((line) => line.replace(/"n":\d+,/, ""));
  assert.deepEqual(withoutNumbers(records), withoutNumbers(second.split("\n")));
});

test("a place that is gone is not written to", () => {
  const ring = new Ring(LIMIT, () => {});
  const data = new Uint8Array(1000).fill(7);
  const old = ring.append(0, 0, 0, 0, 0, data, 1000);
  for (let i = 0; i < 1000; i++) ring.append(0, 0, 0, 0, 0, data, 1000);
  ring.refuse(old);
  ring.fill(old, new Uint8Array(1000));
  for (let place = ring.begin, it; (it = ring.at(place)); place = it.next) {
    assert.equal(it.kind, 0);
    assert.ok(it.payload.every((byte) => byte === 7));
  }
});

test("ten thousand channels in turn leave nothing behind but their last records", async () => {
  const tap = new Tap({ limit: LIMIT });
  for (let number = 0; number < 10_000; number++) {
    const channel = new Channel();
    tap.attach(channel, { name: "game" });
    channel.send(numbered(number));
  }
  const { headers, records } = parse(await tap.text());
  const kept = records.filter((it) => "sent" in it).length;
  // A header for each part of which something is left, and a few for those that are gone.
  assert.ok(headers.length <= kept + 70, `${headers.length} headers, ${kept} records`);
});

test("when there is no memory, the game goes on", () => {
  const { ArrayBuffer: real } = globalThis;
  const channel = new Channel();
  const tap = tapChannel(channel, { limit: 1024 * 1024 });
  channel.send(numbered(1));
  globalThis.ArrayBuffer = class extends real {
    constructor() { super(2 ** 60); }
  };
  try {
    for (let number = 0; number < 2000; number++) channel.send(numbered(number));
  } finally {
    globalThis.ArrayBuffer = real;
  }
  assert.equal(channel.taken.length, 2001);
  assert.equal(tap.memory, 131_072, "the first chunk is used again");
  assert.equal(tap.records, 2001);
});
