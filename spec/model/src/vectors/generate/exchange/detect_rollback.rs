//! Comparing in and after a rollback (DETECT-8, DETECT-9).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    waits(scenes);
    catches_up(scenes);
}

fn waits(scenes: &mut Scenes) {
    scenes.sent(
        "received-below-the-target",
        "DETECT-8",
        "comparison rollback",
        "the frame lies below the target and its hash could be compared: it waits for the end all the same",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        rollback begin 10
        == history 5 | map - | verified none
        recv 07 00000005 aaaaaaaaaaaaaaaa | map 5 | verified none | events -
        ",
    );
    scenes.sent(
        "confirmed-again-and-received",
        "DETECT-8 DETECT-9",
        "comparison rollback",
        "a second rollback withdraws the pair that was complete during the first: compared at once, it would have been an event",
        "
        confirm 10 aa
        rollback begin 10
        recv 07 0000000a cccccccccccccccc | map 10 | events -
        == map 10 | events -
        confirm 10 bb     | map 10 | events -
        rollback begin 10 | map - | history -
        confirm 10 dd     | events -
        rollback end      | events - | verified none
        ",
    );
    scenes.sent(
        "equal-in-a-rollback",
        "DETECT-8 DETECT-9",
        "comparison rollback verified-frame",
        "equal hashes verify nothing while the rollback is in progress",
        "
        rollback begin 5
        confirm 5 aa
        == history 5 | verified none
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified none | map 5
        rollback end                      | verified 5 | map -
        ",
    );
}

fn catches_up(scenes: &mut Scenes) {
    scenes.sent(
        "confirmed-below-the-target",
        "DETECT-9",
        "comparison rollback",
        "a pair that became complete during the rollback: without a comparison at the end it is never looked at again",
        "
        sends accept 0 refuse all by false
        recv 07 00000005 aaaaaaaaaaaaaaaa
        rollback begin 10
        confirm 5 aa | verified none
        == map 5 | history 5 | verified none
        rollback end | map - | verified 5 | events -
        ",
    );
    scenes.sent(
        "ascending",
        "DETECT-9 DETECT-6",
        "comparison rollback mismatch-event",
        "three mismatches, received and confirmed in other orders: the events come by rising frames",
        "
        rollback begin 5
        confirm 10 aa
        confirm 15 aa
        confirm 5 aa
        recv 07 0000000f bbbbbbbbbbbbbbbb
        recv 07 00000005 cccccccccccccccc
        recv 07 0000000a dddddddddddddddd
        == map 5 10 15 | history 5 10 15 | events -
        rollback end | map - | events 5=cc 10=dd 15=bb
        ",
    );
    scenes.sent(
        "ascending-above-the-middle",
        "DETECT-9 DETECT-6",
        "comparison rollback frame-number",
        "ascending as unsigned numbers: 2147483650 comes after 5",
        "
        rollback begin 5
        confirm 2147483650 aa
        confirm 5 bb
        recv 07 00000005 cccccccccccccccc
        recv 07 80000002 dddddddddddddddd
        == map 5 2147483650 | events -
        rollback end | events 5 2147483650 | map -
        ",
    );
    scenes.sent(
        "every-pair-and-only-pairs",
        "DETECT-9",
        "comparison rollback inbound-map",
        "below and above the target, equal and different, and two frames of which one hash is missing",
        "
        confirm 5 aa
        confirm 10 bb
        rollback begin 15
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a cccccccccccccccc
        confirm 15 dd
        recv 07 0000000f dddddddddddddddd
        confirm 20 ee
        recv 07 00000019 ffffffffffffffff
        == map 5 10 15 25 | history 5 10 15 20 | verified none
        rollback end | map 25 | verified 15 | events 10=cc
        ",
    );
    scenes.sent(
        "first-of-two-ends",
        "DETECT-9 EXCH-24",
        "comparison rollback nested-rollback",
        "two begins and one end: the pair is compared at that end, and the next hash at once",
        "
        confirm 5 aa
        confirm 10 bb
        rollback begin 20
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified none
        rollback begin 15
        == map 5 | history 5 10 | verified none
        rollback end                      | map - | verified 5
        recv 07 0000000a cccccccccccccccc | map - | events 10=cc
        ",
    );
    scenes.sent(
        "last-hash-before-the-end",
        "DETECT-9 EXCH-16",
        "comparison rollback stale-hash",
        "two hashes of one frame during the rollback: only the last is compared",
        "
        rollback begin 5
        confirm 5 bb
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == map 5 | history 5 | events -
        rollback end | verified 5 | events - | map -
        ",
    );
}
