// Sessions of the adapter, asked as a process.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Observer } from "../adapter/observations.mjs";
import { encode, Exchange, HISTORY_BOUND } from "../src/index.mjs";

const HASH = { a: "a".repeat(16), b: "b".repeat(16) };

async function adapter(args, requests) {
  const path = fileURLToPath(new URL("../adapter.mjs", import.meta.url));
  const child = spawn(process.execPath, [path, ...args]);
  let [out, log] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => { out += text; });
  child.stderr.setEncoding("utf8").on("data", (text) => { log += text; });
  const exit = new Promise((resolve) => { child.on("close", resolve); });
  child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
  const code = await exit;
  return { code, log, answers: out.split("\n").slice(0, -1).map((line) => JSON.parse(line)) };
}
const kindsOf = (answers) =>
  answers.map(({ id, ...result }) => `${id} ${Object.keys(result).join()}`);

const EXAMPLE = [{ recv: "0700000005aaaaaaaaaaaaaaaa" },
  { confirm: { frame: 5, hash: HASH.b } }, { tick: {} }];

test("adapter: the example of the specification, and --verbose", async () => {
  const requests = [{ id: 8, op: "open", session: 1 },
    { id: 9, op: "step", session: 1, do: EXAMPLE }, { id: 10, op: "close", session: 1 }];
  const quiet = await adapter([], requests);
  assert.deepEqual([quiet.code, quiet.log], [0, ""]);
  const events = [{ frame: 5, local: HASH.b, peer: HASH.a }];
  const history = [[5, HASH.b]];
  assert.deepEqual(quiet.answers, [{ id: 8, ok: {} }, { id: 9, ok: { observations: [
    { sent: [], queue: [], map: [[5, HASH.a]], history: [], verified: null, events: [] },
    { sent: [], queue: history, map: [], history, verified: null, events },
    { sent: [`0700000005${HASH.b}`], queue: [], map: [], history, verified: null, events },
  ] } }, { id: 10, ok: {} }]);
  const verbose = await adapter(["--verbose"], requests);
  assert.deepEqual(verbose.answers, quiet.answers);
  assert.equal(verbose.log, "Received peer hash for frame 5\nSent hash for frame 5\n");
});

test("adapter: --lasting-hashes, how it is declared, and what it does", async () => {
  const hello = { id: 0, op: "hello", protocol: [1], nonce: "5f1c" };
  const requests = [hello, { id: 1, op: "open", session: 1 },
    { id: 2, op: "open", session: 2, peer: { local: 0, first_frame: 0 } },
    { id: 3, op: "step", session: 1, do: [...EXAMPLE, { tick: {} }, { tick: {} }] },
    { id: 4, op: "step", session: 2, do: [{ confirm: { frame: 5, hash: HASH.b } },
      ...Array(3).fill({ tick: {} })] }];
  const [without] = (await adapter([], requests)).answers;
  assert.ok(!without.ok.capabilities.includes("lasting-hashes"));
  assert.ok(!("parameters" in without.ok));
  for (const [arg, sends] of [["--lasting-hashes", 1], ["--lasting-hashes=1", 1],
    ["--lasting-hashes=2", 2], ["--lasting-hashes=3", 3]]) {
    const { code, answers } = await adapter(["--verbose", arg], requests);
    assert.equal(code, 0);
    const { capabilities, parameters, ...others } = answers[0].ok;
    const declared = capabilities.filter((name) => name !== "lasting-hashes");
    assert.deepEqual({ capabilities: declared, ...others }, { ...without.ok });
    assert.equal(capabilities.length, declared.length + 1);
    assert.deepEqual(parameters, sends === 1 ? undefined : { hash_sends: sends });
    for (const { ok: { observations } } of answers.slice(3)) {
      assert.equal(observations.flatMap(({ sent }) => sent).length, sends);
    }
    assert.deepEqual(answers[3].ok.observations.at(-1).map, [[5, HASH.a]]);
  }
  for (const arg of ["--lasting-hashes=", "--lasting-hashes=0", "--lasting-hashes=4",
    "--lasting-hashes=1.5", "--lasting-hashes=many"]) {
    const { code, log, answers } = await adapter([arg], []);
    assert.deepEqual([code, answers], [2, []]);
    assert.match(log, new RegExp(`^${arg}: a hash is sent 1 to 3 times`));
  }
});

