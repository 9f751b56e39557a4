// The package as a game sees it: the generated snippets, the declared types, and the example for Node.js.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync }
  from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { bookmarklet, consoleScript } from "../make-snippets.mjs";
import * as node from "../node.mjs";
import * as api from "../src/index.mjs";
import { happened, parse } from "../testing/capture.mjs";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const readText = (path) => readFileSync(join(PACKAGE, path), "utf8");

test("the snippets are what the module makes of them", () => {
  const hint = "run `node make-snippets.mjs`";
  assert.ok(readText("console.js") === consoleScript(), hint);
  assert.ok(readText("bookmarklet.txt") === bookmarklet(), hint);
  // Firefox refuses longer addresses.
  assert.ok(bookmarklet().length < 65_536);
  for (const file of readdirSync(join(PACKAGE, "src")).filter((it) => it.endsWith(".mjs"))) {
    if (file === "index.mjs") continue;
    const [name] = /(?<=^export (?:const|function|class) )\w+/m.exec(readText(`src/${file}`));
    assert.ok(consoleScript().includes(name), `${file} is missing`);
  }
});

test("the example for Node.js records what it says", () => {
  const [, section] = readText("../README.md").split("\n## In Node.js\n");
  const [, example] = /^```js\n(.*?)^```/ms.exec(section);
  const folder = mkdtempSync(join(tmpdir(), "rollwire-tap-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(PACKAGE, join(folder, "node_modules", "rollwire-tap"), "junction");
    writeFileSync(join(folder, "example.mjs"), example);
    execFileSync(process.execPath, ["example.mjs"], { cwd: folder });
    const text = readFileSync(join(folder, "mine.jsonl"), "utf8");
    const datagram = "07000000960123456789abcdef";
    assert.deepEqual(happened(text), [["sent", datagram], ["received", datagram]]);
    assert.equal(parse(text).headers[0].peer, "ann");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the example with the clock of the peer records what it says", () => {
  const [, section] = readText("../README.md").split("\n## The clock of the peer\n");
  const [, example] = /^```js\n(.*?)^```/ms.exec(section);
  const folder = mkdtempSync(join(tmpdir(), "rollwire-tap-"));
  try {
    const packages = join(folder, "node_modules");
    mkdirSync(packages);
    symlinkSync(PACKAGE, join(packages, "rollwire-tap"), "junction");
    const peers = join(PACKAGE, "../../implementations/javascript");
    symlinkSync(peers, join(packages, "rollwire-reference"), "junction");
    writeFileSync(join(folder, "example.mjs"), example);
    execFileSync(process.execPath, ["example.mjs"], { cwd: folder });
    const { headers: [header], records } = parse(readFileSync(join(folder, "mine.jsonl"), "utf8"));
    assert.deepEqual(header, { capture: 1, peer: "ann", setup: { local: 0 } });
    const ping = "104059000000000000";
    const seen = records.map(({ n, at, ...what }) => [at, Object.values(what)[0]]);
    const expected = [[0, "open"], [100, ping], [103, ping], [103, `11${ping.slice(2)}`], [103, "closed"]];
    assert.deepEqual(seen, expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the types declare what the package exports", () => {
  for (const [types, exported] of [["src/index.d.mts", api], ["node.d.mts", node]]) {
    const declared = [...readText(types).matchAll(/^export (?:const|function|class) (\w+)/gm)];
    assert.deepEqual(declared.map(([, name]) => name).sort(), Object.keys(exported).sort());
  }
});

test("the types declare the members that a game may use", () => {
  // What the parts of the package say to each other is not declared.
  const internal = ["constructor", "names", "onStop", "reader", "recorderOf"];
  const membersOf = (types, name) => {
    const [, body] = new RegExp(`^export class ${name}\\b.*?{\n(.*?)^}`, "ms").exec(readText(types));
    return [...body.matchAll(/^  (?:get )?(\w+)[(<]/gm)].map(([, it]) => it).filter((it) => it !== "constructor");
  };
  for (const [types, { prototype }, name] of [["src/index.d.mts", api.Tap, "Tap"],
    ["node.d.mts", node.NodeTap, "NodeTap"]]) {
    const members = Object.getOwnPropertyNames(prototype).filter((it) => !internal.includes(it));
    assert.deepEqual(membersOf(types, name).sort(), members.sort());
  }
});

test("what runs in a page needs no other module", () => {
  const files = readdirSync(join(PACKAGE, "src"));
  for (const file of files.filter((it) => it.endsWith(".mjs"))) {
    const imports = readText(join("src", file)).matchAll(/^(?:import|export) .*?\bfrom\b "(.*)";$/gm);
    for (const [, module] of imports) assert.ok(files.includes(module.slice(2)), module);
    // The snippets leave the imports out, and keep the names.
    assert.doesNotMatch(readText(join("src", file)), /^import .*\bas\b/m, file);
  }
});
