//! The scenarios of SYNC.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "an-act-is-sent",
        "SYNC-1",
        "input-window",
        "each act sends one INPUT, with all actions so far",
        "
        peer 0 0 started
        == confirmed none
        act 0 3   | sent INPUT 0 0 0=3
        act 1 4   | sent INPUT 0 1 0=3 1=4
        ",
    );
}