test("adapter: the channel does what sends says, also while it is closed", async () => {
  const confirm = (frame) => ({ confirm: { frame, hash: HASH.a } });
  const { answers } = await adapter([], [{ id: 0, op: "open", session: 0 },
    { id: 1, op: "step", session: 0, do: [confirm(3), confirm(2), confirm(1),
      { channel: "closed" }, { tick: {} }, { channel: "open" },
      { sends: { accept: 1, refuse: 1, how: "throw" } }, { tick: {} }, { reset: {} }, confirm(4),
      { tick: {} }, { sends: { accept: 0, refuse: "all", how: "false" } }, confirm(5),
      { tick: {} }, { tick: {} }, { sends: { accept: 0, refuse: 0, how: "false" } },
      { tick: {} }] }]);
  const { observations } = answers[1].ok;
  const sent = observations.map((seen) => seen.sent.map((hex) => parseInt(hex.slice(2, 10), 16)));
  assert.deepEqual(sent.map(String),
    ["", "", "", "", "", "", "", "3", "", "", "4", "", "", "", "", "", "5"]);
  assert.deepEqual(observations[2].history.map(([frame]) => frame), [1, 2, 3]);
});

test("adapter: advance observes once, and what all of its stimuli sent", async () => {
  const more = [{ confirm: { frame: 6, hash: HASH.a } }, { tick: {} }];
  const { answers } = await adapter([], [{ id: 0, op: "open", session: 1 },
    { id: 1, op: "advance", session: 1, do: [...EXAMPLE, ...more] },
    { id: 2, op: "advance", session: 1, do: [] },
    { id: 3, op: "step", session: 1, do: [{ tick: {} }] }]);
  const [seen, ...others] = answers[1].ok.observations;
  assert.deepEqual(others, []);
  assert.deepEqual(seen.sent, [`0700000005${HASH.b}`, `0700000006${HASH.a}`]);
  assert.deepEqual([seen.history.length, seen.events.length], [2, 1]);
  assert.deepEqual(kindsOf(answers.slice(2)), ["2 error", "3 ok"]);
  assert.deepEqual(answers[3].ok.observations[0].sent, []);
});

test("adapter: malformed sessions are answered with error and change nothing", async () => {
  const open = (session) => ({ op: "open", session });
  const step = (...stimuli) => ({ op: "step", session: 1, do: stimuli });
  const bad = [open(1), open("2"), open(null), open(-1), step(), { op: "open" },
    { op: "close", session: 2 },
    { op: "step", session: 2, do: [{ tick: {} }] }, { op: "step", session: 1 },
    { op: "step", session: 1, do: { tick: {} } }, step(null), step(5), step("tick"), step([]),
    step({}), step({ tick: {}, reset: {} }), step({ toString: {} }), step({ stop: {} }),
    step({ recv: "0g" }), step({ recv: 5 }), step({ recv: null }), step({ channel: "ajar" }),
    step({ confirm: null }), step({ confirm: { frame: -1, hash: HASH.a } }),
    step({ confirm: { frame: 1, hash: "A".repeat(16) } }), step({ rollback: "begin" }),
    step({ rollback: null }), step({ rollback: { begin: 1.5 } }), step({ sends: null }),
    step({ sends: { accept: -1, refuse: 0, how: "false" } }),
    step({ sends: { accept: 0, refuse: "some", how: "false" } }),
    step({ sends: { accept: 0, refuse: 1, how: "politely" } }),
    step({ sends: { accept: 65536, refuse: 0, how: "false" } }),
    step({ sends: { accept: 0, refuse: 65536, how: "false" } }),
    step({ sends: { accept: 0, refuse: 0, how: "false", types: [7] } }), // is only for peers
    step({ advance: 1 }), step({ act: { frame: 0, action: 0 } }), step({ catch_up: {} }),
    step({ ready: { hash: "a".repeat(8) } }), step({ ended: { frame: 0 } }),
    step({ focus: { shown: true, frame: 0 } }),
    step({ confirm: { frame: 1, hash: HASH.a } }, { stop: {} })]; // the first is not applied
  const many = Array.from({ length: 16 }, (_, i) => open(100 + i)); // the last is one too many
  const all = [open(1), ...bad, step({ recv: "" }), { op: "close", session: 1 }, step({ tick: {} }),
    open(1), ...many].map((request, id) => ({ id, ...request }));
  const { code, answers } = await adapter([], all);
  assert.equal(code, 0);
  const kinds = ["ok", ...bad.map(() => "error"), "ok", "ok", "error", "ok",
    ...Array(15).fill("ok"), "error"];
  assert.deepEqual(kindsOf(answers), kinds.map((kind, id) => `${id} ${kind}`));
  assert.deepEqual(answers[bad.length + 1].ok.observations,
    [{ sent: [], queue: [], map: [], history: [], verified: null, events: [] }]);
});

