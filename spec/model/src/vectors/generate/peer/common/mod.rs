//! The scenarios of PEER.

mod datagrams;
mod timers;

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    timers::scenes(scenes);
    datagrams::scenes(scenes);
}
