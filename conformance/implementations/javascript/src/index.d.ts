/**
 * The rollwire protocol, revision 7: the datagrams, the state-hash exchange, a whole peer and the
 * state digest.
 *
 * Ids such as `STATE_HASH-2` name the rules of the specification.
 */

// ---- Refusals -----------------------------------------------------------------------------------

/** Why an input is refused; spec/refusals.md defines the classes. */
export type RefusalClass =
  | "empty"
  | "unknown_type"
  | "truncated"
  | "trailing"
  | "count"
  | "value"
  | "text"
  | "range";

/**
 * The specification does not allow this datagram, message or state. Nothing has changed.
 *
 * A mistake of the calling program, such as an argument of the wrong type, is a TypeError instead.
 */
export class Refusal extends Error {
  constructor(refusalClass: RefusalClass, message: string, offset?: number);
  readonly name: "Refusal";
  readonly refusalClass: RefusalClass;
  /** The byte of the datagram at which `decode` refused it; undefined everywhere else. */
  readonly offset: number | undefined;
}

// ---- Datagrams ----------------------------------------------------------------------------------

/** The protocol revision that this package implements. */
export const REVISION: 7;

/** The number of a simulation step: an integer, 0 to 4294967295. */
export type Frame = number;

/**
 * The 64 bits of a double, which holds milliseconds on the sender's own clock (PING-2, PING-3).
 *
 * It is a bigint because a JavaScript engine may replace one NaN by another. Use `timestampFromMs`
 * and `timestampToMs` to convert it.
 */
export type Timestamp = bigint;

/** What a player does in a frame. */
export interface Entry {
  /** The frame in which the action is executed. */
  frame: Frame;
  /** Defined by the game: an integer, 0 to 255. */
  action: number;
}

export interface Input {
  type: "input";
  /** The index of the player (INPUT-2): an integer, 0 to 65535. */
  player: number;
  /** The frame of the sender (INPUT-3). */
  current_frame: Frame;
  /** 1 to 15 entries, in any order (INPUT-4). */
  entries: Entry[];
}

export interface InputRequest {
  type: "input_request";
  /** The first frame (INPUT_REQUEST-2). */
  start: Frame;
  /** The last frame, at least `start` (INPUT_REQUEST-3, INPUT_REQUEST-4). */
  end: Frame;
}

export interface InputResponse {
  type: "input_response";
  /** The index of the player (INPUT_RESPONSE-2): an integer, 0 to 65535. */
  player: number;
  /** 0 to 65535 entries, in any order (INPUT_RESPONSE-3). */
  entries: Entry[];
}

export interface Ping {
  type: "ping";
  timestamp: Timestamp;
}

export interface Pong {
  type: "pong";
  /** The timestamp of the PING that it answers, unchanged. */
  timestamp: Timestamp;
}

export interface ValidationPing {
  type: "validation_ping";
  timestamp: Timestamp;
}

export interface ValidationPong {
  type: "validation_pong";
  /** The timestamp of the VALIDATION_PING that it answers, unchanged. */
  timestamp: Timestamp;
}

export interface Keepalive {
  type: "keepalive";
}

export interface EpisodeEnd {
  type: "episode_end";
  /** The last simulated frame plus one (EPISODE_END-5). */
  frame: Frame;
  /** The number of the episode, from 0 (EPISODE_END-6): an integer, 0 to 4294967295. */
  episode: number;
}

export interface EpisodeReady {
  type: "episode_ready";
  /** The number of the episode, from 1 (EPISODE_READY-8): an integer, 0 to 4294967295. */
  episode: number;
  /** 8 lower-case hex digits (EPISODE_READY-3), as `digest` returns them. */
  hash: string;
}

export interface StateHash {
  type: "state_hash";
  /** The frame before whose simulation the state was hashed (STATE_HASH-2). */
  frame: Frame;
  /** 16 lower-case hex digits (STATE_HASH-3), as `digest` returns them. */
  hash: string;
}

export interface FocusState {
  type: "focus_state";
  /** Whether the page of the sender is shown (FOCUS_STATE-2). */
  focused: boolean;
  /** The frame of the sender (FOCUS_STATE-4). */
  frame: Frame;
}

/** A message; `type` tells which one. */
export type Message =
  | Input
  | InputRequest
  | InputResponse
  | Ping
  | Pong
  | ValidationPing
  | ValidationPong
  | Keepalive
  | EpisodeEnd
  | EpisodeReady
  | StateHash
  | FocusState;

/**
 * Reads one datagram.
 *
 * @param bytes the whole datagram; wrap an ArrayBuffer in `new Uint8Array(buffer)`
 * @throws {Refusal} if it is not a message
 */
export function decode(bytes: Uint8Array): Message;

/**
 * Writes one datagram. A value that does not fit its field is refused and never changed.
 *
 * @throws {Refusal} if a value does not fit its field
 */
