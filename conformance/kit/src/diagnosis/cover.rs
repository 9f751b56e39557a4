//! The smallest set of known faults that explains the failures.
//!
//! A fault explains a failure if an implementation with this fault gives the very answer that was
//! given. It is contradicted by a check that it would fail, but that passed. The faults are chosen
//! one by one: each time the one that, together with those chosen before, explains most. So two
//! faults in one message are found too, although neither alone gives the answers that were seen.

use std::collections::{BTreeMap, BTreeSet};

/// What is known of one family of checks: bytes, scenarios or digests. Everything is a number: a
/// suspect, a kind of fault, a place, a failure.
pub(super) trait Family {
    /// The kind of fault and the place of each suspect.
    fn suspects(&self) -> &[Kind];

    /// How many checks failed.
    fn failures(&self) -> usize;

    /// The failures that a suspect may be behind.
    fn concerned(&self, suspect: usize) -> Vec<usize>;

    /// What an implementation that is wrong in all these ways does where the checks failed.
    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay>;

    /// Whether a check passed that this suspect would have failed.
    fn is_contradicted(&self, suspect: usize) -> bool;
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

/// A kind of fault that was chosen, and what it explains.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// The suspects that have it.
    pub(super) suspects: Vec<usize>,
    /// The failures with the very answers of these suspects, alone or with the other chosen ones.
    pub(super) exact: Vec<usize>,
    /// Further failures that these suspects have too, with other answers.
    pub(super) masked: Vec<usize>,
}

/// How many kinds of fault are chosen at most.
const MAX_CHOSEN: usize = 24;

/// How many kinds of fault are tried together with the chosen ones each time.
const TRIED: usize = 8;

/// How many answers may be worked out for each failure. This bounds the time, and unlike a clock it
/// gives the same causes on every machine.
const ANSWERS_PER_FAILURE: usize = 1000;

/// This many answers may be worked out in any case.
const MIN_ANSWERS: usize = 100_000;

/// Chooses the kinds of fault that explain the failures.
pub(super) fn cover(family: &dyn Family) -> Vec<Chosen> {
    let mut search = Search::new(family);
    while search.chosen.len() < MAX_CHOSEN && search.choose() {}
    search.finish()
}

/// What a suspect does alone, where checks failed.
#[derive(Clone, Debug)]
struct Alone {
    suspect: usize,
    place: usize,
    same: BTreeSet<usize>,
    otherwise: BTreeSet<usize>,
}

impl Alone {
    fn fails(&self, failure: usize) -> bool {
        self.same.contains(&failure) || self.otherwise.contains(&failure)
    }
}

struct Search<'a> {
    family: &'a dyn Family,
    /// The suspects of each kind of fault that fail where checks failed, one for each place.
    alone: BTreeMap<usize, Vec<Alone>>,
    /// The kinds of fault in which contradicted suspects that never answer as was answered are gone.
    checked: BTreeSet<usize>,
    chosen: Vec<(usize, Vec<Alone>)>,
    /// The failures that the chosen ones together explain.
    explained: BTreeSet<usize>,
    answers_left: usize,
}

/// A kind of fault together with those chosen before.
struct Trial {
    gain: Gain,
    fault: usize,
    suspects: Vec<Alone>,
    explained: BTreeSet<usize>,
}

/// How good a choice is: what is explained counts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gain {
    explained: usize,
    certainty: usize,
    few: usize,
}

impl<'a> Search<'a> {
    fn new(family: &'a dyn Family) -> Self {
        let mut search = Self {
            family,
            alone: BTreeMap::new(),
            checked: BTreeSet::new(),
            chosen: Vec::new(),
            explained: BTreeSet::new(),
            answers_left: MIN_ANSWERS.max(family.failures() * ANSWERS_PER_FAILURE),
        };
        for (suspect, kind) in family.suspects().iter().enumerate() {
            let failures = family.concerned(suspect);
            let Some(replays) = search.replay(&[suspect], &failures) else { break };
            let such = |wanted| {
                let pairs = failures.iter().zip(&replays);
                pairs.filter(|(_, replay)| **replay == wanted).map(|(at, _)| *at).collect()
            };
            let (same, otherwise) = (such(Replay::Same), such(Replay::Otherwise));
            let alone = Alone { suspect, place: kind.place, same, otherwise };
            let kept = match (alone.same.is_empty(), alone.otherwise.is_empty()) {
                (true, true) => false,
                (true, false) => true,
                (false, _) => !family.is_contradicted(suspect),
            };
            if kept {
                search.alone.entry(kind.fault).or_default().push(alone);
            }
        }
        search
    }

    /// Replays, if enough answers are left.
    fn replay(&mut self, suspects: &[usize], failures: &[usize]) -> Option<Vec<Replay>> {
        self.answers_left = self.answers_left.checked_sub(failures.len())?;
        Some(self.family.replay(suspects, failures))
    }

