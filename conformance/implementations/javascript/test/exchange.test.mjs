// The exchange by itself, used in the ways in which a game could misuse it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Exchange, HISTORY_BOUND, MAP_BOUND } from "../src/exchange.mjs";
import { decode, encode, Refusal } from "../src/index.mjs";

const HASH = { a: "a".repeat(16), b: "b".repeat(16) };
const bytesOf = (frame, hash = HASH.a) => encode({ type: "state_hash", frame, hash });
const framesOf = (pairs) => pairs.map(([frame]) => frame);

/** An exchange whose sent frames and debug lines are kept; options replace the functions. */
function peer(options = {}) {
  const sent = [];
  const lines = [];
  const exchange = new Exchange({
    send: (bytes) => { sent.push(decode(bytes).frame); },
    isOpen: () => true,
    debug: (line) => { lines.push(line); },
    ...options,
  });
  return { exchange, sent, lines };
}
const stateOf = ({ queue, map, history, rollingBack, verified, events }) =>
  ({ queue, map, history, rollingBack, verified, events });

test("only false and an error refuse", () => {
  for (const accepts of [undefined, null, 0, "", true, Promise.resolve(false)]) {
    const { exchange } = peer({ send: () => accepts });
    exchange.confirm(1, HASH.a);
    exchange.tick();
    assert.deepEqual(exchange.queue, []);
  }
  for (const refuses of [() => false, () => { throw new Error("full"); }, () => { throw null; }]) {
    let tries = 0;
    const { exchange, lines } = peer({ send: () => { tries += 1; return refuses(); } });
    exchange.confirm(2, HASH.a);
    exchange.confirm(1, HASH.b);
    for (let tick = 1; tick <= 3; tick++) {
      exchange.tick();
      assert.equal(tries, tick); // EXCH-11
      assert.deepEqual(exchange.queue, [[2, HASH.a], [1, HASH.b]]); // EXCH-12
    }
    assert.deepEqual(lines, []);
  }
});

test("a channel that closes in the middle of a tick gets no more", () => {
  let room = 2;
  const { exchange, sent } = peer({ isOpen: () => room-- > 0 });
  for (const frame of [1, 2, 3]) exchange.confirm(frame, HASH.a);
  exchange.tick();
  assert.deepEqual(sent, [1, 2]);
  assert.deepEqual(framesOf(exchange.queue), [3]);
});

test("an error of isOpen leaves the tick, and the exchange as it was", () => {
  let broken = true;
  const isOpen = () => { if (broken) throw new Error("no channel"); return true; };
  const { exchange, sent } = peer({ isOpen });
  exchange.confirm(1, HASH.a);
  assert.throws(() => exchange.tick(), /no channel/);
  broken = false;
  exchange.tick();
  assert.deepEqual(sent, [1]);
});

test("debug lines, and a debug function that throws", () => {
  const { exchange, lines } = peer();
  exchange.confirm(5, HASH.a);
  exchange.receive(bytesOf(4294967295));
  exchange.receive(bytesOf(5).subarray(1));
  exchange.tick();
  assert.deepEqual(lines, ["Received peer hash for frame 4294967295", "Sent hash for frame 5"]);
  const { exchange: other, sent } = peer({ debug: () => { throw new Error("disk full"); } });
  for (const frame of [1, 2]) other.confirm(frame, HASH.a);
  assert.equal(other.receive(bytesOf(1)), true);
  other.tick();
  assert.deepEqual([sent, other.queue, other.verified], [[1, 2], [], 1]);
});

