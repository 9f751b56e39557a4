//! What a suspect does alone, where checks failed.

use std::collections::BTreeSet;

use super::family::{Family, Kind, Replay};

/// A suspect that more checks contradict is dropped. Up to this many may be the work of another
/// fault, which hides this one there.
const MAX_CONTRADICTIONS: usize = 12;

/// What a suspect does alone, where checks failed.
#[derive(Clone, Debug)]
pub(super) struct Alone {
    pub(super) suspect: usize,
    pub(super) place: usize,
    /// The failures with its very answers.
    pub(super) same: BTreeSet<usize>,
    /// The failures that it has too, with other answers.
    pub(super) otherwise: BTreeSet<usize>,
    /// Checks that passed, but that it fails; `None` if that is not known yet.
    pub(super) contradictions: Option<Vec<usize>>,
}

impl Alone {
    /// What this suspect does where these checks failed; `None` if it is not behind any of them.
    pub(super) fn new(
        family: &dyn Family,
        suspect: usize,
        kind: Kind,
        failures: &[usize],
    ) -> Option<Self> {
        let concerned = failures.iter().copied().filter(|it| family.concerns(suspect, *it));
        let concerned: Vec<usize> = concerned.collect();
        let replays = family.replay(&[suspect], &concerned);
        let such = |wanted| {
            let pairs = concerned.iter().zip(&replays);
            pairs.filter(|(_, replay)| **replay == wanted).map(|(at, _)| *at).collect()
        };
        let (same, otherwise) = (such(Replay::Same), such(Replay::Otherwise));
        let mut alone = Self { suspect, place: kind.place, same, otherwise, contradictions: None };
        let fails = !alone.same.is_empty() || !alone.otherwise.is_empty();
        let is_suspect = fails && (alone.same.is_empty() || alone.is_possible(family));
        is_suspect.then_some(alone)
    }

    /// Whether few enough checks contradict it.
    pub(super) fn is_possible(&mut self, family: &dyn Family) -> bool {
        let most = MAX_CONTRADICTIONS + 1;
        let suspect = self.suspect;
        let found = self.contradictions.get_or_insert_with(|| family.contradictions(suspect, most));
        found.len() < most
    }

    /// Whether it fails there too, in any way.
    pub(super) fn fails(&self, failure: usize) -> bool {
        self.same.contains(&failure) || self.otherwise.contains(&failure)
    }

    /// The failures that it has too, in any way.
    pub(super) fn failures(&self) -> impl Iterator<Item = usize> {
        self.same.iter().chain(&self.otherwise).copied()
    }

    /// The checks that contradict it, as far as they were looked for.
    pub(super) fn contradicting(&self) -> &[usize] {
        self.contradictions.as_deref().unwrap_or_default()
    }
}
