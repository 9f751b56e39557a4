// A whole peer by itself: its options, its bounds, and calls out of `send`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ADVANCE_BOUND, encode, Peer, Refusal, timestampFromMs } from "../src/index.mjs";
import {
  entriesOf, HASH, input, peerOf, playing, readyOf, response, STATE_HASH, stateOf,
} from "../testing/peers.mjs";

// ---- Options ------------------------------------------------------------------------------------

test("peer: wrong options are refused", () => {
  const send = () => true;
  for (const options of [{ local: 0 }, { local: 0, send: null }, { send }, { send, local: "0" },
    { send, local: 0.5 }, { send, local: null }, { send, local: 0, firstFrame: null },
    { send, local: 0, firstFrame: 1.5 }, { send, local: 0, chapters: ["detect"] },
    { send, local: 0, chapters: ["episodes"] }, { send, local: 0, chapters: ["catch-up"] },
    { send, local: 0, parameters: { toString: 1 } }, { send, local: 0, parameters: { kept: "9" } },
    { send, local: 0, debug: 5 }]) {
    assert.throws(() => new Peer(options), TypeError, JSON.stringify(options));
  }
  for (const options of [{ local: 2 }, { local: -1 }, { local: 0, firstFrame: -1 },
    { local: 0, firstFrame: 4294967296 }]) {
    assert.throws(() => new Peer({ send, ...options }), RangeError, JSON.stringify(options));
  }
  for (const [name, least, most, ...others] of [["redundancy", 1, 15, 0, 16],
    ["ahead", 256, 4096, 255, 4097], ["kept", 1024, 1_000_000, 1023, 1_000_001],
    ["validationRepeatMs", 0, 500, 1, 499], ["endRepeatMs", 0, 250, 249, 251],
    ["requestRepeats", 0, 2, -1, 3]]) {
    const make = (value) => new Peer({ send, local: 0, parameters: { [name]: value } });
    for (const value of [least, most, undefined]) make(value);
    for (const value of others) assert.throws(() => make(value), RangeError, `${name} ${value}`);
  }
});

test("peer: bad arguments are refused and change nothing", () => {
  const { peer, sent } = playing();
  peer.confirm(5, STATE_HASH);
  const before = stateOf(peer);
  const frames = [-1, 4294967296, 1.5, NaN, "5", null, undefined, true, 5n, {}];
  const calls = [(frame) => peer.act(frame, 0), (frame) => peer.ended(frame),
    (frame) => peer.focus(false, frame), (frame) => peer.confirm(frame, STATE_HASH),
    (frame) => peer.beginRollback(frame)];
  for (const frame of frames) for (const call of calls) assert.throws(() => call(frame), Refusal);
  for (const action of [-1, 256, 0.5, "1", null]) {
    assert.throws(() => peer.act(0, action), Refusal);
  }
  for (const hash of ["", "a".repeat(7), "A".repeat(8), STATE_HASH, 5, null, undefined]) {
    assert.throws(() => peer.ready(hash), Refusal);
  }
  for (const shown of [0, 1, "hidden", null]) assert.throws(() => peer.focus(shown, 0), Refusal);
  for (const ms of [-1, ADVANCE_BOUND + 1, 0.5, NaN, Infinity, "1", null, undefined, 1n]) {
    assert.throws(() => peer.advance(ms), Refusal);
  }
  for (const bytes of [null, undefined, "text", [7], new ArrayBuffer(1)]) {
    assert.throws(() => peer.receive(bytes), TypeError);
  }
  assert.deepEqual([stateOf(peer), sent], [before, []]);
  peer.act(0, 1);
  assert.equal(sent.length, 1);
});

test("peer: what belongs to a chapter that it does not have does not happen", () => {
  const { peer, sent, receive } = peerOf({ chapters: [] });
  for (const call of [() => peer.act(0, 1), () => peer.ready(HASH), () => peer.ended(1),
    () => peer.catchUp(), () => peer.focus(false, 1), () => peer.confirm(1, STATE_HASH),
    () => peer.tick(), () => peer.beginRollback(0), () => peer.endRollback(), () => peer.reset(),
    () => peer.closed(), () => peer.opened(), () => peer.advance(20_000)]) call();
  const timestamp = timestampFromMs(0);
  for (const message of [input(entriesOf(0)), response(entriesOf(0)), readyOf(1),
    { type: "input_request", start: 0, end: 9 }, { type: "ping", timestamp },
    { type: "pong", timestamp }, { type: "validation_ping", timestamp },
    { type: "validation_pong", timestamp }, { type: "episode_end", frame: 1, episode: 0 },
    { type: "state_hash", frame: 1, hash: STATE_HASH },
    { type: "focus_state", focused: false, frame: 1 }]) receive(message);
  assert.deepEqual(sent, []);
  const { confirmed, held, roundTrips, validation, episode, request, partner, exchange } = peer;
  assert.deepEqual([held, roundTrips, peer.actionAt(0, 0)], [[], [], null]);
  const others = [confirmed, validation, episode, request, partner, exchange];
  assert.deepEqual(others, others.map(() => null));
});