test("calls out of send wait for the end of the tick", () => {
  const calls = (exchange) => [
    () => exchange.confirm(9, HASH.b), () => exchange.receive(bytesOf(2, HASH.b)),
    () => exchange.beginRollback(2), () => exchange.endRollback(), () => exchange.reset(),
  ];
  for (let chosen = 0; chosen < 5; chosen++) {
    for (const accepted of [true, false]) {
      const inside = peer({ send: () => {
        const before = stateOf(inside.exchange);
        calls(inside.exchange)[chosen]();
        assert.deepEqual(stateOf(inside.exchange), before);
        inside.count += 1;
        return accepted;
      } });
      inside.count = 0;
      const after = peer({ send: () => accepted }); // the same calls, one after the other
      for (const { exchange } of [inside, after]) {
        for (const frame of [1, 2, 3]) exchange.confirm(frame, HASH.a);
        exchange.tick();
      }
      const tries = accepted ? 3 : 1; // and no fourth for the confirm: the tick is over
      assert.equal(inside.count, tries);
      for (let i = 0; i < tries; i++) calls(after.exchange)[chosen]();
      const order = [inside, after].map(({ exchange }) => stateOf(exchange));
      assert.deepEqual(order[0], order[1], `call ${chosen}, accepted ${accepted}`);
    }
  }
});

test("a tick out of send or debug is ignored", () => {
  const { exchange } = peer({ send: () => { exchange.tick(); return false; } });
  exchange.confirm(1, HASH.a);
  exchange.tick(); // would not come back, if each refusal could try again
  assert.deepEqual(framesOf(exchange.queue), [1]);
  const other = peer({ debug: () => other.exchange.tick() });
  other.exchange.confirm(1, HASH.a);
  other.exchange.receive(bytesOf(7));
  assert.deepEqual(other.sent, []); // EXCH-6: receiving sends nothing on any channel
  other.exchange.tick();
  assert.deepEqual(other.sent, [1]);
});

test("two exchanges that deliver at once", () => {
  const a = peer({ send: (bytes) => b.exchange.receive(bytes) });
  const b = peer({ send: (bytes) => a.exchange.receive(bytes) });
  for (const { exchange } of [a, b]) for (const frame of [0, 5]) exchange.confirm(frame, HASH.a);
  a.exchange.confirm(10, HASH.a);
  b.exchange.confirm(10, HASH.b);
  a.exchange.tick();
  b.exchange.tick();
  for (const { exchange } of [a, b]) {
    assert.equal(exchange.verified, 5);
    assert.deepEqual(framesOf(exchange.map), []);
  }
  assert.deepEqual(a.exchange.events, [{ frame: 10, local: HASH.a, peer: HASH.b }]);
  assert.deepEqual(b.exchange.events, [{ frame: 10, local: HASH.b, peer: HASH.a }]);
});

test("bad arguments are refused and change nothing", () => {
  const { exchange, sent } = peer();
  exchange.confirm(5, HASH.a);
  exchange.receive(bytesOf(6));
  const before = stateOf(exchange);
  const frames = [-1, 4294967296, 1.5, NaN, "5", null, undefined, true, 5n, {}];
  for (const frame of frames) {
    assert.throws(() => exchange.confirm(frame, HASH.a), Refusal);
    assert.throws(() => exchange.beginRollback(frame), Refusal);
  }
  const hashes = ["", "a".repeat(15), "a".repeat(17), "A".repeat(16), "g".repeat(16), 5, null,
    undefined, {}, 5n];
  for (const hash of hashes) {
    for (const frame of [1, 5]) assert.throws(() => exchange.confirm(frame, hash), Refusal);
  }
  for (const bytes of [null, undefined, "text", [7], new ArrayBuffer(13)]) {
    assert.throws(() => exchange.receive(bytes), TypeError);
  }
  assert.deepEqual(stateOf(exchange), before);
  exchange.tick();
  assert.deepEqual(sent, [5]);
  const functions = { send() {}, isOpen() {} };
  for (const name of ["send", "isOpen", "debug"]) {
    assert.throws(() => new Exchange({ ...functions, [name]: null }), TypeError);
  }
});

test("what is not a STATE_HASH leaves no trace", () => {
  const { exchange, lines } = peer();
  exchange.confirm(1, HASH.a);
  const before = stateOf(exchange);
  const datagrams = ["", "07", "ff", "04", "0700000001aaaaaaaaaaaaaa",
    "0700000001aaaaaaaaaaaaaaaa00", "08000000010000000000000000", "06000000016131623263336434",
    "06000000010000000000000000", "0100000000000000000000ffff", "13000000000000000000000000"];
  for (const hex of datagrams) assert.equal(exchange.receive(Buffer.from(hex, "hex")), false, hex);
  assert.deepEqual([stateOf(exchange), lines], [before, []]);
});

