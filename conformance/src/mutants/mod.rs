//! Implementations that are wrong on purpose, and which scenario catches each of them.
//!
//! A mutant is the model with one rule replaced. It names the rule that it breaks, so that a scenario
//! that catches it can be held to being about that rule.
//!
//! Many break their rule only here and there: in one of two paths, for some frames, from the second time
//! on. Whoever catches these also catches the program that always does it wrong, which a scenario could
//! hardly miss and which would say little about the scenarios.

mod bound;
mod compare;
mod confirm;
mod detect;
mod detect_rollback;
mod matrix;
mod receive;
mod refusal;
mod reset;
mod rollback;
mod send;
mod withdraw;

use rollwire_model::{
    Model,
    exchange::{Behaviour, Session},
};

pub use self::matrix::{Differences, Matrix};

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

/// Every mutant of the exchange and of detection, in the order of the rules.
#[must_use]
pub fn exchange() -> Vec<Mutant> {
    [
        confirm::MUTANTS,
        bound::MUTANTS,
        send::MUTANTS,
        refusal::MUTANTS,
        receive::MUTANTS,
        withdraw::MUTANTS,
        rollback::MUTANTS,
        reset::MUTANTS,
        compare::MUTANTS,
        detect::MUTANTS,
        detect_rollback::MUTANTS,
    ]
    .concat()
}
