//! The smallest set of known faults that explains the failures.
//!
//! A fault explains a failure if an implementation with this fault gives the very answer that was
//! given. It is contradicted by a check that it would fail, but that passed. The faults are chosen
//! one by one: each time the one that, together with those chosen before, explains most. So two
//! faults in one message are found too, although neither alone gives the answers that were seen.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::family::{Family, Kind, Replay};
use crate::cores::on_all_cores;

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
const TRIED: usize = 12;

/// The causes are found with at most this many failures, evenly spread. The others are filed under these
/// causes.
const MAX_SEARCHED: usize = 2000;

/// How many answers may be worked out for each failure while faults are combined. This bounds the time, and unlike a clock it
/// gives the same causes on every machine.
const ANSWERS_PER_FAILURE: usize = 1000;

/// A suspect that more checks contradict is no longer one. Up to this many may be the work of another
/// fault, which hides this one there.
const MAX_CONTRADICTIONS: usize = 12;

/// Of the failures that a fault has alone, at least this share has to be answered as it was, with the chosen
/// ones: what only looks like the answers in a few places is a coincidence.
const MIN_SHARE: (usize, usize) = (1, 2);

/// A fault whose failures the chosen ones have too has to explain this many of them.
const MIN_HIDDEN: usize = 3;

/// This many answers may be worked out in any case.
const MIN_ANSWERS: usize = 100_000;

/// Chooses the kinds of fault that explain the failures.
pub(super) fn cover(family: &dyn Family) -> Vec<Chosen> {
    let mut search = Search::new(family);
    while search.chosen.len() < MAX_CHOSEN && search.choose() {}
    search.drop_superfluous();
    search.finish()
}

/// What a suspect does alone, where checks failed.
#[derive(Clone, Debug)]
struct Alone {
    suspect: usize,
    place: usize,
    same: BTreeSet<usize>,
    otherwise: BTreeSet<usize>,
    /// Checks that passed, but that it fails; `None` if that is not known yet.
    contradictions: Option<Vec<usize>>,
}

impl Alone {
    /// What this suspect does where these checks failed; `None` if it is not behind any of them.
    fn new(family: &dyn Family, suspect: usize, kind: Kind, failures: &[usize]) -> Option<Self> {
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
    fn is_possible(&mut self, family: &dyn Family) -> bool {
        let most = MAX_CONTRADICTIONS + 1;
        let suspect = self.suspect;
        let found = self.contradictions.get_or_insert_with(|| family.contradictions(suspect, most));
        found.len() < most
    }

    fn fails(&self, failure: usize) -> bool {
        self.same.contains(&failure) || self.otherwise.contains(&failure)
    }
}

struct Search<'a> {
    family: &'a dyn Family,
    /// The failures that the causes are found with.
    all: Vec<usize>,
    /// The suspects of each kind of fault that fail where checks failed, one for each place.
    alone: BTreeMap<usize, Vec<Alone>>,
    /// The kinds of fault in which contradicted suspects that never answer as was answered are gone.
    checked: BTreeSet<usize>,
    chosen: Vec<Choice>,
    /// The failures that the chosen ones together explain.
    explained: BTreeSet<usize>,
    most_answers: usize,
}

/// A kind of fault that was chosen, and its suspects.
struct Choice {
    fault: usize,
    suspects: Vec<Alone>,
}

impl Choice {
    fn has(&self, suspect: usize) -> bool {
        self.suspects.iter().any(|alone| alone.suspect == suspect)
    }
}

