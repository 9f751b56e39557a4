// The log of a whole peer, line by line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ADVANCE_BOUND, encode, Peer, RecordedPeer, Refusal, timestampFromMs }
  from "../src/index.mjs";
import { recorded, replay } from "../testing/logs.mjs";
import { entriesOf, HASH, input, randomOf, readyOf, STATE_HASH, stateOf }
  from "../testing/peers.mjs";

const hexOf = (message) => Buffer.from(encode(message)).toString("hex");
const hashOf = (frame, letter) => ({ type: "state_hash", frame, hash: letter.repeat(16) });
const ping = (ms) => ({ type: "ping", timestamp: timestampFromMs(ms) });

/** The lines that the calls are logged as, without the header. */
function logged(options, calls) {
  const { peer, receive, take } = recorded(options);
  take();
  calls(peer, receive);
  peer.finish();
  return take().map((line) => JSON.parse(line));
}

// ---- The header ---------------------------------------------------------------------------------

test("the example of the specification", () => {
  const chapter = readFileSync(new URL("../../../../spec/trace.md", import.meta.url), "utf8");
  const [, section] = chapter.split("### Logs of a whole peer");
  const [, block] = /^```jsonl\n(.*?)^```/ms.exec(section);
  const lines = block.trim().split("\n");
  assert.ok(lines.length > 5);
  assert.deepEqual(replay(lines), lines);
});

test("the header says what the peer has", () => {
  const header = (options) => {
    const lines = recorded(options).take();
    assert.equal(lines.length, 1);
    return JSON.parse(lines[0]);
  };
  const whole = ["inputs", "liveness", "validation", "episodes", "catch-up", "focus", "exchange",
    "detect"];
  const peer = { local: 0, first_frame: 0 };
  assert.deepEqual(header({}), { trace: 1, capabilities: whole, peer });
  assert.deepEqual(header({ inspect: true }),
    { trace: 1, capabilities: [...whole, "inspect"], peer });
  assert.deepEqual(header({ local: 1, firstFrame: 4294967295, parameters: { kept: 1024 } }),
    { trace: 1, capabilities: whole, peer: { local: 1, first_frame: 4294967295 } });
  const parameters = { redundancy: 3, ahead: 256, kept: 1025, validationRepeatMs: 0,
    endRepeatMs: 0, requestRepeats: 0 };
  assert.deepEqual(header({ chapters: new Set(["focus", "inputs"]).values(), parameters }),
    { trace: 1, capabilities: ["inputs", "focus"], peer, parameters: { redundancy: 3, ahead: 256,
      kept: 1025, validation_repeat_ms: 0, end_repeat_ms: 0, request_repeats: 0 } });
  assert.deepEqual(header({ chapters: [], inspect: true }), { trace: 1, capabilities: [], peer });
});

test("wrong options are refused, and write nothing", () => {
  const lines = [];
  const make = (options) => new RecordedPeer(options, (line) => lines.push(line));
  const send = () => true;
  for (const options of [{ local: 0 }, { send }, { send, local: 0, chapters: ["detect"] },
    { send, local: 0, lastingHashes: 1 }, { send, local: 0, debug: 5 }]) {
    assert.throws(() => make(options), TypeError);
  }
  assert.throws(() => make({ send, local: 2 }), RangeError);
  assert.throws(() => new RecordedPeer({ send, local: 0 }), TypeError);
  assert.deepEqual(lines, []);
  make({ send, local: 0, lastingHashes: 0 });
  assert.equal(lines.length, 1);
});

// ---- Lines --------------------------------------------------------------------------------------

