#!/usr/bin/env node
/**
 * Makes `console.js`, the tap as one script to paste into a console, and `bookmarklet.txt`, the same as an
 * address. A test compares both with what this makes.
 *
 *     node make-snippets.mjs          writes the files
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = new URL(".", import.meta.url);
const read = (name) => readFileSync(new URL(name, FOLDER), "utf8");

const HEAD = `// The rollwire tap, to paste into the console of a page. Made by make-snippets.mjs; do not edit.
// It records every data channel of the page. To save the capture: rollwireTap.download()
`;

/** What happens when the script runs: the second time it saves the capture. */
const LAST = `if (globalThis.rollwireTap) {
  globalThis.rollwireTap.download();
} else {
  globalThis.rollwireTap = tapPage();
  console.log("The rollwire tap records. To save the capture: rollwireTap.download()");
}
`;

/** The modules that a module needs and itself, in an order in which each follows what it needs. */
function modulesOf(name, seen = []) {
  const imports = read(`src/${name}`).matchAll(/^import .*?\bfrom\b "\.\/(.*?)";$/gms);
  for (const [, needed] of imports) if (!seen.includes(needed)) modulesOf(needed, seen);
  if (!seen.includes(name)) seen.push(name);
  return seen;
}

/**
 * The code alone, on one line: without imports, comments and the word export. Each statement of the
 * sources ends in a semicolon or a brace, and no string of them reaches over a line.
 */
function bare(text) {
  return text
    .replace(/^import .*?;\n/gms, "")
    .replace(/^ *\/\*\*.*?\*\/\n/gms, "")
    .replace(/(^| )\/\/ .*$/gm, "")
    .replace(/^export /gm, "")
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

/** Each module in a function of its own, so that their private names do not meet. */
function wrapped(name) {
  const text = read(`src/${name}`);
  const names = [...text.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, it]) => it);
  const list = names.join(", ");
  return `const { ${list} } = (() => { ${bare(text)} return { ${list} }; })();\n`;
}

export function consoleScript() {
  const modules = modulesOf("page.mjs").map(wrapped).join("");
  return `${HEAD}(() => {\n"use strict";\n${modules}${LAST}})();\n`;
}

export function bookmarklet() {
  const script = consoleScript().slice(HEAD.length);
  return `javascript:${encodeURIComponent(script)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("console.js", FOLDER), consoleScript());
  writeFileSync(new URL("bookmarklet.txt", FOLDER), bookmarklet());
}
