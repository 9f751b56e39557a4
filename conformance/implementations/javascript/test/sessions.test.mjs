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
