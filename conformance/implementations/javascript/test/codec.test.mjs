import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { decode, encode, Refusal, timestampFromMs, timestampToMs } from "../src/index.mjs";

const bytesOf = (hex) =>
  Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const refusal = (refusalClass, offset) => (error) => {
  assert.ok(error instanceof Refusal, `not a refusal: ${error.stack}`);
  assert.deepEqual([error.refusalClass, error.offset], [refusalClass, offset]);
  return true;
};

// The worked examples of the specification that have a value, and examples of the largest values.
const VALUES = [
  ["01 0001 00000064 01 00 0000006403",
    { type: "input", player: 1, current_frame: 100, entries: [{ frame: 100, action: 3 }] }],
  ["01 0000 00000097 02 00 0000009606 0000009700",
    { type: "input", player: 0, current_frame: 151,
      entries: [{ frame: 150, action: 6 }, { frame: 151, action: 0 }] }],
  [`01 ffff ffffffff 0f 00 ${"ffffffffff ".repeat(15)}`,
    { type: "input", player: 65535, current_frame: 4294967295,
      entries: Array(15).fill({ frame: 4294967295, action: 255 }) }],
  ["12 000001b8 000001c1", { type: "input_request", start: 440, end: 449 }],
  ["12 ffffffff ffffffff", { type: "input_request", start: 4294967295, end: 4294967295 }],
  ["13 0001 0002 000001b806 000001b900",
    { type: "input_response", player: 1,
      entries: [{ frame: 440, action: 6 }, { frame: 441, action: 0 }] }],
  ["13 0000 0000", { type: "input_response", player: 0, entries: [] }],
  ["02 40934a0000000000", { type: "ping", timestamp: timestampFromMs(1234.5) }],
  ["02 8000000000000000", { type: "ping", timestamp: timestampFromMs(-0) }],
  ["03 7ff8000000000000", { type: "pong", timestamp: 0x7ff8000000000000n }],
  ["03 fff0000000000001", { type: "pong", timestamp: 0xfff0000000000001n }],
  ["10 4059066666666666", { type: "validation_ping", timestamp: timestampFromMs(100.1) }],
  ["11 4059066666666666", { type: "validation_pong", timestamp: timestampFromMs(100.1) }],
  ["04", { type: "keepalive" }],
  ["05 000001c2 00000000", { type: "episode_end", frame: 450, episode: 0 }],
  ["06 00000001 6131623263336434", { type: "episode_ready", episode: 1, hash: "a1b2c3d4" }],
  ["07 00000096 0123456789abcdef", { type: "state_hash", frame: 150, hash: "0123456789abcdef" }],
  ["07 ffffffff 00000000000000ff",
    { type: "state_hash", frame: 4294967295, hash: "00000000000000ff" }],
  ["14 01 000001b8", { type: "focus_state", focused: true, frame: 440 }],
  ["14 00 ffffffff", { type: "focus_state", focused: false, frame: 4294967295 }],
];

test("worked examples: bytes to value and back", () => {
  for (const [hex, message] of VALUES) {
    assert.deepEqual(decode(bytesOf(hex)), message);
    assert.equal(hexOf(encode(message)), hex.replaceAll(" ", ""));
  }
});

test("every prefix is truncated, every surplus byte trailing", () => {
  for (const [hex, message] of VALUES) {
    const whole = bytesOf(hex);
    assert.throws(() => decode(whole.subarray(0, 0)), refusal("empty", 0));
    for (let size = 1; size < whole.length; size++) {
      assert.throws(() => decode(whole.subarray(0, size)), refusal("truncated", size), hex);
    }
    for (const surplus of [1, 2, 5]) {
      const longer = new Uint8Array(whole.length + surplus);
      longer.set(whole);
      assert.throws(() => decode(longer), refusal("trailing", whole.length), message.type);
    }
  }
});

test("a view into a larger buffer", () => {
  for (const [hex, message] of VALUES) {
    const whole = bytesOf(hex);
    const buffer = new Uint8Array(whole.length + 7).fill(0xee);
    buffer.set(whole, 3);
    assert.deepEqual(decode(buffer.subarray(3, 3 + whole.length)), message);
    assert.deepEqual(decode(new DataView(buffer.buffer, 3, whole.length)), message);
  }
});

