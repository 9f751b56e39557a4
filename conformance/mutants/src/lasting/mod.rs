//! Wrong exchanges whose hashes last: the rules of this variant with one rule replaced.
//!
//! They are compared with an exchange that sends each hash twice: what becomes of a second send shows
//! only there.

mod detection;
mod queue;

use rollwire_model::{
    AnySession, Model,
    exchange::{Behaviour, Session, Variant},
    vectors::Scenario,
};

use crate::rule_table::{self, RuleTable};

/// The rules of an exchange whose hashes last.
#[derive(Clone, Copy, Debug)]
pub struct Lasting {
    /// The table.
    pub rules: Behaviour,
}

impl RuleTable for Lasting {
    const SPECIFIED: Self = Self { rules: Behaviour::LASTING };

    fn session(self, _: &Scenario, model: &Model, detects: bool) -> AnySession {
        let variant = Variant { detects, hash_sends: Some(2) };
        Session::new(model, self.rules, variant).into()
    }
}

/// An exchange whose hashes last, with one rule replaced.
pub type Mutant = rule_table::Mutant<Lasting>;

/// The rules for which no scenario fails only because of them, and why there cannot be one.
pub const INSEPARABLE: [(&str, &str); 2] = [
    (
        "DETECT-17",
        "what is verified follows from a comparison, and what that leaves in the map (DETECT-16) shows too",
    ),
    (
        "DETECT-18",
        "an event follows from a comparison, and what that leaves in the map (DETECT-16) shows too",
    ),
];

/// Every wrong exchange whose hashes last, in the order of the rules.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    [queue::MUTANTS, detection::MUTANTS].concat()
}
