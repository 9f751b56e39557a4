/** A whole peer that logs itself. */
import type { ExchangeState, Frame, StateHashText } from "./index.js";
import type { EpisodeState, Peer, PeerOptions } from "./peer.mjs";

/** The options of a peer, without `lastingHashes`: a log cannot say that hashes last. */
export interface RecordedPeerOptions extends PeerOptions {
  /**
   * Whether the lines show what the peer holds, as the capability `inspect` says; false by default.
   * The log is then several times as long. A wrong state is found in the line that it appears in,
   * and not only when it has an effect.
   */
  inspect?: boolean;
}

/**
 * A peer that logs its session, for `rollwire trace check`; spec/trace.md describes the log.
 *
 * Each line is one call with its effects. Advances one after another, in which nothing happens, are
 * one line, which is written before the next one: call `finish` at the end.
 *
 * A call from within `send` or `debug` is processed and logged after the call that caused it, also
 * if that is an `advance`. A call for a chapter that the peer does not have is not logged.
 */
export class RecordedPeer implements Peer {
  /**
   * @param write receives each line of the log, including its line end; an error of it leaves the
   *   call that is logged
   * @throws {TypeError | RangeError} if an option is wrong, or if hashes last
   */
  constructor(options: RecordedPeerOptions, write: (line: string) => void);
  /** Completes the log. The peer can go on afterwards. */
  finish(): void;
  advance(ms: number): void;
  opened(): void;
  closed(): void;
  receive(bytes: Uint8Array): void;
  act(frame: Frame, action: number): void;
  reset(): void;
  ready(hash: string): void;
  ended(frame: Frame): void;
  catchUp(): void;
  focus(shown: boolean, frame: Frame): void;
  confirm(frame: Frame, hash: StateHashText): void;
  tick(): void;
  beginRollback(target: Frame): void;
  endRollback(): void;
  get clock(): number;
  get confirmed(): Frame | null;
  get held(): [frame: Frame, action: number][];
  actionAt(player: 0 | 1, frame: Frame): number | null;
  get roundTrips(): number[];
  get validation(): "idle" | "validating" | "validated" | "failed" | null;
  get episode(): EpisodeState | null;
  get request(): [first: Frame, last: Frame] | null;
  get partner(): "shown" | "hidden" | null;
  get exchange(): ExchangeState | null;
}
