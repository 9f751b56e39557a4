// Two peers play over a channel that loses, delays and refuses; each logs its session.
//
//     node game.mjs SEED FRAMES MINE THEIRS
//
// The first peer's exchange lies in ./mine, the second one's in ./theirs. The logs go to the files
// MINE and THEIRS. The same seed is the same game, whatever the exchanges make of it.
import { appendFileSync, writeFileSync } from "node:fs";
import { RecordedExchange as Mine } from "./mine/src/index.mjs";
import { RecordedExchange as Theirs } from "./theirs/src/index.mjs";

const [seed, frames] = process.argv.slice(2, 4).map(Number);
const logs = process.argv.slice(4, 6);

/** Chance from a seed: mulberry32. */
function chance(state) {
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound) => next() % bound;
  return { below, oneIn: (many) => below(many) === 0 };
}

const HASHED = 5; // every fifth frame
const EPISODES = [200, 1500, 30, 25, 300, 800, 20, 150]; // in frames, in turn; some are left at once
const OUTAGE = 570; // of steps, within which more than 110 frames are confirmed
const SESSION = 1300; // steps until the peers connect anew

class Peer {
  constructor(Exchange, log, seed) {
    Object.assign(this, { Exchange, log, chance: chance(seed) });
    this.arriving = []; // [step, datagram]
    writeFileSync(log, "");
    this.connect();
    this.begin(0);
  }

  connect() {
    this.lines = [];
    const channel = {
      send: (bytes) => {
        if (this.chance.oneIn(25)) {
          if (this.chance.oneIn(2)) return false;
          throw new Error("the buffer is full");
        }
        if (!this.chance.oneIn(30)) { // lost, where it is
          this.other.arriving.push([this.now + 1 + this.chance.below(12), bytes]);
        }
      },
      isOpen: () => this.now >= this.closedUntil,
    };
    this.exchange = new this.Exchange(channel, (line) => this.lines.push(line));
    this.closedUntil = 0;
  }

  close(steps) {
    this.closedUntil = Math.max(this.closedUntil, this.now + steps);
  }

  begin(episode) {
    Object.assign(this, { episode, frame: -1, confirmed: -HASHED, catchUp: null });
    this.wrongFrom = 0;
    this.wrongUntil = this.chance.oneIn(3) ? 40 : 0;
  }

  /** The hash of a frame; a peer that is wrong about the state has another one. */
  hashOf(frame) {
    const wrong = frame >= this.wrongFrom && frame < this.wrongUntil ? 1 : 0;
    const mixed = chance(this.episode * 100003 + frame * 2 + wrong);
    const half = () => mixed.below(2 ** 32).toString(16).padStart(8, "0");
    return half() + half();
  }

  confirmUpTo(frame) {
    while (this.confirmed + HASHED <= frame) {
      this.confirmed += HASHED;
      this.exchange.confirm(this.confirmed, this.hashOf(this.confirmed));
    }
  }

  receive() {
    const due = this.arriving.filter(([step]) => step <= this.now);
    this.arriving = this.arriving.filter(([step]) => step > this.now);
    for (const [, datagram] of due) this.exchange.receive(datagram);
  }

  goBack() {
    const target = Math.max(0, this.frame - this.chance.below(20));
    this.exchange.beginRollback(target);
    this.confirmed = Math.min(this.confirmed, Math.ceil(target / HASHED) * HASHED - HASHED);
    this.catchUp = this.now + this.chance.below(10); // the step in which it ends
    if (this.chance.oneIn(2)) this.wrongUntil = 0; // what it simulates again is right
  }

  step(now) {
    this.now = now;
    this.frame += 1;
    if (this.chance.oneIn(4)) this.receive();
    if (this.chance.oneIn(80)) {
      this.wrongFrom = Math.max(0, this.frame - 30);
      this.wrongUntil = this.frame + this.chance.below(40);
    }
    if (this.chance.oneIn(250)) this.close(this.chance.below(40));
    if (this.chance.oneIn(this.frame < 20 ? 10 : 25)) this.goBack();
    // The frames that are confirmed lie behind, now more, now less.
    this.confirmUpTo(this.frame - this.chance.below(15));
    if (this.chance.oneIn(2)) this.receive();
    if (this.catchUp !== null) {
      this.exchange.tick();
      if (now >= this.catchUp) {
        this.exchange.endRollback();
        this.catchUp = null;
      }
    }
    this.exchange.tick();
  }
}

const peers = [new Peer(Mine, logs[0], seed), new Peer(Theirs, logs[1], seed + 1)];
[peers[0].other, peers[1].other] = [peers[1], peers[0]];
const director = chance(seed + 2);
let [episode, ends] = [0, EPISODES[0]];
let lags = [0, 0]; // how many steps each still plays of the episode that has ended
for (let now = 0; now < frames; now++) {
  if (now === ends) {
    episode += 1;
    ends += EPISODES[episode % EPISODES.length];
    lags = [1 + director.below(20), 1 + director.below(20)];
  }
  if (EPISODES[episode % EPISODES.length] === 1500 && ends - now === 1200) {
    peers[1].close(OUTAGE);
  }
  peers.forEach((peer, at) => {
    if (now > 0 && now % SESSION === 0) {
      appendFileSync(peer.log, peer.lines.join(""));
      peer.connect();
    }
    lags[at] -= 1;
    if (lags[at] === 0) {
      peer.exchange.reset();
      peer.begin(episode);
    }
    peer.step(now);
  });
}
for (const peer of peers) appendFileSync(peer.log, peer.lines.join(""));
