//! The scenarios of FOCUS.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "a-change-is-told",
        "FOCUS-1",
        "page",
        "a page that is hidden is told at once, with the frame",
        "
        peer 0 0
        == partner shown
        focus hidden 30   | sent FOCUS_STATE 0 30
        ",
    );
}
