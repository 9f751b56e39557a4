//! Failures of digests, and the wrong digests that give the same digits.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use rollwire_model::digest::Answer;

use super::{
    family::{Family, Kind, Replay},
    kinds::kinds,
    suspect::Suspects,
};
use crate::{check::digest::plan::Planned, runner::RunEnd};

/// A state with more bytes is large.
const LARGE: usize = 2000;

/// How many failures on large states are looked at.
const MOST_LARGE: usize = 12;

/// How many large states that passed are looked at, if all failures are on large states.
const PASSED_LARGE: usize = 32;

/// The digests of a run.
pub(super) struct DigestFamily<'a> {
    suspects: &'a dyn Suspects,
    kinds: Vec<Kind>,
    /// With the digits that were answered; `None` for a refusal.
    failed: Vec<(&'a Planned, Option<&'a str>)>,
    passed: Vec<&'a Planned>,
    /// The failures that are not looked at, because there are enough other large ones.
    left_out: BTreeSet<usize>,
    answered: AtomicUsize,
    end: &'a RunEnd,
}

impl<'a> DigestFamily<'a> {
    pub(super) fn new(
        suspects: &'a dyn Suspects,
        failed: Vec<(&'a Planned, Option<&'a str>)>,
        mut passed: Vec<&'a Planned>,
        end: &'a RunEnd,
    ) -> Self {
        // An answer to a large state takes as long as hundreds of others.
        let is_large = |planned: &Planned| planned.case.state.len() > LARGE;
        let large: Vec<usize> = (0..failed.len()).filter(|at| is_large(failed[*at].0)).collect();
        let passed_large = passed.extract_if(.., |planned| is_large(planned)).collect::<Vec<_>>();
        if large.len() == failed.len() {
            let step = passed_large.len().div_ceil(PASSED_LARGE).max(1);
            passed.extend(passed_large.into_iter().step_by(step));
        }
        let step = large.len().div_ceil(MOST_LARGE).max(1);
        let surplus = large.into_iter().enumerate().filter(|(at, _)| at % step != 0);
        let left_out = surplus.map(|(_, failure)| failure).collect();
        let kinds = kinds(suspects.digests());
        Self { suspects, kinds, failed, passed, left_out, answered: AtomicUsize::new(0), end }
    }

    /// Whether these suspects pass a check that passed.
    fn passes(&self, suspects: &[usize], at: usize) -> bool {
        let planned = self.passed[at];
        passes(planned, self.digits(suspects, planned).as_deref())
    }

    /// The digits that these suspects make of a state; `None` if they refuse it, or if the run has to end: a
    /// large state takes a while, and there are many.
    fn digits(&self, suspects: &[usize], planned: &Planned) -> Option<String> {
        if self.end.has_come() {
            return None;
        }
        self.answered.fetch_add(1, Ordering::Relaxed);
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

    fn concerns(&self, _: usize, _: usize) -> bool {
        true
    }

    fn is_large(&self, failure: usize) -> bool {
        self.left_out.contains(&failure)
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

    fn failing(&self, suspects: &[usize], passed: &[usize]) -> BTreeSet<usize> {
        passed.iter().copied().filter(|at| !self.passes(suspects, *at)).collect()
    }

    fn answered(&self) -> usize {
        self.answered.load(Ordering::Relaxed)
    }
}

/// Whether these digits, or a refusal, are allowed.
fn passes(planned: &Planned, digits: Option<&str>) -> bool {
    planned.answers.iter().any(|(_, allowed)| match allowed {
        Answer::Digest(digest) => Some(&*digest.hash) == digits,
        Answer::Reject(_) => digits.is_none(),
    })
}
