//! Targets at the ends of the range (EXCH-23).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.inspect(
        "last-target-keeps-the-map",
        "EXCH-23 EXCH-21",
        "rollback frame-number",
        "4294967295 is the greatest target, not -1: what lies below it stays",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        == map 5
        rollback begin 4294967295 | map 5=aa
        ",
    );
    scenes.sent(
        "to-0",
        "EXCH-23 EXCH-20",
        "rollback frame-number stale-hash",
        "a rollback to the first frame removes everything, frame 0 too: 0 is a target, not none",
        "
        confirm 0 aa
        confirm 5 bb
        recv 07 0000000a cccccccccccccccc
        == queue 0 5 | map 10 | history 0 5
        rollback begin 0 | queue - | map - | history -
        rollback end
        tick             | sent -
        ",
    );
    scenes.sent(
        "to-0-after-sending",
        "EXCH-23 EXCH-22 EXCH-5",
        "rollback frame-number",
        "after a rollback to 0 every frame is new, frame 0 too",
        "
        confirm 0 aa
        confirm 5 bb
        tick             | sent 0 5
        == history 0 5
        rollback begin 0 | history -
        confirm 0 cc     | queue 0
        confirm 5 dd     | queue 0 5
        rollback end
        tick             | sent 0=cc 5=dd | queue -
        ",
    );
    scenes.sent(
        "to-the-last-frame",
        "EXCH-23 EXCH-20",
        "rollback frame-number stale-hash",
        "a rollback to 4294967295 removes that one frame and no other",
        "
        confirm 0 aa
        confirm 4294967290 bb
        confirm 4294967295 cc
        == queue 0 4294967290 4294967295
        rollback begin 4294967295 | queue 0 4294967290 | history 0 4294967290
        rollback end
        tick                      | sent 0 4294967290 | queue -
        ",
    );
    scenes.sent(
        "above-the-middle",
        "EXCH-23 EXCH-20",
        "rollback frame-number stale-hash",
        "2147483650 lies above a target of 10: as a signed number it would lie below and stay",
        "
        confirm 5 aa
        confirm 2147483650 bb
        confirm 15 cc
        recv 07 80000003 dddddddddddddddd
        == queue 5 2147483650 15 | map 2147483651
        rollback begin 10 | queue 5 | map - | history 5
        rollback end
        tick              | sent 5 | queue -
        ",
    );
    scenes.sent(
        "around-the-middle",
        "EXCH-23 EXCH-20 EXCH-22",
        "rollback frame-number",
        "a target of 2147483648: one frame on each side, known below it and new above it",
        "
        confirm 2147483645 aa
        confirm 2147483650 bb
        tick                      | sent 2147483645 2147483650
        == history 2147483645 2147483650
        rollback begin 2147483648 | history 2147483645
        confirm 2147483645 cc     | queue -
        confirm 2147483650 dd     | queue 2147483650
        rollback end
        tick                      | sent 2147483650=dd | queue -
        ",
    );
}