test("each call is a line, with what it sent", () => {
  const lines = logged({}, (peer, receive) => {
    peer.advance(100);
    peer.ready(HASH);
    receive(readyOf(1));
    peer.act(0, 7);
    receive(input(entriesOf(2)));
    peer.catchUp();
    peer.confirm(5, STATE_HASH);
    peer.tick();
    peer.beginRollback(3);
    peer.endRollback();
    peer.focus(false, 1);
    peer.ended(9);
    peer.closed();
    peer.closed();
    peer.opened();
    peer.reset();
    peer.receive(new Uint8Array());
  });
  assert.deepEqual(lines, [
    { advance: 100, sent: ["104059000000000000"] },
    { ready: { hash: HASH }, sent: [hexOf(readyOf(1))] },
    { recv: hexOf(readyOf(1)) },
    { act: { frame: 0, action: 7 }, sent: ["0100000000000001000000000007"] },
    { recv: hexOf(input(entriesOf(2))) },
    { catch_up: {}, sent: [hexOf({ type: "input_request", start: 0, end: 1 })] },
    { confirm: { frame: 5, hash: STATE_HASH } },
    { tick: {}, sent: [`0700000005${STATE_HASH}`] },
    { rollback: { begin: 3 } },
    { rollback: "end" },
    { focus: { shown: false, frame: 1 }, sent: ["140000000001"] },
    { ended: { frame: 9 }, sent: ["050000000900000000"] },
    { channel: "closed" },
    { channel: "closed" },
    { channel: "open", sent: ["140000000001"] },
    { reset: {} },
    { recv: "" },
  ]);
});

test("refused: the numbers of the datagrams that the channel did not accept", () => {
  const answers = [true, false, undefined, new Error("full"), 0, null];
  const answer = () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const sent = [500, 1500, 2500, 3000].map((ms) => hexOf(ping(ms)));
  assert.deepEqual(logged({ chapters: ["liveness"], answer }, (peer) => peer.advance(3000)),
    [{ advance: 3000, sent, refused: [1, 3] }]);
  const full = { chapters: ["exchange"], answer: () => false };
  const lines = logged(full, (peer) => {
    peer.confirm(1, STATE_HASH);
    peer.confirm(2, STATE_HASH);
    peer.tick();
    peer.tick();
  });
  assert.deepEqual(lines.slice(2), Array(2).fill({ tick: {}, refused: [0] }));
});

test("verified and found, also after what forgets them", () => {
  const lines = logged({ chapters: ["inputs", "episodes", "exchange"] }, (peer, receive) => {
    receive(readyOf(1));
    peer.ready(HASH);
    for (let i = 0; i < 2; i++) {
      peer.confirm(5, STATE_HASH);
      receive(hashOf(5, "a"));
      receive(hashOf(6, "b"));
      peer.confirm(6, STATE_HASH);
      peer.ready(HASH); // counts only between episodes
      peer.beginRollback(6);
      receive(hashOf(6, "c"));
      peer.confirm(6, STATE_HASH);
      peer.endRollback();
      if (i === 1) {
        peer.reset();
        return;
      }
      peer.ended(6);
      receive({ type: "episode_end", frame: 6, episode: 0 });
      peer.advance(500);
      peer.ready(HASH);
    }
  });
  const seen = lines.map(({ verified, found }) => [verified, found])
    .filter((members) => members.some((value) => value !== undefined));
  const found = (letter) => [{ frame: 6, local: STATE_HASH, peer: letter.repeat(16) }];
  const once = [[5, undefined], [undefined, found("b")], [undefined, found("c")],
    [null, undefined]];
  assert.deepEqual(seen, [...once, ...once]);
});

test("a call that is refused has no line", () => {
  const { peer, take } = recorded();
  take();
  const refused = [(to) => to.advance(-1), (to) => to.act(0, 256), (to) => to.ready("A"),
    (to) => to.ended(1.5), (to) => to.focus(1, 1), (to) => to.confirm(0, "a"),
    (to) => to.beginRollback(-1), (to) => to.receive("07"), (to) => to.receive(null)];
  const errorOf = (call) => {
    try {
      call();
    } catch (error) {
      return [error.constructor, error.message, error.refusalClass];
    }
    return assert.fail("it is not refused");
  };
  const other = new Peer({ send: () => true, local: 0 });
  for (const call of refused) {
    assert.deepEqual(errorOf(() => call(peer)), errorOf(() => call(other)));
  }
  peer.finish();
  assert.deepEqual(take(), []);
});

test("a call for a chapter that the peer does not have has no line", () => {
  const lines = logged({ chapters: [] }, (peer) => {
    peer.act(0, 1);
    peer.ready(HASH);
    peer.ended(1);
    peer.catchUp();
    peer.focus(false, 1);
    peer.confirm(1, STATE_HASH);
    peer.tick();
    peer.beginRollback(1);
    peer.endRollback();
    assert.throws(() => peer.act(-1, 1), Refusal);
    peer.reset();
    peer.advance(1);
    peer.closed();
    peer.receive(encode(readyOf(1)));
  });
  assert.deepEqual(lines,
    [{ reset: {} }, { advance: 1 }, { channel: "closed" }, { recv: hexOf(readyOf(1)) }]);
});

