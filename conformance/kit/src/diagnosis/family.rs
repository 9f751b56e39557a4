//! What the search for causes asks of each kind of check.

use std::collections::BTreeSet;

/// What is known of one family of checks: bytes, scenarios or digests. Everything is a number: a
/// suspect, a kind of fault, a place, a failure.
pub(super) trait Family: Sync {
    /// The kind of fault and the place of each suspect.
    fn suspects(&self) -> &[Kind];

    /// How many checks failed.
    fn failures(&self) -> usize;

    /// Whether the answers of a suspect depend on what it was asked before.
    fn remembers(&self, suspect: usize) -> bool;

    /// Whether a suspect may be behind a failure.
    fn concerns(&self, suspect: usize, failure: usize) -> bool;

    /// Whether the causes are found without this check, because an answer to it takes as long as a
    /// hundred others and there are enough like it.
    fn is_large(&self, failure: usize) -> bool;

    /// What an implementation that is wrong in all these ways does where the checks failed.
    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay>;

    /// The checks that passed although this suspect would have failed them, but no more than `most`.
    fn contradictions(&self, suspect: usize, most: usize) -> Vec<usize>;

    /// Which of these checks, which passed, an implementation that is wrong in all these ways would fail.
    fn failing(&self, suspects: &[usize], passed: &[usize]) -> BTreeSet<usize>;

    /// How many answers were worked out so far.
    fn answered(&self) -> usize;
}

/// The kind of fault of a suspect, and the place where it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    pub(super) fault: usize,
    pub(super) place: usize,
}

/// What a suspect does in a check that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replay {
    /// It passes: the failure has another cause.
    Passes,
    /// It answers as was answered.
    Same,
    /// It fails in another way.
    Otherwise,
}
