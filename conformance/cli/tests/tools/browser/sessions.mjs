// The sessions of the adapter: each is an exchange or a peer, with a channel that the kit controls.
import { Exchange } from "./exchange.mjs";
import { Channel, reported } from "./browser.mjs";
import { Peer } from "./peer.mjs";
import { readStimulus } from "./stimuli.mjs";

export const MOST_SESSIONS = 16;

/**
 * The chapters of a peer that are declared: all of them, or without those that the command line names.
 * Most scenarios of a peer begin with an episode and with a proof of the channel, and end at the first
 * difference. So what comes later shows only without these two.
 */
export const CHAPTERS = ["inputs", "liveness", "validation", "episodes", "catch-up", "focus"]
  .filter((chapter) => !process.argv.includes(`--without=${chapter}`));

const sessions = new Map();
const double = new DataView(new ArrayBuffer(8));

/** A malformed request is answered with an error, and changes nothing. */
export function session({ op, session: number, peer, do: stimuli }) {
  if (!Number.isSafeInteger(number) || number < 0) throw new Error("`session` is not a number");
  if (sessions.has(number) === (op === "open")) throw new Error(`no session to ${op}`);
  if (op === "close") return sessions.delete(number) && {};
  if (op === "open") {
    if (sessions.size === MOST_SESSIONS) throw new Error("too many sessions are open");
    return sessions.set(number, peer === undefined ? openExchange() : openPeer(peer)) && {};
  }
  if (!Array.isArray(stimuli) || stimuli.length === 0) throw new Error("`do` is not a list of at least one stimulus");
  const found = sessions.get(number);
  const read = stimuli.map((stimulus) => readStimulus(stimulus, found.peer !== undefined));
  return { observations: read.map((stimulus) => observe(stimulus, found)) };
}

function openExchange() {
  return { exchange: new Exchange(), channel: new Channel() };
}

function openPeer(options) {
  const { local, first_frame: firstFrame } = options ?? {};
  const isWhole = Object.keys(options ?? {}).length === 2 && (local === 0 || local === 1);
  const isFrame = Number.isInteger(firstFrame) && firstFrame >= 0 && firstFrame < 2 ** 32;
  if (!isWhole || !isFrame) throw new Error("`peer` is malformed");
  const channel = new Channel();
  const peer = new Peer({ local, firstFrame, channel, chapters: CHAPTERS });
  return { peer, exchange: peer.exchange, channel };
}

function observe([name, value], { peer, exchange, channel }) {
  if (name === "channel") channel.isOpen = value === "open";
  if (name === "sends") channel.setSends(value);
  else if (peer !== undefined) peer.apply(name, value);
  else apply(name, value, exchange, channel);
  const state = { sent: channel.takeSent(), ...observeExchange(exchange) };
  return peer === undefined ? state : { ...state, ...observePeer(peer) };
}

/** A browser reports what the step or an event handler of the game throws, and goes on. */
function apply(name, value, exchange, channel) {
  if (name === "confirm") exchange.confirm(value.frame, value.hash);
  else if (name === "tick") {
    reported(() => exchange.tick(channel.isOpen, (bytes) => channel.send(bytes)));
  } else if (name === "recv") reported(() => exchange.receive(value));
  else if (name === "rollback" && value === "end") exchange.endRollback();
  else if (name === "rollback") exchange.beginRollback(value.begin);
  else if (name === "reset") exchange.reset();
}

function observeExchange({ queue, map, history, verified, events }) {
  const sorted = (pairs) => [...pairs].sort(([a], [b]) => a - b);
  return {
    ...structuredClone({ queue, events }),
    map: sorted(map),
    history: sorted(history),
    verified: verified < 0 ? null : verified,
  };
}

function observePeer({ inputs, liveness, validation, episode, page }) {
  return {
    ...inputs.observe(),
    round_trips: liveness.roundTrips.map(bitsOf),
    validation: validation.state,
    episode: episode.observe(),
    request: page.request,
    partner: page.partner,
  };
}

function bitsOf(number) {
  double.setFloat64(0, number);
  return double.getBigUint64(0).toString(16).padStart(16, "0");
}
