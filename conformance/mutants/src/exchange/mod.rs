//! Wrong exchanges: the model's table of rules with one rule replaced.
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

/// The rules that no scenario tells from all others, and why none can.
pub const MIXED: [(&str, &str); 4] = [
    (
        "EXCH-5",
        "a frame is new only after it has left the history, and that it does is EXCH-3, 22 or 27",
    ),
    (
        "EXCH-7",
        "an order shows only where several are sent, and there it shows whether all are (EXCH-8)",
    ),
    ("EXCH-11", "a refusal that ends the sending shows also what becomes of the refused (EXCH-12)"),
    (
        "DETECT-12",
        "what a reset has to forget came of a frame that is in the history still (EXCH-27) or has \
         left it by a rollback (EXCH-22)",
    ),
];

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
pub fn mutants() -> Vec<Mutant> {
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