    /// Chooses one more kind of fault; `false` if none explains anything more.
    fn choose(&mut self) -> bool {
        let mut best: Option<Trial> = None;
        for fault in self.promising() {
            let all = self.suspects_of(fault);
            let exact: Vec<Alone> =
                all.iter().filter(|alone| !alone.same.is_empty()).cloned().collect();
            let variants = if exact.is_empty() || exact.len() == all.len() {
                vec![all]
            } else {
                vec![exact, all]
            };
            for suspects in variants {
                let Some(trial) = self.tried(fault, suspects) else { continue };
                if best.as_ref().is_none_or(|best| trial.gain > best.gain) {
                    best = Some(trial);
                }
            }
        }
        let Some(best) = best.filter(|best| best.gain.explained > self.explained.len()) else {
            return false;
        };
        self.chosen.push((best.fault, best.suspects));
        self.explained = best.explained;
        true
    }

    /// Replays a kind of fault together with the chosen ones.
    fn tried(&mut self, fault: usize, suspects: Vec<Alone>) -> Option<Trial> {
        let all: Vec<usize> = (0..self.family.failures()).collect();
        let mut together: Vec<usize> = suspects.iter().map(|alone| alone.suspect).collect();
        together.extend(self.chosen.iter().flat_map(|(_, list)| list).map(|alone| alone.suspect));
        together.sort_unstable();
        let replays = self.replay(&together, &all)?;
        let same = all.into_iter().filter(|at| replays.get(*at) == Some(&Replay::Same));
        let explained: BTreeSet<usize> = same.collect();
        let gain = Gain {
            explained: explained.len(),
            certainty: certainty(&suspects),
            few: usize::MAX - suspects.len(),
        };
        Some(Trial { gain, fault, suspects, explained })
    }

    /// The kinds of fault that may explain most of what is left. Those that never answer alone as was
    /// answered come last.
    fn promising(&self) -> Vec<usize> {
        let mut ranked: Vec<([usize; 2], usize)> = Vec::new();
        for (fault, suspects) in &self.alone {
            let is_new = |at: &&usize| !self.explained.contains(*at);
            let count = |of: fn(&Alone) -> &BTreeSet<usize>| {
                let failures: BTreeSet<&usize> =
                    suspects.iter().flat_map(of).filter(is_new).collect();
                failures.len()
            };
            let new = [count(|alone| &alone.same), count(|alone| &alone.otherwise)];
            if new != [0, 0] && self.chosen.iter().all(|(chosen, _)| chosen != fault) {
                ranked.push((new, *fault));
            }
        }
        ranked.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        ranked.into_iter().take(TRIED).map(|(_, fault)| fault).collect()
    }

    /// The suspects of a kind of fault that no check contradicts, the best one for each place.
    fn suspects_of(&mut self, fault: usize) -> Vec<Alone> {
        let family = self.family;
        let Some(suspects) = self.alone.get_mut(&fault) else { return Vec::new() };
        if self.checked.insert(fault) {
            suspects
                .retain(|alone| !alone.same.is_empty() || !family.is_contradicted(alone.suspect));
            // A decoder, an encoder, or both may be wrong at a place.
            let fit = |alone: &Alone| (alone.same.len(), usize::MAX - alone.otherwise.len());
            suspects.sort_by_key(|alone| (alone.place, std::cmp::Reverse(fit(alone))));
            suspects.dedup_by_key(|alone| alone.place);
        }
        suspects.clone()
    }

    /// Divides the failures among the chosen kinds.
    fn finish(self) -> Vec<Chosen> {
        let mut left: BTreeSet<usize> = (0..self.family.failures()).collect();
        let mut chosen: Vec<Chosen> = Vec::new();
        for (_, list) in &self.chosen {
            let suspects = list.iter().map(|alone| alone.suspect).collect();
            chosen.push(Chosen { suspects, exact: Vec::new(), masked: Vec::new() });
        }
        let explained = &self.explained;
        let mut give = |is_exact: bool, of: &dyn Fn(&Alone, usize) -> bool| {
            for ((_, list), chosen) in self.chosen.iter().zip(&mut chosen) {
                let behind = |failure: &usize| list.iter().any(|alone| of(alone, *failure));
                let now: Vec<usize> = left.iter().copied().filter(behind).collect();
                now.iter().for_each(|failure| _ = left.remove(failure));
                if is_exact { chosen.exact.extend(now) } else { chosen.masked.extend(now) }
            }
        };
        give(true, &|alone, failure| alone.same.contains(&failure));
        give(true, &|alone, failure| explained.contains(&failure) && alone.fails(failure));
        give(false, &Alone::fails);
        chosen.retain(|it| !it.exact.is_empty());
        for it in &mut chosen {
            it.exact.sort_unstable();
            it.masked.sort_unstable();
        }
        chosen
    }
}

/// Which share of the failures that these suspects have alone was answered in their way, in thousandths.
fn certainty(suspects: &[Alone]) -> usize {
    let same: usize = suspects.iter().map(|alone| alone.same.len()).sum();
    let otherwise: usize = suspects.iter().map(|alone| alone.otherwise.len()).sum();
    1000 * same / (same + otherwise).max(1)
}