export function encode(message: Message): Uint8Array;

/** The timestamp of a time in milliseconds, for example of `performance.now()`. */
export function timestampFromMs(ms: number): Timestamp;

/** The time of a timestamp, in milliseconds. */
export function timestampToMs(timestamp: Timestamp): number;

// ---- The state-hash exchange --------------------------------------------------------------------

/** 16 lower-case hex digits: the digest of the state before a frame is simulated (EXCH-30). */
export type StateHashText = string;

/** A frame and the hash of its state. */
export type FrameHash = readonly [frame: Frame, hash: StateHashText];

/** Two peers have different states in this frame. */
export interface Mismatch {
  readonly frame: Frame;
  /** The hash of this peer. */
  readonly local: StateHashText;
  /** The hash of the other peer. */
  readonly peer: StateHashText;
}

/** What an exchange needs from the game. */
export interface ExchangeOptions {
  /**
   * Passes one datagram to the channel, synchronously. It refuses by returning false or by
   * throwing. Every other result accepts, including the undefined that the `send` of a browser
   * returns; a promise accepts too. Write `(bytes) => channel.send(bytes)`: a bare `channel.send` has lost its
   * channel, and would refuse every time.
   */
  send: (bytes: Uint8Array) => unknown;
  /** Whether the channel is open. */
  isOpen: () => boolean;
  /** Receives one line for each hash that is sent or received. */
  debug?: (line: string) => void;
  /** Whether hashes are compared; true by default. */
  detect?: boolean;
  /**
   * The maximum number of mismatches that are kept, 4096 or more; those found first stay, and
   * `droppedEvents` counts the others (DETECT-14). By default there is none. A RecordedExchange
   * keeps all.
   */
  maxEvents?: number;
}

/** The maximum number of entries in the local history (EXCH-3): 120. */
export const HISTORY_BOUND: 120;

/** The maximum number of entries in the inbound map (EXCH-19): 4096. */
export const MAP_BOUND: 4096;

/** What an exchange shows. The lists are copies, and their entries are read-only. */
export interface ExchangeState {
  /** The outbound queue, in the order of sending. */
  readonly queue: FrameHash[];
  /** The inbound map, by ascending frame. */
  readonly map: FrameHash[];
  /** The local history, in order of insertion. */
  readonly history: FrameHash[];
  /** Whether a rollback is in progress. */
  readonly rollingBack: boolean;
  /** The greatest frame whose hashes were equal, or null for none. */
  readonly verified: Frame | null;
  /** The mismatches since the last reset, in the order of their detection. */
  readonly events: Mismatch[];
  /** How many more mismatches there were than `maxEvents`, since the last reset. */
  readonly droppedEvents: number;
}

/**
 * The state-hash exchange of one peer over one channel. It has no clock, timer or socket.
 *
 * Every call is processed before it returns. A call from within `send`, `isOpen` or `debug` waits
 * until the outer call is finished; a `tick` from there is ignored.
 *
 * `ExchangeState` documents what it shows.
 */
export class Exchange implements ExchangeState {
  constructor(options: ExchangeOptions);

  /**
   * The game has confirmed a frame. This sends nothing; `tick` does.
   *
   * @throws {Refusal} if the frame or the hash is not valid; then nothing has changed
   */
  confirm(frame: Frame, hash: StateHashText): void;

  /** Sends the queue, up to the first refused send. Call it once in each step of the game. */
  tick(): void;

  /**
   * A datagram has arrived. The game may pass every datagram.
   *
   * @returns whether it was a STATE_HASH; everything else has no effect
   */
  receive(bytes: Uint8Array): boolean;

  /**
   * The game goes back to a frame, and will confirm it and the frames after it again.
   *
   * @param target the first frame that is no longer valid
   * @throws {Refusal} if the target is not a frame; then nothing has changed
   */
  beginRollback(target: Frame): void;

  /** The game is where it was before the rollback. */
  endRollback(): void;

  /** The episode has ended: forgets everything. The channel stays as it is. */
  reset(): void;

  get queue(): FrameHash[];
  get map(): FrameHash[];
  get history(): FrameHash[];
  get rollingBack(): boolean;
  get verified(): Frame | null;
  get events(): Mismatch[];
  get droppedEvents(): number;
}

/**
 * An exchange that logs its session, for `rollwire trace check`; spec/trace.md describes the log.
 *
 * A call from within `send` is processed and logged after the call that sends.
 */
export class RecordedExchange implements Exchange {
  /** @param write receives each line of the log, including its line end */
  constructor(options: ExchangeOptions, write: (line: string) => void);
  confirm(frame: Frame, hash: StateHashText): void;
  tick(): void;
  receive(bytes: Uint8Array): boolean;
  beginRollback(target: Frame): void;
  endRollback(): void;
  reset(): void;
  get queue(): FrameHash[];
  get map(): FrameHash[];
  get history(): FrameHash[];
  get rollingBack(): boolean;
  get verified(): Frame | null;
  get events(): Mismatch[];
  get droppedEvents(): number;
}

