//! Arbitrary messages through the codec's public constructors: what they refuse is what the model
//! refuses, and what they take comes back as it was. The input is a drawn message.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use rollwire_model::Model;

use crate::{agree::round_trips, drawn::Drawn};

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(drawn) = Unstructured::new(bytes).arbitrary::<Drawn>() else { return };
    round_trips(&MODEL, drawn.typed());
}
