//! The scenarios of a whole peer: one file of scenarios for each chapter.
//!
//! For each rule there should be a scenario that fails for no other rule. What hides the effects of the
//! other rules:
//!
//! - `sends accept 0 refuse all by false types 01` keeps INPUTs off the wire where they are not the subject; other messages likewise, by their types.
//! - A peer that is not `validated` sends no PING; one that is, sends no VALIDATION_PING.
//! - A scenario without `advance` has no timers.

mod catchup;
mod common;
mod episode;
mod focus;
mod live;
mod sync;
mod valid;

use crate::{
    Layout, Model,
    vectors::{scenario::Scenario, scenes::Scenes},
};

/// The topics of the scenario files: `peer_sync` is the file `peer/sync.json`.
pub(in crate::vectors) const TOPICS: [&str; 7] = [
    "peer_common",
    "peer_sync",
    "peer_live",
    "peer_valid",
    "peer_episode",
    "peer_catchup",
    "peer_focus",
];

/// The scenarios of a peer that the model makes for a topic; none for a topic that it does not know.
///
/// # Errors
///
/// The id of a scenario that is not what its author meant it to be.
pub fn generated_peer_scenarios(layout: &Layout, topic: &str) -> Result<Vec<Scenario>, String> {
    let mut scenes = Scenes::new(&Model::new(layout, layout.revision), topic);
    let chapter: fn(&mut Scenes) = match topic {
        "peer_common" => common::scenes,
        "peer_sync" => sync::scenes,
        "peer_live" => live::scenes,
        "peer_valid" => valid::scenes,
        "peer_episode" => episode::scenes,
        "peer_catchup" => catchup::scenes,
        "peer_focus" => focus::scenes,
        _ => |_| {},
    };
    chapter(&mut scenes);
    scenes.finish()
}
