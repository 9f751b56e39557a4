//! The scenarios of LIVE.

mod answers;
mod kept;
mod pings;
mod round_trips;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    pings::scenes(scenes);
    answers::scenes(scenes);
    round_trips::scenes(scenes);
    kept::scenes(scenes);
}
