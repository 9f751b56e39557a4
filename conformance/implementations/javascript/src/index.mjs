/** The public API of the package; index.d.ts documents it. */
export {
  decode,
  encode,
  REVISION,
  timestampFromMs,
  timestampToMs,
} from "./codec.mjs";
export { digest } from "./digest.mjs";
export { Exchange, HISTORY_BOUND, MAP_BOUND } from "./exchange.mjs";
export { ADVANCE_BOUND, Peer } from "./peer.mjs";
export { RecordedPeer } from "./peer-recorder.mjs";
export { RecordedExchange } from "./recorder.mjs";
export { Refusal } from "./refusal.mjs";
