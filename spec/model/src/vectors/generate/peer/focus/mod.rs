//! The scenarios of FOCUS.

mod own;
mod partner;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    own::scenes(scenes);
    partner::scenes(scenes);
}
