/** The stimuli of the adapter protocol, and what they do to an exchange and its channel. */
import { encode } from "../src/index.mjs";
import { checkHex } from "./hex.mjs";
import { received } from "./receive.mjs";

const ANY_HASH = "0".repeat(16);

/**
 * Reads one stimulus and returns a function that applies it. Reading finds everything that is wrong
 * with the stimulus, so that applying it cannot fail.
 */
export function readStimulus(stimulus, exchange, channel) {
  const members = Object.entries(stimulus ?? {});
  if (members.length !== 1) throw new Error("a stimulus is not an object with one member");
  const [name, value] = members[0];
  switch (name) {
    case "confirm": {
      const { frame, hash } = value ?? {};
      checkStateHash(frame, hash);
      return () => exchange.confirm(frame, hash);
    }
    case "tick":
      return () => exchange.tick();
    case "recv": {
      checkHex(value);
      return () => received(value, (datagram) => exchange.receive(datagram));
    }
    case "rollback": {
      if (value === "end") return () => exchange.endRollback();
      const target = value?.begin;
      checkStateHash(target, ANY_HASH);
      return () => exchange.beginRollback(target);
    }
    case "reset":
      return () => exchange.reset();
    case "channel":
      if (value !== "open" && value !== "closed") {
        throw new Error("`channel` is neither `open` nor `closed`");
      }
      return () => {
        channel.isOpen = value === "open";
      };
    case "sends":
      checkSends(value);
      return () => channel.setSends(value);
    default:
      throw new Error(`there is no stimulus \`${name}\``);
  }
}

/**
 * A frame or a hash that does not fit a STATE_HASH makes the request malformed, and the answer is
 * an `error`. The Refusal that the library throws would become a `reject`, which is never the answer
 * to a request of a session.
 */
function checkStateHash(frame, hash) {
  try {
    encode({ type: "state_hash", frame, hash });
  } catch (e) {
    throw new Error(e.message);
  }
}

function checkSends(sends) {
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  const { accept, refuse, how } = sends ?? {};
  if (!isCount(accept)) throw new Error("`sends.accept` is not an integer of 0 or more");
  if (!isCount(refuse) && refuse !== "all") {
    throw new Error("`sends.refuse` is neither an integer of 0 or more nor `all`");
  }
  if (how !== "false" && how !== "throw") {
    throw new Error("`sends.how` is neither `false` nor `throw`");
  }
}
