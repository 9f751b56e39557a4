// What a strictly typed test says; tsc must accept it.

import { checks, load, Refusal, topics, type Case, type Codec } from "rollwire";
import { vectors } from "rollwire/node-test";
import { vectors as inVitest } from "rollwire/vitest";

class Refused extends Error {
  constructor(readonly refusalClass: "truncated" | "trailing", readonly offset: number) {
    super(refusalClass);
  }
}

interface Ping {
  type: "ping";
  fields: { timestamp: string };
}

const codec: Codec = {
  decode(datagram: Uint8Array): Ping {
    if (datagram.length < 9) throw new Refused("truncated", datagram.length);
    return { type: "ping", fields: { timestamp: "7ff8000000000000" } };
  },
  encode({ type, fields }) {
    if (type !== "ping" || typeof fields.timestamp !== "string") throw new Refusal("value");
    return new Uint8Array(9);
  },
  refusal: [Refused],
  messages: ["ping"],
  strict: true,
};

vectors(["ping", "pong"], codec, { revision: 5 });
inVitest(topics(), codec);

const first: Case | undefined = load("ping")[0];
const verdict: string | undefined = checks("ping")[0]?.judge(codec).verdict;
console.log(first?.id, verdict);
