#!/usr/bin/env node
/**
 * Starts the program that the package of this platform brings. Arguments, standard input and output
 * and the exit code are those of the program, and signals are passed on to it.
 *
 * ROLLWIRE_BINARY is the path of a program to start instead.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { PLATFORMS } from "./platforms.mjs";

/** When there is nothing to start, as for a command that was not found. */
const NOT_FOUND = 127;

const program = process.env.ROLLWIRE_BINARY || installed();
if (process.env.ROLLWIRE_BINARY && !existsSync(program)) {
  stop(`ROLLWIRE_BINARY: there is no file ${program}`);
}
start(program);

function stop(text) {
  console.error(`rollwire: ${text}`);
  process.exit(NOT_FOUND);
}

/** The program of this platform. */
function installed() {
  const key = `${process.platform}-${process.arch}`;
  if (!Object.hasOwn(PLATFORMS, key)) {
    const known = Object.keys(PLATFORMS).join(", ");
    stop(`there is no program for ${key}, only for ${known}; build it with \`cargo install\`, and `
      + "set ROLLWIRE_BINARY to its path");
  }
  const { name, program } = PLATFORMS[key];
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/${program}`);
  } catch {
    stop(`the package ${name} is not installed: \`npm install\` leaves it out with `
      + "`--omit=optional`, and if node_modules was copied from another platform; install again here");
  }
}

function start(program) {
  const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
  child.on("error", ({ message }) => stop(`${program} cannot be started: ${message}`));

  // A terminal sends an interrupt to both, and a second one would end the program at once.
  const { stdin, stdout, stderr } = process;
  const isInterrupted = [stdin, stdout, stderr].some(({ isTTY }) => isTTY);
  process.on("SIGINT", () => isInterrupted || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));

  child.on("exit", (code, signal) => {
    process.exit(signal === null ? code : 128 + constants.signals[signal]);
  });
}
