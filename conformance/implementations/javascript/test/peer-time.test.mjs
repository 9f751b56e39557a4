// Peers in time: divided in other ways, and two of them at the ends of a bad channel.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ADVANCE_BOUND } from "../src/index.mjs";
import { entriesOf, HASH, input, peerOf, randomOf, readyOf, stateOf } from "../testing/peers.mjs";

// ---- Time ---------------------------------------------------------------------------------------

/** Plays the same calls, with time divided by `cut`, and returns what was sent and when. */
function played(seed, cut) {
  const random = randomOf(seed);
  const log = [];
  const { peer, receive } = peerOf({ answer: (message) => {
    log.push([peer?.clock ?? 0, message.type, message.episode, message.start]);
    return log.length % 7 !== 0;
  } });
  for (let i = 0, frame = 0; i < 60; i++) {
    const chosen = random(8);
    if (chosen === 0) peer.ready(HASH);
    else if (chosen === 1) receive(readyOf((peer.episode?.number ?? 0) + 1 + random(2)));
    else if (chosen === 2) receive(input(entriesOf(random(20), random(20))));
    else if (chosen === 3) peer.catchUp();
    else if (chosen === 4) peer.act(frame++, 1);
    else if (chosen === 5) peer.ended(random(20));
    else if (chosen === 6 && random(8) === 0) peer.closed();
    else if (chosen === 6) peer.opened();
    else receive({ type: "validation_ping", timestamp: 1n });
    cut(random(1500), (ms) => peer.advance(ms));
  }
  return { log, state: stateOf(peer) };
}

test("peer: how time is divided makes no difference", () => {
  let sent = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const whole = played(seed, (ms, advance) => advance(ms));
    const single = played(seed, (ms, advance) => { for (let i = 0; i < ms; i++) advance(1); });
    const pieces = played(seed, (ms, advance) => {
      for (let left = ms; left > 0; left -= 37) advance(Math.min(left, 37));
      advance(0);
    });
    assert.deepEqual(single, whole);
    assert.deepEqual(pieces, whole);
    sent += whole.log.length;
  }
  assert.ok(sent > 5000, `${sent} datagrams`);
});

test("peer: an hour in one advance", () => {
  const { peer, sent } = peerOf({ chapters: ["liveness"] });
  peer.advance(ADVANCE_BOUND);
  assert.deepEqual([sent.length, peer.clock], [7200, ADVANCE_BOUND]);
});

// ---- Two peers ----------------------------------------------------------------------------------

/** Two peers, and between them a channel that loses, delays and reorders. It repeats nothing. */
function connected(seed, lossPercent) {
  const random = randomOf(seed);
  const ends = [];
  const flying = [];
  let now = 0;
  for (const local of [0, 1]) {
    ends.push(peerOf({ local, answer: (message) => {
      if (random(20) === 0) return false;
      if (random(100) >= lossPercent) {
        flying.push({ to: 1 - local, due: now + 10 + random(80), message });
      }
      return true;
    } }));
  }
  const advance = (ms) => {
    for (let i = 0; i < ms; i++) {
      now += 1;
      for (const { peer } of ends) peer.advance(1);
      for (let at = flying.length - 1; at >= 0; at--) {
        if (flying[at].due > now) continue;
        const [{ to, message }] = flying.splice(at, 1);
        ends[to].receive(message);
      }
    }
  };
  return { peers: ends.map(({ peer }) => peer), advance, random };
}

test("two peers finish their episodes over a channel that loses a fifth of the datagrams", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { peers, advance, random } = connected(seed, 20);
    const actions = [[], []];
    advance(4000);
    for (let number = 0; number < 2; number++) {
      advance(100); // INPUTs of the last episode are still on their way, and do not name it
      for (const peer of peers) peer.ready(HASH);
      advance(2000);
      const next = [0, 0];
      const ends = [60 + random(5), 60 + random(5)];
      for (let step = 0; peers.some(({ episode }) => episode.phase !== "complete"); step++) {
        assert.ok(step < 1000, `seed ${seed}: the episode ends`);
        peers.forEach((peer, local) => {
          const action = random(256);
          if (peer.episode.phase === "playing" || peer.episode.phase === "ending") {
            peer.act(next[local], action);
            actions[local][next[local]++] = action;
          }
          if (next[local] === ends[local]) peer.ended(ends[local]);
          if (step % 30 === 0) peer.catchUp();
        });
        advance(33);
      }
      for (const peer of peers) {
        assert.equal(peer.validation, "validated");
        const { episode } = peer;
        assert.deepEqual(episode, { number, phase: "complete", end: Math.min(...ends), agreed: true,
          start: "both", hashes: "equal" }, `seed ${seed}`);
        assert.ok(peer.confirmed >= episode.end - 1, `seed ${seed}: all is confirmed`);
        for (let frame = 0; frame < episode.end; frame++) {
          for (const player of [0, 1]) {
            assert.equal(peer.actionAt(player, frame), actions[player][frame]);
          }
        }
      }
    }
  }
});
