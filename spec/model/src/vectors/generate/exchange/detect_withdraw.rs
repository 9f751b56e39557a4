//! What rollback and reset do to verified frame and events (DETECT-10 to DETECT-12).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    verified_frame(scenes);
    events(scenes);
    over_a_reset(scenes);
}

fn verified_frame(scenes: &mut Scenes) {
    scenes.sent(
        "never-raised",
        "DETECT-10",
        "verified-frame rollback",
        "a rollback above the verified frame: the frames in between were never verified",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        recv 07 00000005 aaaaaaaaaaaaaaaa
        == verified 5
        rollback begin 20 | verified 5
        ",
    );
    scenes.sent(
        "lowered-to-before-the-target",
        "DETECT-10",
        "verified-frame rollback rollback-target",
        "the target is simulated again, so the frame before it is the last verified one, hashed or not",
        "
        confirm 5 aa
        confirm 10 bb
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == verified 10
        rollback begin 9 | verified 8
        rollback begin 8 | verified 7
        rollback end     | verified 7
        ",
    );
    scenes.sent(
        "target-is-the-verified-frame",
        "DETECT-10",
        "verified-frame rollback rollback-target",
        "the target is the verified frame itself: one less is left of it",
        "
        confirm 10 bb
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == verified 10
        rollback begin 10 | verified 9
        confirm 10 cc
        recv 07 0000000a cccccccccccccccc
        rollback end      | verified 10
        ",
    );
    scenes.sent(
        "verified-to-0",
        "DETECT-10 EXCH-23",
        "verified-frame rollback frame-number",
        "a rollback to 0 leaves nothing verified: neither frame 0 nor 4294967295",
        "
        confirm 0 aa
        recv 07 00000000 aaaaaaaaaaaaaaaa
        confirm 5 bb
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == verified 5
        rollback begin 0 | verified none
        rollback end     | verified none
        ",
    );
}

fn events(scenes: &mut Scenes) {
    scenes.sent(
        "event-below-the-target",
        "DETECT-11",
        "mismatch-event rollback",
        "a rollback that does not reach the frame of an event leaves it alone",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == events 5 | history 5
        rollback begin 10 | events 5=bb
        ",
    );
    scenes.sent(
        "event-above-the-target",
        "DETECT-11",
        "mismatch-event rollback",
        "the frame of an event is simulated again: the event is a finding, not a state, and stays beside a new one",
        "
        confirm 5 aa
        recv 07 00000005 bbbbbbbbbbbbbbbb
        confirm 10 cc
        recv 07 0000000a dddddddddddddddd
        == events 5 10
        rollback begin 10 | events 5=bb 10=dd
        confirm 10 ee
        rollback end      | events 5 10
        recv 07 0000000a ffffffffffffffff | events 5=bb 10=dd 10=ff
        rollback begin 0  | events 5=bb 10=dd 10=ff
        ",
    );
}

fn over_a_reset(scenes: &mut Scenes) {
    scenes.sent(
        "verified-over-a-reset",
        "DETECT-12",
        "verified-frame reset",
        "the next episode has verified nothing: an old mark would hide that its first frames are never verified",
        "
        confirm 5 aa
        confirm 10 bb
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == verified 10
        reset        | verified none
        confirm 0 cc | verified none
        recv 07 00000000 cccccccccccccccc | verified 0
        ",
    );
    scenes.sent(
        "events-over-a-reset",
        "DETECT-12",
        "mismatch-event reset",
        "the mismatches of an episode end with it: the next one begins without any",
        "
        confirm 5 aa
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == events 5
        reset        | events - | verified none
        confirm 5 cc
        recv 07 00000005 dddddddddddddddd | events 5=dd
        ",
    );
    scenes.sent(
        "reset-in-a-rollback",
        "DETECT-12 EXCH-28",
        "mismatch-event verified-frame reset rollback",
        "a reset during a rollback: what waited for its end is not compared any more, and comparing goes on at once",
        "
        confirm 5 aa
        recv 07 00000005 aaaaaaaaaaaaaaaa
        confirm 10 bb
        recv 07 0000000a cccccccccccccccc
        rollback begin 10
        confirm 10 bb
        recv 07 0000000a dddddddddddddddd
        == verified 5 | events 10 | map 10
        reset        | verified none | events - | map -
        rollback end | verified none | events -
        confirm 5 ee
        recv 07 00000005 eeeeeeeeeeeeeeee | verified 5
        ",
    );
}