test("the reserved byte is ignored and written as 0", () => {
  const message = decode(bytesOf("01 0000 00000097 02 ff 0000009606 0000009700"));
  assert.equal(hexOf(encode(message)), "01000000000097020000000096060000009700");
});

test("refused datagrams", () => {
  for (const [hex, refusalClass, offset] of [
    ["", "empty", 0],
    ["08 00000001 00000000", "unknown_type", 0],
    ["01 0001 00000064 02 00 0000006403", "truncated", 14],
    ["01 0000 0000", "truncated", 5],
    ["01 0000 00000000 00 00", "count", 7],
    ["01 0000 00000000 00 00 00", "count", 7],
    ["01 0000 00000001 10 00", "count", 7],
    [`01 0000 00000001 10 00 ${"0000000100".repeat(16)}`, "count", 7],
    ["12 0000000a 00000005", "range", 5],
    ["13 0000 0002 0000000103", "truncated", 10],
    ["06 00000001 a1b2c3d400000000", "text", 5],
    ["06 00000001 6131423263336434", "text", 7],
    ["06 00000001 6131423263336434 00", "trailing", 13],
    ["07 00000096 0123456789abcd", "truncated", 12],
    ["14 02 000001b8", "value", 1],
    ["14 02 000001b8 00", "trailing", 6],
  ]) {
    assert.throws(() => decode(bytesOf(hex)), refusal(refusalClass, offset), hex);
  }
  for (let type = 0; type < 256; type++) {
    const known = type >= 0x01 && type <= 0x07 || type >= 0x10 && type <= 0x14;
    if (!known) assert.throws(() => decode(Uint8Array.of(type)), refusal("unknown_type", 0));
  }
});

// Every field of every message, with values that it must not hold.
const NO_TEXT = [5, null, undefined, ["0"], {}].map((value) => ["value", value]);
const NO_INTEGER = ["5", "", null, undefined, true, 1.5, NaN, Infinity, 5n, [5], {},
  { toString: 1, valueOf: 1 }].map((value) => ["value", value]);
const noUint = (max) => [...NO_INTEGER, ["range", -1], ["range", max + 1], ["range", 2 ** 64]];
const noHash = (digits) => [...NO_TEXT, ...["", "0".repeat(digits - 1), "0".repeat(digits + 1),
  ...["g", "A", "0x", " "].map((start) => start.padEnd(digits, "0")),
  "0".repeat(digits - 1) + "\n", "\u0660".repeat(digits), "0".repeat(digits - 1) + "\u0131",
].map((text) => ["text", text])];
const BAD_FIELDS = {
  player: noUint(65535), current_frame: noUint(4294967295), start: noUint(4294967295),
  end: noUint(4294967295), frame: noUint(4294967295), episode: noUint(4294967295),
  action: noUint(255),
  focused: ["true", 1, 0, null, undefined, {}].map((value) => ["value", value]),
  timestamp: [...[1234.5, 5, "40934a0000000000", null, undefined, {}, [1n]]
    .map((value) => ["value", value]), ["range", -1n], ["range", 1n << 64n]],
};

