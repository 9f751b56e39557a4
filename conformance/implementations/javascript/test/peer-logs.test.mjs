// The logs that the adapter writes with `--log-peers=FOLDER`.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { replay } from "../testing/logs.mjs";

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const HASH = "a".repeat(16);

let folder = null;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "rollwire-")); });
afterEach(() => rmSync(folder, { recursive: true }));

/** The lines of a log, which ends with a line end. */
function linesOf(name) {
  const lines = readFileSync(join(folder, "logs", name), "utf8").split("\n");
  assert.equal(lines.pop(), "", name);
  return lines;
}

const inputOf = (requests) =>
  requests.map((request, id) => `${JSON.stringify({ id, ...request })}\n`).join("");

function adapter(args, requests) {
  const input = inputOf(requests);
  const { status, stdout, stderr } =
    spawnSync(process.execPath, [pathOf("../adapter.mjs"), ...args], { input, encoding: "utf8" });
  return { status, stdout, stderr };
}

const open = (session, local = 0) => ({ op: "open", session, peer: { local, first_frame: 3 } });
const step = (session, ...stimuli) => ({ op: "step", session, do: stimuli });

test("each session of a peer has a log, and the answers are as without", () => {
  const advances = [40, 50, 10, 250].map((advance) => ({ advance }));
  const sends = { sends: { accept: 0, refuse: 2, how: "throw", types: [0x10, 0x07] } };
  const requests = [
    open(5), { op: "open", session: 6 }, open(7, 2), open(8, 1),
    step(5, sends, ...advances, { confirm: { frame: 5, hash: HASH } }, { tick: {} }),
    step(6, { tick: {} }),
    { op: "advance", session: 8, do: [...advances, { recv: "140000000005" }] },
    step(5, { advance: -1 }),
    step(5, { tick: {} }, { advance: 1 }, { advance: 2 }),
    { op: "close", session: 5 }, { op: "close", session: 6 },
    open(5), step(5, { channel: "closed" }),
  ];
  const logged = adapter([`--log-peers=${join(folder, "logs")}`], requests);
  assert.deepEqual(logged, adapter([], requests));
  assert.equal(logged.status, 0);

  assert.deepEqual(readdirSync(join(folder, "logs")), ["1.jsonl", "2.jsonl", "3.jsonl"]);
  const capabilities = ["inputs", "liveness", "validation", "episodes", "catch-up", "focus",
    "exchange", "detect"];
  const header = (local, ...more) => JSON.stringify(
    { trace: 1, capabilities: [...capabilities, ...more], peer: { local, first_frame: 3 } });
  assert.deepEqual(linesOf("1.jsonl"), [
    header(0),
    '{"advance":90}',
    '{"advance":10,"refused":[0]}',
    '{"advance":250}',
    `{"confirm":{"frame":5,"hash":"${HASH}"}}`,
    '{"tick":{},"refused":[0]}',
    `{"tick":{},"sent":["0700000005${HASH}"]}`,
    '{"advance":3}',
  ]);
  const [first, everything, ...others] = linesOf("2.jsonl");
  assert.equal(first, header(1, "inspect"));
  assert.deepEqual(JSON.parse(everything), { advance: 40, verified: null, confirmed: null, held: [],
    round_trips: [], validation: "validating", episode: null, request: null, partner: "shown",
    queue: [], map: [], history: [] });
  assert.deepEqual(others, ['{"advance":50}', '{"advance":10,"sent":["104059000000000000"]}',
    '{"advance":250}', '{"recv":"140000000005","partner":"hidden"}']);
  assert.deepEqual(linesOf("3.jsonl"), [header(0), '{"channel":"closed"}']);
});

/** Asks an adapter, looks at something when all is answered, and only then ends the input. */
async function adapterUntil(args, requests, look) {
  const child = spawn(process.execPath, [pathOf("../adapter.mjs"), ...args]);
  const exit = new Promise((resolve) => { child.on("close", resolve); });
  let answers = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    answers += text;
    if (answers.split("\n").length <= requests.length) return;
    look();
    child.stdin.end();
  });
  child.stdin.write(inputOf(requests));
  return exit;
}

test("a long log is complete when its session is closed, and at the end of the input", async () => {
  const acts = Array.from({ length: 2000 }, (_, i) => ({ act: { frame: 3 + i, action: 1 } }));
  const start = [{ recv: "06000000016161616161616161" }, { ready: { hash: "a".repeat(8) } }];
  const all = [...start, ...acts, { advance: 1 }];
  const args = [`--log-peers=${join(folder, "logs")}`];
  let lines = [];
  const closed = [open(1), { op: "advance", session: 1, do: all }, { op: "close", session: 1 }];
  const code = await adapterUntil(args, closed, () => { lines = linesOf("1.jsonl"); });
  assert.deepEqual([code, lines.length], [0, 1 + all.length]);
  assert.deepEqual(replay(lines), lines);
  adapter(args, [open(1), { op: "advance", session: 1, do: all }]);
  assert.deepEqual(linesOf("1.jsonl"), lines);
});

test("the logs of all worked scenarios can be played again", () => {
  // The scenarios open their sessions in their own process, which gets the argument.
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT; // otherwise it would report to the process that runs this test
  const args = [pathOf("scenarios.test.mjs"), `--log-peers=${join(folder, "logs")}`];
  const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  assert.equal(status, 0, stdout);
  const names = readdirSync(join(folder, "logs"));
  assert.ok(names.length > 150, `${names.length} logs`);
  for (const name of names) {
    const lines = linesOf(name);
    assert.ok(lines.length > 1, name);
    assert.deepEqual(replay(lines), lines);
    assert.equal(lines[0].includes('"inspect"'), parseInt(name, 10) % 2 === 0);
  }
});

test("wrong arguments are refused", () => {
  for (const [args, message] of [
    [["--log-peers"], "the folder is missing"],
    [["--log-peers="], "the folder is missing"],
    [["--log-peers=logs", "--lasting-hashes"], "a log cannot say that hashes last"]]) {
    const { status, stdout, stderr } = adapter(args, []);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.ok(stderr.startsWith(`${args[0]}: ${message}`), stderr);
  }
  writeFileSync(join(folder, "logs"), ""); // not a folder
  const { status, stdout } = adapter([`--log-peers=${join(folder, "logs")}`], [open(1)]);
  assert.ok(status > 0);
  assert.equal(stdout, "");
});