test("peer: a chapter alone", () => {
  const pings = peerOf({ chapters: ["liveness"] });
  pings.peer.advance(1000); // without VALID the first PING is due 500 ms after the opening
  assert.deepEqual(pings.sent.map(({ timestamp }) => timestamp), [500, 1000].map(timestampFromMs));
  const inputs = peerOf({ chapters: ["inputs"], firstFrame: 3 });
  inputs.receive(input(entriesOf(3)));
  inputs.receive(response(entriesOf(4)));
  inputs.receive(readyOf(1));
  inputs.peer.act(3, 1);
  assert.deepEqual([inputs.peer.confirmed, inputs.peer.held], [3, []]);
  const catching = peerOf({ chapters: ["inputs", "catch-up"] });
  catching.receive(response(entriesOf(2)));
  catching.peer.catchUp();
  assert.deepEqual(catching.peer.request, [0, 1]);
  const hashes = peerOf({ chapters: ["exchange"] });
  hashes.receive({ type: "state_hash", frame: 4294967295, hash: STATE_HASH });
  hashes.peer.confirm(4294967295, STATE_HASH);
  assert.equal(hashes.peer.exchange.verified, 4294967295);
});

test("peer: parameters", () => {
  const parameters = { redundancy: 2, ahead: 256, validationRepeatMs: 0, endRepeatMs: 0,
    requestRepeats: 0 };
  const { peer, sent, receive } = playing({ parameters });
  for (const frame of [0, 1, 2]) peer.act(frame, 1);
  assert.deepEqual(sent.at(-1).entries.map(({ frame }) => frame), [1, 2]);
  receive(input(entriesOf(255, 256)));
  assert.deepEqual(peer.held, [[255, 7]]);
  peer.catchUp();
  peer.ended(5);
  sent.length = 0;
  peer.advance(2999);
  assert.deepEqual(sent.map(({ type }) => type), ["validation_ping"]);
});

test("peer: a request that is repeated once", () => {
  const { peer, sent, receive } = playing({ parameters: { requestRepeats: 1 } });
  receive(input(entriesOf(2)));
  peer.catchUp();
  peer.advance(2999);
  assert.equal(sent.filter(({ type }) => type === "input_request").length, 2);
});

// ---- Bounds -------------------------------------------------------------------------------------

test("peer: what a partner sends is kept within bounds", () => {
  const { peer, sent, receive } = playing();
  for (let frame = 0; frame < 65_536 * 4; frame += 65_535) {
    receive(response(Array.from({ length: 65_535 }, (_, i) => ({ frame: frame + i, action: 1 }))));
  }
  assert.deepEqual([peer.held.length, peer.held.at(-1)], [4096, [4095, 1]]);
  peer.confirm(1, STATE_HASH);
  for (let i = 0; i < 70_000; i++) {
    receive({ type: "state_hash", frame: 1, hash: "b".repeat(16) });
    receive({ type: "state_hash", frame: 1000 + i, hash: STATE_HASH });
  }
  const { events, droppedEvents, map } = peer.exchange;
  assert.deepEqual([events.length, droppedEvents, map.length], [65_536, 70_000 - 65_536, 4096]);
  peer.reset();
  assert.deepEqual([peer.exchange.droppedEvents, peer.exchange.events], [0, []]);
  for (let i = 0; i < 1000; i++) {
    receive(readyOf(1));
    receive({ type: "episode_end", frame: 1, episode: 0 });
  }
  peer.ended(9);
  sent.length = 0;
  const repeatEnd = () => receive({ type: "episode_end", frame: 1, episode: 0 });
  for (let i = 0; i < 1000; i++) repeatEnd();
  assert.equal(sent.length, 0); // the own END was sent just now (EPISODE-14)
  for (let i = 0; i < 50; i++) {
    peer.advance(250);
    repeatEnd();
  }
  assert.equal(sent.filter(({ type }) => type === "episode_end").length, 8);
});