test("refused values", () => {
  for (const [, message] of VALUES) {
    for (const field of Object.keys(message)) {
      const bad = BAD_FIELDS[field] ?? (field === "hash" ? noHash(message.hash.length) : []);
      for (const [refusalClass, value] of bad) {
        assert.throws(() => encode({ ...message, [field]: value }), refusal(refusalClass), field);
      }
    }
    if (message.entries === undefined) continue;
    for (const entries of [null, undefined, {}, "", 3, { length: 1, 0: { frame: 1, action: 1 } },
      [null], [5], [[1, 2]], ["ab"], Array(1)]) {
      assert.throws(() => encode({ ...message, entries }), refusal("value"));
    }
    for (const field of ["frame", "action"]) {
      for (const [refusalClass, value] of BAD_FIELDS[field]) {
        const entry = { frame: 1, action: 1, [field]: value };
        assert.throws(() => encode({ ...message, entries: [entry] }), refusal(refusalClass), field);
      }
    }
  }
  const entries = (length) => Array(length).fill({ frame: 1, action: 1 });
  const input = { type: "input", player: 0, current_frame: 1 };
  assert.throws(() => encode({ ...input, entries: [] }), refusal("count"));
  assert.throws(() => encode({ ...input, entries: entries(16) }), refusal("count"));
  const response = { type: "input_response", player: 0 };
  assert.throws(() => encode({ ...response, entries: entries(65536) }), refusal("count"));
  assert.equal(encode({ ...response, entries: entries(65535) }).length, 5 + 5 * 65535);
  assert.throws(() => encode({ type: "input_request", start: 10, end: 5 }), refusal("range"));
  for (const type of ["goodbye", "", "toString", "__proto__", 1, null, undefined, ["ping"]]) {
    assert.throws(() => encode({ type }), refusal("unknown_type"));
  }
});

test("timestamps", () => {
  assert.equal(timestampFromMs(1234.5), 0x40934a0000000000n);
  assert.ok(Object.is(timestampToMs(timestampFromMs(-0)), -0));
  assert.equal(timestampToMs(0x4059066666666666n), 100.1);
  assert.ok(Number.isNaN(timestampToMs(0x7ff0000000000001n)));
  assert.throws(() => timestampFromMs("5"), refusal("value"));
  assert.throws(() => timestampToMs(5), refusal("value"));
});

// ---- The adapter, as a process -----------------------------------------------------------------

/** Writes the pieces one by one, and returns the answers, standard error and the exit code. */
async function adapter(...pieces) {
  const path = fileURLToPath(new URL("../adapter.mjs", import.meta.url));
  const child = spawn(process.execPath, [path]);
  let [out, log] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => { out += text; });
  child.stderr.setEncoding("utf8").on("data", (text) => { log += text; });
  const exit = new Promise((resolve) => { child.on("close", resolve); });
  for (const piece of pieces) {
    child.stdin.write(piece);
    await new Promise((resolve) => { setTimeout(resolve, 50); }); // so that each one is a chunk
  }
  child.stdin.end();
  const code = await exit;
  return { code, log, answers: out.split("\n").slice(0, -1).map((line) => JSON.parse(line)) };
}
const lines = (...requests) => requests.map((request) => `${JSON.stringify(request)}\n`).join("");

test("adapter: hello", async () => {
  const { code, answers } = await adapter(lines({
    id: 0, op: "hello", protocol: [1], kit: "test", nonce: "n\u00fc\u2028",
    limits: { line: 4194304, window: 64, timeout_ms: 1000 },
  }));
  assert.equal(code, 0);
  assert.equal(answers.length, 1);
  const { protocol, nonce, revision, window, sessions, capabilities } = answers[0].ok;
  assert.deepEqual([protocol, nonce, revision], [1, "n\u00fc\u2028", 7]);
  assert.deepEqual([window, sessions], [256, 16]);
  assert.deepEqual(capabilities, ["decode", "encode", "reencode", "exchange", "inspect", "detect",
    "advance", "inputs", "liveness", "validation", "episodes", "catch-up", "focus", "digest",
    "nan-payload"]);
});

