/** The stimuli of the adapter protocol, and what they do to a session. */
import { checkHex } from "./hex.mjs";
import { checkFields } from "./message.mjs";
import { readPeerStimulus } from "./peer-stimuli.mjs";
import { received } from "./receive.mjs";

const ANY_HASH = "0".repeat(16);
const MAX_SENDS = 65535;

/**
 * Reads one stimulus and returns a function that applies it. Reading finds everything that is wrong
 * with the stimulus, so that applying it cannot fail.
 *
 * @param {unknown} stimulus
 * @param {{channel: Channel, target: Exchange | Peer, peer: Peer | null}} session  `target` is what
 *   takes the stimuli that an exchange and a peer have in common
 */
export function readStimulus(stimulus, { channel, target, peer }) {
  const names = Object.keys(stimulus ?? {});
  if (names.length !== 1) throw new Error("a stimulus is not an object with one member");
  const name = names[0];
  const value = stimulus[name];
  switch (name) {
    case "confirm": {
      const { frame, hash } = value ?? {};
      checkFields({ type: "state_hash", frame, hash });
      return () => target.confirm(frame, hash);
    }
    case "tick":
      return () => target.tick();
    case "recv": {
      checkHex(value);
      return () => received(value, (datagram) => target.receive(datagram));
    }
    case "rollback": {
      if (value === "end") return () => target.endRollback();
      const begin = value?.begin;
      checkFields({ type: "state_hash", frame: begin, hash: ANY_HASH });
      return () => target.beginRollback(begin);
    }
    case "reset":
      return () => target.reset();
    case "channel":
      if (value !== "open" && value !== "closed") {
        throw new Error("`channel` is neither `open` nor `closed`");
      }
      return () => {
        channel.isOpen = value === "open";
        if (channel.isOpen) peer?.opened();
        else peer?.closed();
      };
    case "sends":
      checkSends(value, peer !== null);
      return () => channel.setSends(value);
    default: {
      const apply = peer === null ? undefined : readPeerStimulus(name, value, peer);
      if (apply === undefined) throw new Error(`unknown stimulus \`${name}\` for this kind of session`);
      return apply;
    }
  }
}

function checkSends(sends, isPeer) {
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0 && value <= MAX_SENDS;
  const { accept, refuse, how, types } = sends ?? {};
  if (!isCount(accept)) {
    throw new Error(`\`sends.accept\` is not an integer from 0 to ${MAX_SENDS}`);
  }
  if (!isCount(refuse) && refuse !== "all") {
    throw new Error(`\`sends.refuse\` is neither an integer from 0 to ${MAX_SENDS} nor \`all\``);
  }
  if (how !== "false" && how !== "throw") {
    throw new Error("`sends.how` is neither `false` nor `throw`");
  }
  if (types === undefined) return;
  if (!isPeer) throw new Error("`sends.types` is only for peers");
  const isByte = (value) => Number.isInteger(value) && value >= 0 && value <= 255;
  if (!Array.isArray(types) || !types.every(isByte)) {
    throw new Error("`sends.types` is not a list of bytes");
  }
}
