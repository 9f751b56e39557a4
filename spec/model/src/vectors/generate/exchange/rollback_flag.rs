//! Begins and ends that do not pair, and what happens between them (EXCH-24 to EXCH-26).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    begins_within(scenes);
    stray_ends(scenes);
    between(scenes);
}

fn begins_within(scenes: &mut Scenes) {
    scenes.sent(
        "one-end-for-two-begins",
        "EXCH-24",
        "rollback nested-rollback",
        "two begins and one end: an exchange that counts waits for a second end that never comes, and sends nothing more",
        "
        recv 04
        sends accept 0 refuse all by false
        confirm 5 aa
        rollback begin 15
        rollback begin 10 | queue 5
        rollback end
        sends accept 0 refuse 0 by false
        == queue 5
        tick              | sent 5 | queue -
        ",
    );
    scenes.sent(
        "lower-target-within",
        "EXCH-24 EXCH-20",
        "rollback nested-rollback stale-hash",
        "the second begin goes further back than the first: what it demands is withdrawn too",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        rollback begin 15 | queue 5 10
        == queue 5 10
        rollback begin 10 | queue 5 | history 5
        rollback end
        tick              | sent 5 | queue -
        ",
    );
    scenes.sent(
        "higher-target-within",
        "EXCH-24 EXCH-26",
        "rollback nested-rollback",
        "the second begin does not go as far back: what was confirmed below its target since the first one stays",
        "
        confirm 5 aa
        confirm 10 bb
        rollback begin 10 | queue 5
        confirm 10 cc
        confirm 15 dd
        == queue 5 10 15
        rollback begin 15 | queue 5 10=cc | history 5 10=cc
        rollback end
        tick              | sent 5=aa 10=cc | queue -
        ",
    );
    scenes.sent(
        "tick-after-a-begin-within",
        "EXCH-24 EXCH-9",
        "rollback nested-rollback sends-unasked",
        "a second begin does not end the first: a flag that each begin inverts lets the tick send",
        "
        confirm 5 aa
        rollback begin 10
        rollback begin 10
        == queue 5
        tick         | sent - | queue 5
        rollback end
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "three-begins-and-three-ends",
        "EXCH-24 EXCH-25",
        "rollback nested-rollback",
        "the first of three ends ends the rollback, the others find nothing to end",
        "
        confirm 5 aa
        rollback begin 10
        rollback begin 20
        rollback begin 15
        == queue 5
        rollback end
        tick         | sent 5 | queue -
        confirm 10 bb
        rollback end | queue 10
        tick         | sent 10 | queue -
        rollback end
        tick         | sent -
        ",
    );
}

fn stray_ends(scenes: &mut Scenes) {
    scenes.sent(
        "end-of-nothing",
        "EXCH-25",
        "rollback nested-rollback",
        "an end without a begin is not a begin: a flag that is inverted waits for a rollback that never began",
        "
        recv 04
        sends accept 0 refuse all by false
        confirm 5 aa
        rollback end | queue 5
        sends accept 0 refuse 0 by false
        == queue 5
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "end-of-nothing-then-a-rollback",
        "EXCH-25 EXCH-9",
        "rollback nested-rollback sends-unasked",
        "an end too many does not make up for the next begin: below zero, a counter says that no rollback is in progress",
        "
        confirm 5 aa
        rollback end
        rollback begin 10
        == queue 5
        tick         | sent - | queue 5
        rollback end
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "second-end",
        "EXCH-25 EXCH-26",
        "rollback nested-rollback lost-entry",
        "the end is reported twice, with a frame confirmed in between: the second end cleans nothing up",
        "
        confirm 5 aa
        rollback begin 10
        rollback end
        confirm 10 bb
        confirm 15 cc
        == queue 5 10 15
        rollback end | queue 5 10 15 | history 5 10 15
        tick         | sent 5 10 15 | queue -
        ",
    );
}

fn between(scenes: &mut Scenes) {
    scenes.inspect(
        "received-in-a-rollback",
        "EXCH-26",
        "rollback inbound-map",
        "a hash that arrives while we roll back is the peer's newest: a reader that ignores it loses it",
        "
        rollback begin 5
        == map -
        recv 07 0000000a aaaaaaaaaaaaaaaa | map 10=aa
        recv 07 00000001 bbbbbbbbbbbbbbbb | map 1=bb 10=aa
        ",
    );
    scenes.sent(
        "confirmed-in-a-rollback",
        "EXCH-26",
        "rollback lost-entry",
        "the frames that a rollback simulates again are confirmed during it: the end keeps them, the first tick sends them",
        "
        confirm 5 aa
        rollback begin 10
        confirm 10 bb | queue 5 10
        confirm 15 cc | queue 5 10 15
        == queue 5 10 15
        rollback end  | queue 5 10 15 | history 5 10 15
        tick          | sent 5 10 15 | queue -
        ",
    );
    scenes.sent(
        "below-the-target-in-a-rollback",
        "EXCH-26 EXCH-1",
        "rollback lost-entry",
        "a frame below the target is confirmed late, during the rollback: it is kept like any other",
        "
        confirm 10 bb
        rollback begin 15
        == queue 10
        confirm 5 aa  | queue 10 5
        confirm 15 cc | queue 10 5 15
        rollback end  | queue 10 5 15
        tick          | sent 10 5 15 | queue -
        ",
    );
    scenes.inspect(
        "end-keeps-the-received",
        "EXCH-26",
        "rollback inbound-map",
        "what arrived during the rollback outlives its end, whatever its frame",
        "
        recv 07 00000001 cccccccccccccccc
        rollback begin 5
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == map 1 5 10
        rollback end | map 1=cc 5=aa 10=bb
        ",
    );
    scenes.sent(
        "known-after-a-rollback",
        "EXCH-26 EXCH-2",
        "rollback sent-twice",
        "a frame confirmed during the rollback is known after it: confirming it again sends nothing",
        "
        rollback begin 5
        confirm 5 aa
        rollback end | queue 5 | history 5
        == queue 5 | history 5
        confirm 5 bb | queue 5=aa | history 5=aa
        tick         | sent 5=aa | queue -
        ",
    );
}
