//! What and in which order a tick sends (EXCH-7 to EXCH-9).

use super::frames::{confirms, fifths, list};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    in_order(scenes);
    all_of_it(scenes);
    rolling_back(scenes);
}

fn in_order(scenes: &mut Scenes) {
    scenes.sent(
        "two-rising",
        "EXCH-7",
        "queue-order",
        "the simplest order: a sender that takes entries from the back of the list reverses it",
        "
        confirm 5 aa
        confirm 10 bb
        == queue 5 10
        tick | sent 5 10 | queue -
        ",
    );
    scenes.sent(
        "lower-frame-second",
        "EXCH-7",
        "queue-order",
        "the higher frame was confirmed first and goes first: a tick that looks for the lowest frame reverses them",
        "
        sends accept 0 refuse all by false
        confirm 10 bb
        confirm 5 aa
        sends accept 0 refuse 0 by false
        == queue 10 5
        tick | sent 10 5 | queue -
        ",
    );
    scenes.sent(
        "both-ends-of-the-range",
        "EXCH-7",
        "queue-order frame-number",
        "0 and 4294967295 in the order of their confirmation, by no arithmetic on frames",
        "
        confirm 4294967295 aa
        confirm 0 bb
        confirm 2147483650 cc
        == queue 4294967295 0 2147483650
        tick | sent 4294967295 0 2147483650 | queue -
        ",
    );
    scenes.sent(
        "lower-frame-after-a-rollback",
        "EXCH-7 EXCH-20",
        "queue-order rollback",
        "after a rollback an earlier frame follows a later one that was left: the earlier one goes second",
        "
        confirm 10 bb
        confirm 15 cc
        rollback begin 15 | queue 10
        confirm 5 aa
        confirm 15 dd
        rollback end
        == queue 10 5 15
        tick | sent 10=bb 5=aa 15=dd | queue -
        ",
    );
}

fn all_of_it(scenes: &mut Scenes) {
    scenes.sent(
        "before-the-peer-speaks",
        "EXCH-8",
        "batch-limit",
        "the first hash goes out before any has come in: two peers that wait for each other never begin",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        sends accept 0 refuse 0 by false
        == queue 5 | map -
        tick | sent 5 | queue -
        ",
    );
    scenes.sent(
        "three-in-one-tick",
        "EXCH-8",
        "batch-limit",
        "one tick sends three: a loop whose counter rises while the queue shrinks stops in the middle",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        == queue 5 10 15
        tick | sent 5 10 15 | queue -
        tick | sent -
        ",
    );
    for (slug, count, comment) in [
        (
            "seventeen-in-one-tick",
            17,
            "one more than a batch of sixteen: the last one must not wait",
        ),
        ("forty-in-one-tick", 40, "forty hashes after a pause: no batch, no budget per tick"),
        (
            "three-hundred-in-one-tick",
            300,
            "more than a byte can count: a counter of 8 bits stops at 256",
        ),
    ] {
        scenes.sent(
            slug,
            "EXCH-8",
            "batch-limit",
            comment,
            &format!(
                "
                {confirmed}
                == queue {all}
                tick | sent {all} | queue -
                tick | sent -
                ",
                confirmed = confirms(fifths(count)),
                all = list(fifths(count)),
            ),
        );
    }
    scenes.sent(
        "tick-after-a-refused-one",
        "EXCH-8 EXCH-12",
        "batch-limit refused-send",
        "the tick after a refused one sends: a pause after a refusal delays every hash of a congested channel",
        "
        confirm 5 aa
        confirm 10 bb
        sends accept 0 refuse 1 by false
        tick | sent - | queue 5 10
        == queue 5 10
        tick | sent 5 10 | queue -
        ",
    );
}

fn rolling_back(scenes: &mut Scenes) {
    scenes.sent(
        "tick-in-a-rollback",
        "EXCH-9",
        "rollback sends-unasked",
        "a tick between begin and end: a hash that is sent now may be of a state that is about to change",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        rollback begin 10
        sends accept 0 refuse 0 by false
        == queue 5
        tick | sent - | queue 5
        ",
    );
    scenes.sent(
        "many-ticks-in-a-rollback",
        "EXCH-9",
        "rollback sends-unasked",
        "a rollback over many ticks: waiting for the first only, or throwing away what waits, shows here",
        "
        confirm 5 aa
        confirm 10 bb
        rollback begin 15
        tick         | sent - | queue 5 10
        == queue 5 10
        tick         | sent - | queue 5 10
        tick         | sent - | queue 5 10
        rollback end | queue 5 10
        tick         | sent 5 10 | queue -
        ",
    );
    scenes.sent(
        "channel-closes-in-a-rollback",
        "EXCH-9 EXCH-10",
        "rollback sends-unasked channel-closed",
        "the channel goes and comes while we roll back: that ends no rollback, and the tick still waits",
        "
        confirm 5 aa
        rollback begin 10
        channel closed
        channel open
        == queue 5
        tick         | sent - | queue 5
        rollback end
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "confirmed-in-a-rollback-waits",
        "EXCH-9 EXCH-26",
        "rollback sends-unasked",
        "what is confirmed during the rollback waits too, like what lies below its target",
        "
        confirm 5 aa
        confirm 10 bb
        rollback begin 10
        confirm 10 cc
        == queue 5 10
        tick         | sent - | queue 5=aa 10=cc
        rollback end
        tick         | sent 5=aa 10=cc | queue -
        ",
    );
}
