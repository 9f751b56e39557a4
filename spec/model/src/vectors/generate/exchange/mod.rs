//! The scenarios of EXCH and DETECT: one file per topic.

mod confirm;

use crate::{
    Layout, Model,
    vectors::{scenario::Scenario, scenes::Scenes},
};

/// The topics of the scenario files: `exchange_confirm` is the file `exchange/confirm.json`.
pub(in crate::vectors) const TOPICS: [&str; 1] = ["exchange_confirm"];

/// The scenarios that the model makes for a topic; none for a topic that it does not know.
///
/// # Errors
///
/// The id of a scenario that is not what its author meant it to be.
pub fn generated_scenarios(layout: &Layout, topic: &str) -> Result<Vec<Scenario>, String> {
    let mut scenes = Scenes::new(&Model::new(layout, layout.revision), topic);
    if topic == "exchange_confirm" {
        confirm::scenes(&mut scenes);
    }
    scenes.finish()
}