/// A kind of fault, and how many failures more it may explain by its own answers.
struct Promise {
    fault: usize,
    same: usize,
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
        let mut all: Vec<usize> =
            (0..family.failures()).filter(|failure| !family.is_large(*failure)).collect();
        let step = all.len().div_ceil(MAX_SEARCHED).max(1);
        all = all.into_iter().step_by(step).collect();
        let suspects: Vec<(usize, Kind)> = family.suspects().iter().copied().enumerate().collect();
        let found =
            on_all_cores(&suspects, |(suspect, kind)| Alone::new(family, *suspect, *kind, &all));
        let mut alone: BTreeMap<usize, Vec<Alone>> = BTreeMap::new();
        for ((_, kind), found) in suspects.iter().zip(found) {
            alone.entry(kind.fault).or_default().extend(found);
        }
        alone.retain(|_, suspects| !suspects.is_empty());
        let most_answers = MIN_ANSWERS.max(all.len() * ANSWERS_PER_FAILURE) + family.answered();
        let (checked, chosen, explained) = Default::default();
        Self { family, all, alone, checked, chosen, explained, most_answers }
    }

    /// Replays, unless too many answers were worked out already.
    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Option<Vec<Replay>> {
        let goes_on = self.family.answered() < self.most_answers;
        goes_on.then(|| self.family.replay(suspects, failures))
    }

    /// Chooses one more kind of fault; `false` if none explains anything more.
    fn choose(&mut self) -> bool {
        let mut best: Option<Trial> = None;
        for Promise { fault, same } in self.promising() {
            // Those that promise less than was found are not better.
            let found = best.as_ref().map_or(0, |best| best.gain.explained);
            if found > self.explained.len() && found > self.explained.len() + same {
                continue;
            }
            let mut all = self.suspects_of(fault);
            all.retain(|alone| !self.chosen.iter().any(|choice| choice.has(alone.suspect)));
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
        match self.chosen.iter_mut().find(|choice| choice.fault == best.fault) {
            Some(choice) => choice.suspects.extend(best.suspects),
            None => self.chosen.push(Choice { fault: best.fault, suspects: best.suspects }),
        }
        self.explained = best.explained;
        true
    }

    /// Replays a kind of fault together with the chosen ones.
    fn tried(&mut self, fault: usize, mut suspects: Vec<Alone>) -> Option<Trial> {
        let chosen: Vec<usize> =
            self.chosen.iter().flat_map(|it| &it.suspects).map(|alone| alone.suspect).collect();
        let together = |suspects: &[Alone]| {
            let mut all: Vec<usize> = suspects.iter().map(|alone| alone.suspect).collect();
            all.extend(&chosen);
            all.sort_unstable();
            all
        };
        // What contradicts a suspect alone need not contradict it together with another fault.
        let contradictions = |alone: &Alone| alone.contradictions.clone().unwrap_or_default();
        let passed: BTreeSet<usize> = suspects.iter().flat_map(contradictions).collect();
        if !passed.is_empty() {
            let passed: Vec<usize> = passed.into_iter().collect();
            let failing = self.family.failing(&together(&suspects), &passed);
            suspects.retain(|alone| contradictions(alone).iter().all(|at| !failing.contains(at)));
        }
        if suspects.is_empty() {
            return None;
        }
        // Where none of these suspects fails, nothing changes.
        let failing = |alone: &Alone| alone.same.iter().chain(&alone.otherwise).copied().collect();
        let failures: BTreeSet<usize> =
            suspects.iter().flat_map::<Vec<usize>, _>(failing).collect();
        let failures: Vec<usize> = failures.into_iter().collect();
        let replays = self.replay(&together(&suspects), &failures)?;
        let same = replays.iter().filter(|replay| **replay == Replay::Same).count();
        if MIN_SHARE.1 * same < MIN_SHARE.0 * failures.len() {
            return None;
        }
        let mut explained = self.explained.clone();
        for (failure, replay) in failures.into_iter().zip(replays) {
            match replay {
                Replay::Same => explained.insert(failure),
                Replay::Passes | Replay::Otherwise => explained.remove(&failure),
            };
        }
        let new: Vec<usize> = explained.difference(&self.explained).copied().collect();
        let others: Vec<Alone> =
            self.chosen.iter().flat_map(|choice| &choice.suspects).cloned().collect();
        if !self.is_enough(&new, &others) {
            return None;
        }
        let gain = Gain {
            explained: explained.len(),
            certainty: certainty(&suspects),
            few: usize::MAX - suspects.len(),
        };
        Some(Trial { gain, fault, suspects, explained })
    }

    /// The kinds of fault that may explain most of what is left: those that answer alone as was answered,
    /// and those that would fail there in any way.
    fn promising(&self) -> Vec<Promise> {
        let mut ranked: Vec<([usize; 2], usize)> = Vec::new();
        for (fault, suspects) in &self.alone {
            let is_new = |at: &&usize| !self.explained.contains(*at);
            let count = |of: fn(&Alone) -> &BTreeSet<usize>| {
                let failures: BTreeSet<&usize> =
                    suspects.iter().flat_map(of).filter(is_new).collect();
                failures.len()
            };
            let new = [count(|alone| &alone.same), count(|alone| &alone.otherwise)];
            // More suspects of a chosen fault may be possible since another fault was chosen.
            let is_chosen = |alone: &Alone| self.chosen.iter().any(|it| it.has(alone.suspect));
            if new != [0, 0] && !suspects.iter().all(is_chosen) {
                ranked.push((new, *fault));
            }
        }
        let mut promises: Vec<Promise> = Vec::new();
        for by in [0, 1] {
            ranked.sort_unstable_by_key(|(new, fault)| (Reverse(new[by]), *fault));
            for (new, fault) in ranked.iter().filter(|(new, _)| new[by] > 0).take(TRIED) {
                if promises.iter().all(|promise| promise.fault != *fault) {
                    promises.push(Promise { fault: *fault, same: new[0] });
                }
            }
        }
        promises
    }

    /// The suspects of a kind of fault that no check contradicts, the best one for each place.
    fn suspects_of(&mut self, fault: usize) -> Vec<Alone> {
        if self.checked.insert(fault) {
            let mut suspects = self.alone.remove(&fault).unwrap_or_default();
            suspects.retain_mut(|alone| alone.is_possible(self.family));
            // A decoder, an encoder, or both may be wrong at a place: what is wrong in more and is not
            // contradicted more often fits best.
            let fit = |alone: &Alone| {
                let contradictions = alone.contradictions.as_ref().map_or(0, Vec::len);
                (alone.same.len(), Reverse(contradictions), alone.otherwise.len())
            };
            suspects.sort_by_key(|alone| (alone.place, Reverse(fit(alone))));
            suspects.dedup_by_key(|alone| alone.place);
            self.alone.insert(fault, suspects);
        }
        self.alone.get(&fault).cloned().unwrap_or_default()
    }

    /// Drops what was chosen early, and what later choices explain too.
    fn drop_superfluous(&mut self) {
        let all = self.all.clone();
        for at in (0..self.chosen.len()).rev() {
            let others = self.chosen.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Vec<Alone> =
                others.flat_map(|(_, choice)| &choice.suspects).cloned().collect();
            let mut together: Vec<usize> = others.iter().map(|alone| alone.suspect).collect();
            together.sort_unstable();
            let Some(replays) = self.replay(&together, &all) else { return };
            let same = all.iter().zip(replays).filter(|(_, replay)| *replay == Replay::Same);
            let explained: BTreeSet<usize> = same.map(|(failure, _)| *failure).collect();
            let lost: Vec<usize> = self.explained.difference(&explained).copied().collect();
            if explained.len() >= self.explained.len() || !self.is_enough(&lost, &others) {
                self.chosen.remove(at);
                self.explained = explained;
            }
        }
    }

    /// Whether a kind of fault explains enough beside others: a failure that those do not have, or several.
    fn is_enough(&self, explained: &[usize], others: &[Alone]) -> bool {
        // After a fault that remembers, any answer may come.
        let is_open = |at: &&usize| {
            !others.iter().any(|it| self.family.remembers(it.suspect) && it.fails(**at))
        };
        let open: Vec<&usize> = explained.iter().filter(is_open).collect();
        let hidden = open.iter().filter(|at| others.iter().any(|alone| alone.fails(***at)));
        open.len() > hidden.count() || open.len() >= MIN_HIDDEN
    }

    /// Divides the failures among the chosen kinds.
    fn finish(self) -> Vec<Chosen> {
        let mut left: BTreeSet<usize> = self.all.iter().copied().collect();
        let mut shares = vec![(Vec::new(), Vec::new()); self.chosen.len()];
        let mut give = |is_exact: bool, of: &dyn Fn(&Alone, usize) -> bool| {
            for (choice, (exact, masked)) in self.chosen.iter().zip(&mut shares) {
                let behind =
                    |failure: &usize| choice.suspects.iter().any(|alone| of(alone, *failure));
                let now: Vec<usize> = left.iter().copied().filter(behind).collect();
                now.iter().for_each(|failure| _ = left.remove(failure));
                if is_exact { exact.extend(now) } else { masked.extend(now) }
            }
        };
        let explained = &self.explained;
        give(true, &|alone, failure| alone.same.contains(&failure));
        give(true, &|alone, failure| explained.contains(&failure) && alone.fails(failure));
        give(false, &Alone::fails);
        let mut chosen = Vec::new();
        for (choice, (mut exact, mut masked)) in self.chosen.iter().zip(shares) {
            exact.sort_unstable();
            masked.sort_unstable();
            let has_part = |alone: &&Alone| exact.iter().any(|failure| alone.fails(*failure));
            let suspects =
                choice.suspects.iter().filter(has_part).map(|alone| alone.suspect).collect();
            if !exact.is_empty() {
                chosen.push(Chosen { suspects, exact, masked });
            }
        }
        self.add_others(&mut chosen);
        chosen
    }

    /// Files each other failure that the chosen ones have together under the first one that may be behind it.
    fn add_others(&self, chosen: &mut [Chosen]) {
        let searched: BTreeSet<usize> = self.all.iter().copied().collect();
        let others: Vec<usize> =
            (0..self.family.failures()).filter(|failure| !searched.contains(failure)).collect();
        let mut together: Vec<usize> = chosen.iter().flat_map(|it| &it.suspects).copied().collect();
        together.sort_unstable();
        if others.is_empty() || together.is_empty() {
            return;
        }
        let replays = self.family.replay(&together, &others);
        for (failure, replay) in others.into_iter().zip(replays) {
            let concerns = |suspect: &usize| self.family.concerns(*suspect, failure);
            let Some(first) = chosen.iter_mut().find(|it| it.suspects.iter().any(concerns)) else {
                continue;
            };
            match replay {
                Replay::Same => first.exact.push(failure),
                Replay::Otherwise => first.masked.push(failure),
                Replay::Passes => {}
            }
        }
    }
}

/// Which share of the failures that these suspects have alone was answered in their way, in thousandths.
fn certainty(suspects: &[Alone]) -> usize {
    let same: usize = suspects.iter().map(|alone| alone.same.len()).sum();
    let otherwise: usize = suspects.iter().map(|alone| alone.otherwise.len()).sum();
    1000 * same / (same + otherwise).max(1)
}
