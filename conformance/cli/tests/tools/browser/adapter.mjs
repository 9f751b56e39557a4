// An adapter for the stand-in of the deployed browser implementation: codec.mjs, exchange.mjs, peer.mjs.
import { decode, encode } from "./codec.mjs";
import { CHAPTERS, MOST_SESSIONS, session } from "./sessions.mjs";

const bytesOf = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes) => Buffer.from(bytes).toString("hex");
const double = new DataView(new ArrayBuffer(8));

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
  const capabilities = ["decode", "encode", "reencode", "exchange", "inspect", "detect", ...CHAPTERS];
  const parameters = { validation_repeat_ms: 0, end_repeat_ms: 0, request_repeats: 0 };
  const sessions = MOST_SESSIONS;
  return { protocol: 1, nonce, impl, revision: 7, capabilities, parameters, window: 256, sessions };
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
