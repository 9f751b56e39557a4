//! A table of rules with one rule replaced: a wrong exchange or a wrong peer.

use rollwire_model::{
    AnySession, Model,
    exchange::{self, Variant},
    peer::{self, Areas, Parameters},
    vectors::Scenario,
};

/// A table of rules that a session of a scenario follows.
pub trait RuleTable: Copy + 'static {
    /// The table as the specification has it.
    const SPECIFIED: Self;

    /// A session of this scenario that follows the table.
    fn session(self, scenario: &Scenario, model: &Model, detects: bool) -> AnySession;
}

impl RuleTable for exchange::Behaviour {
    const SPECIFIED: Self = Self::SPECIFIED;

    fn session(self, _: &Scenario, model: &Model, detects: bool) -> AnySession {
        let variant = Variant { detects, ..Variant::DETECTS };
        exchange::Session::new(model, self, variant).into()
    }
}

impl RuleTable for peer::Behaviour {
    const SPECIFIED: Self = Self::SPECIFIED;

    fn session(self, scenario: &Scenario, model: &Model, detects: bool) -> AnySession {
        let areas = Areas { detect: detects, ..Areas::ALL };
        let parameters = Parameters::of(model.revision());
        let setup = scenario.peer.unwrap_or_default();
        peer::Session::new(model, self, setup, parameters, areas).into()
    }
}

/// A table with one rule replaced.
#[derive(Clone, Copy, Debug)]
pub struct Mutant<T> {
    /// A slug: what it does wrong, in a few words.
    pub name: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// What it does wrong, in a sentence without a period.
    pub fault: &'static str,
    /// Replaces the rule.
    pub edit: fn(&mut T),
}

impl<T: RuleTable> Mutant<T> {
    /// Its rules.
    #[must_use]
    pub fn behaviour(&self) -> T {
        let mut behaviour = T::SPECIFIED;
        (self.edit)(&mut behaviour);
        behaviour
    }
}