test("adapter: a session of a peer", async () => {
  const { answers } = await adapter([], [
    { id: 0, op: "open", session: 1, peer: { local: 1, first_frame: 4294967295 } },
    { id: 1, op: "open", session: 2 },
    { id: 2, op: "step", session: 1, do: [{ recv: "06000000016161616161616161" }, { advance: 100 },
      { ready: { hash: "a".repeat(8) } },
      { sends: { accept: 0, refuse: "all", how: "throw", types: [1] } },
      { act: { frame: 4294967295, action: 255 } }, { recv: "0100000000000001" + "00ffffffff07" },
      { recv: `0700000005${HASH.a}` }, { ended: { frame: 5 } },
      { focus: { shown: false, frame: 5 } }, { catch_up: {} }, { channel: "closed" },
      { reset: {} }] },
    { id: 3, op: "close", session: 1 }]);
  assert.deepEqual(kindsOf(answers), ["0 ok", "1 ok", "2 ok", "3 ok"]);
  const seen = answers[2].ok.observations;
  const exchange = { queue: [], map: [], history: [], verified: null, events: [] };
  const started = { number: 0, phase: "playing", end: null, agreed: null, start: "both",
    hashes: "equal" };
  assert.deepEqual(seen[0], { sent: [], ...exchange, confirmed: null, held: [], round_trips: [],
    validation: "validating", episode: null, request: null, partner: "shown" });
  assert.deepEqual(seen[1].sent, ["104059000000000000"]);
  assert.deepEqual([seen[2].sent, seen[2].episode], [["06000000016161616161616161"], started]);
  assert.deepEqual([seen[4].sent, seen[4].confirmed], [[], null]);
  assert.deepEqual([seen[5].confirmed, seen[5].held], [4294967295, []]);
  assert.deepEqual(seen[6].map, [[5, HASH.a]]);
  assert.deepEqual([seen[7].sent, seen[7].episode.phase], [["050000000500000000"], "ending"]);
  assert.deepEqual(seen[8].sent, ["140000000005"]);
  assert.deepEqual([seen[10].validation, seen[11].map, seen[11].confirmed], ["idle", [], null]);
});

test("adapter: the types of sends are bytes, or none", async () => {
  const sends = (types) => ({ sends: { accept: 0, refuse: "all", how: "false", types } });
  const ping = { recv: "020000000000000000" };
  const { answers } = await adapter([], [
    { id: 0, op: "open", session: 1, peer: { local: 0, first_frame: 0 } },
    { id: 1, op: "step", session: 1, do: [sends([0, 255]), ping, sends([0, 3, 255]), ping,
      sends([]), ping] }]);
  const sent = answers[1].ok.observations.map((seen) => seen.sent.length);
  assert.deepEqual(sent, [0, 1, 0, 0, 0, 1]);
});

