//! Arbitrary stimuli: model and `rollwire-reference` observe the same after each, and what the
//! specification promises of every exchange holds. The input is a list of drawn stimuli.

mod drawn;
mod invariants;

use std::sync::LazyLock;

use arbitrary::Unstructured;
use rollwire_model::{Model, exchange::Session};

pub use self::drawn::form;
use self::{drawn::stimuli, invariants::Invariants};
use crate::reference::Reference;

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let mut rest = Unstructured::new(bytes);
    let (mut session, mut reference) = (Session::specified(&MODEL), Reference::new());
    let mut invariants = Invariants::default();
    for (step, stimulus) in stimuli(&mut rest).enumerate() {
        let (expected, got) = (session.step(&stimulus), reference.step(&stimulus));
        assert_eq!(expected, got, "step {step}: {stimulus}");
        invariants.hold(&stimulus, got);
    }
}
