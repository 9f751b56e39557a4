/**
 * The sessions of the adapter protocol: each is one Exchange or one Peer of the library, with a
 * channel whose behaviour the kit controls.
 */
import { Exchange } from "../src/index.mjs";
import { Channel } from "./channel.mjs";
import { Observer, PeerObserver } from "./observations.mjs";
import { LASTING_HASHES, VERBOSE } from "./options.mjs";
import { completeLog, peerOf } from "./peer-logs.mjs";
import { readPeerOptions } from "./peer-stimuli.mjs";
import { readStimulus } from "./stimuli.mjs";

/** The number of sessions that may be open at the same time; the answer to `hello` says so. */
export const MAX_SESSIONS = 16;

const sessions = new Map();

const debug = VERBOSE ? (line) => console.error(line) : undefined;

/** Answers `open`. The hashes last if the argument of the adapter says so. */
export function openSession({ session: number, peer }, lastingHashes = LASTING_HASHES) {
  checkNumber(number);
  if (sessions.has(number)) throw new Error(`session ${number} is already open`);
  if (sessions.size === MAX_SESSIONS) {
    throw new Error(`${MAX_SESSIONS} sessions are open, expected at most that many`);
  }
  const parts = peer === undefined ? exchangeParts(lastingHashes) : peerParts(peer, lastingHashes);
  sessions.set(number, new Session(parts));
}

/** Answers `step` with the JSON text of the observations, one for each stimulus. */
export function stepSession({ session: number, do: stimuli }) {
  return findSession(number).step(checkedStimuli(stimuli));
}

/** Answers `advance` with the JSON text of the observation after the last stimulus, in a list. */
export function advanceSession({ session: number, do: stimuli }) {
  return findSession(number).advance(checkedStimuli(stimuli));
}

function checkedStimuli(stimuli) {
  if (!Array.isArray(stimuli) || stimuli.length === 0) {
    throw new Error("`do` is not a list of at least one stimulus");
  }
  return stimuli;
}

/** Answers `close`. */
export function closeSession({ session: number }) {
  findSession(number).close();
  sessions.delete(number);
}

function findSession(number) {
  checkNumber(number);
  const session = sessions.get(number);
  if (session === undefined) throw new Error(`session ${number} is not open`);
  return session;
}

function checkNumber(number) {
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new Error("`session` is not an integer of 0 or more");
  }
}

/**
 * The parts of a session: its channel, what takes the stimuli, the same again if that is a peer, and
 * what observes it.
 */
function exchangeParts(lastingHashes) {
  const channel = new Channel();
  const send = (bytes) => channel.send(bytes);
  const exchange = new Exchange({ send, isOpen: () => channel.isOpen, debug, lastingHashes });
  return { channel, target: exchange, peer: null, observer: new Observer(exchange) };
}

function peerParts(options, lastingHashes) {
  const channel = new Channel();
  const send = (bytes) => channel.send(bytes);
  const peer = peerOf({ ...readPeerOptions(options), send, debug, lastingHashes });
  return { channel, target: peer, peer, observer: new PeerObserver(peer) };
}

class Session {
  #parts;

  constructor(parts) {
    this.#parts = parts;
  }

  step(stimuli) {
    const observations = this.#read(stimuli).map((applyStimulus) => {
      applyStimulus();
      return this.#observe();
    });
    return `[${observations.join(",")}]`;
  }

  advance(stimuli) {
    for (const applyStimulus of this.#read(stimuli)) applyStimulus();
    return `[${this.#observe()}]`;
  }

  close() {
    completeLog(this.#parts.peer);
  }

  /** Everything that was sent since the last observation, and the state now. */
  #observe() {
    const { observer, channel } = this.#parts;
    return observer.observe(channel.takeSent());
  }

  /**
   * All stimuli are read before the first one is applied, so that a malformed one is answered with
   * an error and leaves the session as it was.
   */
  #read(stimuli) {
    return stimuli.map((stimulus) => readStimulus(stimulus, this.#parts));
  }
}