test("the caller may change a received datagram and the lists that it got", () => {
  const { exchange } = peer();
  const buffer = new Uint8Array(20);
  buffer.set(bytesOf(3), 5);
  exchange.receive(buffer.subarray(5, 18));
  buffer.fill(0xff);
  exchange.confirm(4, HASH.a);
  exchange.receive(bytesOf(4, HASH.b));
  const before = structuredClone(stateOf(exchange));
  for (const pairs of [exchange.queue, exchange.map, exchange.history]) {
    pairs.length = 0;
  }
  exchange.events.length = 0;
  assert.deepEqual(stateOf(exchange), before);
  assert.deepEqual(exchange.map, [[3, HASH.a]]);
});

test("bounds: the oldest of the history and of the map leave, the queue keeps all", () => {
  const { exchange, sent } = peer();
  for (let i = 0; i <= HISTORY_BOUND; i++) exchange.confirm(1000 - i, HASH.a);
  assert.equal(exchange.history.length, HISTORY_BOUND);
  assert.deepEqual(exchange.history[0], [999, HASH.a]); // 1000 was first, though it is greatest
  exchange.confirm(1000, HASH.b); // new again (EXCH-5), and 999 leaves
  assert.equal(exchange.queue.length, HISTORY_BOUND + 2);
  exchange.tick();
  assert.deepEqual([sent[0], sent.at(-1), sent.length], [1000, 1000, HISTORY_BOUND + 2]);

  for (let frame = 2000; frame < 2000 + MAP_BOUND; frame++) exchange.receive(bytesOf(frame));
  exchange.receive(bytesOf(2000, HASH.b)); // an entry that is there is written over, and no new one
  exchange.receive(bytesOf(1000, HASH.b)); // compared at once, and so needs no room
  assert.equal(exchange.map.length, MAP_BOUND);
  assert.equal(exchange.verified, 1000);
  exchange.receive(bytesOf(7));
  assert.equal(exchange.map.length, MAP_BOUND);
  assert.deepEqual([exchange.map[0][0], exchange.map[1][0]], [7, 2001]);
});

test("without detection nothing is compared", () => {
  const { exchange } = peer({ detect: false });
  exchange.receive(bytesOf(1));
  exchange.confirm(1, HASH.a);
  exchange.confirm(2, HASH.a);
  exchange.receive(bytesOf(2, HASH.b));
  exchange.beginRollback(9);
  exchange.endRollback();
  assert.deepEqual(exchange.map, [[1, HASH.a], [2, HASH.b]]);
  assert.deepEqual([exchange.verified, exchange.events], [null, []]);
});

test("the queue against a plain list, with every kind of refusal", () => {
  let seed = 1;
  const random = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 16) % below;
  };
  let [wanted, room] = [[], 0];
  const { exchange } = peer({ send: () => room-- > 0 });
  for (let i = 0, frame = 0; i < 3000; i++) {
    const chosen = random(20);
    if (chosen < 14) {
      exchange.confirm(frame, HASH.a);
      wanted.push(frame++);
    } else if (chosen < 19) {
      room = random(6);
      wanted = wanted.slice(room);
      exchange.tick();
    } else {
      frame = Math.max(0, frame - random(10));
      exchange.beginRollback(frame);
      exchange.endRollback();
      wanted = wanted.filter((other) => other < frame);
    }
    assert.deepEqual(framesOf(exchange.queue), wanted);
  }
});

test("a long queue is drained and a flood received in a time that grows with it alone", () => {
  const { exchange, sent } = peer();
  const start = performance.now();
  const count = 200_000;
  for (let frame = 0; frame < count; frame++) exchange.confirm(frame, HASH.a);
  exchange.tick();
  for (let frame = count; frame < 2 * count; frame++) exchange.receive(bytesOf(frame));
  assert.equal(sent.length, count);
  assert.ok(performance.now() - start < 20_000); // about half a second; quadratic: minutes
});
