//! Failures of scenarios, and the wrong exchanges that show the same.

use rollwire_model::exchange::Observation;

use super::{
    cover::{Family, Kind, Replay},
    kinds::kinds,
    suspect::Suspects,
};
use crate::check::scenario::{judge::judge_made, plan::Planned, visible::Visible};

/// Scenarios with more stimuli are replayed only where they failed.
const LONG: usize = 256;

/// So many random scenarios that passed are replayed.
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

    /// The first observation in which these suspects differ from the specification, among those for which
    /// the adapter was asked.
    fn first_difference(
        &self,
        suspects: &[usize],
        planned: &Planned,
    ) -> Option<(usize, Observation)> {
        let plan = &planned.session;
        let rules = self.suspects.behaviour(suspects);
        let found = judge_made(plan, || plan.observed_of(rules), self.shown)?;
        Some((found.wrong.step, found.got))
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
