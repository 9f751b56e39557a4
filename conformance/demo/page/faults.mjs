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
 * | `refuses(bytes)` | a datagram is handed to the channel | whether there is no room for it |
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
    id: "byte-order", rule: "LIVE-1", label: "Little-endian times", plant: reverseTimestamps,
    see: "The time in a PING has its bytes in reverse, so the PINGs are no longer half a second apart and the round trip is lost.",
  },
  {
    id: "other-bits", rule: "LIVE-5", label: "A PONG with other bits", plant: answerWithOtherBits,
    see: "The answer to a PING differs in its last bit, so the other peer cannot tell which PING it belongs to.",
  },
  {
    id: "silence", rule: "LIVE-5", label: "No PONG", plant: answerNoPings,
    see: "PINGs are not answered, which the capture shows a second later.",
  },
  {
    id: "newest-first", rule: "SYNC-3", label: "Newest input first", plant: reverseEntries,
    see: "The entries of each INPUT stand in reverse, and the game goes on as if nothing had happened.",
  },
  {
    id: "wrong-player", rule: "SYNC-3", label: "A third player", plant: sayOtherPlayer,
    see: "The INPUTs are those of player 2, so the other game ignores them and stops until the fault is off.",
  },
  {
    id: "skipped-frame", rule: "SYNC-1", label: "A frame without INPUT", plant: skipFrames,
    see: "One INPUT of thirty is never sent; the next one has its action, so only the capture shows it.",
  },
  {
    id: "changed-action", rule: "SYNC-2", label: "A changed mind", plant: changeActions,
    see: "An action is told differently after it was told; if the first INPUT was lost, the games part ways.",
  },
  {
    id: "old-inputs", rule: "EPISODE-1", label: "Inputs of the last round", plant: sayOldInputs,
    see: "The first ten inputs of the next round are those of the last one, and the two games differ from its first second on.",
  },
  {
    id: "ready-echo", rule: "EPISODE-6", label: "READY, again", plant: repeatReadys,
    see: "A READY in the middle of the round sets off a chain of READYs between both peers, which only its limit ends.",
  },
  {
    id: "end-echo", rule: "EPISODE-7", label: "END, again", plant: repeatEnds,
    see: "After the round is over and both peers know it, its END is repeated.",
  },
  {
    id: "dropped-hash", rule: "EXCH-12", label: "A hash that is given up", plant: forgetRefusedHashes,
    see: "The channel has no room for a STATE_HASH, and the peer goes on to the next one instead of trying again.",
  },
  {
    id: "ignored-request", rule: "CATCHUP-7", label: "No answer to a request", plant: answerNoRequests,
    see: "A burst of losses leaves a hole; the other peer asks for the inputs, gets none, and its game stops until the fault is off.",
  },
  {
    id: "late-validation", rule: "VALID-2", label: "Validation without end", plant: repeatValidation,
    see: "VALIDATION_PINGs go on although the channel is validated.",
  },
  {
    id: "same-focus", rule: "FOCUS-2", label: "Focus that is no news", plant: repeatFocus,
    see: "The peer tells each second that its page is shown, which the other one knows.",
  },
  {
    id: "desync", rule: null, label: "A desync", plant: moveDot,
    see: "One game moves its dot by one sixteenth in frame 60: no rule is broken, but the hashes differ from the next one on.",
  },
];
