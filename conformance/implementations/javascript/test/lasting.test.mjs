// Hashes that last: an exchange with them, and one of a peer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, Exchange, HISTORY_BOUND, MAP_BOUND, Peer, RecordedExchange }
  from "../src/index.mjs";
import { HASH, peerOf, playing, randomOf } from "../testing/peers.mjs";

const STATE = { a: "a".repeat(16), b: "b".repeat(16) };
const bytesOf = (frame, hash = STATE.a) => encode({ type: "state_hash", frame, hash });

/** An exchange whose hashes last, and what it sends. */
function lasting(lastingHashes = 1, options = {}) {
  const sent = [];
  const send = (bytes) => { sent.push(decode(bytes).frame); };
  return { sent, exchange: new Exchange({ send, isOpen: () => true, lastingHashes, ...options }) };
}

test("lasting: wrong options are refused", () => {
  const functions = { send() {}, isOpen() {} };
  for (const lastingHashes of [0, 1, 2, 3, undefined]) {
    new Exchange({ ...functions, lastingHashes });
    new Peer({ ...functions, local: 0, lastingHashes });
  }
  for (const lastingHashes of [-1, 4, 1.5, NaN, "1", null, true]) {
    assert.throws(() => new Exchange({ ...functions, lastingHashes }), RangeError);
    const wrong = Number.isInteger(lastingHashes) ? RangeError : TypeError;
    assert.throws(() => new Peer({ ...functions, local: 0, lastingHashes }), wrong);
  }
  const chapters = ["inputs"];
  new Peer({ ...functions, local: 0, chapters, lastingHashes: 0 });
  assert.throws(() => new Peer({ ...functions, local: 0, chapters, lastingHashes: 1 }),
    /lastingHashes needs exchange/);
  const write = () => assert.fail("nothing is logged");
  assert.throws(() => new RecordedExchange({ ...functions, lastingHashes: 1 }, write), TypeError);
});

test("lasting: 0 is as without the option", () => {
  const { exchange, sent } = lasting(0);
  exchange.receive(bytesOf(5));
  exchange.receive(bytesOf(6));
  exchange.confirm(5, STATE.a);
  exchange.beginRollback(6);
  exchange.endRollback();
  exchange.tick();
  exchange.tick();
  assert.deepEqual([exchange.map, exchange.verified, sent], [[], 5, [5]]);
});

test("lasting: calls out of send, and an isOpen that throws", () => {
  const calls = { reset: (exchange) => exchange.reset(),
    rollback: (exchange) => exchange.beginRollback(2),
    again: (exchange) => { exchange.reset(); exchange.confirm(1, STATE.a); } };
  for (const [name, frames] of [["reset", []], ["rollback", [1]], ["again", [1]]]) {
    let count = 0;
    const { exchange } = lasting(2, { send: () => { if (count++ === 0) calls[name](exchange); } });
    for (const frame of [1, 2, 3]) exchange.confirm(frame, STATE.a);
    exchange.tick();
    assert.deepEqual(exchange.queue, frames.map((frame) => [frame, STATE.a]));
    exchange.endRollback();
    exchange.tick();
    const left = name === "again" ? 1 : 0; // the new entry was not sent by the first tick
    assert.equal(exchange.queue.length, left, name);
  }
  let room = 4;
  const isOpen = () => { if (room-- === 0) throw new Error("no channel"); return true; };
  const { exchange, sent } = lasting(2, { isOpen });
  for (const frame of [1, 2, 3]) exchange.confirm(frame, STATE.a);
  exchange.tick();
  assert.throws(() => exchange.tick(), /no channel/);
  exchange.tick();
  assert.deepEqual([sent, exchange.queue], [[1, 2, 3, 1, 2, 3], []]);
});

test("lasting: without detection nothing is compared, and the map stays", () => {
  const { exchange } = lasting(1, { detect: false });
  exchange.receive(bytesOf(1));
  exchange.beginRollback(0);
  exchange.endRollback();
  exchange.confirm(1, STATE.b);
  assert.deepEqual([exchange.map, exchange.verified, exchange.events], [[[1, STATE.a]], null, []]);
});