test("peer: own entries are kept for requests, the newest of them", () => {
  const { peer, sent, receive } = playing({ parameters: { kept: 4000 } });
  for (let frame = 0; frame < 5000; frame++) peer.act(frame, frame % 256);
  const asked = (start, end) => {
    receive({ type: "input_request", start, end });
    const { player, entries } = sent.at(-1);
    return [player, entries.length, entries[0], entries.at(-1)];
  };
  const entry = (frame) => ({ frame, action: frame % 256 });
  assert.deepEqual(asked(0, 4294967295), [0, 3275, entry(1000), entry(4274)]);
  assert.deepEqual(asked(4990, 4294967295), [0, 10, entry(4990), entry(4999)]);
  assert.deepEqual(asked(0, 999), [0, 0, undefined, undefined]);
  assert.equal(encode(response(entriesOf(...Array(3275).keys()))).length, 16_380); // CATCHUP-9
  assert.deepEqual([999, 1000, 4999, 5000].map((frame) => peer.actionAt(0, frame)),
    [null, 1000 % 256, 4999 % 256, null]);
});

test("peer: actions of both players can be read, also of confirmed frames", () => {
  const { peer, receive } = playing({ firstFrame: 3 });
  for (let frame = 3; frame < 6003; frame++) {
    peer.act(frame, 1);
    receive(input([{ frame, action: 2 }, { frame: frame + 1, action: 2 }]));
  }
  assert.equal(peer.confirmed, 6002);
  assert.deepEqual([6003, 6002, 1907, 1906, 2].map((frame) => peer.actionAt(1, frame)),
    [2, 2, 2, null, null]); // as many as `ahead`, which is more than `kept`
  assert.deepEqual([6003, 6002, 4979, 4978].map((frame) => peer.actionAt(0, frame)),
    [null, 1, 1, null]);
  peer.reset();
  assert.deepEqual([peer.actionAt(0, 6002), peer.actionAt(1, 6002)], [null, null]);
});

test("peer: all that one datagram confirms can be read after it", () => {
  for (const [ahead, kept, remembered] of [[4096, 1024, 4096], [256, 2000, 2000]]) {
    const { peer, receive } = playing({ parameters: { ahead, kept } });
    for (let frame = 0; frame < 9000; frame++) peer.act(frame, 1);
    for (let first = 0; first < 8192; first += ahead) {
      const all = Array.from({ length: ahead }, (_, i) => first + i);
      receive(response(entriesOf(...all)));
      assert.equal(peer.confirmed, first + ahead - 1);
      assert.ok(all.every((frame) => peer.actionAt(1, frame) === 7));
    }
    assert.equal(peer.actionAt(1, 8192 - remembered), 7);
    assert.equal(peer.actionAt(1, 8192 - remembered - 1), null);
  }
});

test("peer: 32 unanswered PINGs and 10 round trips", () => {
  const { peer, sent, receive } = peerOf({ chapters: ["liveness"] });
  peer.advance(33 * 500);
  const pong = (message) => receive({ ...message, type: "pong" });
  pong(sent[0]); // forgotten when the 33rd was accepted
  assert.deepEqual(peer.roundTrips, []);
  pong(sent[1]);
  assert.deepEqual(peer.roundTrips, [15_500]);
  for (const message of sent) pong(message);
  assert.deepEqual(peer.roundTrips, [4500, 4000, 3500, 3000, 2500, 2000, 1500, 1000, 500, 0]);
  const refusing = peerOf({ chapters: ["liveness"], answer: () => refuses === null });
  let refuses = null;
  refusing.peer.advance(500);
  refuses = "all";
  refusing.peer.advance(32 * 500); // a refused PING displaces none
  refusing.receive({ ...refusing.sent[0], type: "pong" });
  assert.deepEqual(refusing.peer.roundTrips, [16_000]);
});

// ---- Sending ------------------------------------------------------------------------------------

