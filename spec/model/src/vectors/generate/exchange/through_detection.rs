//! What the exchange keeps and throws away, as it shows in comparisons alone.
//!
//! An implementation that shows verified frame and events, but neither map nor history, can be wrong in EXCH too.

use super::frames::{confirms, fifths};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    received(scenes);
    rolled_back(scenes);
    confirmed(scenes);
}

fn received(scenes: &mut Scenes) {
    scenes.sent(
        "stored-late-and-far-ahead",
        "DETECT-1 EXCH-15",
        "comparison inbound-map frame-number",
        "one hash came for a frame between two own ones, one for a frame far ahead: both are there when it is confirmed",
        "
        confirm 5 aa
        confirm 15 cc
        recv 07 000f4240 dddddddddddddddd
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == verified none | events -
        confirm 10 ee      | events 10=bb
        confirm 1000000 dd | verified 1000000 | events 10=bb
        ",
    );
    let received: String =
        (1..=130).map(|frame: u32| format!("recv 07 {frame:08x} aaaaaaaaaaaaaaaa\n")).collect();
    scenes.sent(
        "first-of-130-received",
        "DETECT-1 EXCH-15",
        "comparison inbound-map",
        "the peer is 130 hashes ahead: the first of them is still there when its frame is confirmed",
        &format!(
            "
            {received}
            == verified none
            confirm 1 aa | verified 1
            "
        ),
    );
    scenes.sent(
        "received-before-closing",
        "DETECT-1 EXCH-17",
        "comparison inbound-map channel-closed",
        "the hash came over a channel that closed and opened since: the confirm still finds it",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        channel closed
        channel open
        == verified none
        confirm 5 aa | verified 5
        ",
    );
    scenes.sent(
        "compared-with-the-whole-hash",
        "DETECT-1 EXCH-18",
        "comparison malformed-exchange truncated trailing",
        "malformed hashes arrived after the valid ones: only the valid ones are compared",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        recv 07 00000005 cccccccccccccc
        recv 07 0000000a cccccccccccccccc 00
        recv 04 07 0000000f cccccccccccccccc
        == verified none | events -
        confirm 5 aa  | verified 5 | events -
        confirm 10 bb | verified 10 | events -
        confirm 15 dd | verified 10 | events -
        ",
    );
    scenes.sent(
        "received-before-a-reset",
        "DETECT-1 EXCH-27",
        "comparison inbound-map reset stale-hash",
        "a hash of the last episode is not compared in the next, where its frame has another state",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        reset
        recv 07 0000000a cccccccccccccccc
        == verified none | events -
        confirm 5 bb  | verified none | events -
        confirm 10 cc | verified 10 | events -
        ",
    );
}

fn rolled_back(scenes: &mut Scenes) {
    scenes.sent(
        "received-around-a-target",
        "DETECT-1 EXCH-21",
        "comparison inbound-map rollback stale-hash",
        "four hashes came in no order before a rollback to 15: 5 and 10 are compared after it, 15 and 20 are gone",
        "
        recv 07 0000000f cccccccccccccccc
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 00000014 dddddddddddddddd
        recv 07 0000000a bbbbbbbbbbbbbbbb
        rollback begin 15
        rollback end
        == verified none | events -
        confirm 5 aa  | verified 5
        confirm 10 bb | verified 10
        confirm 15 ee | verified 10 | events -
        confirm 20 ff | verified 10 | events -
        ",
    );
    scenes.sent(
        "received-before-the-last-target",
        "DETECT-1 EXCH-23",
        "comparison inbound-map rollback frame-number",
        "a rollback to 4294967295 withdraws no hash of a lower frame, as one to -1 would",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        rollback begin 4294967295
        rollback end
        == verified none
        confirm 5 aa | verified 5
        ",
    );
    scenes.sent(
        "received-in-a-rollback-confirmed-after",
        "DETECT-1 EXCH-26",
        "comparison inbound-map rollback",
        "the hash came during the rollback and its frame is confirmed after the end: it has waited",
        "
        rollback begin 5
        recv 07 0000000a aaaaaaaaaaaaaaaa
        rollback end
        == verified none
        confirm 10 aa | verified 10
        ",
    );
    scenes.sent(
        "compared-by-a-confirm-and-rolled-back",
        "DETECT-4 DETECT-9 DETECT-6",
        "comparison rollback mismatch-event",
        "a confirm has used the peer's hash up: the next rollback must not find the pair again, nor miss the own hash",
        "
        recv 07 00000005 bbbbbbbbbbbbbbbb
        confirm 5 aa      | events 5=bb
        == events 5 | verified none
        rollback begin 10
        rollback end      | events 5=bb | verified none
        recv 07 00000005 aaaaaaaaaaaaaaaa | events 5=bb | verified 5
        ",
    );
}

fn confirmed(scenes: &mut Scenes) {
    scenes.sent(
        "lower-hash-waits",
        "DETECT-4 DETECT-1",
        "comparison inbound-map",
        "the peer's hash of a lower frame waits while a higher one is compared: it is not out of date",
        "
        recv 07 00000005 bbbbbbbbbbbbbbbb
        confirm 10 cc
        recv 07 0000000a cccccccccccccccc | verified 10
        == verified 10 | events -
        confirm 5 aa | events 5=bb | verified 10
        ",
    );
    scenes.sent(
        "confirmed-twice-then-received",
        "DETECT-2 EXCH-2",
        "comparison repeated-confirm",
        "the frame was sent and confirmed again with another hash: the peer's is compared with the first, which it was sent",
        "
        confirm 5 aa
        tick         | sent 5=aa
        confirm 5 bb
        == history 5 | verified none
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5 | events -
        ",
    );
    scenes.sent(
        "seventy-frames-behind",
        "DETECT-2 EXCH-3",
        "comparison history-bound",
        "the peer is seventy hashes behind: the own one is still in the history",
        &format!(
            "
            {confirmed}
            == verified none
            recv 07 00000005 0000000000000005 | verified 5
            recv 07 0000000a 000000000000000b | events 10
            ",
            confirmed = confirms(fifths(70)),
        ),
    );
}
