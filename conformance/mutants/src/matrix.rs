//! The matrix of mutants and scenarios: which scenario catches which mutant.

use rollwire_conformance::check::scenario::pace::Pace;
use rollwire_model::{
    AnySession, Model,
    exchange::{Member, Observation, Stimulus},
    peer,
    vectors::Scenario,
};

use crate::rule_table::{Mutant, RuleTable};

/// Which scenario catches which mutant.
#[derive(Debug)]
pub struct Matrix<'a, T> {
    /// The mutants: the rows.
    pub mutants: Vec<Mutant<T>>,
    /// The scenarios: the columns.
    pub scenarios: &'a [Scenario],
    /// For each mutant and scenario, the step and the member at which it is caught.
    pub caught: Vec<Vec<Option<(usize, Member)>>>,
    /// The same for each member.
    pub cells: Vec<Vec<Differences>>,
    /// Which scenarios are long: only mutants of their rules are run through them.
    long: Vec<bool>,
}

/// A scenario, and what is to be observed.
struct Played {
    stimuli: Vec<Stimulus>,
    pace: Pace,
    expected: Vec<Observation>,
}

impl Played {
    fn new(scenario: &Scenario, model: &Model, mut right: AnySession) -> Self {
        let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
        let pace = match scenario.peer {
            Some(setup) => Pace::of_peer(&stimuli, peer::Session::specified(model, setup), true),
            None => Pace::of(&stimuli, model, true),
        };
        let expected = pace.stretches().map(|stretch| right.advance(&stimuli[stretch])).collect();
        Self { stimuli, pace, expected }
    }

    fn differences(&self, other: AnySession) -> Differences {
        Differences::seen(&self.stimuli, &self.pace, &self.expected, other)
    }
}

impl<'a, T: RuleTable> Matrix<'a, T> {
    /// Runs every mutant through every scenario.
    #[must_use]
    pub fn new(mutants: Vec<Mutant<T>>, scenarios: &'a [Scenario]) -> Self {
        Self::of(mutants, scenarios, true)
    }

    /// The same with implementations without detection, which compare nothing.
    #[must_use]
    pub fn without_detection(mutants: Vec<Mutant<T>>, scenarios: &'a [Scenario]) -> Self {
        Self::of(mutants, scenarios, false)
    }

    fn of(mutants: Vec<Mutant<T>>, scenarios: &'a [Scenario], detects: bool) -> Self {
        let model = Model::latest();
        let session = |rules: T, scenario: &Scenario| rules.session(scenario, &model, detects);
        let played: Vec<Played> = scenarios
            .iter()
            .map(|scenario| Played::new(scenario, &model, session(T::SPECIFIED, scenario)))
            .collect();
        let row = |mutant: &Mutant<T>| {
            let cell = |(scenario, played): (&Scenario, &Played)| {
                // A long scenario is about how many entries there are. It takes long, and what else is
                // wrong is seen in the short ones.
                let is_about = scenario.rules.iter().any(|rule| rule == mutant.rule);
                if played.pace.is_long() && !is_about {
                    return Differences::default();
                }
                played.differences(session(mutant.behaviour(), scenario))
            };
            scenarios.iter().zip(&played).map(cell).collect()
        };
        let cells: Vec<Vec<Differences>> = mutants.iter().map(row).collect();
        let caught = cells.iter().map(|row| row.iter().map(Differences::first).collect()).collect();
        let long = played.iter().map(|it| it.pace.is_long()).collect();
        Self { mutants, scenarios, caught, cells, long }
    }

    /// Mutants that no scenario about the rule that they break catches.
    #[must_use]
    pub fn survivors(&self) -> Vec<&Mutant<T>> {
        let rows = self.mutants.iter().zip(&self.caught);
        let caught = |(mutant, row): &(&Mutant<T>, &Vec<Option<_>>)| {
            let mut cells = self.scenarios.iter().zip(*row);
            cells.any(|(scenario, cell)| cell.is_some() && scenario.rules[0] == mutant.rule)
        };
        rows.filter(|row| !caught(row)).map(|(mutant, _)| mutant).collect()
    }

    /// The mutants that a scenario catches in one of these members.
    #[must_use]
    pub fn caught_by(&self, scenario: usize, members: &[Member]) -> Vec<&Mutant<T>> {
        let rows = self.mutants.iter().zip(&self.cells);
        let caught = |row: &Vec<Differences>| members.iter().any(|it| row[scenario].shows(*it));
        rows.filter(|(_, row)| caught(row)).map(|(mutant, _)| mutant).collect()
    }

    /// The scenarios that fail for mutants of this rule, and for mutants of no other rule.
    #[must_use]
    pub fn scenarios_only_of(&self, rule: &str) -> Vec<&Scenario> {
        let only = |column: usize| {
            let caught = self.caught_by(column, &Member::ALL);
            !caught.is_empty() && caught.iter().all(|mutant| mutant.rule == rule)
        };
        let columns = self.scenarios.iter().enumerate().filter(|(column, _)| !self.long[*column]);
        columns.filter(|(column, _)| only(*column)).map(|(_, scenario)| scenario).collect()
    }
}

/// The first step at which each member of two observations differs, in the order of [`Member::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences([Option<usize>; Member::ALL.len()]);

impl Differences {
    /// Runs two sessions side by side, and observes them as the kit does.
    #[must_use]
    pub fn between(
        stimuli: &[Stimulus],
        model: &Model,
        right: impl Into<AnySession>,
        other: impl Into<AnySession>,
    ) -> Self {
        let mut right = right.into();
        let pace = Pace::of(stimuli, model, true);
        let expected: Vec<Observation> =
            pace.stretches().map(|stretch| right.advance(&stimuli[stretch])).collect();
        Self::seen(stimuli, &pace, &expected, other.into())
    }

    fn seen(
        stimuli: &[Stimulus],
        pace: &Pace,
        expected: &[Observation],
        mut other: AnySession,
    ) -> Self {
        let mut steps = Self::default();
        for (stretch, expected) in pace.stretches().zip(expected) {
            let step = stretch.end - 1;
            let got = other.advance(&stimuli[stretch]);
            for member in expected.differences(&got) {
                steps.0[member as usize].get_or_insert(step);
            }
        }
        steps
    }

    /// Whether this member differs at any step.
    #[must_use]
    pub fn shows(&self, member: Member) -> bool {
        self.0[member as usize].is_some()
    }

    /// The first step at which anything differs, and the first member that does.
    #[must_use]
    pub fn first(&self) -> Option<(usize, Member)> {
        let members = Member::ALL.into_iter();
        members.filter_map(|member| Some((self.0[member as usize]?, member))).min()
    }
}
