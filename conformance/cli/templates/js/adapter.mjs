/**
 * The adapter: reads a request from each line of standard input and answers it with one line.
 * `rollwire explain adapter.md` describes the protocol. Your code belongs in codec.mjs.
 */
import { decode, encode, Refusal } from "./codec.mjs";

/** What `rollwire` may ask. Extend `capabilities` and `messages` with your implementation. */
const DECLARED = {
  protocol: 1,
  impl: { name: "my-implementation", version: "0.1.0", language: "JavaScript" },
  capabilities: ["decode", "encode"],
  messages: ["state_hash"],
};

/** One function for each question. What is not here is answered with `unsupported`. */
const QUESTIONS = new Map([
  ["hello", ({ protocol, nonce }) => {
    if (!protocol.includes(1)) throw new Error("this adapter speaks only protocol 1");
    return { ...DECLARED, nonce };
  }],
  ["decode", ({ hex }) => decode(bytesOf(hex))],
  ["encode", ({ type, fields }) => ({ hex: Buffer.from(encode(type, fields)).toString("hex") })],
]);

function bytesOf(hex) {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new Error("`hex` is not hex");
  return Buffer.from(hex, "hex");
}

/** The answer without its id. A refusal is an answer; every other exception is a defect. */
function answer(request) {
  try {
    if (typeof request.op !== "string") throw new Error("`op` is not text");
    const question = QUESTIONS.get(request.op);
    return question ? { ok: question(request) } : { unsupported: {} };
  } catch (error) {
    if (!(error instanceof Refusal)) return { error: { message: String(error) } };
    return { reject: { class: error.refusalClass, message: error.message } };
  }
}

/** The request on a line. Without an id it cannot be answered, and is only logged. */
function requestOf(line) {
  try {
    const request = JSON.parse(line);
    if (Number.isSafeInteger(request?.id) && request.id >= 0) return request;
    console.error("the request has no id:", line.slice(0, 200));
  } catch (error) {
    console.error(`${error}:`, line.slice(0, 200));
  }
}

function answerLine(line) {
  const request = line.trim() === "" ? undefined : requestOf(line);
  if (request) process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(request) })}\n`);
}

// Not node:readline, which ends a line at U+2028 too. The process ends with its standard input.
let rest = []; // the pieces of a line whose end has not come yet
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  const pieces = chunk.split("\n");
  while (pieces.length > 1) {
    answerLine(rest.join("") + pieces.shift());
    rest = [];
  }
  rest.push(pieces[0]);
});
process.stdin.on("end", () => answerLine(rest.join("")));
