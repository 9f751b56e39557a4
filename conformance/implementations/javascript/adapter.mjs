/**
 * The adapter: connects the library in src/ to `rollwire check`.
 *
 * It reads one JSON request per line from standard input, and writes one JSON answer per line to
 * standard output. spec/adapter.md describes the protocol.
 *
 * If you port it, begin with `hello`, `decode` and `encode`. They need only this file and hex.mjs,
 * message.mjs, output.mjs and receive.mjs in adapter/, and `rollwire check` tests only what `hello`
 * declares.
 * The sessions in adapter/sessions.mjs come last.
 * With `--lasting-hashes` or `--lasting-hashes=2` it declares that capability, too.
 * With `--log-peers=FOLDER`, for tests, its peers log their sessions (adapter/peer-logs.mjs).
 */
import { hexFromBytes } from "./adapter/hex.mjs";
import { messageFromJson, messageToJson } from "./adapter/message.mjs";
import { LASTING_HASHES } from "./adapter/options.mjs";
import { Output } from "./adapter/output.mjs";
import { received } from "./adapter/receive.mjs";
import {
  advanceSession,
  closeSession,
  MAX_SESSIONS,
  openSession,
  stepSession,
} from "./adapter/sessions.mjs";
import { decode, digest, encode, Refusal, REVISION } from "./src/index.mjs";

/** The longest canonical text that an answer to `digest` contains. A line has at most 4 MiB. */
const MAX_CANONICAL_TEXT = 2 ** 20;

/** Answers one line with a line. A line without an id cannot be answered, and is only logged. */
function answerLine(line) {
  let id;
  try {
    const request = JSON.parse(line);
    if (!Number.isSafeInteger(request.id)) throw new Error("the request has no integer `id`");
    id = request.id;
    return `{"id":${id},${answer(request)}}\n`;
  } catch (e) {
    if (id === undefined) {
      console.error(`${e.message}: ${line.slice(0, 200)}`);
      return "";
    }
    // A refusal is an answer of the library. Every other error means that something is broken.
    const result = e instanceof Refusal
      ? { id, reject: { class: e.refusalClass, message: e.message } }
      : { id, error: { message: e.message } };
    return `${JSON.stringify(result)}\n`;
  }
}

/** Carries out a request and returns the JSON text of `"ok":…` or `"unsupported":…`. */
function answer(request) {
  switch (request.op) {
    case "hello":
      return ok(hello(request));
    case "decode":
      return ok(messageToJson(received(request.hex, decode)));
    case "encode":
      return ok({ hex: hexFromBytes(encode(messageFromJson(request))) });
    case "reencode":
      return ok({ hex: hexFromBytes(encode(received(request.hex, decode))) });
    case "digest":
      return ok(digestOf(request));
    case "open":
      openSession(request);
      return ok({});
    case "step":
      return `"ok":{"observations":${stepSession(request)}}`;
    case "advance":
      return `"ok":{"observations":${advanceSession(request)}}`;
    case "close":
      closeSession(request);
      return ok({});
    default:
      return `"unsupported":{}`;
  }
}

function ok(content) {
  return `"ok":${JSON.stringify(content)}`;
}

function hello({ protocol, nonce }) {
  if (!protocol.includes(1)) throw new Error("this adapter supports only protocol 1");
  return {
    protocol: 1,
    nonce,
    impl: { name: "rollwire.mjs", version: "1.0.0", language: "JavaScript" },
    revision: REVISION,
    capabilities: [
      "decode",
      "encode",
      "reencode",
      "exchange",
      "inspect",
      "detect",
      ...(LASTING_HASHES > 0 ? ["lasting-hashes"] : []),
      "advance",
      "inputs",
      "liveness",
      "validation",
      "episodes",
      "catch-up",
      "focus",
      "digest",
      "nan-payload",
    ],
    window: 256,
    sessions: MAX_SESSIONS,
    ...(LASTING_HASHES > 1 ? { parameters: { hash_sends: LASTING_HASHES } } : {}),
  };
}

function digestOf({ state, form }) {
  const { hash, text } = digest(state, form);
  return text.length < MAX_CANONICAL_TEXT ? { hash, text } : { hash };
}

// Standard input comes in chunks, which can end in the middle of a line.
const output = new Output(process.stdout);
let rest = ""; // the beginning of a line whose end has not come yet
process.stdin.setEncoding("utf8"); // joins a character that is split between two chunks
process.stdin.on("data", (chunk) => {
  const lines = chunk.split("\n"); // of the chunk only: a line of 4 MiB comes in many chunks
  lines[0] = rest + lines[0];
  rest = lines.pop();
  for (const line of lines) output.add(answerLine(line));
  output.flush();
});
process.stdin.on("end", () => {
  if (rest !== "") process.stdout.write(answerLine(rest));
});
