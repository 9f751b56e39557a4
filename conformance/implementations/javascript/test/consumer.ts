// A game in TypeScript that uses the package. `tsc --strict --noEmit --module nodenext consumer.ts`
// accepts it in a folder in which the package is installed. Each `@ts-expect-error` marks a wrong
// use: the compiler reports an error if it would accept one of them.
import {
  ADVANCE_BOUND,
  decode,
  digest,
  encode,
  Exchange,
  HISTORY_BOUND,
  MAP_BOUND,
  Peer,
  RecordedExchange,
  RecordedPeer,
  Refusal,
  REVISION,
  timestampFromMs,
  timestampToMs,
} from "rollwire-reference";
import type {
  Chapter,
  DigestForm,
  EpisodeState,
  ExchangeOptions,
  ExchangeState,
  FrameHash,
  Message,
  Mismatch,
  PeerOptions,
  PeerParameters,
  RecordedPeerOptions,
  RefusalClass,
} from "rollwire-reference";

/** The union is narrowed by `type`, and the compiler knows that every type is here. */
export function describe(message: Message): string {
  switch (message.type) {
    case "input":
      return `${message.player} ${message.current_frame} ${message.entries.length}`;
    case "input_request":
      return `${message.start} to ${message.end}`;
    case "input_response":
      return message.entries.map(({ frame, action }) => frame + action).join();
    case "ping":
    case "pong":
    case "validation_ping":
    case "validation_pong":
      return timestampToMs(message.timestamp).toFixed(1);
    case "keepalive":
      return message.type;
    case "episode_end":
      return `${message.frame} ${message.episode}`;
    case "episode_ready":
      return `${message.episode} ${message.hash}`;
    case "state_hash":
      return `${message.frame} ${message.hash}`;
    case "focus_state":
      return message.focused ? "shown" : "hidden";
    default: {
      const none: never = message;
      return none;
    }
  }
}

export function read(datagram: Uint8Array): Message | RefusalClass {
  try {
    return decode(datagram);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const offset: number | undefined = error.offset;
    return offset === undefined ? "value" : error.refusalClass;
  }
}

const sent: Uint8Array[] = [];
const options: ExchangeOptions = { send: (bytes) => sent.push(bytes), isOpen: () => true };
const exchange: Exchange = new Exchange({ ...options, debug: (line) => line.length, detect: true });
const durable: Exchange = new Exchange({ ...options, lastingHashes: 2 });
const recorded: Exchange = new RecordedExchange(options, (line) => line.trimEnd());
for (const peer of [exchange, durable, recorded]) {
  peer.confirm(5, digest("{}", "state_hash").hash);
  peer.tick();
  const ping = encode({ type: "ping", timestamp: timestampFromMs(1) });
  const isStateHash: boolean = peer.receive(ping);
  peer.beginRollback(0);
  peer.endRollback();
  const lists: FrameHash[][] = [peer.queue, peer.map, peer.history];
  const mismatches: Mismatch[] = peer.events;
  const verified: number | null = peer.verified;
  const state = [isStateHash, lists, mismatches, verified, peer.rollingBack];
  if (state.length > HISTORY_BOUND + MAP_BOUND) peer.reset();
}
const revision: 7 = REVISION;
const form: DigestForm = revision === 7 ? "state_hash" : "episode_ready";
const text: string = digest("[]", form).text;

/** A game that takes a whole peer. */
const parameters: PeerParameters = { redundancy: 15, endRepeatMs: 0 };
const chapters: Chapter[] = ["inputs", "exchange"];
const peerOptions: PeerOptions = { send: (bytes) => sent.push(bytes), local: 1, parameters };
const whole: Peer = new Peer(peerOptions);
const small = new Peer({ ...peerOptions, firstFrame: 3, chapters, debug: (line) => line.length });
new Peer({ ...peerOptions, lastingHashes: 1 }).closed();
small.closed();
small.opened();
whole.ready(digest("{}", "episode_ready").hash);
whole.advance(ADVANCE_BOUND - whole.clock);
whole.receive(encode({ type: "keepalive" }));
whole.act(0, 255);
whole.confirm(0, digest("{}", "state_hash").hash);
whole.tick();
whole.beginRollback(0);
whole.endRollback();
whole.focus(false, 0);
whole.catchUp();
whole.ended(1);
whole.reset();
const loggedOptions: RecordedPeerOptions = { ...peerOptions, inspect: true };
const logged = new RecordedPeer(loggedOptions, (line) => line.trimEnd());
describePeer(logged);
logged.finish();

export function describePeer(peer: Peer): string {
  const episode: EpisodeState | null = peer.episode;
  const state: ExchangeState | null = peer.exchange;
  const entries = peer.held.map(([frame, action]) => frame + action);
  const [first, last] = peer.request ?? [0, 0];
  const guess: number = peer.actionAt(0, first) ?? 0;
  const trips: number = peer.roundTrips.reduce((sum, ms) => sum + ms, 0);
  const validated: boolean = peer.validation === "validated" && peer.partner === "shown";
  const ended = episode?.phase === "complete" ? episode.end ?? last : peer.confirmed;
  return [entries, guess, trips, validated, ended, state?.verified, episode?.start].join();
}

/** Is compiled and never called. */
export function wrongUses(): void {
  // @ts-expect-error: a timestamp is a bigint
  encode({ type: "ping", timestamp: 1234.5 });
  // @ts-expect-error: a STATE_HASH has a hash
  encode({ type: "state_hash", frame: 5 });
  // @ts-expect-error: there is no such message
  encode({ type: "goodbye" });
  // @ts-expect-error: only some messages have a frame
  decode(new Uint8Array(1)).frame;
  // @ts-expect-error: a datagram is bytes
  decode("07");
  // @ts-expect-error: an exchange needs to know whether the channel is open
  new Exchange({ send: () => true });
  // @ts-expect-error: a hash is sent up to three times
  new Exchange({ ...options, lastingHashes: 4 });
  // @ts-expect-error: a recorded exchange needs a function that writes
  new RecordedExchange(options);
  // @ts-expect-error: a frame is a number
  exchange.confirm("5", text);
  // @ts-expect-error: the entries of the lists are read-only
  exchange.history[0]![1] = text;
  // @ts-expect-error: there is no such form of the digest
  digest(text, "input");
  // @ts-expect-error: a peer needs to know its player
  new Peer({ send: () => true });
  // @ts-expect-error: there are two players
  new Peer({ ...peerOptions, local: 2 });
  // @ts-expect-error: a recorded peer needs a function that writes
  new RecordedPeer(peerOptions);
  // @ts-expect-error: there is no such chapter
  new Peer({ ...peerOptions, chapters: ["inputs", "detect"] });
  // @ts-expect-error: an END is repeated every 250 ms or never
  new Peer({ ...peerOptions, parameters: { endRepeatMs: 100 } });
  // @ts-expect-error: there is no such parameter
  new Peer({ ...peerOptions, parameters: { end_repeat_ms: 0 } });
  // @ts-expect-error: a hash is text
  whole.ready(7);
  // @ts-expect-error: a page is shown or not
  whole.focus("hidden", 7);
  // @ts-expect-error: the exchange of a peer is only to look at
  whole.exchange?.reset();
  // @ts-expect-error: the state is read-only
  whole.confirmed = 5;
  // @ts-expect-error: there is no such class
  const wrong: RefusalClass = "wrong";
  // @ts-expect-error: the class of a refusal is fixed
  new Refusal("empty", wrong).refusalClass = "empty";
}
