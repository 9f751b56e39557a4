//! What follows from a comparison (DETECT-5 to DETECT-7).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    high_water_mark(scenes);
    events(scenes);
    over_a_closed_channel(scenes);
    nothing_else(scenes);
}

fn high_water_mark(scenes: &mut Scenes) {
    scenes.sent(
        "lower-frame-verified-later",
        "DETECT-5",
        "verified-frame",
        "the lower frame is verified last: the mark stays at the higher one",
        "
        sends accept 0 refuse all by false
        confirm 10 bb
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10
        sends accept 0 refuse 0 by false
        tick | sent 10
        sends accept 0 refuse all by false
        confirm 5 aa
        == verified 10 | history 5 10
        recv 07 00000005 aaaaaaaaaaaaaaaa | map - | verified 10 | events -
        ",
    );
    scenes.sent(
        "above-a-mismatch",
        "DETECT-5 DETECT-6",
        "verified-frame mismatch-event",
        "a later frame is equal again: the mark rises above the mismatch, which stays on record",
        "
        confirm 5 aa
        recv 07 00000005 bbbbbbbbbbbbbbbb | events 5 | verified none
        confirm 10 cc
        == verified none | events 5
        recv 07 0000000a cccccccccccccccc | verified 10 | events 5
        ",
    );
    scenes.sent(
        "above-a-frame-never-compared",
        "DETECT-5",
        "verified-frame",
        "the peer's hash of frame 5 never comes: the mark does not wait for it",
        "
        confirm 5 aa
        confirm 10 bb
        == verified none
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10
        confirm 15 cc
        confirm 20 dd
        recv 07 00000014 dddddddddddddddd | verified 20
        ",
    );
    scenes.sent(
        "frame-0-verified",
        "DETECT-5",
        "verified-frame frame-number",
        "frame 0 verified is not the same as none verified",
        "
        confirm 0 aa
        == verified none | history 0
        recv 07 00000000 aaaaaaaaaaaaaaaa | verified 0 | map -
        ",
    );
    scenes.sent(
        "high-frame-verified",
        "DETECT-5",
        "verified-frame frame-number",
        "the mark rises from 5 to 4294967295 and stays: -1 would be lower than 5",
        "
        confirm 5 aa
        confirm 4294967295 bb
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5
        == verified 5
        recv 07 ffffffff bbbbbbbbbbbbbbbb | verified 4294967295
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 4294967295
        ",
    );
}

fn events(scenes: &mut Scenes) {
    scenes.sent(
        "two-mismatches",
        "DETECT-6",
        "mismatch-event",
        "two frames mismatch: the event that was found first stands first",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        confirm 10 cc
        == history 5 10 | events -
        recv 07 00000005 bbbbbbbbbbbbbbbb | events 5=bb
        recv 07 0000000a dddddddddddddddd | events 5=bb 10=dd | map - | history 5=aa 10=cc
        ",
    );
    scenes.sent(
        "higher-frame-found-first",
        "DETECT-6",
        "mismatch-event",
        "the hash of the higher frame arrives first: events are in the order of finding, not of frames",
        "
        confirm 5 aa
        confirm 10 bb
        == events -
        recv 07 0000000a cccccccccccccccc | events 10=cc
        recv 07 00000005 dddddddddddddddd | events 10=cc 5=dd
        ",
    );
    scenes.sent(
        "same-frame-three-times",
        "DETECT-6 DETECT-2",
        "mismatch-event",
        "three hashes of one frame, all different from ours: three events, two of them the same",
        "
        confirm 5 aa
        == events -
        recv 07 00000005 bbbbbbbbbbbbbbbb | events 5=bb
        recv 07 00000005 bbbbbbbbbbbbbbbb | events 5=bb 5=bb
        recv 07 00000005 cccccccccccccccc | events 5=bb 5=bb 5=cc
        ",
    );
    scenes.sent(
        "own-and-peers-hash",
        "DETECT-6 DETECT-1",
        "mismatch-event",
        "the peer's hash came first: the event still names ours as the own one",
        "
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == map 5 | events -
        confirm 5 aa | events 5=bb | history 5=aa
        confirm 10 cc
        recv 07 0000000a dddddddddddddddd | events 5=bb 10=dd
        ",
    );
}

fn over_a_closed_channel(scenes: &mut Scenes) {
    scenes.sent(
        "verified-over-a-closed-channel",
        "DETECT-5 EXCH-10",
        "verified-frame channel-closed",
        "the channel closes and opens within an episode: what was verified is verified",
        "
        confirm 5 aa
        recv 07 00000005 aaaaaaaaaaaaaaaa
        == verified 5
        channel closed | verified 5
        channel open   | verified 5
        ",
    );
    scenes.sent(
        "events-over-a-closed-channel",
        "DETECT-6 EXCH-10",
        "mismatch-event channel-closed",
        "the channel closes and opens within an episode: what was found before is still on record",
        "
        confirm 5 aa
        recv 07 00000005 bbbbbbbbbbbbbbbb
        == events 5
        channel closed | events 5=bb
        channel open   | events 5=bb
        ",
    );
}

fn nothing_else(scenes: &mut Scenes) {
    scenes.sent(
        "verified-frame-stays",
        "DETECT-7",
        "verified-frame mismatch-event",
        "a frame above the verified one mismatches: what was verified was equal and stays so",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5
        confirm 10 bb
        == verified 5 | history 5 10
        recv 07 0000000a cccccccccccccccc | verified 5 | events 10 | queue 5 10 | map -
        ",
    );
    scenes.sent(
        "mismatch-below-the-verified-frame",
        "DETECT-7 DETECT-5",
        "verified-frame mismatch-event",
        "a frame below the verified one mismatches: the verified frame promises nothing about lower frames and stays",
        "
        confirm 5 aa
        confirm 10 bb
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10
        == verified 10
        recv 07 00000005 cccccccccccccccc | verified 10 | events 5
        ",
    );
    scenes.sent(
        "sending-goes-on",
        "DETECT-7 EXCH-8",
        "mismatch-event lost-entry",
        "the exchange works on after a mismatch: the peer still needs our hashes to see it too",
        "
        confirm 5 aa
        confirm 10 bb
        recv 07 00000005 cccccccccccccccc | events 5 | queue 5 10
        == queue 5 10 | events 5
        confirm 15 dd | queue 5 10 15
        tick          | sent 5 10 15 | queue -
        recv 07 00000014 eeeeeeeeeeeeeeee | map 20
        confirm 20 ee | map - | verified 20
        tick          | sent 20 | queue -
        ",
    );
}