test("adapter: what is malformed for a peer is answered with error", async () => {
  const open = (peer) => ({ op: "open", session: 2, peer });
  const step = (...stimuli) => ({ op: "step", session: 1, do: stimuli });
  const peers = [null, 5, "peer", true, [], [0, 0], {}, { local: 0 }, { first_frame: 0 },
    { local: 2, first_frame: 0 }, { local: -1, first_frame: 0 }, { local: "0", first_frame: 0 },
    ...[null, 0.5, true].map((local) => ({ local, first_frame: 0 })),
    { local: 0, first_frame: -1 }, { local: 0, first_frame: 4294967296 },
    { local: 0, first_frame: null }, { local: 0, first_frame: "0" }, { local: 0, first_frame: 1.5 },
    { local: 0, first_frame: 0, kept: 5 }];
  const frames = [-1, 4294967296, 1.5, "0", null, true, [0], {}];
  const stimuli = [{ act: null }, { act: 5 }, { act: {} }, { act: { frame: 0 } }, { act: [0, 0] },
    { act: { action: 0 } }, { act: { frame: 0, action: 0, player: 1 } },
    ...frames.map((frame) => ({ act: { frame, action: 0 } })),
    ...[-1, 256, 1.5, "0", null, true].map((action) => ({ act: { frame: 0, action } })),
    ...[-1, 3_600_001, 1.5, "1", null, true, {}, [1]].map((advance) => ({ advance })),
    { ready: null }, { ready: "aaaaaaaa" }, { ready: {} },
    { ready: { hash: "a".repeat(8), number: 0 } },
    ...["", "a".repeat(7), "A".repeat(8), 5, null].map((hash) => ({ ready: { hash } })),
    { ended: null }, { ended: 5 }, { ended: {} }, { ended: { frame: 0, episode: 0 } },
    ...frames.map((frame) => ({ ended: { frame } })),
    { catch_up: null }, { catch_up: true }, { catch_up: [] }, { catch_up: { start: 0 } },
    { focus: null }, { focus: true }, { focus: { shown: true } }, { focus: { frame: 0 } },
    { focus: { shown: true, frame: 0, by: 1 } },
    ...[0, 1, "true", null].map((shown) => ({ focus: { shown, frame: 0 } })),
    ...frames.map((frame) => ({ focus: { shown: false, frame } })),
    ...[null, 7, "7", {}, [-1], [256], [1.5], ["1"], [null]].map((types) =>
      ({ sends: { accept: 0, refuse: "all", how: "false", types } })),
    { channel: "ajar" }, { confirm: { frame: -1, hash: HASH.a } }, { rollback: { begin: -1 } },
    { toString: {} }, { act: { frame: 0, action: 0 }, tick: {} }];
  const bad = [...peers.map(open), ...stimuli.map((stimulus) => step(stimulus)),
    step({ ready: { hash: "a".repeat(8) } }, { stop: {} }), // the first is not applied
    { op: "step", session: 2, do: [{ tick: {} }] }, { op: "advance", session: 1, do: [] }];
  const all = [{ op: "open", session: 1, peer: { local: 0, first_frame: 0 } }, ...bad,
    step({ advance: 100 })].map((request, id) => ({ id, ...request }));
  const { code, answers } = await adapter([], all);
  assert.equal(code, 0);
  const kinds = ["ok", ...bad.map(() => "error"), "ok"];
  assert.deepEqual(kindsOf(answers), kinds.map((kind, id) => `${id} ${kind}`));
  const [seen] = answers.at(-1).ok.observations;
  assert.deepEqual([seen.sent, seen.episode], [["104059000000000000"], null]);
});

test("an observation is the JSON of the state, whatever happened before", () => {
  const exchange = new Exchange({ send: () => room-- > 0, isOpen: () => true });
  const observer = new Observer(exchange);
  let room = 0;
  let seed = 1;
  const random = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 16) % below;
  };
  const longest = { queue: 0, map: 0, history: 0 };
  for (let i = 0, frame = 0; i < 4000; i++) {
    const chosen = random(100);
    const hash = random(2 ** 16).toString(16).padStart(16, "0");
    if (chosen < 60) {
      exchange.confirm(frame, hash);
      frame += random(20) === 0 ? -3 : 1 + random(3); // mostly, but not always, in order
      frame = Math.max(0, frame);
    } else if (chosen < 85) {
      exchange.receive(encode({ type: "state_hash", frame: random(frame + 50), hash }));
    } else if (chosen < 97) {
      room = random(8);
      exchange.tick();
    } else if (chosen < 99) {
      exchange.beginRollback(Math.max(0, frame - random(30)));
      exchange.endRollback();
    } else if (random(20) === 0) {
      exchange.reset();
    }
    const { queue, map, history, verified, events } = exchange;
    for (const [name, list] of Object.entries({ queue, map, history })) {
      longest[name] = Math.max(longest[name], list.length);
    }
    history.sort(([a], [b]) => a - b);
    const right = JSON.stringify({ sent: ["07"], queue, map, history, verified, events });
    assert.equal(observer.observe(["07"]), right);
  }
  assert.ok(longest.queue > 50 && longest.map > 50 && longest.history === HISTORY_BOUND, longest);
});
