/**
 * The adapter: reads a request from each line of standard input and answers it with one line.
 * `rollwire explain adapter.md` describes the protocol. Your code belongs in codec.ts.
 */
import { decode, encode, Refusal } from "./codec.js";

/** An object of a request. What is in it is not known before it is looked at. */
type Members = Record<string, unknown>;

/** What `rollwire` may ask. Extend `capabilities` and `messages` with your implementation. */
const DECLARED = {
  protocol: 1,
  impl: { name: "my-implementation", version: "0.1.0", language: "TypeScript" },
  capabilities: ["decode", "encode"],
  messages: ["state_hash"],
};

/** One function for each question. What is not here is answered with `unsupported`. */
const QUESTIONS = new Map<string, (request: Members) => object>([
  ["hello", ({ protocol, nonce }) => {
    const speaks = Array.isArray(protocol) && protocol.includes(1);
    if (!speaks) throw new Error("this adapter speaks only protocol 1");
    return { ...DECLARED, nonce };
  }],
  ["decode", ({ hex }) => ({ type: "state_hash", fields: decode(bytesOf(hex)) })],
  ["encode", ({ type, fields }) => {
    if (type !== "state_hash") throw new Refusal("unknown_type", `the type is ${type}`);
    if (!isObject(fields)) throw new Error("`fields` is not an object");
    // The fields may be wrong on purpose. What a StateHash cannot hold is refused in its place.
    const { frame, hash } = fields;
    if (typeof frame !== "number") throw new Refusal("value", "the frame is not a number");
    if (typeof hash !== "string") throw new Refusal("value", "the hash is not text");
    return { hex: Buffer.from(encode({ frame, hash })).toString("hex") };
  }],
]);

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bytesOf(hex: unknown): Uint8Array {
  const isHex = typeof hex === "string" && /^([0-9a-f]{2})*$/i.test(hex);
  if (!isHex) throw new Error("`hex` is not hex");
  return Buffer.from(hex, "hex");
}

/** The answer without its id. A refusal is an answer; every other exception is a defect. */
function answer(request: Members): object {
  try {
    if (typeof request["op"] !== "string") throw new Error("`op` is not text");
    const question = QUESTIONS.get(request["op"]);
    return question ? { ok: question(request) } : { unsupported: {} };
  } catch (error) {
    if (!(error instanceof Refusal)) return { error: { message: String(error) } };
    return { reject: { class: error.refusalClass, message: error.message } };
  }
}

/** The request on a line. Without an id it cannot be answered, and is only logged. */
function requestOf(line: string): Members | undefined {
  try {
    const request: unknown = JSON.parse(line);
    const id = isObject(request) ? request["id"] : undefined;
    if (isObject(request) && Number.isSafeInteger(id) && Number(id) >= 0) return request;
    console.error("the request has no id:", line.slice(0, 200));
  } catch (error) {
    console.error(`${error}:`, line.slice(0, 200));
  }
  return undefined;
}

function answerLine(line: string): void {
  const request = line.trim() === "" ? undefined : requestOf(line);
  if (!request) return;
  process.stdout.write(`${JSON.stringify({ id: request["id"], ...answer(request) })}\n`);
}

// Not node:readline, which ends a line at U+2028 too. The process ends with its standard input.
let rest: string[] = []; // the pieces of a line whose end has not come yet
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  const pieces = String(chunk).split("\n");
  const last = pieces.pop() ?? "";
  for (const piece of pieces) {
    answerLine(rest.join("") + piece);
    rest = [];
  }
  rest.push(last);
});
process.stdin.on("end", () => answerLine(rest.join("")));
