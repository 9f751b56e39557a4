//! The scenarios of VALID.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "the-first-ping",
        "VALID-1",
        "handshake timer",
        "the first VALIDATION_PING is sent 100 ms after the opening",
        "
        peer 0 0
        == validation validating
        advance 99   | sent -
        advance 1    | sent VALIDATION_PING 100
        ",
    );
}
