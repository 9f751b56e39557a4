/**
 * Logs of peers, for tests only: with `--log-peers=FOLDER` each session of a peer is played by a
 * peer that logs itself. The answers of the adapter are the same.
 *
 * The log is that of a game, whose channel refuses as the session's does: it says what was refused,
 * and has no `sends` lines.
 */
import { appendFileSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { Peer, RecordedPeer } from "../src/index.mjs";
import { LOG_FOLDER } from "./options.mjs";

const MAX_WAITING = 2 ** 16; // characters of a log that wait, so that not every line is a write

const logs = new Map(); // of each peer that is in a session
let count = 0; // how many sessions of peers there have been

if (LOG_FOLDER !== null) {
  mkdirSync(LOG_FOLDER, { recursive: true });
  // A session that is open at the end of the input is never closed.
  process.on("exit", () => { for (const peer of logs.keys()) completeLog(peer); });
}

/**
 * A peer for a session. The log of the first one is FOLDER/1.jsonl. Every second log shows what the
 * peer holds, so that both forms are tested.
 */
export function peerOf(options) {
  if (LOG_FOLDER === null) return new Peer(options);
  const log = new LogFile();
  const inspect = count % 2 === 1;
  const peer = new RecordedPeer({ ...options, inspect }, (line) => log.write(line));
  count += 1; // options that are refused are not a session
  log.open(join(LOG_FOLDER, `${count}.jsonl`));
  logs.set(peer, log);
  return peer;
}

/** The session is closed. Does nothing for what has no log. */
export function completeLog(peer) {
  const log = logs.get(peer);
  if (log === undefined) return;
  logs.delete(peer);
  peer.finish();
  log.close();
}

class LogFile {
  #file = null;
  #waiting = ""; // lines that are not in the file yet

  open(path) {
    this.#file = openSync(path, "w");
  }

  write(line) {
    this.#waiting += line;
    if (this.#waiting.length > MAX_WAITING) this.#flush();
  }

  close() {
    this.#flush();
    closeSync(this.#file);
  }

  #flush() {
    appendFileSync(this.#file, this.#waiting);
    this.#waiting = "";
  }
}
