// An adapter for codec.mjs and exchange.mjs, the stand-in for the deployed browser implementation.
import { decode, encode } from "./codec.mjs";
import { Exchange } from "./exchange.mjs";

const bytesOf = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes) => Buffer.from(bytes).toString("hex");
const double = new DataView(new ArrayBuffer(8));
const sessions = new Map();

/** What the channel throws to refuse a datagram. */
class ChannelError extends Error {}

/** The implementation ignored its input on purpose, with a warning in its log. */
class Ignored extends Error {}

/** Everything else that the codec throws leaves it: nothing in the deployed code catches it. */
function known(result) {
  if (result === null) throw new Ignored("no such message");
  return result;
}

const decoded = (hex) => known(decode(bytesOf(hex)));

function toJson({ type, fields }) {
  if ("timestamp" in fields) {
    double.setFloat64(0, fields.timestamp);
    fields = { timestamp: double.getBigUint64(0).toString(16).padStart(16, "0") };
  }
  return { type, fields };
}

/** Bits become the number that they stand for; every other value goes to the encoder unchanged. */
function fromJson({ type, fields }) {
  const bits = fields.timestamp;
  if (typeof bits !== "string" || !/^[0-9a-f]{16}$/.test(bits)) return { type, fields };
  double.setBigUint64(0, BigInt(`0x${bits}`));
  return { type, fields: { timestamp: double.getFloat64(0) } };
}

/** The answer with these bytes. */
function encoded({ type, fields }) {
  const bytes = known(encode(type, fields));
  return bytes === undefined ? { unsupported: {} } : { ok: { hex: hexOf(bytes) } };
}

function hello({ nonce }) {
  const impl = { name: "browser", version: "revision 7, restated", language: "JavaScript" };
  const capabilities = ["decode", "encode", "reencode", "exchange", "inspect", "detect"];
  return { protocol: 1, nonce, impl, revision: 7, capabilities, window: 256, sessions: 16 };
}

/** A malformed request is answered with an error, and changes nothing. */
function checkSession({ op, session: number, do: stimuli }) {
  if (sessions.has(number) === (op === "open")) throw new Error(`no session to ${op}`);
  if (op !== "step") return;
  const isHex = (text) => /^([0-9a-f]{2})*$/.test(text);
  const isWhole = (it) => Object.keys(it).length === 1 && (it.recv === undefined || isHex(it.recv));
  if (!stimuli?.length || !stimuli.every(isWhole)) throw new Error("no stimulus, or a malformed one");
}

function session({ op, session: number, do: stimuli }) {
  if (op === "close") return sessions.delete(number) && {};
  if (op === "open") {
    const channel = { open: true, accept: 0, refuse: 0, sent: [] };
    return sessions.set(number, { exchange: new Exchange(), channel }) && {};
  }
  const found = sessions.get(number);
  if (found === undefined || !stimuli?.length) throw new Error("no such session, or no stimulus");
  return { observations: stimuli.map((stimulus) => observe(stimulus, found)) };
}

/** A browser's channel. It refuses by throwing, whatever `how` says: it has no other way. */
function send(channel, bytes) {
  if (channel.accept > 0) channel.accept -= 1;
  else if (channel.refuse === "all" || channel.refuse > 0) {
    if (channel.refuse !== "all") channel.refuse -= 1;
    throw new ChannelError("the channel refuses as it was told");
  }
  channel.sent.push(hexOf(bytes));
  return true; // the deployed wrapper returns false only while the channel is not open
}

/** A browser reports what the step or an event handler of the game throws, and goes on. */
function reported(call) {
  try {
    call();
  } catch (e) {
    if (!(e instanceof ChannelError || e instanceof RangeError)) throw e;
  }
}

function observe(stimulus, { exchange, channel }) {
  const [[name, value]] = Object.entries(stimulus);
  channel.sent = [];
  if (name === "confirm") exchange.confirm(value.frame, value.hash);
  else if (name === "tick") {
    reported(() => exchange.tick(channel.open, (bytes) => send(channel, bytes)));
  } else if (name === "recv") reported(() => exchange.receive(bytesOf(value)));
  else if (name === "rollback" && value === "end") exchange.endRollback();
  else if (name === "rollback") exchange.beginRollback(value.begin);
  else if (name === "reset") exchange.reset();
  else if (name === "channel") channel.open = value === "open";
  else if (name === "sends") Object.assign(channel, value);
  else throw new Error(`there is no stimulus ${name}`);
  const sorted = (map) => [...map].sort(([a], [b]) => a - b);
  const verified = exchange.verified < 0 ? null : exchange.verified;
  const { queue, events } = structuredClone({ queue: exchange.queue, events: exchange.events });
  const [map, history] = [sorted(exchange.map), sorted(exchange.history)];
  return { sent: channel.sent, queue, map, history, verified, events };
}

function answer(line) {
  const request = JSON.parse(line);
  const { id, op } = request;
  try {
    switch (op) {
      case "hello": return { id, ok: hello(request) };
      case "decode": return { id, ok: toJson(decoded(request.hex)) };
      case "encode": return { id, ...encoded(fromJson(request)) };
      case "reencode": return { id, ...encoded(decoded(request.hex)) };
      case "open": case "step": case "close":
        checkSession(request);
        return { id, ok: session(request) };
      default: return { id, unsupported: {} };
    }
  } catch (e) {
    if (e instanceof Ignored) return { id, reject: { class: "unknown_type" } };
    return { id, error: { message: `${e.name}: ${e.message}` } };
  }
}

let rest = "";
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  const answers = lines.map((it) => `${JSON.stringify(answer(it))}\n`);
  if (answers.length > 0) process.stdout.write(answers.join(""));
}