// ---- Time ---------------------------------------------------------------------------------------

test("advances in which nothing happens are one line", () => {
  const lines = logged({ chapters: ["liveness"] }, (peer, receive) => {
    for (let i = 0; i < 1010; i++) peer.advance(1);
    peer.advance(0);
    receive(readyOf(1));
    peer.advance(0);
    peer.closed();
    for (let i = 0; i < 5; i++) peer.advance(1_000_000);
    peer.advance(1_600_000);
    peer.advance(ADVANCE_BOUND);
    peer.advance(0);
    peer.advance(1);
  });
  const sent = (ms) => [hexOf(ping(ms))];
  assert.deepEqual(lines, [{ advance: 499 }, { advance: 1, sent: sent(500) }, { advance: 499 },
    { advance: 1, sent: sent(1000) }, { advance: 10 }, { recv: hexOf(readyOf(1)) }, { advance: 0 },
    { channel: "closed" }, { advance: 3_000_000 }, { advance: ADVANCE_BOUND },
    { advance: ADVANCE_BOUND }, { advance: 1 }]);
});

test("finish writes the time that is left, once, and the peer can go on", () => {
  const { peer, take } = recorded();
  peer.advance(20);
  peer.advance(30);
  assert.equal(take().length, 1); // the header
  peer.finish();
  assert.deepEqual(take(), ['{"advance":50}']);
  peer.finish();
  assert.deepEqual(take(), []);
  peer.advance(50);
  assert.deepEqual(take(), ['{"advance":50,"sent":["104059000000000000"]}']);
});

test("a refused datagram and a state that is shown are something that happens", () => {
  const options = { chapters: ["validation"], parameters: { validationRepeatMs: 0 } };
  const time = (peer) => {
    for (let i = 0; i < 4; i++) peer.advance(50);
    for (let i = 0; i < 4; i++) peer.advance(7400);
  };
  const refused = [{ advance: 50 }, { advance: 50, refused: [0] }];
  assert.deepEqual(logged({ ...options, answer: () => false }, time),
    [...refused, { advance: 100 + 4 * 7400 }]);
  assert.deepEqual(logged({ ...options, answer: () => false, inspect: true }, time), [
    { advance: 50, validation: "validating" }, refused[1], { advance: 100 + 7400 },
    { advance: 7400, validation: "failed" }, { advance: 2 * 7400 }]);
});

test("with inspect a line shows what has changed", () => {
  const options = { chapters: ["inputs", "episodes", "exchange"], inspect: true };
  const lines = logged(options, (peer, receive) => {
    peer.ready(HASH);
    receive(readyOf(1));
    peer.confirm(9, STATE_HASH);
    peer.confirm(8, STATE_HASH);
    peer.tick();
    receive(input(entriesOf(1, 2)));
    receive(input(entriesOf(1)));
    peer.reset();
  });
  const pairs = [8, 9].map((frame) => [frame, STATE_HASH]);
  const waiting = { number: 0, phase: "waiting", end: null, agreed: null, start: null,
    hashes: null };
  const effects = lines.map(({ ready, recv, confirm, tick, reset, sent, ...state }) => state);
  assert.deepEqual(effects, [
    { verified: null, confirmed: null, held: [], episode: waiting, queue: [], map: [],
      history: [] },
    { episode: { ...waiting, phase: "playing", start: "both", hashes: "equal" } },
    { queue: [pairs[1]], history: [pairs[1]] },
    { queue: [pairs[1], pairs[0]], history: pairs }, // the history by ascending frame
    { queue: [] },
    { held: [[1, 7], [2, 7]] },
    {},
    { held: [], history: [] },
  ]);
});

// ---- Calls out of `send` ------------------------------------------------------------------------

