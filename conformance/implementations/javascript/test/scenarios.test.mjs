// The worked scenarios of the specification, each in one step and in many, and with time that is
// divided differently.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { decode, encode, timestampFromMs, timestampToMs } from "../src/index.mjs";
import { advanceSession, closeSession, openSession, stepSession } from "../adapter/sessions.mjs";

// ---- Datagrams: `INPUT 1 7 5=3 6=0` -------------------------------------------------------------

const whole = (hash) => (hash.length === 2 ? hash.repeat(8) : hash);
const entryOf = (word) => {
  const [frame, action] = word.split("=").map(Number);
  return { frame, action };
};
const wordOf = ({ frame, action }) => `${frame}=${action}`;
const timestampOf = (word) =>
  (word.startsWith("0x") ? BigInt(word) : timestampFromMs(Number(word)));
const timestampWord = (timestamp) => {
  const ms = timestampToMs(timestamp);
  const isPlain = Number.isInteger(ms) && timestampFromMs(ms) === timestamp && ms >= 0;
  return isPlain && !Object.is(ms, -0) ? `${ms}` : `0x${timestamp.toString(16).padStart(16, "0")}`;
};

/** Each message as its fields from words, and as words from its fields. */
const TIMESTAMP = [([word]) => ({ timestamp: timestampOf(word) }),
  ({ timestamp }) => [timestampWord(timestamp)]];
const NOTATION = {
  ping: TIMESTAMP, pong: TIMESTAMP, validation_ping: TIMESTAMP, validation_pong: TIMESTAMP,
  keepalive: [() => ({}), () => []],
  input: [([player, frame, ...entries]) =>
    ({ player: Number(player), current_frame: Number(frame), entries: entries.map(entryOf) }),
  ({ player, current_frame, entries }) => [player, current_frame, ...entries.map(wordOf)]],
  input_request: [([start, end]) => ({ start: Number(start), end: Number(end) }),
    ({ start, end }) => [start, end]],
  input_response: [([player, ...entries]) =>
    ({ player: Number(player), entries: entries.map(entryOf) }),
  ({ player, entries }) => [player, ...entries.map(wordOf)]],
  episode_end: [([frame, episode]) => ({ frame: Number(frame), episode: Number(episode) }),
    ({ frame, episode }) => [frame, episode]],
  episode_ready: [([episode, hash]) => ({ episode: Number(episode), hash }),
    ({ episode, hash }) => [episode, hash]],
  state_hash: [([frame, hash]) => ({ frame: Number(frame), hash: whole(hash) }),
    ({ frame, hash }) => [frame, hash]],
  focus_state: [([focused, frame]) => ({ focused: focused === "1", frame: Number(frame) }),
    ({ focused, frame }) => [focused ? 1 : 0, frame]],
};

function hexOf(words) {
  const type = (words[0] ?? "").toLowerCase();
  if (!(type in NOTATION)) return words.join(""); // it is hex already
  return Buffer.from(encode({ type, ...NOTATION[type][0](words.slice(1)) })).toString("hex");
}

function datagramText(hex) {
  const message = decode(Buffer.from(hex, "hex"));
  return [message.type.toUpperCase(), ...NOTATION[message.type][1](message)].join(" ");
}

// ---- Stimuli ------------------------------------------------------------------------------------

/** A stimulus of a scenario as the adapter protocol writes it. */
function stimulusOf(text) {
  const [name, ...words] = text.split(/\s+/);
  const [first, second] = words;
  switch (name) {
    case "confirm": return { confirm: { frame: Number(first), hash: whole(second) } };
    case "tick": case "reset": case "catch_up": return { [name]: {} };
    case "recv": return { recv: hexOf(words) };
    case "rollback": return { rollback: first === "end" ? "end" : { begin: Number(second) } };
    case "channel": return { channel: first };
    case "advance": return { advance: Number(first) };
    case "act": return { act: { frame: Number(first), action: Number(second) } };
    case "ready": return { ready: { hash: first } };
    case "ended": return { ended: { frame: Number(first) } };
    case "focus": return { focus: { shown: first === "shown", frame: Number(second) } };
    case "sends": {
      const [, accept, , refuse, , how, , ...types] = words;
      const some = refuse === "all" ? "all" : Number(refuse);
      const sends = { accept: Number(accept), refuse: some, how };
      if (types.length > 0) sends.types = types.map((byte) => parseInt(byte, 16));
      return { sends };
    }
    default: throw new Error(`no stimulus: ${text}`);
  }
}

/** What `started` and `validated` in the first line stand for. */
const BEFORE = {
  started: ["ready aaaaaaaa", "recv EPISODE_READY 1 aaaaaaaa"],
  validated: ["advance 100", "recv VALIDATION_PONG 100", "recv VALIDATION_PING 0"],
};

// ---- Observations -------------------------------------------------------------------------------

const orNone = (list) => (list === null ? "none" : list.join(" "));
const pairsText = (pairs) => pairs.map((pair) => pair.join("=")).join(" ") || "-";

