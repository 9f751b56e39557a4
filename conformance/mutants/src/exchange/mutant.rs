//! An exchange with one rule replaced.

use rollwire_model::{
    Model,
    exchange::{Behaviour, Session},
};

/// An exchange with one rule replaced.
#[derive(Clone, Copy, Debug)]
pub struct Mutant {
    /// A slug: what it does wrong, in a few words.
    pub name: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// What it does wrong, in a sentence without a period.
    pub fault: &'static str,
    /// Replaces the rule.
    pub edit: fn(&mut Behaviour),
}

impl Mutant {
    /// A new session of this implementation, with detection.
    #[must_use]
    pub fn session(&self, model: &Model) -> Session {
        Session::new(model, self.behaviour(), true)
    }

    /// Its rules.
    #[must_use]
    pub fn behaviour(&self) -> Behaviour {
        let mut behaviour = Behaviour::SPECIFIED;
        (self.edit)(&mut behaviour);
        behaviour
    }
}
