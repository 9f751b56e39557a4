//! The end of an episode (EXCH-27 to EXCH-29).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    empties(scenes);
    ends_a_rollback(scenes);
    leaves_the_channel(scenes);
}

fn empties(scenes: &mut Scenes) {
    scenes.sent(
        "queue",
        "EXCH-27",
        "reset stale-hash",
        "what was not sent in an episode is not sent in the next: there its frames have other states",
        "
        confirm 5 aa
        confirm 10 bb
        == queue 5 10 | history 5 10
        reset        | queue - | history -
        confirm 5 cc | queue 5
        tick         | sent 5=cc | queue -
        ",
    );
    scenes.inspect(
        "map",
        "EXCH-27",
        "reset inbound-map stale-hash",
        "the peer's hashes of the last episode would be compared with the own ones of the next",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == map 5 10
        reset | map -
        ",
    );
    scenes.sent(
        "history",
        "EXCH-27 EXCH-5",
        "reset sent-again",
        "the own hashes of the last episode: kept, they make the first frames of the next one known",
        "
        confirm 0 aa
        tick         | sent 0
        == queue - | history 0
        reset        | history -
        confirm 0 bb | queue 0=bb | history 0=bb
        tick         | sent 0=bb | queue -
        ",
    );
    scenes.sent(
        "refused-pending",
        "EXCH-27 EXCH-12",
        "reset refused-send stale-hash",
        "a refused entry belongs to the episode too: kept apart for the next attempt, it outlives the reset",
        "
        confirm 5 aa
        confirm 10 bb
        sends accept 0 refuse 1 by throw
        tick  | sent - | queue 5 10
        == queue 5 10
        reset | queue - | history -
        tick  | sent -
        ",
    );
    scenes.sent(
        "queue-of-a-closed-channel",
        "EXCH-27 EXCH-10",
        "reset channel-closed stale-hash",
        "the episode ended while the channel was closed: when it opens, nothing of that episode is sent",
        "
        channel closed
        confirm 5 aa
        tick         | sent - | queue 5
        == queue 5
        reset        | queue -
        channel open
        tick         | sent -
        ",
    );
    scenes.sent(
        "during-a-rollback",
        "EXCH-27 EXCH-28",
        "reset rollback stale-hash",
        "a reset in the middle of a rollback empties at once, what the rollback left and what it added",
        "
        confirm 5 aa
        rollback begin 10
        confirm 10 bb
        recv 07 0000000f cccccccccccccccc
        == queue 5 10 | map 15 | history 5 10
        reset        | queue - | map - | history -
        rollback end
        tick         | sent -
        ",
    );
}

fn ends_a_rollback(scenes: &mut Scenes) {
    scenes.sent(
        "rollback-ends",
        "EXCH-28",
        "reset rollback",
        "a reset in the middle of a rollback, whose end never comes: the next episode must send",
        "
        channel closed
        rollback begin 5
        reset
        channel open
        recv 04
        sends accept 0 refuse all by false
        confirm 5 aa
        sends accept 0 refuse 0 by false
        == queue 5
        tick | sent 5 | queue -
        ",
    );
    scenes.sent(
        "late-end-of-a-rollback",
        "EXCH-28 EXCH-25",
        "reset rollback",
        "the end of the rollback is reported after the reset: it ends nothing, and the tick had no need of it",
        "
        confirm 5 aa
        rollback begin 10
        rollback begin 5
        reset
        confirm 0 bb
        == queue 0
        tick         | sent 0 | queue -
        rollback end
        confirm 5 cc
        tick         | sent 5 | queue -
        ",
    );
}

fn leaves_the_channel(scenes: &mut Scenes) {
    scenes.sent(
        "channel-stays-open",
        "EXCH-29",
        "reset channel-closed",
        "the channel stays open, and no event tells so again: a reset that takes it for a new one waits forever",
        "
        reset
        recv 04
        sends accept 0 refuse all by false
        confirm 5 aa
        sends accept 0 refuse 0 by false
        == queue 5
        tick | sent 5 | queue -
        ",
    );
    scenes.sent(
        "channel-stays-closed",
        "EXCH-29 EXCH-10",
        "reset channel-closed",
        "a reset does not open the channel: what is confirmed after it waits",
        "
        channel closed
        reset
        confirm 5 aa
        == queue 5
        tick         | sent - | queue 5
        channel open
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "channel-goes-on-refusing",
        "EXCH-29 EXCH-12",
        "reset refused-send channel-closed",
        "a channel that refuses, or is closed, is the same one after a reset: no new one is opened, and no event tells its state again",
        "
        sends accept 0 refuse 2 by false
        confirm 5 aa
        tick           | sent - | queue 5
        reset          | queue -
        confirm 5 bb
        == queue 5
        tick           | sent - | queue 5
        channel closed
        reset          | queue -
        confirm 5 cc
        tick           | sent - | queue 5
        channel open
        tick           | sent 5=cc | queue -
        ",
    );
}
