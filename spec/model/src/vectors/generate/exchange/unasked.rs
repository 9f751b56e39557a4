//! What does not send (EXCH-6).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    unasked(scenes);
}

fn unasked(scenes: &mut Scenes) {
    scenes.sent(
        "not-on-confirm",
        "EXCH-6",
        "sends-unasked",
        "a confirm only queues: sending at once makes the traffic depend on where in the step the game confirms",
        "
        == queue -
        confirm 5 aa  | sent - | queue 5
        confirm 10 bb | sent - | queue 5 10
        ",
    );
    scenes.sent(
        "not-on-receive",
        "EXCH-6",
        "sends-unasked",
        "the peer's hash is not answered with the own ones: two such peers would answer each other",
        "
        confirm 5 aa
        == queue 5
        recv 07 0000000a bbbbbbbbbbbbbbbb | sent - | queue 5
        recv 02 0000000000000000          | sent - | queue 5
        ",
    );
    scenes.sent(
        "not-on-opening",
        "EXCH-6 EXCH-10",
        "sends-unasked channel-closed",
        "what waited for the channel goes with the next tick, not from the channel's own callback",
        "
        channel closed
        confirm 5 aa
        == queue 5
        channel open | sent - | queue 5
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "not-on-closing",
        "EXCH-6 EXCH-10",
        "sends-unasked channel-closed",
        "no last attempt when the channel closes: what waits goes on waiting",
        "
        confirm 5 aa
        == queue 5
        channel closed | sent - | queue 5
        ",
    );
    scenes.sent(
        "not-on-rollback-begin",
        "EXCH-6 EXCH-20",
        "sends-unasked rollback stale-hash",
        "a begin withdraws and does not send first: the hash is stale at that moment",
        "
        confirm 5 aa
        confirm 10 bb
        == queue 5 10
        rollback begin 10 | sent - | queue 5
        ",
    );
    scenes.sent(
        "not-on-rollback-end",
        "EXCH-6 EXCH-26",
        "sends-unasked rollback",
        "the end of a rollback is not a tick: the waiting entries are sent with the next one",
        "
        confirm 5 aa
        rollback begin 10
        == queue 5
        rollback end | sent - | queue 5
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "not-on-reset",
        "EXCH-6 EXCH-27",
        "sends-unasked reset",
        "a reset throws the queue away and does not send it first: the peer may be in the next episode already",
        "
        confirm 5 aa
        == queue 5
        reset | sent - | queue -
        tick  | sent -
        ",
    );
}
