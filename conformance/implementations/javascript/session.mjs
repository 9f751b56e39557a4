// The sessions of the adapter protocol: exchange.mjs with a channel that a test tells what to do.
import { Exchange } from "./exchange.mjs";
import { encode } from "./rollwire.mjs";

export const SESSIONS = 16; // open at once
const sessions = new Map();
const debug = process.argv.includes("--verbose") ? (line) => console.error(line) : undefined;

export function bytesOf(hex) { // checked, because Buffer.from stops silently at the first bad digit
  const isHex = typeof hex === "string" && hex.length % 2 === 0 && !/[^0-9a-f]/i.test(hex);
  if (!isHex) throw new Error("hex is not hex digits, two for each byte");
  return Buffer.from(hex, "hex");
}
export const hexOf = (bytes) => Buffer.from(bytes).toString("hex");

/** Answers `open`, `step` and `close` with the content of `ok`, or throws an Error. */
export function session({ op, session: number, do: stimuli }) {
  if (!Number.isSafeInteger(number) || number < 0) throw new Error("session is no number");
  if (op === "open") {
    if (sessions.has(number)) throw new Error(`session ${number} is open already`);
    if (sessions.size === SESSIONS) throw new Error(`${SESSIONS} sessions are open already`);
    return sessions.set(number, newSession()) && {};
  }
  const found = sessions.get(number);
  if (found === undefined) throw new Error(`session ${number} is not open`);
  if (op === "close") return sessions.delete(number) && {};
  if (!Array.isArray(stimuli) || stimuli.length === 0) throw new Error("do is no list of stimuli");
  // All are read before the first is worked off: a bad one leaves the session as it was.
  const actions = stimuli.map((stimulus) => read(stimulus, found));
  return { observations: actions.map((action) => observe(action, found)) };
}

function newSession() {
  const channel = { open: true, accept: 0, refuse: 0, how: "false", sent: [] };
  const send = (bytes) => { // as `sends` says also while it is closed: the attempt is to be seen
    if (channel.accept > 0) channel.accept -= 1;
    else if (channel.refuse === "all" || channel.refuse > 0) {
      if (channel.refuse !== "all") channel.refuse -= 1;
      if (channel.how === "throw") throw new Error("the channel refuses as it was told");
      return false;
    }
    return void channel.sent.push(hexOf(bytes)); // undefined, as a browser's own `send` returns
  };
  return { channel, exchange: new Exchange({ send, isOpen: () => channel.open, debug }) };
}

/** The stimulus as a function that works it off; what is wrong with it is found here. */
function read(stimulus, { channel, exchange }) {
  const members = Object.entries(stimulus ?? {});
  if (members.length !== 1) throw new Error("a stimulus is an object with one member");
  const [name, value] = members[0];
  switch (name) {
    case "confirm":
      check(value);
      return () => exchange.confirm(value.frame, value.hash);
    case "tick": return () => exchange.tick();
    case "recv":
      bytesOf(value); // which throws for a bad one now and not when it is worked off
      return () => exchange.receive(bytesOf(value));
    case "rollback":
      if (value === "end") return () => exchange.endRollback();
      check({ frame: value?.begin, hash: "0".repeat(16) });
      return () => exchange.beginRollback(value.begin);
    case "reset": return () => exchange.reset();
    case "channel":
      if (value !== "open" && value !== "closed") throw new Error("channel: open or closed");
      return () => { channel.open = value === "open"; };
    case "sends": {
      const { accept, refuse, how } = value ?? {};
      const isRight = /^\d+ (\d+|all) (false|throw)$/.test(`${accept} ${refuse} ${how}`);
      if (!isRight) throw new Error("sends: accept, refuse or how is wrong");
      return () => Object.assign(channel, { accept, refuse, how });
    }
    default: throw new Error(`there is no stimulus ${name}`);
  }
}

function check(stateHash) {
  try {
    encode({ ...stateHash, type: "state_hash" });
  } catch (e) {
    throw new Error(e.message); // not a Refusal: `reject` is no answer to a step
  }
}

function observe(action, { channel, exchange }) {
  channel.sent = [];
  action();
  const { queue, map, history, verified, events } = exchange;
  history.sort(([a], [b]) => a - b);
  return { sent: channel.sent, queue, map, history, verified, events };
}
