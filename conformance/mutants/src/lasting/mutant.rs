//! An exchange whose hashes last, with one rule replaced.

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
