//! The scenarios of CATCHUP.

mod answer;
mod ask;
mod end;
mod repeat;
mod tell;
mod tell_again;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    ask::scenes(scenes);
    repeat::scenes(scenes);
    end::scenes(scenes);
    answer::scenes(scenes);
    tell::scenes(scenes);
    tell_again::scenes(scenes);
}
