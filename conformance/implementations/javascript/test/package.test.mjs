// The package as a game sees it: the example of the README, the declared types, and the imports.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync }
  from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as api from "../src/index.mjs";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const readText = (path) => readFileSync(join(PACKAGE, path), "utf8");

/** The first block of the README in this language. */
function blockOf(language) {
  const found = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(readText("README.md"));
  assert.ok(found, `the README has a block of ${language}`);
  return found[1];
}

test("the example of the README prints what the README shows", () => {
  const folder = mkdtempSync(join(tmpdir(), "rollwire-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(PACKAGE, join(folder, "node_modules", "rollwire-reference"), "junction");
    writeFileSync(join(folder, "example.mjs"), blockOf("js"));
    const printed = execFileSync(process.execPath, ["example.mjs"], { cwd: folder });
    assert.equal(printed.toString(), blockOf("text"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the types declare what the package exports", () => {
  const types = readText("src/index.d.ts");
  const declared = [...types.matchAll(/^export (?:const|function|class) (\w+)/gm)];
  assert.deepEqual(declared.map(([, name]) => name).sort(), Object.keys(api).sort());
  for (const name of ["REVISION", "HISTORY_BOUND", "MAP_BOUND", "ADVANCE_BOUND"]) {
    assert.match(types, new RegExp(`^export const ${name}: ${api[name]};`, "m"));
  }
});

test("the types declare the members of the exchange and of the peer", () => {
  const types = readText("src/index.d.ts");
  for (const name of ["Exchange", "RecordedExchange", "Peer"]) {
    const [, body] = new RegExp(`^export class ${name}\\b.*?{\n(.*?)^}`, "ms").exec(types);
    const declared = [...body.matchAll(/^  (?:get )?(\w+)\(/gm)].map(([, member]) => member);
    const members = Object.getOwnPropertyNames(api[name].prototype);
    assert.deepEqual(declared.sort(), members.sort());
  }
});

test("the library needs no other module", () => {
  const modules = (folder) => readdirSync(join(PACKAGE, folder))
    .filter((name) => name.endsWith(".mjs")).map((name) => `${folder}/${name}`);
  const files = [...modules("src"), ...modules("src/peer")];
  assert.ok(files.length >= 15, files.join());
  for (const file of files) {
    const imports = readText(file).matchAll(/^(?:import|export|\}) .*?\bfrom\b "(.*)";$/gm);
    for (const [, module] of imports) {
      assert.ok(files.includes(posix.join(posix.dirname(file), module)), module);
    }
  }
});
