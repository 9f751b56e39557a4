/** A whole peer. Ids such as `SYNC-3` name the rules of the specification. */
import type { ExchangeState, Frame, StateHashText } from "./index.js";

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
  /** Milliseconds until a VALIDATION_PING is repeated (VALID-2): 0 for never, or 500; 500. */
  validationRepeatMs?: 0 | 500;
  /**
   * Milliseconds until an EPISODE_END is repeated (EPISODE-7): 0 for never, or 250; 250. A peer
   * that plays with deployed partners has 0.
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
  /**
   * Hashes that last: how often the exchange sends each hash, 1 to 3, as `lastingHashes` of an
   * `Exchange`; 0 by default. It needs the chapter `exchange`.
   */
  lastingHashes?: 0 | 1 | 2 | 3;
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
 * Every call is processed before it returns, and never throws what `send` throws. A call from
 * within `send` or `debug` waits until the outer call is finished, or until a timer of an outer
 * `advance` is; a `tick` from there is ignored.
 *
 * A call at a time at which it does not count does nothing, and so does a call for a chapter that
 * the peer does not have. A call with a bad argument throws a Refusal, and changes nothing.
 *
 * What a peer holds is bounded, whatever the partner sends (PEER-5). Its exchange keeps up to
 * 65,536 mismatches. Only its outbound queue is up to the game (EXCH-4), and with lasting hashes
 * the comparisons: one for each frame that the game has confirmed since the last reset (DETECT-17).
 */
export class Peer {
  /**
   * The channel of a new peer is open. If yours is not, call `closed` at once.
   *
   * @throws {TypeError | RangeError} if an option is wrong
   */
  constructor(options: PeerOptions);

  /**
   * Time has passed. Sends what is due meanwhile: pings, repeats and more (PEER-1, PEER-2). How
   * time is divided into calls makes no difference.
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
   * The game begins again at the first frame, within an episode: forgets inputs, hashes and a
   * request (SYNC-13, EXCH-27, CATCHUP-6). Time, round trips and the episode stay.
   */
  reset(): void;

  /**
   * The game has reset itself for the next episode: forgets what `reset` forgets, and sends an
   * EPISODE_READY until the episode starts (EPISODE-1 to EPISODE-4). Counts before the first
   * episode and when an episode is complete.
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
   * The game goes back to a frame: hashes from it on are forgotten (EXCH-20 to EXCH-22). Inputs
   * stay.
   *
   * @param target the first frame that has to be simulated again
   * @throws {Refusal} if the target is not a frame
   */
  beginRollback(target: Frame): void;

  /** The game is where it was before the rollback (EXCH-26, DETECT-9). */
  endRollback(): void;

  /** The time since the peer was created, in milliseconds. */
  get clock(): number;

  /** The last frame up to which both players' actions are known (SYNC-11), or null for none. */
  get confirmed(): Frame | null;

  /** The partner's entries beyond the confirmed frame, by ascending frame: frame and action. */
  get held(): [frame: Frame, action: number][];

  /**
   * The action of a player in a frame, or null if it is not known: of the local player the newest
   * `kept`, of the partner those in `held` and the newest that are confirmed: as many as the
   * greater of `kept` and `ahead`, so at least all that one datagram confirms.
   */
  actionAt(player: 0 | 1, frame: Frame): number | null;

  /** The ten newest round trips in milliseconds, the oldest first (LIVE-10). */
  get roundTrips(): number[];

  /** Whether the channel is known to work (VALID-6); null without the chapter. */
  get validation(): "idle" | "validating" | "validated" | "failed" | null;

  /** The current episode; null before the first `ready`, and without the chapter. */
  get episode(): EpisodeState | null;

  /** The first and the last frame of the open INPUT_REQUEST, or null (CATCHUP-4, CATCHUP-5). */
  get request(): [first: Frame, last: Frame] | null;

  /** Whether the partner's page is shown (FOCUS-5); null without the chapter. */
  get partner(): "shown" | "hidden" | null;

  /** The exchange, to look at: the methods that change it are those of the peer. */
  get exchange(): ExchangeState | null;
}