/** Of a peer, in the notation of the scenarios. */
const TEXTS = {
  sent: ({ sent }) => sent.map(datagramText).join(", ") || "-",
  confirmed: ({ confirmed }) => `${confirmed ?? "none"}`,
  held: ({ held }) => pairsText(held),
  round_trips: ({ round_trips }) =>
    round_trips.map((hex) => timestampToMs(BigInt(`0x${hex}`))).join(" ") || "-",
  validation: ({ validation }) => validation,
  episode: ({ episode }) => {
    if (episode === null) return "none";
    const { number, phase, end, agreed, start, hashes } = episode;
    const ended = end === null ? [] : ["end", end, agreed ? "agreed" : "not-agreed"];
    return [number, phase, ...ended, start, hashes].filter((word) => word !== null).join(" ");
  },
  request: ({ request }) => orNone(request),
  partner: ({ partner }) => partner,
};

/** Pairs of frame and hash out of an observation; a scenario may leave the hashes out. */
const PAIRS = {
  sent: ({ sent }) => sent.map((hex) => decode(Buffer.from(hex, "hex")))
    .map(({ frame, hash }) => [frame, hash]),
  queue: ({ queue }) => queue,
  map: ({ map }) => map,
  history: ({ history }) => history,
  verified: ({ verified }) => [[verified ?? "none"]],
  events: ({ events }) => events.map(({ frame }) => [frame]),
};

function check(expected, observation, where) {
  const [name, ...items] = expected.trim().split(/\s+/);
  const isText = name in TEXTS && !(name === "sent" && /^\d/.test(items[0]));
  if (isText) {
    assert.equal(TEXTS[name](observation), items.join(" "), where);
    return;
  }
  const found = PAIRS[name](observation);
  const wanted = items.filter((item) => item !== "-").map((item) => item.split("="));
  assert.deepEqual(found.map(([frame]) => String(frame)), wanted.map(([frame]) => frame), where);
  wanted.forEach(([, hash], i) => hash && assert.equal(found[i][1], whole(hash), where));
}

// ---- The scenarios ------------------------------------------------------------------------------

const CHAPTERS = ["exchange", "detect", "peer", "peer-sync", "peer-live", "peer-valid",
  "peer-episode", "peer-catchup", "peer-focus"].map((name) =>
  [name, new URL(`../../../../spec/${name}.md`, import.meta.url)]);
const MORE = ["exchange", "lasting", "peer", "peer-ends"].map((name) =>
  [`more ${name}`, new URL(`./scenarios/${name}.md`, import.meta.url)]);

/**
 * Each with the request that opens it, how often its hashes are sent if they last, what has
 * happened before, and its lines.
 */
const SCENARIOS = [...CHAPTERS, ...MORE].flatMap(([name, url]) => {
  const blocks = [...readFileSync(url, "utf8").matchAll(/^```scenario\n(.*?)^```/gms)];
  assert.ok(blocks.length >= 1, `${name} has scenarios`);
  return blocks.map(([, block], i) => {
    const lines = block.trim().split("\n").map((line) => line.split("|"));
    const scenario = { name: `${name} ${i + 1}`, open: {}, lastingHashes: 0, before: [], lines };
    const [word, local, first, ...happened] = lines[0][0].trim().split(/\s+/);
    if (word !== "peer" && word !== "exchange") return scenario;
    lines.shift();
    if (word === "exchange") { // exchange lasting-hashes N
      scenario.lastingHashes = Number(first);
      return scenario;
    }
    scenario.open = { peer: { local: Number(local), first_frame: Number(first) } };
    scenario.before = happened.flatMap((what) => BEFORE[what].map(stimulusOf));
    return scenario;
  });
});

/** The same time in other pieces: in one millisecond, in nothing, and in the rest. */
const divided = (stimulus) => ((stimulus.advance ?? 0) > 1
  ? [{ advance: 1 }, { advance: 0 }, { advance: stimulus.advance - 1 }] : [stimulus]);

afterEach(() => {
  for (const session of [1, 2, 3]) closeSession({ session });
});

for (const { name, open, lastingHashes, before, lines } of SCENARIOS) {
  test(`scenario ${name}`, () => {
    const stimuli = lines.map(([stimulus]) => stimulusOf(stimulus.trim()));
    for (const session of [1, 2, 3]) {
      openSession({ session, ...open }, lastingHashes);
      if (before.length > 0) advanceSession({ session, do: before });
    }
    // In one step and in many: the observations must not depend on it.
    const observations = JSON.parse(stepSession({ session: 1, do: stimuli }));
    const each = stimuli.map((one) => JSON.parse(stepSession({ session: 2, do: [one] })));
    const pieces = stimuli.map((one) =>
      JSON.parse(advanceSession({ session: 3, do: divided(one) })));
    assert.deepEqual(each.flat(), observations);
    assert.deepEqual(pieces.flat(), observations);
    lines.forEach(([stimulus, ...seen], i) => {
      if (!seen.some((text) => text.trim().startsWith("sent"))) seen.unshift("sent -");
      for (const expected of seen) check(expected, observations[i], `${stimulus} |${expected}`);
    });
  });
}