test("lasting: comparisons outlast the bounds of the history and of the map", () => {
  const { exchange } = lasting();
  exchange.confirm(0, STATE.a);
  exchange.receive(bytesOf(0, STATE.b)); // differs
  for (let frame = 1; frame <= 2 * MAP_BOUND; frame++) {
    exchange.confirm(frame, STATE.a);
    exchange.receive(bytesOf(frame));
  }
  assert.deepEqual([exchange.map.length, exchange.map[0][0]], [MAP_BOUND, MAP_BOUND + 1]);
  assert.equal(exchange.history.length, HISTORY_BOUND);
  exchange.receive(bytesOf(0)); // has left the history, and so is not compared
  assert.equal(exchange.verified, null);
  exchange.confirm(0, STATE.a); // is new again (EXCH-5)
  assert.equal(exchange.verified, 2 * MAP_BOUND);
  exchange.beginRollback(100);
  assert.equal(exchange.verified, 99);
});

test("lasting: a replaced hash keeps its place, and one that is compared needs room", () => {
  const { exchange } = lasting();
  for (let frame = 0; frame < MAP_BOUND; frame++) exchange.receive(bytesOf(frame));
  exchange.receive(bytesOf(0, STATE.b));
  exchange.confirm(9000, STATE.a);
  exchange.receive(bytesOf(9000));
  assert.deepEqual([exchange.map.length, exchange.map[0][0]], [MAP_BOUND, 1]);
  assert.equal(exchange.verified, 9000);
});

test("lasting: equal mismatches are kept once, and what is not kept is counted", () => {
  const { exchange } = lasting(1, { maxEvents: 4096 });
  exchange.confirm(1, STATE.a);
  const hashOf = (i) => i.toString(16).padStart(16, "0");
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 5000; i++) exchange.receive(bytesOf(1, hashOf(i)));
  }
  // One that was not kept cannot be known, so it is counted each time.
  assert.deepEqual([exchange.events.length, exchange.droppedEvents], [4096, 2 * (5000 - 4096)]);
  exchange.reset();
  exchange.confirm(1, STATE.a);
  exchange.receive(bytesOf(1, hashOf(7)));
  const [event] = exchange.events;
  assert.deepEqual(event, { frame: 1, local: STATE.a, peer: hashOf(7) });
});

/** DETECT-17 word by word: slow, and without the lists of the exchange. */
function verifiedOf(comparisons) {
  let verified = null;
  for (const frame of [...comparisons.keys()].sort((a, b) => a - b)) {
    if (!comparisons.get(frame)) break;
    verified = frame;
  }
  return verified;
}

test("lasting: random calls against the words of the rules", () => {
  const seen = { verified: 0, none: 0, fell: 0, events: 0 };
  for (let seed = 1; seed <= 60; seed++) {
    const random = randomOf(seed);
    const sends = 1 + (seed % 3);
    let room = 0;
    const sent = [];
    const send = (bytes) => { if (room-- <= 0) return false; sent.push(decode(bytes).frame); };
    const { exchange } = lasting(sends, { send });
    let [queue, history, map, comparisons] = [[], new Map(), new Map(), new Map()];
    let [events, rollingBack] = [[], false];
    const compare = (frame) => {
      if (rollingBack || !history.has(frame) || !map.has(frame)) return;
      const event = { frame, local: history.get(frame), peer: map.get(frame) };
      comparisons.set(frame, event.local === event.peer);
      const isKnown = events.some(({ frame: f, local, peer }) =>
        f === frame && local === event.local && peer === event.peer);
      if (event.local !== event.peer && !isKnown) events.push(event);
    };
    for (let i = 0; i < 400; i++) {
      const [chosen, frame] = [random(100), random(12)];
      const hash = random(4) === 0 ? STATE.b : STATE.a;
      const before = exchange.verified;
      if (chosen < 30) {
        exchange.confirm(frame, hash);
        if (!history.has(frame)) {
          history.set(frame, hash);
          queue.push({ frame, left: sends });
          compare(frame);
        }
      } else if (chosen < 70) {
        exchange.receive(bytesOf(frame, hash));
        map.set(frame, hash);
        compare(frame);
      } else if (chosen < 82) {
        room = random(6);
        const some = rollingBack ? [] : queue.slice(0, room);
        sent.length = 0;
        exchange.tick();
        assert.deepEqual(sent, some.map((entry) => entry.frame));
        for (const entry of some) entry.left -= 1;
        queue = queue.filter(({ left }) => left > 0);
      } else if (chosen < 89) {
        exchange.beginRollback(frame);
        rollingBack = true;
        queue = queue.filter((entry) => entry.frame < frame);
        for (const kept of [history, comparisons]) {
          for (const other of [...kept.keys()]) if (other >= frame) kept.delete(other);
        }
      } else if (chosen < 99) {
        exchange.endRollback();
        const wasRollingBack = rollingBack;
        rollingBack = false;
        const frames = wasRollingBack ? [...history.keys()].sort((a, b) => a - b) : [];
        frames.forEach(compare);
      } else {
        exchange.reset();
        [queue, history, map, comparisons] = [[], new Map(), new Map(), new Map()];
        [events, rollingBack] = [[], false];
      }
      const verified = verifiedOf(comparisons);
      assert.equal(exchange.verified, verified, `seed ${seed}, call ${i}`);
      assert.deepEqual(exchange.events, events);
      assert.deepEqual(exchange.queue.map(([f]) => f), queue.map((entry) => entry.frame));
      assert.deepEqual(new Map(exchange.map), map);
      seen.verified += verified !== null;
      seen.none += verified === null;
      seen.fell += chosen < 70 && (verified ?? -1) < (before ?? -1);
      seen.events += events.length;
    }
  }
  assert.ok(Object.values(seen).every((count) => count > 100), JSON.stringify(seen));
});

