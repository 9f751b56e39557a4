//! When two hashes are compared, and what a comparison uses up (DETECT-1, DETECT-2, DETECT-4).

use super::frames::{confirms, fifths};
use crate::{exchange::HISTORY, vectors::scenes::Scenes};

pub(super) fn scenes(scenes: &mut Scenes) {
    when_confirmed(scenes);
    when_received(scenes);
    used_up(scenes);
}

fn when_confirmed(scenes: &mut Scenes) {
    scenes.sent(
        "peer-first",
        "DETECT-1",
        "comparison",
        "the peer's hash came first: an exchange that compares only what it receives never looks at it again",
        "
        sends accept 0 refuse all by false
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified none
        == map 5 | history - | verified none
        confirm 5 aa | map - | verified 5 | events - | queue 5
        ",
    );
    scenes.sent(
        "peer-first-and-different",
        "DETECT-1 DETECT-6",
        "comparison mismatch-event",
        "the peer's hash came first and is another: the confirm finds the mismatch, at once",
        "
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == map 5 | events -
        confirm 5 aa | map - | verified none | events 5=bb
        ",
    );
    scenes.sent(
        "peer-three-frames-ahead",
        "DETECT-1",
        "comparison inbound-map",
        "three hashes wait, and the first of them is confirmed: each frame is looked up by its number",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        recv 07 0000000f cccccccccccccccc
        == map 5 10 15 | verified none
        confirm 5 aa  | map 10 15 | verified 5
        confirm 10 bb | map 15 | verified 10
        confirm 15 cc | map - | verified 15 | events -
        ",
    );
}

fn when_received(scenes: &mut Scenes) {
    scenes.inspect(
        "received-twice",
        "DETECT-2 DETECT-4",
        "comparison",
        "the peer sends the same hash again: it is compared again, and does not stay in the map",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        recv 07 00000005 aaaaaaaaaaaaaaaa | map - | verified 5
        == map - | history 5 | verified 5
        recv 07 00000005 aaaaaaaaaaaaaaaa | map - | verified 5 | events -
        ",
    );
    scenes.sent(
        "another-hash-later",
        "DETECT-2 DETECT-6",
        "comparison stale-hash",
        "the peer rolled back and sends a verified frame with another hash: now the two have diverged",
        "
        confirm 5 aa
        confirm 10 bb
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10
        == verified 10 | events -
        recv 07 00000005 cccccccccccccccc | map - | verified 10 | events 5=cc
        ",
    );
    scenes.sent(
        "sent-long-ago",
        "DETECT-2",
        "comparison history-bound",
        "the frame was sent and is not the newest: it is found in the history, not in the queue nor in the last frame",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        tick | sent 5 10 15 | queue -
        == history 5 10 15 | queue -
        recv 07 0000000a bbbbbbbbbbbbbbbb | map - | verified 10
        recv 07 00000005 dddddddddddddddd | map - | verified 10 | events 5=dd
        ",
    );
    scenes.sent(
        "received-while-closed",
        "DETECT-2 EXCH-17",
        "comparison channel-closed",
        "the hash is delivered after the channel closed: it is compared at once, and not when the channel opens",
        "
        confirm 5 aa
        channel closed
        == history 5 | map - | verified none
        recv 07 00000005 aaaaaaaaaaaaaaaa | map - | verified 5
        ",
    );
    let filled = confirms(fifths(HISTORY));
    scenes.inspect(
        "oldest-of-the-history",
        "DETECT-2 EXCH-3",
        "comparison history-bound",
        "the hash of the oldest frame is compared while it is in the history, and waits when it has left",
        &format!(
            "
            {filled}
            == verified none | map -
            recv 07 00000005 0000000000000005 | verified 5 | map -
            confirm 605 aa
            recv 07 00000005 0000000000000005 | verified 5 | map 5
            recv 07 0000000a 000000000000000a | verified 10 | map 5
            "
        ),
    );
}

fn used_up(scenes: &mut Scenes) {
    scenes.inspect(
        "others-stay",
        "DETECT-4",
        "comparison inbound-map",
        "two other hashes wait, a lower and a higher one: only the compared one leaves the map",
        "
        sends accept 0 refuse all by false
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000f cccccccccccccccc
        confirm 10 bb
        == map 5 15 | history 10
        recv 07 0000000a bbbbbbbbbbbbbbbb | map 5=aa 15=cc | verified 10
        ",
    );
    scenes.sent(
        "lower-own-hash-stays",
        "DETECT-4 DETECT-2",
        "comparison history-bound",
        "a later frame is verified first: the own hash of the earlier one is still needed",
        "
        confirm 5 aa
        confirm 10 bb
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10 | history 5 10
        == verified 10 | history 5 10
        recv 07 00000005 cccccccccccccccc | map - | events 5=cc | verified 10
        ",
    );
    scenes.inspect(
        "different-and-used-up",
        "DETECT-4 DETECT-1",
        "comparison mismatch-event",
        "a mismatch uses the peer's hash up like an equal pair does, and the own hash stays",
        "
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == map 5 | history -
        confirm 5 aa | map - | history 5=aa | events 5
        ",
    );
    scenes.sent(
        "used-up-at-the-end-of-a-rollback",
        "DETECT-4 DETECT-9",
        "comparison rollback inbound-map",
        "what the end of a rollback compares leaves the map too: kept, it is compared again after the next one",
        "
        rollback begin 5
        confirm 5 aa
        confirm 10 bb
        recv 07 00000005 cccccccccccccccc
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == map 5 10 | history 5 10
        rollback end     | map - | history 5 10 | events 5 | verified 10
        rollback begin 15
        rollback end     | map - | events 5
        ",
    );
}
