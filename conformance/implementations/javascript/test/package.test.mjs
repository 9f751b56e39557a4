// The package as a game sees it: the examples of the README, the declared types, and the imports.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync }
  from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as api from "../src/index.mjs";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const readText = (path) => readFileSync(join(PACKAGE, path), "utf8");
const readTypes = () => ["index.d.ts", "peer.d.mts", "peer-recorder.d.mts"]
  .map((name) => readText(`src/${name}`)).join("");

/** The blocks of the README in this language. */
function blocksOf(language) {
  const blocks = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms");
  return [...readText("README.md").matchAll(blocks)].map(([, block]) => block);
}

test("the examples of the README print what the README shows", () => {
  const [examples, printed] = [blocksOf("js"), blocksOf("text")];
  assert.deepEqual([examples.length, printed.length], [4, 4]);
  const folder = mkdtempSync(join(tmpdir(), "rollwire-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(PACKAGE, join(folder, "node_modules", "rollwire-reference"), "junction");
    examples.forEach((example, i) => {
      writeFileSync(join(folder, "example.mjs"), example);
      const found = execFileSync(process.execPath, ["example.mjs"], { cwd: folder });
      assert.equal(found.toString(), printed[i]);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the types declare what the package exports", () => {
  const types = readTypes();
  const declared = [...types.matchAll(/^export (?:const|function|class) (\w+)/gm)];
  assert.deepEqual(declared.map(([, name]) => name).sort(), Object.keys(api).sort());
  for (const name of ["REVISION", "HISTORY_BOUND", "MAP_BOUND", "ADVANCE_BOUND"]) {
    assert.match(types, new RegExp(`^export const ${name}: ${api[name]};`, "m"));
  }
});

test("the types declare the members of the exchange and of the peer", () => {
  const types = readTypes();
  for (const name of ["Exchange", "RecordedExchange", "Peer", "RecordedPeer"]) {
    const [, body] = new RegExp(`^export class ${name}\\b.*?{\n(.*?)^}`, "ms").exec(types);
    const declared = [...body.matchAll(/^  (?:get )?(\w+)\(/gm)].map(([, member]) => member);
    const members = Object.getOwnPropertyNames(api[name].prototype);
    assert.deepEqual(declared.sort(), members.sort());
  }
});

test("the library needs no other module", () => {
  const files = readdirSync(join(PACKAGE, "src")).filter((name) => name.endsWith(".mjs"));
  assert.ok(files.length >= 5, files.join());
  for (const file of files) {
    const text = readText(join("src", file));
    const imports = text.matchAll(/^(?:import|export|\}) .*?\bfrom\b "(.*)";$/gm);
    for (const [, module] of imports) assert.ok(files.includes(module.slice(2)), module);
  }
});