test("lasting: many frames, in a time that grows with them alone", () => {
  const { exchange, sent } = lasting(3);
  const start = performance.now();
  const count = 100_000;
  for (let frame = 0; frame < count; frame++) {
    exchange.confirm(frame, STATE.a);
    exchange.receive(bytesOf(frame));
    exchange.receive(bytesOf(Math.max(0, frame - 100), frame % 2 ? STATE.a : STATE.b));
    exchange.tick();
  }
  assert.equal(sent.length, 3 * count - 3);
  assert.ok(performance.now() - start < 20_000); // about a second; quadratic: minutes
});

// ---- The exchange of a peer ---------------------------------------------------------------------

test("lasting: the exchange of a peer", () => {
  const { peer, sent, receive } = playing({ lastingHashes: 2 });
  receive({ type: "state_hash", frame: 5, hash: STATE.a });
  peer.beginRollback(5);
  peer.endRollback();
  peer.confirm(5, STATE.a);
  for (let i = 0; i < 3; i++) peer.tick();
  assert.deepEqual([peer.exchange.verified, peer.exchange.map], [5, [[5, STATE.a]]]);
  assert.deepEqual(sent.map(({ type, frame }) => [type, frame]),
    [["state_hash", 5], ["state_hash", 5]]);
  peer.confirm(10, STATE.a);
  peer.tick();
  peer.ended(0);
  receive({ type: "episode_end", frame: 0, episode: 0 });
  peer.tick(); // the sends that are left go on until the next `ready` (EPISODE-15)
  assert.equal(sent.filter(({ frame }) => frame === 10).length, 2);
  peer.ready(HASH);
  assert.deepEqual([peer.exchange.verified, peer.exchange.map], [null, []]);
});

test("lasting: a peer with lasting hashes and one without", () => {
  const alice = peerOf({ local: 0, lastingHashes: 3, answer: (message) => bob.receive(message) });
  const bob = peerOf({ local: 1, answer: (message) => alice.receive(message) });
  for (const { peer } of [alice, bob]) peer.ready(HASH);
  for (const { peer } of [alice, bob]) for (const frame of [0, 5]) peer.confirm(frame, STATE.a);
  for (let i = 0; i < 4; i++) for (const { peer } of [alice, bob]) peer.tick();
  for (const { peer } of [alice, bob]) {
    assert.deepEqual([peer.exchange.verified, peer.exchange.events], [5, []]);
  }
  const hashes = ({ sent }) => sent.filter(({ type }) => type === "state_hash").length;
  assert.deepEqual([hashes(alice), hashes(bob)], [6, 2]);
});
