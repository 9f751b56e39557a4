//! Arbitrary messages through the codec's public constructors: the model refuses what they refuse, and
//! what they accept survives a round trip unchanged. The input is a structured message.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use rollwire_agreement::round_trips;
use rollwire_model::Model;

use crate::structured::message::AnyMessage;

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(message) = Unstructured::new(bytes).arbitrary::<AnyMessage>() else { return };
    round_trips(&MODEL, message.typed());
}
