#!/usr/bin/env node
/**
 * Builds the site: `node site/build.mjs --rollwire PROGRAM --output FOLDER [--base /PATH/]
 * [--keep-matrix]`. The last one uses the event files of the last build again, while pages are written.
 *
 * FOLDER must hold the packages of npm; `npm ci` there, with site/package.json and its lock, puts them
 * there. Nothing else needs a network. The site is in FOLDER/dist afterwards. A link that leads nowhere
 * ends the build with exit code 1.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkLinks } from "./build/check-links.mjs";
import { matrix } from "./build/matrix.mjs";
import { stage } from "./build/stage.mjs";

const USAGE = "usage: node site/build.mjs --rollwire PROGRAM --output FOLDER [--base /PATH/] [--keep-matrix]";

function fail(text) {
  console.error(text);
  process.exit(1);
}

const { values } = parseArgs({
  options: {
    rollwire: { type: "string" },
    output: { type: "string" },
    base: { type: "string", default: "/" },
    "keep-matrix": { type: "boolean", default: false },
  },
});
if (!values.rollwire || !values.output || !/^\/(.*\/)?$/.test(values.base)) fail(USAGE);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(values.output);
const vitepress = join(folder, "node_modules/vitepress/bin/vitepress.js");
if (!existsSync(vitepress)) fail(`${vitepress} is missing; run \`.ci/run site\`, which installs it`);

mkdirSync(folder, { recursive: true });
const made = matrix(root, resolve(values.rollwire), join(folder, "matrix"), values["keep-matrix"]);
stage(root, folder, made);
rmSync(join(folder, "dist"), { recursive: true, force: true });
const built = spawnSync(process.execPath, [vitepress, "build", folder, "--base", values.base], { stdio: "inherit" });
if (built.status !== 0) fail("VitePress could not build the site");
const { links, broken } = checkLinks(join(folder, "dist"), values.base);
for (const it of broken) console.error(it);
if (broken.length > 0) fail(`${broken.length} of ${links} links are broken`);
console.log(`${join(folder, "dist")}: ${links} links, none of them broken`);
