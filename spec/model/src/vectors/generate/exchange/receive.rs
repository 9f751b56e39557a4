//! Receiving hashes (EXCH-15 to EXCH-17).

use super::frames::list;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    whatever_the_frame(scenes);
    the_last_one(scenes);
    while_closed(scenes);
}

fn whatever_the_frame(scenes: &mut Scenes) {
    scenes.inspect(
        "ahead-of-us",
        "EXCH-15",
        "inbound-map",
        "the peer is one hash ahead: a reader that drops it because the frame is not confirmed yet loses it",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        == map - | history 5
        recv 07 0000000a bbbbbbbbbbbbbbbb | map 10=bb | history 5
        ",
    );
    scenes.inspect(
        "far-ahead",
        "EXCH-15",
        "inbound-map frame-number",
        "a hash of a frame far in the future is stored: a window around the own frame would drop it",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        == history 5
        recv 07 000f4240 bbbbbbbbbbbbbbbb | map 1000000=bb
        recv 07 ffffffff cccccccccccccccc | map 1000000=bb 4294967295=cc
        ",
    );
    scenes.inspect(
        "late-and-never-confirmed-here",
        "EXCH-15",
        "inbound-map",
        "a frame between two own ones that was never hashed here: its hash is kept, not taken for late",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        confirm 15 cc
        == history 5 15
        recv 07 0000000a bbbbbbbbbbbbbbbb | map 10=bb
        ",
    );
    scenes.inspect(
        "frame-0-received",
        "EXCH-15",
        "inbound-map frame-number",
        "the hash of frame 0: a test of the frame for truth takes it for none",
        "
        == map -
        recv 07 00000000 aaaaaaaaaaaaaaaa | map 0=aa
        ",
    );
    scenes.inspect(
        "high-frames-received",
        "EXCH-15",
        "inbound-map frame-number",
        "frames above 2147483647 sort after the others: as signed numbers they would come first, or not at all",
        "
        recv 07 7fffffff aaaaaaaaaaaaaaaa | map 2147483647
        == map 2147483647
        recv 07 80000000 bbbbbbbbbbbbbbbb | map 2147483647 2147483648=bb
        recv 07 ffffffff cccccccccccccccc | map 2147483647 2147483648 4294967295=cc
        ",
    );
    scenes.inspect(
        "out-of-order",
        "EXCH-15",
        "inbound-map",
        "hashes overtake each other on the way: each is stored under its own frame, with an own one in between",
        "
        sends accept 0 refuse all by false
        recv 07 00000014 dddddddddddddddd | map 20
        confirm 15 cc
        == map 20 | history 15
        recv 07 0000000a bbbbbbbbbbbbbbbb | map 10 20
        recv 07 00000005 aaaaaaaaaaaaaaaa | map 5=aa 10=bb 20=dd
        ",
    );
    let received: String =
        (1..=129).map(|frame: u32| format!("recv 07 {frame:08x} aaaaaaaaaaaaaaaa\n")).collect();
    let frames = list(1..=129);
    scenes.inspect(
        "a-hundred-and-thirty",
        "EXCH-15",
        "inbound-map history-bound",
        "the peer is 130 hashes ahead: the map is not bounded like the history",
        &format!(
            "
            {received}
            == map {frames}
            recv 07 00000082 bbbbbbbbbbbbbbbb | map {frames} 130=bb
            "
        ),
    );
}

fn the_last_one(scenes: &mut Scenes) {
    scenes.inspect(
        "second-hash-of-a-frame",
        "EXCH-16",
        "inbound-map stale-hash",
        "the peer has rolled back and sends the frame again: the first hash is stale, the second one counts",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa | map 5=aa
        == map 5
        recv 07 00000005 bbbbbbbbbbbbbbbb | map 5=bb
        ",
    );
    scenes.inspect(
        "back-to-the-first-hash",
        "EXCH-16",
        "inbound-map stale-hash",
        "aa, bb, and aa again: the last one counts, also if it was seen before",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 00000005 bbbbbbbbbbbbbbbb | map 5=bb
        == map 5
        recv 07 00000005 aaaaaaaaaaaaaaaa | map 5=aa
        ",
    );
    scenes.inspect(
        "second-hash-among-others",
        "EXCH-16",
        "inbound-map stale-hash",
        "a frame is sent again after later ones: one entry a frame, the others as they were",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        recv 07 0000000f cccccccccccccccc
        == map 5 10 15
        recv 07 0000000a dddddddddddddddd | map 5=aa 10=dd 15=cc
        recv 07 0000000a dddddddddddddddd | map 5=aa 10=dd 15=cc
        ",
    );
}

fn while_closed(scenes: &mut Scenes) {
    scenes.inspect(
        "delivered-after-closing",
        "EXCH-17",
        "inbound-map channel-closed",
        "a datagram that was on its way when the channel closed is still the peer's hash",
        "
        channel closed
        == map -
        recv 07 00000005 aaaaaaaaaaaaaaaa | map 5=aa
        ",
    );
    scenes.inspect(
        "kept-over-closing",
        "EXCH-17",
        "inbound-map channel-closed",
        "what was received outlives the channel: closing and opening leave the map alone",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        == map 5
        channel closed | map 5=aa
        recv 07 0000000a bbbbbbbbbbbbbbbb | map 5=aa 10=bb
        channel open   | map 5=aa 10=bb
        ",
    );
    scenes.sent(
        "compared-while-closed",
        "DETECT-2 EXCH-17",
        "comparison inbound-map channel-closed",
        "hashes of confirmed frames arrive after the channel has closed: they are compared at once",
        "
        confirm 5 aa
        confirm 10 bb
        channel closed
        == verified none
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5 | events -
        recv 07 0000000a cccccccccccccccc | verified 5 | events 10
        ",
    );
}
