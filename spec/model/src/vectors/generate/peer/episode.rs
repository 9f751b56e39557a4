//! The scenarios of EPISODE.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "a-ready-is-sent",
        "EPISODE-2",
        "barrier",
        "a ready is told at once, with the number of the episode plus one",
        "
        peer 0 0
        == episode none
        ready 0123abcd   | sent EPISODE_READY 1 0123abcd | episode 0 waiting
        ",
    );
}
