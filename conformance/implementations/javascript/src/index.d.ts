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
  /**
   * Hashes that last: how often each hash is sent, 1 to 3. A rollback then leaves the peer's hashes
   * (EXCH-35), a frame that is confirmed again is compared again (DETECT-16), and an equal mismatch
   * is kept once (DETECT-18). By default, and with 0, a comparison or a rollback uses a hash of the
   * peer up, and each own hash is sent once. The peer may have chosen otherwise.
   *
   * The newest comparison of each frame is then remembered: one number for each frame confirmed
   * since the last reset, however long the history is (DETECT-17). The inbound map fills up to
   * `MAP_BOUND`, and then its oldest entry leaves (EXCH-19). A RecordedExchange does not have this
   * option: a log cannot say so.
   */
  lastingHashes?: 0 | 1 | 2 | 3;
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
  /**
   * The greatest frame whose hashes were equal, or null for none. With lasting hashes no frame
   * below it differs (DETECT-17).
   */
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
   * @param target the first frame that has to be simulated again
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

export * from "./peer.mjs";
export * from "./peer-recorder.mjs";

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
