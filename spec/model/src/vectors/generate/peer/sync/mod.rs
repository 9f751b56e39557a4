//! The scenarios of SYNC.

mod act;
mod confirm;
mod receive;
mod unsent;
mod window;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    act::scenes(scenes);
    unsent::scenes(scenes);
    window::scenes(scenes);
    receive::scenes(scenes);
    confirm::scenes(scenes);
}
