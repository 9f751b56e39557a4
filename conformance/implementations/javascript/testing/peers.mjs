/** Peers for tests, and the messages that they receive. */
import { decode, encode, Peer } from "../src/index.mjs";

export const HASH = "a".repeat(8);
export const STATE_HASH = "a".repeat(16);

/** A peer whose accepted messages are kept. `answer` decides about each; options replace others. */
export function peerOf({ answer = () => true, ...options } = {}) {
  const sent = [];
  const send = (bytes) => {
    const message = decode(bytes);
    const accepted = answer(message);
    if (accepted !== false) sent.push(message);
    return accepted;
  };
  const peer = new Peer({ local: 0, send, ...options });
  return { peer, sent, receive: (message) => peer.receive(encode(message)) };
}

export const input = (entries, player = 1) =>
  ({ type: "input", player, current_frame: 0, entries });
export const response = (entries, player = 1) => ({ type: "input_response", player, entries });
export const entriesOf = (...frames) => frames.map((frame) => ({ frame, action: 7 }));
export const readyOf = (episode) => ({ type: "episode_ready", episode, hash: HASH });

/** A peer in its first episode. */
export function playing(options) {
  const made = peerOf(options);
  made.peer.ready(HASH);
  made.receive(readyOf(1));
  made.sent.length = 0;
  return made;
}
export const stateOf = (peer) => {
  const { confirmed, held, roundTrips, validation, episode, request, partner, clock } = peer;
  const { queue, map, history, verified, events } = peer.exchange ?? {};
  return structuredClone({ confirmed, held, roundTrips, validation, episode, request, partner,
    clock, queue, map, history, verified, events });
};

/** Numbers that look random and are the same every time. */
export function randomOf(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % below;
  };
}
