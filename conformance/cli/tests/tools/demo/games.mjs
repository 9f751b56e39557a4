// What is played in a browser to test the demo, without its page.
import { FAULTS } from "./demo/faults.mjs";
import { Match } from "./demo/match.mjs";

const PATIENCE = 240_000; // milliseconds; only a hang takes so long
const BAD = { loss: 0.15, delay: 40, duplication: 0.1 };

/** Waits until the condition holds. */
export async function until(condition, what) {
  for (const end = Date.now() + PATIENCE; !await condition();) {
    if (Date.now() > end) throw new Error(`this does not come to hold: ${what ?? condition}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

/** Waits until the peers of a match have lived through some milliseconds more. */
async function pass(match, ms) {
  const from = match.sides.map(({ peer }) => peer.clock);
  await until(() => match.sides.every(({ peer }, index) => peer.clock - from[index] >= ms), "time");
}

async function ended(match) {
  match.close();
  const captures = await Promise.all(match.taps.map((it) => it.text()));
  const { sides } = match;
  const numbers = ({ played, rollbacks, rounds }) => ({ played, rollbacks, rounds });
  return { captures, sides: sides.map(numbers) };
}

/** A match without a fault, until both sides have played that many frames. */
async function clean(frames, options) {
  const match = await Match.start(options);
  await until(() => match.sides.every(({ played }) => played >= frames), `${frames} frames`);
  return ended(match);
}

/** Not a fault of the page: a capture does not show it. */
const REVERSED_HASHES = {
  id: "reversed-hashes", rule: null, label: "", see: "",
  plant: ({ wrong }) => ({
    says(bytes) {
      if (bytes[0] !== 0x07) return [bytes];
      wrong();
      return [Uint8Array.of(0x07, ...bytes.slice(1, 5).reverse(), ...bytes.slice(5))];
    },
  }),
};

/** A match in which one side is wrong from its first round on, until that has shown. */
async function faulty(fault, number) {
  const match = await Match.start({ seed: 10 + number, conditions: { loss: 0, delay: 20, duplication: 0 } });
  const side = match.sides[number % 2];
  const isPlaying = () => match.sides.every((it) => it.isPlaying);
  await until(isPlaying, "the first round");
  const from = side.played;
  side.wire.set(fault, true);
  // A rule about two datagrams is broken by the second. Two of the faults happen once in a round.
  const least = ["old-inputs", "desync"].includes(fault.id) ? 1 : 2;
  await until(() => side.wire.count(fault) >= least, fault.id);
  const frames = side.played - from;
  await pass(match, 1300); // what is not answered within a second was not answered
  const { id, rule, label, see } = fault;
  return { id, rule, label, see, faulty: number % 2, frames, ...await ended(match) };
}

/** All that can be played at the same time. */
export async function matches() {
  const [good, bad, sleepy, unseen, ...wrong] = await Promise.all([
    clean(3000, { pace: 400, length: 500, seed: 1 }),
    clean(1000, { pace: 200, seed: 2, conditions: BAD }),
    // The timers of a hidden page are late, and what arrives between them is answered at once all the same.
    clean(30, { seed: 3, every: 1500 }),
    faulty(REVERSED_HASHES, 0),
    ...FAULTS.map(faulty),
  ]);
  return { clean: { good, bad, sleepy }, unseen, faulty: wrong };
}

/** A match as the page plays it, for a minute, on the line that the page begins with. */
export function paced() {
  return clean(3000, { seed: 4, conditions: { loss: 0.05, delay: 40, duplication: 0 } });
}

/** Ten matches, one after another: what is left of each, and the heap after each, in bytes. */
export async function ten() {
  const references = [];
  const heap = [];
  const left = () => references.filter((it) => it.deref() !== undefined).length;
  const play = async (seed) => {
    const match = await Match.start({ seed, pace: 240, length: 60 });
    await until(() => match.sides.every(({ rounds }) => rounds >= 1), "a round");
    match.close();
    const { sides, taps } = match;
    const parts = [match, ...sides, ...taps, ...sides.flatMap(({ peer, wire, timeline }) => [peer, wire, timeline])];
    references.push(...parts.map((it) => new WeakRef(it)));
    return sides.map(({ played }) => played);
  };
  const played = [];
  for (let seed = 0; seed < 10; seed++) {
    played.push(await play(seed));
    await until(() => {
      gc();
      return left() === 0;
    }, "nothing of a match is left");
    heap.push(performance.memory.usedJSHeapSize);
  }
  return { played, references: references.length, left: left(), heap };
}
