/** The stimuli that only a peer has, and the `peer` of an `open`. Each has exactly its members. */
import { ADVANCE_BOUND } from "../src/index.mjs";
import { checkFields } from "./message.mjs";

/** As `readStimulus`; undefined if a peer does not have this stimulus either. */
export function readPeerStimulus(name, value, peer) {
  switch (name) {
    case "advance":
      if (!Number.isInteger(value) || value < 0 || value > ADVANCE_BOUND) {
        throw new Error(`\`advance\` is not an integer from 0 to ${ADVANCE_BOUND}`);
      }
      return () => peer.advance(value);
    case "act": {
      const { frame, action } = membersOf(value, "frame", "action");
      checkFields({ type: "input", player: 0, current_frame: 0, entries: [{ frame, action }] });
      return () => peer.act(frame, action);
    }
    case "ready": {
      const { hash } = membersOf(value, "hash");
      checkFields({ type: "episode_ready", episode: 1, hash });
      return () => peer.ready(hash);
    }
    case "ended": {
      const { frame } = membersOf(value, "frame");
      checkFields({ type: "episode_end", frame, episode: 0 });
      return () => peer.ended(frame);
    }
    case "catch_up":
      membersOf(value);
      return () => peer.catchUp();
    case "focus": {
      const { shown, frame } = membersOf(value, "shown", "frame");
      checkFields({ type: "focus_state", focused: shown, frame });
      return () => peer.focus(shown, frame);
    }
    default:
      return undefined;
  }
}

/** Reads the `peer` of an `open` as options of a Peer, which checks their values itself. */
export function readPeerOptions(value) {
  const { local, first_frame: firstFrame } = membersOf(value, "local", "first_frame");
  return { local, firstFrame };
}

/** An object with these members and no others. */
function membersOf(value, ...names) {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) throw new Error("the value is not an object");
  const found = Object.keys(value);
  if (found.length !== names.length || !found.every((name) => names.includes(name))) {
    throw new Error(`the members are [${found}], expected [${names}]`);
  }
  return value;
}
