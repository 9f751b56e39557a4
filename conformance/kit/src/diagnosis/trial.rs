//! How many failures some kinds of fault explain together.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    alone::Alone,
    family::{Family, Replay},
    team::{Choice, Team},
};

/// Of the failures that a fault has alone, at least this share has to be answered as it was, with the chosen
/// ones: what only looks like the answers in a few places is a coincidence.
const MIN_SHARE: (usize, usize) = (1, 2);

/// A fault whose failures the chosen ones have too has to explain this many of them.
const MIN_HIDDEN: usize = 3;

/// The failures that causes are searched for.
pub(super) struct Scene<'a> {
    pub(super) family: &'a dyn Family,
    /// The failures that the causes are found with.
    pub(super) all: Vec<usize>,
    /// No more answers are worked out than this many.
    pub(super) most_answers: usize,
}

/// Some kinds of fault, and the failures that they explain together.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) team: Team,
    pub(super) explained: BTreeSet<usize>,
}

/// One more kind of fault together with those that were found before, or two more.
pub(super) struct Trial {
    pub(super) gain: Gain,
    pub(super) found: Found,
}

/// How good a choice is: what is explained counts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gain {
    pub(super) explained: usize,
    certainty: usize,
    few: usize,
}

impl Scene<'_> {
    /// Replays, unless too many answers were worked out already.
    pub(super) fn replay(&self, team: &Team, failures: &[usize]) -> Option<Vec<Replay>> {
        let goes_on = self.family.answered() < self.most_answers;
        goes_on.then(|| self.family.replay(&team.suspects(), failures))
    }

    /// The failures that these faults explain together, each replayed.
    pub(super) fn found(&self, team: Team) -> Option<Found> {
        let replays = self.replay(&team, &self.all)?;
        let pairs = self.all.iter().zip(replays);
        let same = pairs.filter(|(_, replay)| *replay == Replay::Same);
        let explained = same.map(|(failure, _)| *failure).collect();
        Some(Found { team, explained })
    }

    /// The failures that are not explained.
    pub(super) fn left(&self, found: &Found) -> Vec<usize> {
        self.all.iter().copied().filter(|failure| !found.explained.contains(failure)).collect()
    }

    /// Replays a kind of fault together with those that were found, made before or after them.
    pub(super) fn tried(&self, found: &Found, added: &Choice) -> Option<Trial> {
        let places = found.team.places_for(added);
        let trials = places.into_iter().filter_map(|place| self.tried_at(found, added, place));
        // The first of the best ones.
        trials.reduce(|best, trial| if trial.gain > best.gain { trial } else { best })
    }

    fn tried_at(&self, found: &Found, added: &Choice, place: usize) -> Option<Trial> {
        let mut added = added.clone();
        // What contradicts a suspect alone need not contradict it together with another fault.
        let contradicting = |alone: &Arc<Alone>| alone.contradicting().to_vec();
        let passed: BTreeSet<usize> = added.suspects.iter().flat_map(contradicting).collect();
        if !passed.is_empty() {
            let passed: Vec<usize> = passed.into_iter().collect();
            let together = found.team.with(place, &added).suspects();
            let failing = self.family.failing(&together, &passed);
            let is_possible =
                |alone: &Arc<Alone>| alone.contradicting().iter().all(|at| !failing.contains(at));
            added.suspects.retain(is_possible);
        }
        if added.suspects.is_empty() {
            return None;
        }
        let team = found.team.with(place, &added);
        let own: BTreeSet<usize> = added.suspects.iter().flat_map(|it| it.failures()).collect();
        // A fault that changes nothing alone may still change what another one does.
        let is_open = |failure: &usize| {
            !own.contains(failure)
                && !found.explained.contains(failure)
                && found.team.members().any(|alone| alone.fails(*failure))
                && added.suspects.iter().any(|it| self.family.concerns(it.suspect, *failure))
        };
        let mut failures: Vec<usize> = own.iter().copied().collect();
        failures.extend(self.all.iter().copied().filter(is_open));
        let replays = self.replay(&team, &failures)?;
        let same = replays[..own.len()].iter().filter(|replay| **replay == Replay::Same).count();
        if MIN_SHARE.1 * same < MIN_SHARE.0 * own.len() {
            return None;
        }
        let mut explained = found.explained.clone();
        for (failure, replay) in failures.into_iter().zip(replays) {
            match replay {
                Replay::Same => explained.insert(failure),
                Replay::Passes | Replay::Otherwise => explained.remove(&failure),
            };
        }
        let new: Vec<usize> = explained.difference(&found.explained).copied().collect();
        if !self.is_enough(&new, &found.team) {
            return None;
        }
        let gain = Gain {
            explained: explained.len(),
            certainty: certainty(&added.suspects),
            few: usize::MAX - added.suspects.len(),
        };
        Some(Trial { gain, found: Found { team, explained } })
    }

    /// Whether a kind of fault explains enough beside others: a failure that those do not have, or several.
    pub(super) fn is_enough(&self, explained: &[usize], others: &Team) -> bool {
        // After a fault that remembers, any answer may come.
        let is_open = |at: &&usize| {
            !others.members().any(|it| self.family.remembers(it.suspect) && it.fails(**at))
        };
        let open: Vec<&usize> = explained.iter().filter(is_open).collect();
        let hidden = open.iter().filter(|at| others.members().any(|alone| alone.fails(***at)));
        open.len() > hidden.count() || open.len() >= MIN_HIDDEN
    }
}

/// Which share of the failures that these suspects have alone was answered in their way, in thousandths.
fn certainty(suspects: &[Arc<Alone>]) -> usize {
    let same: usize = suspects.iter().map(|alone| alone.same.len()).sum();
    let otherwise: usize = suspects.iter().map(|alone| alone.otherwise.len()).sum();
    1000 * same / (same + otherwise).max(1)
}