test("adapter: each kind of answer", async () => {
  const ping = { type: "ping", fields: { timestamp: "fff0000000000001" } };
  const { code, log, answers } = await adapter(lines(
    { id: 1, op: "decode", hex: "02fff0000000000001" },
    { id: 2, op: "encode", ...ping },
    { id: 3, op: "reencode", hex: "0100000000009701ff0000009606" },
    { id: 4, op: "decode", hex: "" },
    { id: 5, op: "probe-nothing" },
    { id: 6, op: "toString" },
    { id: 7, op: "decode", hex: "0g" },
    { id: 8, op: "decode" },
    { id: 9, op: "hello", protocol: [2], nonce: "" },
    { id: 11, op: "reencode", hex: "070000009a0123456789ABCDEF" },
  ), "no JSON\n[]\n5\nnull\n{}\n\n", lines({ id: 10, op: "decode", hex: "04" }));
  assert.equal(code, 0);
  assert.match(log, /no JSON/);
  const kinds = answers.map(({ id, ...result }) => [id, Object.keys(result).join()]);
  assert.deepEqual(kinds, [[1, "ok"], [2, "ok"], [3, "ok"], [4, "reject"], [5, "unsupported"],
    [6, "unsupported"], [7, "error"], [8, "error"], [9, "error"], [11, "ok"], [10, "ok"]]);
  assert.deepEqual(answers[0].ok, ping);
  assert.deepEqual(answers[1].ok, { hex: "02fff0000000000001" });
  assert.deepEqual(answers[2].ok, { hex: "0100000000009701000000009606" });
  assert.equal(answers[3].reject.class, "empty");
  assert.deepEqual(answers[9].ok, { hex: "070000009a0123456789abcdef" });
  assert.deepEqual(answers[10].ok, { type: "keepalive", fields: {} });
});

test("adapter: digests, refusals of states, and a canonical text that fits no line", async () => {
  const long = `["${"\u007f".repeat(700_000)}"]`;
  const { answers } = await adapter(lines(
    { id: 1, op: "digest", form: "state_hash", state: '{"t": 0, "x": 1.0}' },
    { id: 2, op: "digest", form: "episode_ready", state: '{"t": 0, "x": 1.0}' },
    { id: 3, op: "digest", form: "state_hash", state: "[1,]" },
    { id: 4, op: "digest", form: "episode_ready", state: "[1e309]" },
    { id: 5, op: "digest", form: "input", state: "[]" },
    { id: 6, op: "digest", form: "state_hash", state: [] },
    { id: 7, op: "digest", form: "state_hash", state: long },
  ));
  assert.deepEqual(answers[0].ok, { hash: "cd8696e8a5f91a4d", text: '{"t":0,"x":1}' });
  assert.deepEqual(answers[1].ok, { hash: "da370eb8", text: '{"t": 0, "x": 1.0}' });
  assert.deepEqual([answers[2], answers[3]].map(({ reject }) => reject.class), ["text", "range"]);
  assert.ok(answers[4].error && answers[5].error);
  assert.deepEqual(Object.keys(answers[6].ok), ["hash"]);
});

test("adapter: wrong JSON in encode is refused, never an error", async () => {
  const ping = { type: "ping", timestamp: "40934a0000000000" };
  const requests = [];
  for (const { type, ...fields } of [ping, ...VALUES.map(([, message]) => message)]) {
    if (typeof fields.timestamp === "bigint") continue; // JSON does not have it
    for (const field of Object.keys(fields)) {
      for (const bad of [null, "x", [null], {}, { toString: 1 }, 1.5]) {
        const id = requests.length;
        requests.push({ id, op: "encode", type, fields: { ...fields, [field]: bad } });
      }
    }
  }
  for (const timestamp of ["", "40934A0000000000", "40934a000000000", " 0934a0000000000",
    "40934a00000000000", ["40934a0000000000"]]) {
    requests.push({ id: requests.length, op: "encode", type: "ping", fields: { timestamp } });
  }
  const { answers } = await adapter(lines(...requests));
  assert.equal(answers.length, requests.length);
  for (const { id, reject } of answers) assert.ok(reject, JSON.stringify(requests[id]));
});

test("adapter: a line in pieces, a character in pieces, no end of line at the end", async () => {
  const hello = Buffer.from(lines({ id: 0, op: "hello", protocol: [1], nonce: "\u{1f3ae}" }));
  const middle = hello.indexOf(0xf0) + 2;
  const { code, answers } = await adapter(hello.subarray(0, middle), hello.subarray(middle),
    '{"id":1,"op":"dec', 'ode","hex":"04"}\n{"id":2,', '"op":"decode","hex":"04"}');
  assert.equal(code, 0);
  assert.deepEqual(answers.map(({ id, ...result }) => [id, Object.keys(result).join()]),
    [[0, "ok"], [1, "ok"], [2, "ok"]]);
  assert.equal(answers[0].ok.nonce, "\u{1f3ae}");
});
