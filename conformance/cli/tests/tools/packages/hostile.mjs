// Codecs whose values and errors cannot be read, or want to reach the terminal: each failed check is a Failed
// with a reason, on lines that hold nothing but what is seen. Prints how many checks were failed.

import assert from "node:assert/strict";
import { checks } from "./node_modules/rollwire/src/index.mjs";

// Colours and a title, a bell, a new line, what turns or hides text, and a command to a workflow.
const EVIL = "\x1b[31m\x1b]0;t\x07\u009b\u202e\u200b\u200f\u00ad\u061c\u2800\u{e0041}\u{e0100}\ud800##[error]\n::error::x\r";
const HIDDEN = /(?![ \n])[\p{C}\p{Z}\u2800\u{e0100}]/u;

class Mine extends Error {}
class Named extends Mine { refusalClass = EVIL; }
const thrower = () => { throw new Error("mine"); };
const message = (fields) => ({ type: "state_hash", fields });
const deep = {};
for (let step = 0, it = deep; step < 20_000; step++) it = it.a = {};
const circle = [];
circle.push(circle);

const decoders = {
  "an error with a hostile text": () => { throw new TypeError(EVIL); },
  "a refusal with a hostile text and class": () => { throw new Named(EVIL); },
  "a refusal whose class is not a text": () => { throw Object.assign(new Mine(), { refusalClass: Symbol(EVIL) }); },
  "a refusal whose class cannot be read": () => {
    throw Object.defineProperty(new Mine(), "refusalClass", { get: thrower });
  },
  "a refusal whose text cannot be read": () => { throw Object.assign(new Mine(), { message: { toString: thrower } }); },
  "an error without a text": () => { throw Object.create(null); },
  "an error that cannot be looked at": () => { throw new Proxy({}, { getPrototypeOf: thrower, get: thrower }); },
  "nothing thrown": () => { throw undefined; },
  "a hostile name": () => message({ frame: 150, [EVIL]: 1 }),
  "names that are methods of every object": () => message({ constructor: 1, hasOwnProperty: 1, toString: 1 }),
  "a path that is a name": () => message({ "a.b[0]": [{ "]": 1 }] }),
  "a hostile type": () => ({ type: EVIL, fields: {} }),
  "a circle": () => message({ frame: circle }),
  "a value that is 20,000 deep": () => message(deep),
  "a list with a billion holes": () => message({ frame: new Array(1e9) }),
  "a text of 30 million characters": (() => {
    const text = "\x1b".repeat(30_000_000);
    return () => message({ frame: text });
  })(),
  "a number of a million digits": (() => {
    const number = 1n << 3_000_000n;
    return () => message({ frame: number });
  })(),
  "a symbol, a function and a view": () => message({ frame: Symbol(EVIL), a: () => 1, b: new Uint8Array(1e7) }),
  "fields that are a function": () => ({ type: "state_hash", fields: thrower }),
  "toJSON that throws": () => message({ frame: { toJSON: thrower } }),
  "a getter that throws": () => message({ get frame() { return thrower(); } }),
  "a proxy that throws": () => new Proxy({}, { get: thrower }),
  "no message": () => Symbol(EVIL),
};
const encoders = {
  "an array that lies about what it is": () => ({ [Symbol.toStringTag]: "Uint8Array", length: 1e9 }),
  "an array that lies about its length": () =>
    Object.defineProperty(new Uint8Array(1), "length", { get: thrower }),
  "a datagram of a hundred million bytes": () => new Uint8Array(1e8),
};

let failed = 0;

function runs(name, kind, codec) {
  let reasons = 0;
  for (const check of checks("state_hash").filter((it) => it.kind === kind)) {
    try {
      check.run({ ...codec, refusal: Mine, strict: true });
    } catch (error) {
      assert.equal(error.name, "Failed", `${name}: ${error.stack}`);
      assert.doesNotMatch(error.message, HIDDEN, name);
      assert.ok(error.message.length < 4000, name);
      assert.ok(!error.message.includes("##[") && !/^::/m.test(error.message), name);
      assert.match(error.message, /^ {6}got {7}\S/m, name);
      reasons += 1;
    }
  }
  assert.ok(reasons > 0, `${name}: no check failed`);
  failed += reasons;
}

for (const [name, decode] of Object.entries(decoders)) runs(name, "decode", { decode });
for (const [name, encode] of Object.entries(encoders)) runs(name, "encode", { encode });

// A message of a class with accessors is not hostile: it is read like any other.
class Message {
  get type() { return "state_hash"; }
  get fields() { return { frame: 150, hash: "0123456789abcdef" }; }
}
const recorded = checks("state_hash").find(({ id }) => id === "state-hash/recorded-150-decode");
recorded.run({ decode: () => new Message(), strict: true });
console.log(failed);
