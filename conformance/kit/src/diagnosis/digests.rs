//! Failures of digests, and the wrong digests that give the same digits.

use rollwire_model::digest::Answer;

use super::{
    cover::{Family, Kind, Replay},
    kinds::kinds,
    suspect::Suspects,
};
use crate::check::digest::plan::Planned;

/// The digests of a run.
pub(super) struct DigestFamily<'a> {
    suspects: &'a dyn Suspects,
    kinds: Vec<Kind>,
    /// With the digits that were answered; `None` for a refusal.
    failed: Vec<(&'a Planned, Option<&'a str>)>,
    passed: Vec<&'a Planned>,
}

impl<'a> DigestFamily<'a> {
    pub(super) fn new(
        suspects: &'a dyn Suspects,
        failed: Vec<(&'a Planned, Option<&'a str>)>,
        passed: Vec<&'a Planned>,
    ) -> Self {
        Self { suspects, kinds: kinds(suspects.digests()), failed, passed }
    }

    /// Whether these suspects pass a check that passed.
    fn passes(&self, suspects: &[usize], at: usize) -> bool {
        let planned = self.passed[at];
        passes(planned, self.digits(suspects, planned).as_deref())
    }

    /// The digits that these suspects make of a state; `None` if they refuse it.
    fn digits(&self, suspects: &[usize], planned: &Planned) -> Option<String> {
        let rules = self.suspects.digest_rules(suspects);
        rules.digest(&planned.case.state, planned.case.form).ok().map(|digest| digest.hash)
    }
}

impl Family for DigestFamily<'_> {
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
        failures.len()
    }

    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay> {
        let replay = |at: &usize| {
            let (planned, given) = self.failed[*at];
            let digits = self.digits(suspects, planned);
            match digits.as_deref() {
                digits if passes(planned, digits) => Replay::Passes,
                digits if digits == given => Replay::Same,
                _ => Replay::Otherwise,
            }
        };
        failures.iter().map(replay).collect()
    }

    fn contradictions(&self, suspect: usize, most: usize) -> Vec<usize> {
        let fails = |at: &usize| !self.passes(&[suspect], *at);
        (0..self.passed.len()).filter(fails).take(most).collect()
    }

    fn all_pass(&self, suspects: &[usize], passed: &[usize]) -> bool {
        passed.iter().all(|at| self.passes(suspects, *at))
    }
}

/// Whether these digits, or a refusal, are allowed.
fn passes(planned: &Planned, digits: Option<&str>) -> bool {
    planned.answers.iter().any(|(_, allowed)| match allowed {
        Answer::Digest(digest) => Some(&*digest.hash) == digits,
        Answer::Reject(_) => digits.is_none(),
    })
}
