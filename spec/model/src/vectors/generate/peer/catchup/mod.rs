//! The scenarios of CATCHUP.

mod answer;
mod ask;
mod end;
mod tell;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    ask::scenes(scenes);
    end::scenes(scenes);
    answer::scenes(scenes);
    tell::scenes(scenes);
}
