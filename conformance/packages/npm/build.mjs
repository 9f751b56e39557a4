/**
 * Builds the npm packages: `node build.mjs --output FOLDER`, and for a platform
 * `node build.mjs --output FOLDER --platform linux-x64 --binary PATH`.
 *
 * The first makes the package `rollwire`, with the vectors and the version of the repository. The
 * second makes the package `@rollwire/linux-x64`, which is nothing but the program that was built
 * with cargo. Each is a folder for `npm pack` and `npm publish`.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { PLATFORMS } from "./bin/platforms.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const LICENCES = ["LICENSE-MIT", "LICENSE-APACHE"];

const { values } = parseArgs({
  options: {
    output: { type: "string" },
    platform: { type: "string" },
    binary: { type: "string" },
  },
});
if (values.output === undefined) stop("name the folder for the packages: --output FOLDER");
if ((values.platform === undefined) !== (values.binary === undefined)) {
  stop("a package for a platform needs both --platform and --binary");
}
if (values.platform === undefined) buildMain(values.output);
else buildPlatform(values.output, values.platform, values.binary);

function stop(text) {
  console.error(`build.mjs: ${text}`);
  process.exit(2);
}

/** The version of the crates, which the packages share. */
function workspaceVersion() {
  const manifest = readFileSync(join(REPOSITORY, "Cargo.toml"), "utf8");
  const found = /^\[workspace\.package\]\r?\nversion = "([^"]+)"/m.exec(manifest);
  if (found === null) stop("Cargo.toml has no workspace version");
  return found[1];
}

/** A folder that did not exist: nothing is overwritten, and nothing old stays. */
function newFolder(output, name) {
  const folder = join(output, name);
  if (existsSync(folder)) stop(`${folder} exists; remove it, or choose another --output`);
  mkdirSync(folder, { recursive: true });
  for (const name of LICENCES) cpSync(join(REPOSITORY, name), join(folder, name));
  return folder;
}

function writeManifest(folder, manifest) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(folder);
}

function buildMain(output) {
  const version = workspaceVersion();
  const folder = newFolder(output, "rollwire");
  for (const name of ["bin", "src", "README.md"]) {
    cpSync(join(HERE, name), join(folder, name), { recursive: true });
  }
  const isVector = (path) => !/\.(md|txt)$|[\\/]schema$/.test(path);
  const vectors = join(REPOSITORY, "vectors");
  cpSync(vectors, join(folder, "vectors"), { recursive: true, filter: isVector });
  const manifest = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
  const packages = Object.values(PLATFORMS).map(({ name }) => [name, version]);
  writeManifest(folder, { ...manifest, version, optionalDependencies: Object.fromEntries(packages) });
}

function buildPlatform(output, platform, binary) {
  if (!Object.hasOwn(PLATFORMS, platform)) {
    stop(`there is no platform ${platform}; the platforms are ${Object.keys(PLATFORMS).join(", ")}`);
  }
  if (!existsSync(binary)) stop(`${binary} does not exist; build it with cargo build --release`);
  const { name, program, os, cpu } = PLATFORMS[platform];
  const folder = newFolder(output, platform);
  mkdirSync(join(folder, "bin"));
  cpSync(binary, join(folder, "bin", program));
  chmodSync(join(folder, "bin", program), 0o755);
  writeFileSync(join(folder, "README.md"), `The program of [rollwire](https://npmjs.com/package/rollwire) for ${platform}.\n`);
  writeManifest(folder, {
    name,
    version: workspaceVersion(),
    description: `The command rollwire for ${platform}`,
    license: "MIT OR Apache-2.0",
    os: [os],
    cpu: [cpu],
    files: ["bin/"],
    // The program is a file that is started, and cannot be within an archive.
    preferUnplugged: true,
  });
}
