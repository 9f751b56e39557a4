//! The scenarios of LIVE.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "a-ping-is-answered",
        "LIVE-5",
        "answers",
        "a PING is answered with its eight bytes, at once",
        "
        peer 0 0
        == round_trips -
        recv PING 77   | sent PONG 77
        ",
    );
}