// ---- A whole peer -------------------------------------------------------------------------------

/** The most milliseconds of one `advance` of a peer: an hour. */
export const ADVANCE_BOUND: 3600000;

/** A part of a peer. The specification has a chapter on each, and declares them by these names. */
export type Chapter =
  | "inputs"
  | "liveness"
  | "validation"
  | "episodes"
  | "catch-up"
  | "focus"
  | "exchange";

/** The numbers that a peer may choose. All of them are integers. */
export interface PeerParameters {
  /** The most entries of an INPUT (SYNC-3): 1 to 15; 10 by default. */
  redundancy?: number;
  /** How many frames beyond the confirmed one an entry may be (SYNC-9): 256 to 4096; 4096. */
  ahead?: number;
  /** How many own entries are kept for requests (CATCHUP-10): 1024 to 1,000,000; 1024. */
  kept?: number;
  /** After how many milliseconds a VALIDATION_PING is repeated (VALID-2): 0 for never, or 500; 500. */
  validationRepeatMs?: 0 | 500;
  /**
   * After how many milliseconds an EPISODE_END is repeated (EPISODE-7): 0 for never, or 250; 250.
   * A peer that plays with deployed partners has 0.
   */
  endRepeatMs?: 0 | 250;
  /** How often an INPUT_REQUEST is repeated (CATCHUP-3): 0 to 2; 2. */
  requestRepeats?: number;
}

/** What a peer needs from the game. */
export interface PeerOptions {
  /**
   * Passes one datagram to the channel, synchronously. It refuses by returning false or by
   * throwing, as the `send` of an exchange does. It is called only between the opening and the
   * closing of the channel.
   */
  send: (bytes: Uint8Array) => unknown;
  /** The index of the local player. The partner has the other one. */
  local: 0 | 1;
  /** The frame with which both peers begin; 0 by default. */
  firstFrame?: Frame;
  /** The chapters that the peer has; all by default. Episodes and catch-up need inputs. */
  chapters?: Iterable<Chapter>;
  parameters?: PeerParameters;
  /** Receives one line for each hash that is sent or received. */
  debug?: (line: string) => void;
}

/** An episode. What is null is not known yet. */
export interface EpisodeState {
  /** From 0. */
  number: number;
  phase: "waiting" | "playing" | "ending" | "complete";
  /** The first frame that is not part of the episode (EPISODE-9, EPISODE-11). */
  end: Frame | null;
  /** Whether both peers know this end. */
  agreed: boolean | null;
  /** Whether the partner was ready, too, when the episode started (EPISODE-4). */
  start: "both" | "alone" | null;
  /** Whether both games began in the same state (EPISODE-5). */
  hashes: "equal" | "different" | null;
}

/**
 * A whole peer, for one partner: inputs, round trips, validation, episodes, catching up, focus and
 * the exchange of hashes. It has no clock, timer or socket: time is what `advance` says, in whole
 * milliseconds from 0.
 *
 * Every call is processed before it returns, and never throws what `send` throws. A call from within
 * `send` or `debug` waits until the outer call is finished, or until a timer of an outer `advance`
 * is; a `tick` from there is ignored.
 *
 * A call at a time at which it does not count does nothing, and so does a call for a chapter that the
 * peer does not have. A call with a bad argument throws a Refusal, and changes nothing.
 *
 * What a peer holds is bounded, whatever the partner sends (PEER-5). Its exchange keeps up to 65,536
 * mismatches. Only its outbound queue is up to the game (EXCH-4).
 */
export class Peer {
  /**
   * The channel of a new peer is open. If yours is not, call `closed` at once.
   *
   * @throws {TypeError | RangeError} if an option is wrong
   */
  constructor(options: PeerOptions);

  /**
   * Time has passed. Sends what is due meanwhile: pings, repeats and more (PEER-1, PEER-2). How time
   * is divided into calls makes no difference.
   *
   * @param ms whole milliseconds, 0 to ADVANCE_BOUND
   * @throws {Refusal} if it is anything else
   */
  advance(ms: number): void;

  /** The channel has opened. May send a FOCUS_STATE (FOCUS-3). */
  opened(): void;

  /** The channel has closed (VALID-8, LIVE-12). */
  closed(): void;

  /**
   * A datagram has arrived; the game passes every one. May send the answer. What is not a message
   * changes nothing (PEER-4). The bytes may be overwritten afterwards.
   *
   * @throws {TypeError} if it is not a Uint8Array
   */
  receive(bytes: Uint8Array): void;

