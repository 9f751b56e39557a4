/**
 * The faults that can be planted in one of the two peers.
 *
 * | member | what it is |
 * |---|---|
 * | `id` | a name for programs |
 * | `rule` | the rule that `rollwire capture check` must name, or null if it only tells of a desync |
 * | `label` | a name for people |
 * | `see` | what there is to see, in one sentence |
 * | `plant` | makes what the wire asks, see below; it is given `wrong`, which counts, and the `memory` and the `peer` of the side |
 *
 * What is planted may answer these questions of the wire:
 *
 * | question | when | answer |
 * |---|---|---|
 * | `says(bytes)` | the peer sends a datagram | the datagrams that are sent in its place |
 * | `ignores(bytes)` | a datagram has arrived | whether the peer is not told |
 * | `adds()` | again and again | datagrams that are sent besides |
 * | `bends(state, frame)` | a frame was simulated | the state in its place |
 * | `refuses(bytes)` | a datagram is handed to the channel | whether the channel refuses it, as if its buffer were full |
 * | `forgets(bytes)` | the channel has refused a datagram | whether the peer is told that it was accepted |
 * | `loses(bytes)` | a datagram is on its way to the partner | whether the network loses it |
 */
import {
  addByteToHashes, answerNoPings, answerNoRequests, answerWithOtherBits, forgetRefusedHashes,
  reverseEntries, reverseTimestamps, sayOtherPlayer,
} from "./faults-answers.mjs";
import {
  changeActions, moveDot, repeatEnds, repeatFocus, repeatReadys, repeatValidation, sayOldInputs,
  skipFrames,
} from "./faults-rounds.mjs";

export const FAULTS = [
  {
    id: "trailing-byte", rule: "STATE_HASH-1", label: "A byte too many", plant: addByteToHashes,
    see: "Each STATE_HASH has 14 bytes, so the other peer refuses it and no state is ever compared.",
  },
  {
    id: "byte-order", rule: "LIVE-2", label: "Little-endian times", plant: reverseTimestamps,
    see: "The time in a PING has its bytes in reverse, so it is not a time, and this peer measures no round trip.",
  },
  {
    id: "other-bits", rule: "LIVE-5", label: "A PONG with other bits", plant: answerWithOtherBits,
    see: "The answer to a PING differs in its last bit, so the other peer cannot match it, and measures no round trip.",
  },
  {
    id: "silence", rule: "LIVE-5", label: "No PONG", plant: answerNoPings,
    see: "PINGs are not answered, which the capture shows a second later.",
  },
  {
    id: "newest-first", rule: "SYNC-3", label: "The newest input first", plant: reverseEntries,
    see: "The entries of each INPUT stand in reverse; the other peer takes them in any order, so the game shows nothing.",
  },
  {
    id: "wrong-player", rule: "SYNC-3", label: "A wrong player index", plant: sayOtherPlayer,
    see: "The INPUTs are those of player 2, so the other game ignores them, stops, and gives up the round after eight seconds.",
  },
  {
    id: "skipped-frame", rule: "SYNC-1", label: "A frame without INPUT", plant: skipFrames,
    see: "One INPUT of thirty is never sent; the next one has its action too, so the game shows nothing.",
  },
  {
    id: "changed-action", rule: "SYNC-2", label: "An action that changes", plant: changeActions,
    see: "An action is told as another one after it was told; if the first INPUT was lost, the two games differ.",
  },
  {
    id: "old-inputs", rule: "EPISODE-1", label: "Inputs of the last round", plant: sayOldInputs,
    see: "The first ten inputs of the next round are those of the last one, and the two games differ from then on.",
  },
  {
    id: "ready-echo", rule: "EPISODE-6", label: "A READY without a reason", plant: repeatReadys,
    see: "A READY in the middle of a round makes both peers answer each other until the limit of ten answers.",
  },
  {
    id: "end-echo", rule: "EPISODE-7", label: "An END that goes on", plant: repeatEnds,
    see: "The END of a round is repeated although both peers know it, until the next round begins.",
  },
  {
    id: "dropped-hash", rule: "EXCH-12", label: "A refused hash is dropped", plant: forgetRefusedHashes,
    see: "The channel has no room for a STATE_HASH, and the peer goes on to the next one instead of trying again.",
  },
  {
    id: "ignored-request", rule: "CATCHUP-7", label: "No answer to a request", plant: answerNoRequests,
    see: "A burst of losses leaves a hole; the other peer asks for the inputs, gets none, and gives up the round after eight seconds.",
  },
  {
    id: "late-validation", rule: "VALID-2", label: "Validation that goes on", plant: repeatValidation,
    see: "VALIDATION_PINGs go on although the channel is validated.",
  },
  {
    id: "same-focus", rule: "FOCUS-2", label: "FOCUS_STATE without a change", plant: repeatFocus,
    see: "Once in a second the peer tells that its page is shown, which the other peer knows.",
  },
  {
    id: "desync", rule: null, label: "A desync", plant: moveDot,
    see: "One game moves its dot by one sixteenth in frame 60: no rule is broken, but the hashes differ from the next one on.",
  },
];
