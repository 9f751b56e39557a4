/** Faults in what a peer tells in the course of a round. See faults.mjs for what they may do. */
import { decode, encode, timestampFromMs } from "./peer/codec.mjs";

const INPUT = 0x01;
const INPUT_RESPONSE = 0x13;

/** Sends the datagrams that `make` returns, each `every` milliseconds on the clock of the peer. */
function repeated({ wrong, peer }, every, make) {
  let last = peer.clock;
  return {
    adds() {
      if (peer.clock - last < every) return [];
      const datagrams = make(peer);
      if (datagrams.length === 0) return [];
      last = peer.clock;
      wrong();
      return datagrams;
    },
  };
}

export function skipFrames({ wrong }) {
  return {
    says(bytes) {
      if (bytes[0] !== INPUT || decode(bytes).current_frame % 30 !== 20) return [bytes];
      wrong();
      return [];
    },
  };
}

/** The action of one frame of sixty is another one as soon as it is not the newest. */
export function changeActions({ wrong }) {
  return {
    says(bytes) {
      if (bytes[0] !== INPUT) return [bytes];
      const input = decode(bytes);
      for (const entry of input.entries) {
        if (entry.frame % 60 !== 30 || entry.frame === input.current_frame) continue;
        entry.action ^= 1;
        wrong();
      }
      return [encode(input)];
    },
  };
}

/**
 * A peer that does not forget its inputs when a round begins: its first INPUT holds the first ten inputs
 * of the last round, and these are what it tells of those frames.
 */
export function sayOldInputs({ wrong, memory }) {
  const known = memory.before; // what this round has told already stays as it is
  return {
    says(bytes) {
      const isOfInputs = bytes[0] === INPUT || bytes[0] === INPUT_RESPONSE;
      if (!isOfInputs || memory.before === known) return [bytes];
      const message = decode(bytes);
      for (const entry of message.entries) {
        entry.action = memory.before.get(entry.frame) ?? entry.action;
      }
      const { current_frame: frame } = message;
      if (frame === undefined || frame >= memory.before.size) return [encode(message)];
      if (frame > 0) return []; // it was told with the first one
      wrong();
      const entries = [...memory.before].map(([old, action]) => ({ frame: old, action }));
      return [encode({ ...message, current_frame: entries.at(-1).frame, entries })];
    },
  };
}

export function repeatReadys(given) {
  const isPlaying = (peer) => peer.episode?.phase === "playing";
  return repeated(given, 1000, (peer) => (isPlaying(peer) ? [given.memory.ready] : []));
}

/** Three at a time: one could be the answer to an END of the partner. */
export function repeatEnds(given) {
  const isOver = (peer) => peer.episode?.phase === "complete" && peer.episode.agreed;
  let since = null; // when the round was over
  return repeated(given, 250, (peer) => {
    if (!isOver(peer)) since = null;
    else since ??= peer.clock;
    const isLate = since !== null && peer.clock - since >= 250;
    return isLate ? Array(3).fill(given.memory.end) : [];
  });
}

export function repeatValidation(given) {
  return repeated(given, 500, (peer) => {
    if (peer.validation !== "validated") return [];
    return [encode({ type: "validation_ping", timestamp: timestampFromMs(peer.clock) })];
  });
}

export function repeatFocus(given) {
  const shown = encode({ type: "focus_state", focused: true, frame: 0 });
  return repeated(given, 1000, () => [shown]);
}

/** The dot of the first player is a little further to the right. */
export function moveDot({ wrong }) {
  return {
    bends(state, frame) {
      if (frame !== 60) return state;
      wrong();
      const [first, second] = state.dots;
      return { ...state, dots: [{ ...first, x: first.x + 1 }, second] };
    },
  };
}
