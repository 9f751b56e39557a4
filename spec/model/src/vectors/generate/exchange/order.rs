//! The order of what stays after something in the middle has left (EXCH-20 to EXCH-22).

use super::frames::{confirms, fifths, list};
use crate::{exchange::HISTORY, vectors::scenes::Scenes};

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "gaps-in-the-queue",
        "EXCH-20",
        "rollback queue-order",
        "every other entry is withdrawn: filling the gap of each with the last one changes the order",
        "
        channel closed
        confirm 5 aa
        confirm 50 bb
        confirm 15 cc
        confirm 60 dd
        confirm 10 ee
        confirm 20 ff
        == queue 5 50 15 60 10 20
        rollback begin 50 | queue 5 15 10 20
        confirm 55 11     | queue 5 15 10 20 55
        rollback end
        channel open
        tick              | sent 5 15 10 20 55 | queue -
        ",
    );
    scenes.sent(
        "neighbours-in-the-queue",
        "EXCH-20",
        "rollback queue-order stale-hash",
        "three neighbours are withdrawn: a loop that removes from what it goes through skips the second",
        "
        channel closed
        confirm 5 aa
        confirm 50 bb
        confirm 55 cc
        confirm 60 dd
        confirm 10 ee
        == queue 5 50 55 60 10
        rollback begin 50 | queue 5 10
        rollback end
        channel open
        tick              | sent 5 10 | queue -
        ",
    );
    scenes.inspect(
        "neighbours-in-the-map",
        "EXCH-21",
        "rollback inbound-map stale-hash",
        "three neighbours are withdrawn: a loop that removes from what it goes through skips the second",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 00000032 bbbbbbbbbbbbbbbb
        recv 07 00000037 cccccccccccccccc
        recv 07 0000003c dddddddddddddddd
        recv 07 0000000a eeeeeeeeeeeeeeee
        == map 5 10 50 55 60
        rollback begin 50 | map 5 10
        ",
    );
    scenes.sent(
        "neighbours-in-the-map-are-not-compared",
        "DETECT-1 EXCH-21",
        "rollback comparison stale-hash",
        "three neighbours are withdrawn from the map, and only what has stayed is compared when it is confirmed",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 00000032 bbbbbbbbbbbbbbbb
        recv 07 00000037 cccccccccccccccc
        recv 07 0000003c dddddddddddddddd
        rollback begin 50 | map 5
        rollback end
        == map 5 | events -
        confirm 55 11     | events -
        confirm 5 22      | map - | events 5
        ",
    );
    scenes.sent(
        "neighbours-in-the-history",
        "EXCH-22",
        "rollback history-bound",
        "three neighbours are withdrawn, and all of them are new afterwards",
        "
        confirm 5 aa
        confirm 50 bb
        confirm 55 cc
        confirm 60 dd
        confirm 10 ee
        tick              | sent 5 50 55 60 10
        == history 5 10 50 55 60
        rollback begin 50 | history 5 10
        rollback end
        confirm 55 11     | queue 55
        confirm 60 22     | queue 55 60
        tick              | sent 55 60 | queue -
        ",
    );
    // Frame 5 stays, and then every other one is withdrawn.
    let before = "confirm 5 aa\nconfirm 1000 bb\nconfirm 10 cc\nconfirm 1005 dd\nconfirm 15 ee\n";
    let full = || fifths(HISTORY).skip(3);
    scenes.sent(
        "gaps-in-the-history",
        "EXCH-22 EXCH-3",
        "rollback history-bound queue-order",
        "what was inserted before a rollback leaves first, in its order: filling the gaps with the last entries, or with new ones, lets others leave",
        &format!(
            "
            {before}
            rollback begin 1000 | history 5 10 15
            rollback end
            {filled}
            tick          | sent 5 10 15 {all} | queue -
            == history 5 10 15 {all}
            confirm 2000 11
            confirm 2005 22 | history 15 {all} 2000 2005
            confirm 15 33 | queue 2000 2005
            confirm 10 44 | queue 2000 2005 10
            confirm 5 55  | queue 2000 2005 10 5
            tick          | sent 2000 2005 10 5 | queue -
            ",
            filled = confirms(full()),
            all = list(full()),
        ),
    );
}
