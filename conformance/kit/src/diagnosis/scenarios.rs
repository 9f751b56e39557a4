//! Failures of scenarios, and the wrong exchanges that show the same.

use rollwire_model::exchange::{Observation, Session};

use super::{
    cover::{Family, Kind, Replay},
    kinds::kinds,
    suspect::Suspects,
};
use crate::check::scenario::{plan::Planned, visible::Visible};

/// Scenarios with more stimuli are replayed only where they failed.
const LONG: usize = 256;

/// How many random scenarios that failed are replayed before it is known whether a suspect ever shows what
/// was observed.
const FIRST_FRESH: usize = 6;

/// How many random scenarios that passed are replayed.
const FRESH: usize = 16;

/// A scenario that failed, and its first wrong observation.
pub(super) struct FailedScenario<'a> {
    pub(super) planned: &'a Planned,
    pub(super) step: usize,
    pub(super) observation: &'a Observation,
}

/// The scenarios of a run.
pub(super) struct ScenarioFamily<'a> {
    suspects: &'a dyn Suspects,
    kinds: Vec<Kind>,
    shown: Visible,
    failed: Vec<FailedScenario<'a>>,
    passed: Vec<&'a Planned>,
}

impl<'a> ScenarioFamily<'a> {
    pub(super) fn new(
        suspects: &'a dyn Suspects,
        shown: Visible,
        failed: Vec<FailedScenario<'a>>,
        passed: Vec<&'a Planned>,
    ) -> Self {
        let (fresh, published): (Vec<&Planned>, Vec<&Planned>) = passed
            .into_iter()
            .filter(|planned| planned.session.stimuli.len() <= LONG)
            .partition(|planned| planned.origin.is_fresh());
        let passed = published.into_iter().chain(fresh.into_iter().take(FRESH)).collect();
        Self { suspects, kinds: kinds(suspects.exchanges()), shown, failed, passed }
    }

    /// The first observation in which these suspects differ from the specification.
    fn first_difference(
        &self,
        suspects: &[usize],
        planned: &Planned,
    ) -> Option<(usize, Observation)> {
        let plan = &planned.session;
        let rules = self.suspects.behaviour(suspects);
        let mut wrong = Session::new(&plan.model, rules, plan.detects);
        let pairs = plan.expected().zip(&plan.stimuli).enumerate();
        for (step, (expected, stimulus)) in pairs {
            let observed = wrong.step(stimulus);
            if expected.differences(&observed).any(|member| self.shown.shows(member)) {
                return Some((step, observed));
            }
        }
        None
    }
}

impl Family for ScenarioFamily<'_> {
    fn suspects(&self) -> &[Kind] {
        &self.kinds
    }

    fn failures(&self) -> usize {
        self.failed.len()
    }

    fn remembers(&self, _: usize) -> bool {
        false
    }

    fn concerned(&self, _: usize) -> Vec<usize> {
        (0..self.failed.len()).collect()
    }

    fn first_look(&self, failures: &[usize]) -> usize {
        // Random scenarios are long, and come after the published ones.
        let is_published = |at: &&usize| !self.failed[**at].planned.origin.is_fresh();
        failures.iter().filter(is_published).count() + FIRST_FRESH
    }

    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay> {
        let replay = |at: &usize| {
            let failed = &self.failed[*at];
            match self.first_difference(suspects, failed.planned) {
                None => Replay::Passes,
                Some((step, observed)) if step == failed.step => {
                    let mut differing = observed.differences(failed.observation);
                    match differing.any(|member| self.shown.shows(member)) {
                        true => Replay::Otherwise,
                        false => Replay::Same,
                    }
                }
                Some(_) => Replay::Otherwise,
            }
        };
        failures.iter().map(replay).collect()
    }

    fn contradictions(&self, suspect: usize, most: usize) -> Vec<usize> {
        let fails = |at: &usize| self.first_difference(&[suspect], self.passed[*at]).is_some();
        (0..self.passed.len()).filter(fails).take(most).collect()
    }

    fn all_pass(&self, suspects: &[usize], passed: &[usize]) -> bool {
        let passes = |at: &usize| self.first_difference(suspects, self.passed[*at]).is_none();
        passed.iter().all(passes)
    }
}