test("a call out of send has its line after the line that sends", () => {
  const buffer = new Uint8Array(13);
  const inner = [(peer) => peer.tick(), (peer) => peer.confirm(7, STATE_HASH),
    (peer) => peer.advance(100), (peer) => peer.finish(),
    (peer) => {
      buffer.set(encode(hashOf(7, "a")));
      peer.receive(buffer);
      buffer.fill(0);
    },
    (peer) => assert.throws(() => peer.act(0, 256), Refusal)];
  let peer = null;
  const answer = () => {
    for (const call of inner.splice(0)) call(peer);
    return true;
  };
  const lines = logged({ chapters: ["liveness", "exchange"], answer }, (made) => {
    peer = made;
    peer.advance(1250);
    peer.tick();
  });
  assert.deepEqual(lines, [
    { advance: 1250, sent: [hexOf(ping(500)), hexOf(ping(1000))] },
    { confirm: { frame: 7, hash: STATE_HASH } },
    { advance: 100 },
    { recv: hexOf(hashOf(7, "a")), verified: 7 },
    { tick: {}, sent: [hexOf(hashOf(7, "a"))] }]);
});

test("send may give the memory of a datagram away", () => {
  const answer = (bytes) => structuredClone(bytes, { transfer: [bytes.buffer] });
  const lines = logged({ chapters: ["liveness"], answer }, (peer) => peer.advance(500));
  assert.deepEqual(lines, [{ advance: 500, sent: [hexOf(ping(500))] }]);
});

test("an error of the writer leaves the call, and the peer goes on", () => {
  const full = new Error("the disk is full");
  let isFull = false;
  const lines = [];
  const write = (line) => {
    if (isFull) throw full;
    lines.push(line);
  };
  const peer = new RecordedPeer({ send: () => true, local: 0 }, write);
  isFull = true;
  peer.advance(99); // is not written yet
  assert.throws(() => peer.advance(1), full);
  assert.equal(peer.clock, 100);
  isFull = false;
  peer.closed();
  assert.equal(lines[1], '{"channel":"closed"}\n');
});

// ---- The same as without a log ------------------------------------------------------------------

/** Calls that look random: the same for the same seed. */
function playedOn(peer, seed) {
  const random = randomOf(seed);
  const receive = (message) => peer.receive(encode(message));
  const letter = () => "ab"[random(2)];
  for (let i = 0, frame = 0; i < 150; i++) {
    const chosen = random(12);
    if (chosen === 0) peer.ready(HASH);
    else if (chosen === 1) receive(readyOf((peer.episode?.number ?? 0) + 1 + random(2)));
    else if (chosen === 2) receive(input(entriesOf(random(20), random(20))));
    else if (chosen === 3) peer.catchUp();
    else if (chosen === 4) peer.act(frame++, random(256));
    else if (chosen === 5) peer.ended(random(20));
    else if (chosen === 6) receive({ type: "pong", timestamp: timestampFromMs(peer.clock) });
    else if (chosen === 7) peer.focus(random(2) === 0, i);
    else if (chosen === 8) peer.confirm(random(20), letter().repeat(16));
    else if (chosen === 9) receive(hashOf(random(20), letter()));
    else if (chosen === 10) peer.tick();
    else [() => peer.closed(), () => peer.opened(), () => peer.reset(), () => peer.endRollback(),
      () => peer.beginRollback(random(20))][random(5)]();
    peer.advance(random(3) === 0 ? random(1500) : random(3));
  }
}

test("a recorded peer does what a peer does, and its log can be played again", () => {
  const members = new Set();
  for (let seed = 1; seed <= 60; seed++) {
    const sent = [[], []];
    const answerOf = (list) => (bytes) => {
      list.push(Buffer.from(bytes).toString("hex"));
      return list.length % 7 !== 0;
    };
    const { peer, take } = recorded({ answer: answerOf(sent[0]), inspect: seed % 2 === 0 });
    const other = new Peer({ local: 0, send: answerOf(sent[1]) });
    playedOn(peer, seed);
    playedOn(other, seed);
    peer.finish();
    assert.deepEqual(stateOf(peer), stateOf(other));
    assert.deepEqual(sent[0], sent[1]);
    assert.equal(peer.actionAt(0, 3), other.actionAt(0, 3));
    const lines = take();
    assert.deepEqual(replay(lines), lines);
    const accepted = sent[0].filter((_, at) => (at + 1) % 7 !== 0);
    assert.deepEqual(lines.flatMap((line) => JSON.parse(line).sent ?? []), accepted);
    for (const line of lines) for (const name of Object.keys(JSON.parse(line))) members.add(name);
  }
  for (const name of ["sent", "refused", "verified", "found", "queue", "map", "history",
    "confirmed", "held", "round_trips", "validation", "episode", "request", "partner"]) {
    assert.ok(members.has(name), `${name} is in a log`);
  }
});