test("peer: only false and an error refuse, and no error leaves the peer", () => {
  for (const accepts of [undefined, null, 0, "", true, Promise.resolve(false)]) {
    const { peer, sent } = playing({ answer: () => accepts });
    for (let frame = 0; frame < 30; frame++) peer.act(frame, 1);
    assert.equal(sent.length, 30); // each is the INPUT of an act: none was refused
  }
  for (const refuses of [() => false, () => { throw new Error("full"); }, () => { throw null; }]) {
    const { peer, sent, receive } = playing({ answer: () => refuses() });
    for (let frame = 0; frame < 30; frame++) peer.act(frame, 1);
    peer.confirm(1, STATE_HASH);
    peer.tick();
    peer.focus(false, 1);
    receive({ type: "ping", timestamp: 1n });
    receive({ type: "validation_ping", timestamp: 1n });
    receive({ type: "input_request", start: 0, end: 9 });
    receive(input(entriesOf(5)));
    peer.catchUp();
    peer.ended(9);
    peer.advance(20_000);
    assert.deepEqual([sent, peer.exchange.queue], [[], [[1, STATE_HASH]]]);
    assert.deepEqual([peer.episode.phase, peer.validation], ["complete", "failed"]);
  }
});

test("peer: what was not told is told in pieces of 15, up to a refusal", () => {
  let room = 0;
  const { peer, sent } = playing({ answer: ({ type }) => type !== "input" || room-- > 0 });
  for (let frame = 0; frame < 50; frame++) peer.act(frame, 1);
  const act = (frame, accepted) => {
    sent.length = 0;
    room = accepted;
    peer.act(frame, 1);
    return sent.map(({ current_frame, entries }) =>
      [entries[0].frame, entries.at(-1).frame, entries.length, current_frame].join());
  };
  assert.deepEqual(act(50, 1), ["0,14,15,14"]); // the next piece and the own INPUT are refused
  assert.deepEqual(act(51, 100), ["15,29,15,29", "30,41,12,41", "42,51,10,51"]);
  assert.deepEqual(act(52, 100), ["43,52,10,52"]);
  peer.closed();
  for (let frame = 53; frame < 53 + 2000; frame++) peer.act(frame, 1);
  peer.opened();
  const told = act(2053, 1000); // the 1024 newest are kept, 10 of them in the INPUT of the act
  assert.deepEqual([told.length, told[0], told.at(-1)],
    [Math.ceil(1014 / 15) + 1, "1030,1044,15,1044", "2044,2053,10,2053"]);
});

test("peer: calls out of send wait, and a tick out of send is ignored", () => {
  const seen = [];
  const { peer, sent, receive } = playing({ answer: ({ type }) => {
    if (type === "input" && seen.length === 0) {
      peer.tick();
      peer.reset(); // while the `act` is being processed
      seen.push(peer.actionAt(0, 0));
    }
    if (type === "pong") peer.closed();
    return true;
  } });
  peer.confirm(1, STATE_HASH);
  peer.act(0, 3);
  assert.deepEqual([seen, peer.actionAt(0, 0), sent.length], [[3], null, 1]);
  receive({ type: "ping", timestamp: 1n });
  assert.equal(peer.validation, "idle");
});

test("peer: two peers whose channel delivers at once", () => {
  const alice = peerOf({ local: 0, answer: (message) => bob.receive(message) });
  const bob = peerOf({ local: 1, answer: (message) => alice.receive(message) });
  for (const { peer } of [alice, bob]) peer.advance(200);
  for (const { peer } of [alice, bob]) peer.advance(3000);
  for (const { peer } of [alice, bob]) {
    assert.equal(peer.validation, "validated");
    assert.deepEqual([...new Set(peer.roundTrips)], [0]); // answered while the clock shows its time
    peer.ready(HASH);
  }
  for (let frame = 0; frame < 20; frame++) {
    for (const { peer } of [alice, bob]) peer.act(frame, frame);
  }
  for (const { peer } of [alice, bob]) peer.ended(20);
  for (const { peer } of [alice, bob]) {
    assert.equal(peer.confirmed, 19);
    assert.deepEqual(peer.episode,
      { number: 0, phase: "complete", end: 20, agreed: true, start: "both", hashes: "equal" });
  }
});

test("peer: the caller may change a received datagram and what it got", () => {
  const { peer } = playing();
  const buffer = new Uint8Array(40);
  buffer.set(encode(input(entriesOf(2))), 5);
  peer.receive(buffer.subarray(5, 19));
  buffer.fill(0xff);
  peer.catchUp();
  const before = stateOf(peer);
  peer.held[0][1] = 9;
  peer.held.length = 0;
  peer.request[0] = 9;
  peer.roundTrips.push(1);
  peer.episode.phase = "complete";
  assert.deepEqual(stateOf(peer), before);
  assert.deepEqual(before.held, [[2, 7]]);
});
