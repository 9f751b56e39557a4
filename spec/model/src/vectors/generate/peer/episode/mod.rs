//! The scenarios of EPISODE.

mod answers;
mod begin;
mod complete;
mod end;
mod messages;
mod phases;
mod ready;
mod start;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    begin::scenes(scenes);
    ready::scenes(scenes);
    start::scenes(scenes);
    end::scenes(scenes);
    complete::scenes(scenes);
    answers::scenes(scenes);
    phases::scenes(scenes);
    messages::scenes(scenes);
}
