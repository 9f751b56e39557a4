//! A family of checks that stops working out answers when the run has to end.
//!
//! Whatever the search finds then is thrown away, so it only has to end soon.

use std::collections::BTreeSet;

use super::family::{Family, Kind, Replay};
use crate::runner::RunEnd;

/// A family, and when the run has to end.
pub(super) struct Ending<'a> {
    pub(super) family: &'a dyn Family,
    pub(super) end: &'a RunEnd,
}

impl Family for Ending<'_> {
    fn suspects(&self) -> &[Kind] {
        self.family.suspects()
    }

    fn failures(&self) -> usize {
        self.family.failures()
    }

    fn remembers(&self, suspect: usize) -> bool {
        self.family.remembers(suspect)
    }

    fn concerns(&self, suspect: usize, failure: usize) -> bool {
        self.family.concerns(suspect, failure)
    }

    fn is_large(&self, failure: usize) -> bool {
        self.family.is_large(failure)
    }

    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay> {
        if self.end.has_come() {
            return vec![Replay::Passes; failures.len()];
        }
        self.family.replay(suspects, failures)
    }

    fn contradictions(&self, suspect: usize, most: usize) -> Vec<usize> {
        if self.end.has_come() { Vec::new() } else { self.family.contradictions(suspect, most) }
    }

    fn failing(&self, suspects: &[usize], passed: &[usize]) -> BTreeSet<usize> {
        if self.end.has_come() { BTreeSet::new() } else { self.family.failing(suspects, passed) }
    }

    /// More than may be worked out, once the run has to end.
    fn answered(&self) -> usize {
        if self.end.has_come() { usize::MAX } else { self.family.answered() }
    }
}
