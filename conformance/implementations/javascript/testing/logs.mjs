/** Logs of peers for tests: recorded peers, and logs that are played again. */
import { encode, RecordedPeer } from "../src/index.mjs";

/** What a line can hold besides its stimulus. */
const EFFECTS = ["sent", "refused", "verified", "found", "queue", "map", "history", "confirmed",
  "held", "round_trips", "validation", "episode", "request", "partner"];

/** A recorded peer and its log. `answer` decides about each datagram; options replace others. */
export function recorded({ answer = () => true, ...options } = {}) {
  const lines = [];
  const write = (line) => lines.push(line);
  const peer = new RecordedPeer({ local: 0, send: answer, ...options }, write);
  return {
    peer,
    receive: (message) => peer.receive(encode(message)),
    /** The lines that were written since the last call, without their ends. */
    take: () => lines.splice(0).map((line) => {
      if (!line.endsWith("\n") || line.includes("\n\n")) throw new Error(`not a line: ${line}`);
      return line.slice(0, -1);
    }),
  };
}

/** Each stimulus of the adapter protocol as a call. */
const CALLS = {
  advance: (peer, ms) => peer.advance(ms),
  channel: (peer, state) => (state === "open" ? peer.opened() : peer.closed()),
  recv: (peer, hex) => peer.receive(Uint8Array.from(Buffer.from(hex, "hex"))),
  act: (peer, { frame, action }) => peer.act(frame, action),
  reset: (peer) => peer.reset(),
  ready: (peer, { hash }) => peer.ready(hash),
  ended: (peer, { frame }) => peer.ended(frame),
  catch_up: (peer) => peer.catchUp(),
  focus: (peer, { shown, frame }) => peer.focus(shown, frame),
  confirm: (peer, { frame, hash }) => peer.confirm(frame, hash),
  tick: (peer) => peer.tick(),
  rollback: (peer, value) =>
    (value === "end" ? peer.endRollback() : peer.beginRollback(value.begin)),
};

const camelCase = (name) => name.replace(/_./g, ([, letter]) => letter.toUpperCase());

/** The options of the peer that a header tells of. */
export function optionsOf({ capabilities, peer, parameters = {} }) {
  const chapters = capabilities.filter((name) => name !== "detect" && name !== "inspect");
  return {
    local: peer.local,
    firstFrame: peer.first_frame,
    chapters,
    inspect: capabilities.includes("inspect"),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [camelCase(name), value])),
  };
}

/** Plays the stimuli of a log, with the same refusals, and returns the log of that. */
export function replay(lines) {
  const [header, ...others] = lines.map((line) => JSON.parse(line));
  let [handed, refused] = [0, []];
  const answer = () => !refused.includes(handed++);
  const { peer, take } = recorded({ answer, ...optionsOf(header) });
  for (const line of others) {
    [handed, refused] = [0, line.refused ?? []];
    const stimuli = Object.keys(line).filter((name) => !EFFECTS.includes(name));
    if (stimuli.length !== 1) throw new Error(`not one stimulus: ${JSON.stringify(line)}`);
    CALLS[stimuli[0]](peer, line[stimuli[0]]);
  }
  peer.finish();
  return take();
}
