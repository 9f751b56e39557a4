//! An exchange with one rule replaced.

use rollwire_model::{
    Model,
    exchange::{Behaviour, Session, Variant},
};

use crate::rule_table;

/// An exchange with one rule replaced.
pub type Mutant = rule_table::Mutant<Behaviour>;

impl Mutant {
    /// A new session of this implementation, with detection.
    #[must_use]
    pub fn session(&self, model: &Model) -> Session {
        Session::new(model, self.behaviour(), Variant::DETECTS)
    }
}
