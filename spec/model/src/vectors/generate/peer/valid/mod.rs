//! The scenarios of VALID.

mod answers;
mod end;
mod pings;
mod proof;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    pings::scenes(scenes);
    end::scenes(scenes);
    answers::scenes(scenes);
    proof::scenes(scenes);
}
