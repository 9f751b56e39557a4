//! The scenarios of CATCHUP.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "a-hole-is-asked-for",
        "CATCHUP-1",
        "request",
        "a request goes from the first hole to the last",
        "
        peer 0 0 started
        recv INPUT 1 9 0=1 4=1 9=1
        == held 0=1 4=1 9=1
        catch_up   | sent INPUT_REQUEST 1 8 | request 1 8
        ",
    );
}
