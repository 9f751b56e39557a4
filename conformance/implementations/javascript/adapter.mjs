// The glue between rollwire.mjs and the adapter protocol: JSON lines in, JSON lines out.
import { digest } from "./digest.mjs";
import { decode, encode, Refusal, REVISION } from "./rollwire.mjs";
import { bytesOf, hexOf, session, SESSIONS as sessions } from "./session.mjs";

function hello({ protocol, nonce }) {
  if (!protocol.includes(1)) throw new Error("this adapter speaks protocol 1 alone");
  const impl = { name: "rollwire.mjs", version: "1.0.0", language: "JavaScript" };
  const capabilities = ["decode", "encode", "reencode", "exchange", "inspect", "detect",
    "digest", "nan-payload"];
  return { protocol: 1, nonce, impl, revision: REVISION, capabilities, window: 256, sessions };
}

function toJson({ type, ...fields }) {
  if ("timestamp" in fields) fields.timestamp = fields.timestamp.toString(16).padStart(16, "0");
  return { type, fields };
}

function fromJson({ type, fields }) {
  const bits = fields?.timestamp; // what is not 16 digits stays no BigInt: encode refuses it
  const isBits = typeof bits === "string" && /^[0-9a-f]{16}$/.test(bits);
  return isBits ? { ...fields, type, timestamp: BigInt(`0x${bits}`) } : { ...fields, type };
}

function answer(line) {
  let id;
  const reply = (kind, content) => `${JSON.stringify({ id, [kind]: content })}\n`;
  const fitting = ({ hash, text }) => (text.length < 2 ** 20 ? { hash, text } : { hash }); // a line
  try {
    const request = JSON.parse(line);
    if (!Number.isSafeInteger(request.id)) throw new Error("no id");
    id = request.id;
    switch (request.op) {
      case "hello": return reply("ok", hello(request));
      case "decode": return reply("ok", toJson(decode(bytesOf(request.hex))));
      case "encode": return reply("ok", { hex: hexOf(encode(fromJson(request))) });
      case "reencode": return reply("ok", { hex: hexOf(encode(decode(bytesOf(request.hex)))) });
      case "digest": return reply("ok", fitting(digest(request.state, request.form)));
      case "open": case "step": case "close": return reply("ok", session(request));
      default: return reply("unsupported", {});
    }
  } catch (e) {
    if (e instanceof Refusal) return reply("reject", { class: e.refusalClass, message: e.message });
    if (id !== undefined) return reply("error", { message: e.message });
    console.error(`${e.message}: ${line.slice(0, 200)}`); // no id to answer to
    return "";
  }
}

let rest = ""; // the beginning of a line whose end is still to come
process.stdin.setEncoding("utf8"); // keeps a character together that two chunks share
for await (const chunk of process.stdin) {
  const lines = chunk.split("\n"); // of the chunk alone: a line of 4 MiB comes in many
  lines[0] = rest + lines[0];
  rest = lines.pop();
  if (lines.length > 0) process.stdout.write(lines.map(answer).join(""));
}
if (rest !== "") process.stdout.write(answer(rest));