  /**
   * The local player has acted: sends an INPUT (SYNC-1), and before it what the channel refused or
   * missed (CATCHUP-12). Counts for the next own frame only (SYNC-2), and only from the start of an
   * episode until it is complete (EPISODE-12).
   *
   * @param action defined by the game: an integer, 0 to 255
   * @throws {Refusal} if the frame or the action is not valid
   */
  act(frame: Frame, action: number): void;

  /**
   * The game begins again at the first frame, within an episode: forgets inputs, hashes and a request
   * (SYNC-13, EXCH-27, CATCHUP-6). Time, round trips and the episode stay.
   */
  reset(): void;

  /**
   * The game has reset itself for the next episode: forgets what `reset` forgets, and sends an
   * EPISODE_READY until the episode starts (EPISODE-1 to EPISODE-4). Counts before the first episode
   * and when an episode is complete.
   *
   * @param hash the digest of the state for `episode_ready`: 8 lower-case hex digits
   * @throws {Refusal} if the hash is not valid
   */
  ready(hash: string): void;

  /**
   * The local game has ended: sends an EPISODE_END (EPISODE-7). Counts while playing. Go on with
   * `act` until the episode is complete (EPISODE-10, EPISODE-11).
   *
   * @param frame the first frame that is not part of the episode
   * @throws {Refusal} if the frame is not valid
   */
  ended(frame: Frame): void;

  /**
   * The game wants to have its missing inputs: sends an INPUT_REQUEST, if there is a hole and no
   * request already (CATCHUP-1, CATCHUP-2). Counts as long as `act` does.
   */
  catchUp(): void;

  /**
   * The own page is now shown or hidden: sends a FOCUS_STATE if that is new (FOCUS-1, FOCUS-2).
   *
   * @param frame the frame of the game, for information
   * @throws {Refusal} if an argument is not valid
   */
  focus(shown: boolean, frame: Frame): void;

  /**
   * The game has confirmed a frame: queues the hash of its state (EXCH-1). This sends nothing.
   *
   * @throws {Refusal} if the frame or the hash is not valid
   */
  confirm(frame: Frame, hash: StateHashText): void;

  /** Sends the queued hashes (EXCH-7, EXCH-8). Call it once in each step of the game. */
  tick(): void;

  /**
   * The game goes back to a frame: hashes from it on are forgotten (EXCH-20 to EXCH-22). Inputs stay.
   *
   * @param target the first frame that is no longer valid
   * @throws {Refusal} if the target is not a frame
   */
  beginRollback(target: Frame): void;

  /** The game is where it was before the rollback (EXCH-26, DETECT-9). */
  endRollback(): void;

  /** The time since the peer was created, in milliseconds. */
  get clock(): number;

  /** The last frame up to which the actions of both players are known (SYNC-11), or null for none. */
  get confirmed(): Frame | null;

  /** The partner's entries beyond the confirmed frame, by ascending frame: frame and action. */
  get held(): [frame: Frame, action: number][];

  /**
   * The action of a player in a frame, or null if it is not known: of the local player the newest
   * `kept`, of the partner those in `held` and the newest `kept` that are confirmed.
   */
  actionAt(player: 0 | 1, frame: Frame): number | null;

  /** The ten newest round trips in milliseconds, the oldest first (LIVE-10). */
  get roundTrips(): number[];

  /** Whether the channel is known to work (VALID-6); null without the chapter. */
  get validation(): "idle" | "validating" | "validated" | "failed" | null;

  /** The current episode; null before the first `ready`, and without the chapter. */
  get episode(): EpisodeState | null;

  /** The first and the last frame of the INPUT_REQUEST on its way, or null (CATCHUP-4, CATCHUP-5). */
  get request(): [first: Frame, last: Frame] | null;

  /** Whether the partner's page is shown (FOCUS-5); null without the chapter. */
  get partner(): "shown" | "hidden" | null;

  /** The exchange, to look at: the methods that change it are those of the peer. */
  get exchange(): ExchangeState | null;
}

// ---- The digest of a state ----------------------------------------------------------------------

/** The message that carries the digest. */
export type DigestForm = "state_hash" | "episode_ready";

export interface Digest {
  /** 16 lower-case hex digits for `state_hash`, 8 for `episode_ready`. */
  readonly hash: string;
  /** The canonical text that was hashed. Two peers compare it when their hashes differ. */
  readonly text: string;
}

/**
 * The digest of a state. Both peers must pass the same values (DIGEST-28): note that
 * `JSON.stringify` writes `null` for NaN.
 *
 * @param state JSON text. For `episode_ready` pass the text that both peers have received, because
 *   `1.0` and `1` are different states there, and `JSON.stringify` writes both as `1`.
 * @throws {Refusal} with class `text`, `range` or `value`
 */
export function digest(state: string, form: DigestForm): Digest;
