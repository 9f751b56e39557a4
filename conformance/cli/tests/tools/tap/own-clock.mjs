// Two peers of the JavaScript implementation play over a bad line in virtual time, each with a tap that shares
// its clock. The arguments are the folder for the captures, and whether the first peer repeats its ENDs.
import { join } from "node:path";
import { digest, Peer } from "../../../../implementations/javascript/src/index.mjs";
import { NodeTap } from "../../../../tap/javascript/node.mjs";

const [folder, repeats] = process.argv.slice(2);

const STEP = 16; // milliseconds
const LENGTH = 60; // frames of a round
const ROUNDS = 4;
const LATENCY = 260; // milliseconds: an END is repeated before that of the partner is here

let seed = 7;
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return (seed >>> 8) / 2 ** 24;
};
const flying = []; // { due, to, bytes }
let now = 0;

const sides = [0, 1].map((local) => {
  const tap = new NodeTap({ file: join(folder, `${local}.jsonl`), peer: `player ${local}` });
  const ends = tap.wrap({
    setup: { local, parameters: { redundancy: 5 } },
    clock: () => peer.clock,
    send: (bytes) => {
      if (random() > 0.1) flying.push({ due: now + LATENCY + Math.floor(random() * 40), to: 1 - local, bytes });
    },
    receive: (bytes) => peer.receive(bytes),
  });
  const parameters = { redundancy: 5, endRepeatMs: local === 0 && repeats === "no" ? 0 : 250 };
  const peer = new Peer({ local, send: ends.send, parameters });
  ends.opened();
  return { tap, ends, peer, next: 0, hashed: 0, rounds: 0, completed: -1000 };
});

function step(side) {
  const { peer } = side;
  const phase = peer.episode?.phase ?? "complete";
  if (phase === "complete" && side.completed < 0) side.completed = now;
  if (phase === "complete" && peer.validation === "validated" && now - side.completed > 700 && side.rounds < ROUNDS) {
    peer.ready(digest("{}", "episode_ready").hash);
    [side.next, side.hashed, side.completed] = [0, 0, -1000];
    side.rounds += 1;
  }
  if (phase !== "playing" && phase !== "ending") return;
  // Beyond the end too: an INPUT repeats those that the partner may still lack (EPISODE-10).
  if (side.next < 2 * LENGTH) {
    peer.act(side.next, side.next % 5);
    side.next += 1;
  }
  const confirmed = peer.confirmed ?? -1;
  for (; side.hashed <= Math.min(confirmed, LENGTH); side.hashed += 10) {
    peer.confirm(side.hashed, digest(JSON.stringify({ frame: side.hashed }), "state_hash").hash);
  }
  peer.tick();
  if (confirmed >= LENGTH - 1) peer.ended(LENGTH);
  else if (side.next - confirmed > 20) peer.catchUp();
}

const isOver = ({ peer, rounds }) => rounds === ROUNDS && peer.episode.phase === "complete";
for (let end = 60_000; now < end; now += 1) {
  sides.forEach(({ peer }) => peer.advance(now - peer.clock));
  const due = flying.filter((it) => it.due === now);
  for (const { to, bytes } of due) sides[to].ends.receive(bytes);
  if (now % STEP === 0) sides.forEach(step);
  if (sides.every(isOver)) end = Math.min(end, now + 2000);
}
await Promise.all(sides.map(({ tap }) => tap.close()));
console.log(sides.map(({ rounds }) => rounds).join(" "));
