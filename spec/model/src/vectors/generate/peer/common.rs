//! The scenarios of PEER.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "a-timer-fires-each-time",
        "PEER-1",
        "timer",
        "a timer that is due several times within one advance fires each time, with the time at which it was due",
        "
        peer 0 0 validated
        == validation validated
        advance 1600   | sent PING 600, PING 1100, PING 1600
        ",
    );
}
