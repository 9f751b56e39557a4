//! The scenarios of EXCH and DETECT: one file of scenarios for each topic, and one file of code for
//! each aspect of it.
//!
//! For each rule there should be a scenario that fails for no other rule. Such a scenario hides the
//! effects of the other rules:
//!
//! - The channel refuses everything at first. A hash that is sent at the wrong moment is refused and returns to the queue.
//! - A tick sends one entry, so that neither order nor number matters.
//! - A KEEPALIVE comes before the first tick, for implementations that wait until the peer has sent something.
//! - Frames are multiples of five, rising, and near each other.

mod bound;
mod closed;
mod collisions;
mod compare;
mod compare_hashes;
mod confirm;
mod detect_rollback;
mod detect_withdraw;
mod errors;
mod frames;
mod lasting;
mod malformed;
mod new_again;
mod numbers;
mod order;
mod play;
mod receive;
mod refusal;
mod reset;
mod rollback;
mod rollback_flag;
mod send;
mod through_detection;
mod unasked;
mod verified;

use crate::{
    Layout, Model,
    vectors::{scenario::Scenario, scenes::Scenes},
};

/// The topics of the scenario files: `exchange_confirm` is the file `exchange/confirm.json`.
pub(in crate::vectors) const TOPICS: [&str; 10] = [
    "exchange_confirm",
    "exchange_send",
    "exchange_refusal",
    "exchange_receive",
    "exchange_rollback",
    "exchange_reset",
    "exchange_compare",
    "exchange_detect_rollback",
    "exchange_lasting",
    "exchange_play",
];

/// The scenarios that the model makes for a topic; none for a topic that it does not know.
///
/// # Errors
///
/// The id of a scenario that is not what its author meant it to be.
pub fn generated_scenarios(layout: &Layout, topic: &str) -> Result<Vec<Scenario>, String> {
    let mut scenes = Scenes::new(&Model::new(layout, layout.revision), topic);
    let chapters: &[fn(&mut Scenes)] = match topic {
        "exchange_confirm" => {
            &[confirm::scenes, bound::scenes, new_again::scenes, collisions::of_the_history]
        }
        "exchange_send" => &[unasked::scenes, send::scenes, closed::scenes],
        "exchange_refusal" => &[refusal::scenes, errors::scenes],
        "exchange_receive" => &[receive::scenes, malformed::scenes, collisions::of_the_map],
        "exchange_rollback" => {
            &[rollback::scenes, order::scenes, numbers::scenes, rollback_flag::scenes]
        }
        "exchange_reset" => &[reset::scenes],
        "exchange_compare" => &[
            compare::scenes,
            compare_hashes::scenes,
            collisions::compared,
            verified::scenes,
            through_detection::scenes,
        ],
        "exchange_detect_rollback" => &[detect_rollback::scenes, detect_withdraw::scenes],
        "exchange_lasting" => &[lasting::scenes],
        "exchange_play" => &[play::scenes],
        _ => &[],
    };
    for chapter in chapters {
        chapter(&mut scenes);
    }
    scenes.finish()
}
