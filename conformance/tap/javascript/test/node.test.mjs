// Sockets of Node.js, and the file.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { NodeTap, tapSocket } from "../node.mjs";
import { happened, parse } from "../testing/capture.mjs";
import { Channel, Socket, until } from "../testing/channels.mjs";

const folder = mkdtempSync(join(tmpdir(), "rollwire-tap-"));
after(() => rmSync(folder, { recursive: true }));
const path = (name) => join(folder, name);
const bytes = (...values) => Uint8Array.from(values);

test("messages of an emitter are bytes or text, as it says", async () => {
  const socket = new Socket();
  const tap = tapSocket(socket);
  socket.emit("open");
  socket.emit("message", Buffer.from("{}"), false);
  socket.emit("message", Buffer.from("{}"), true);
  socket.emit("message", [Buffer.from([1]), Buffer.from([2])], true);
  socket.emit("message", bytes(3).buffer, true);
  socket.emit("message", "text");
  socket.emit("message", Buffer.from([4]));
  socket.emit("message", [5], true);
  socket.emit("close", 1000, Buffer.from("bye"));
  assert.deepEqual(happened(await tap.text()), [["channel", "open"], ["received", { text: "{}" }],
    ["received", "7b7d"], ["received", "0102"], ["received", "03"], ["received", { text: "text" }],
    ["received", "04"], ["missing", 1], ["channel", "closed"]]);
});

test("the tap listens first, and leaves no listener behind", async () => {
  const socket = new Socket();
  socket.on("message", (data) => socket.send(data, "option"));
  const counts = () => socket.eventNames().map((name) => socket.listenerCount(name));
  const before = counts();
  const tap = tapSocket(socket);
  socket.emit("message", Buffer.from([1]), true);
  assert.deepEqual(happened(await tap.text()), [["received", "01"], ["sent", "01"]]);
  tap.stop();
  assert.deepEqual(counts(), before);
  assert.ok(!Object.hasOwn(socket, "send"));
});

test("an error that the game does not handle is still thrown", async () => {
  const socket = new Socket();
  const tap = tapSocket(socket);
  assert.throws(() => socket.emit("error", new Error("reset")), /reset/);
  socket.on("error", () => {});
  socket.emit("error", new Error("again"));
  assert.deepEqual(happened(await tap.text()), [["error", "reset"], ["error", "again"]]);
});

test("an event target works as in a browser", async () => {
  const channel = new Channel();
  const tap = tapSocket(channel);
  channel.arrive(bytes(1).buffer);
  channel.send(bytes(2));
  assert.deepEqual(happened(await tap.text()), [["received", "01"], ["sent", "02"]]);
});

test("the file holds everything, also what comes in floods", async () => {
  const file = path("flood.jsonl");
  writeFileSync(file, "what was there before");
  const socket = new Socket();
  const tap = tapSocket(socket, { file, peer: "ann" });
  const data = Buffer.alloc(1000);
  for (let number = 0; number < 12_000; number++) {
    data.writeUint32BE(number);
    socket.send(data);
  }
  socket.emit("message", new Blob([bytes(9)]));
  await tap.close();
  socket.send(data); // is not recorded any longer
  await tap.close();
  const { headers, records } = parse(readFileSync(file, "utf8"));
  assert.deepEqual(headers.map(({ peer }) => peer), ["ann"]);
  assert.equal(records.length, 12_001);
  assert.ok(records.slice(0, -1).every(({ sent }, i) => Number.parseInt(sent.slice(0, 8), 16) === i));
  assert.equal(records.at(-1).received, "09");
});

test("lines are in the file while the game goes on", async () => {
  const file = path("running.jsonl");
  const socket = new Socket();
  const tap = tapSocket(socket, { file });
  for (let number = 1; number <= 3; number++) {
    socket.send(bytes(number));
    await until(() => readFileSync(file, "utf8").includes(`"sent":"0${number}"`));
  }
  await tap.close();
});

test("a file without records has a header", async () => {
  const tap = new NodeTap({ file: path("empty.jsonl"), peer: "ann" });
  await tap.close();
  assert.equal(parse(readFileSync(path("empty.jsonl"), "utf8")).headers[0].peer, "ann");
});

test("a file that cannot be opened is an error at once", () => {
  const socket = new Socket();
  assert.throws(() => tapSocket(socket, { file: path("none/such/file.jsonl") }), /ENOENT.*file\.jsonl/);
  assert.ok(!Object.hasOwn(socket, "send"));
});

test("a disk that is full does not disturb the game, and the close says so", {
  skip: !existsSync("/dev/full") && "there is no /dev/full",
}, async () => {
  const socket = new Socket();
  const tap = tapSocket(socket, { file: "/dev/full" });
  for (let number = 1; number <= 3; number++) {
    socket.send(bytes(number));
    await new Promise((resolve) => { setTimeout(resolve, 110); });
  }
  await assert.rejects(tap.close(), { code: "ENOSPC" });
  assert.equal(happened(await tap.text()).length, 3);
});

test("an object that is not a socket is refused", () => {
  for (const wrong of [null, {}, { send: 5 }]) {
    assert.throws(() => tapSocket(wrong), /has no method `send`/);
  }
  assert.throws(() => tapSocket({ send() {} }), /neither `on` nor `addEventListener`/);
});
