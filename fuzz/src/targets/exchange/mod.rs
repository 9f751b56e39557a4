//! Arbitrary stimuli: model and `rollwire-reference` observe the same after each, and the invariants
//! that the specification states for every exchange hold. The input is a structured list of stimuli.

mod invariants;

use std::sync::LazyLock;

use arbitrary::Unstructured;
use rollwire_agreement::Reference;
use rollwire_model::{Model, exchange::Session};

use self::invariants::Invariants;
use crate::structured::stimuli::stimuli;

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let mut rest = Unstructured::new(bytes);
    let (mut session, mut reference) = (Session::specified(&MODEL), Reference::new());
    let mut invariants = Invariants::default();
    for (step, stimulus) in stimuli(&mut rest).enumerate() {
        let (expected, got) = (session.step(&stimulus), reference.step(&stimulus));
        assert_eq!(expected, got, "step {step}: {stimulus}");
        invariants.check(&stimulus, got);
    }
}
