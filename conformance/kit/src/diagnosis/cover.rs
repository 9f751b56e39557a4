//! The smallest set of known faults that explains the failures.
//!
//! A fault explains a failure if an implementation with this fault gives the very answer that was
//! given. It is contradicted by a check that it would fail, but that passed. The faults are chosen
//! one by one: each time the one that, together with those chosen before, explains most. So two
//! faults in one message are found too, although neither alone gives the answers that were seen.
//! Where none explains anything more, two at once are tried.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    alone::Alone,
    family::{Family, Kind, Replay},
    team::Choice,
    trial::{Found, Scene, Trial},
};
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

/// How many kinds of fault are tried two at once.
const PAIRED: usize = 24;

/// On this many failures that are not explained, two faults are tried first.
const PROBES: usize = 8;

/// The causes are found with at most this many failures, evenly spread. The others are filed under these
/// causes.
const MAX_SEARCHED: usize = 2000;

/// How many answers may be worked out for each failure while faults are combined. This bounds the time, and
/// unlike a clock it gives the same causes on every machine.
const ANSWERS_PER_FAILURE: usize = 1000;

/// This many answers may be worked out in any case.
const MIN_ANSWERS: usize = 100_000;

/// Chooses the kinds of fault that explain the failures.
pub(super) fn cover(family: &dyn Family) -> Vec<Chosen> {
    let mut search = Search::new(family);
    while search.found.team.choices.len() < MAX_CHOSEN && (search.choose() || search.choose_two()) {
    }
    search.drop_superfluous();
    search.finish()
}

/// The search for the faults that explain most.
struct Search<'a> {
    scene: Scene<'a>,
    /// The suspects of each kind of fault that fail where checks failed, one for each place.
    alone: BTreeMap<usize, Vec<Arc<Alone>>>,
    /// The kinds of fault in which contradicted suspects that never answer as was answered are gone.
    checked: BTreeSet<usize>,
    found: Found,
}

/// A kind of fault, and how many failures more it may explain by its own answers.
struct Promise {
    fault: usize,
    same: usize,
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
        let mut alone: BTreeMap<usize, Vec<Arc<Alone>>> = BTreeMap::new();
        for ((_, kind), found) in suspects.iter().zip(found) {
            alone.entry(kind.fault).or_default().extend(found.map(Arc::new));
        }
        alone.retain(|_, suspects| !suspects.is_empty());
        let most_answers = MIN_ANSWERS.max(all.len() * ANSWERS_PER_FAILURE) + family.answered();
        let scene = Scene { family, all, most_answers };
        Self { scene, alone, checked: BTreeSet::new(), found: Found::default() }
    }

    /// Chooses one more kind of fault; `false` if none explains anything more.
    fn choose(&mut self) -> bool {
        let explained = self.found.explained.len();
        if explained == self.scene.all.len() {
            return false;
        }
        let mut best: Option<Trial> = None;
        for Promise { fault, same } in self.promising() {
            // Those that promise less than was found are not better.
            let most = best.as_ref().map_or(0, |best| best.gain.explained);
            if most > explained && most > explained + same {
                continue;
            }
            for choice in self.variants(fault) {
                let Some(trial) = self.scene.tried(&self.found, &choice) else { continue };
                if best.as_ref().is_none_or(|best| trial.gain > best.gain) {
                    best = Some(trial);
                }
            }
        }
        let best = best.filter(|best| best.gain.explained > explained);
        best.map(|best| self.found = best.found).is_some()
    }

    /// The suspects of a kind of fault that are not chosen: those that answer as was answered, and all.
    fn variants(&mut self, fault: usize) -> Vec<Choice> {
        let mut all = self.suspects_of(fault);
        all.retain(|alone| !self.found.team.has(alone.suspect));
        let exact: Vec<Arc<Alone>> =
            all.iter().filter(|alone| !alone.same.is_empty()).cloned().collect();
        let is_one = exact.is_empty() || exact.len() == all.len();
        let variants = if is_one { vec![all] } else { vec![exact, all] };
        variants.into_iter().map(|suspects| Choice::new(fault, suspects)).collect()
    }

    /// Chooses two kinds of fault at once, or two instead of one; `false` if that explains nothing more.
    fn choose_two(&mut self) -> bool {
        let left = self.scene.left(&self.found);
        if left.len() < 2 {
            return false;
        }
        let step = left.len().div_ceil(PROBES);
        let probes: Vec<usize> = left.into_iter().step_by(step).collect();
        let candidates = self.behind(&probes);
        let mut bases = vec![self.found.clone()];
        for at in 0..self.found.team.choices.len() {
            bases.extend(self.scene.found(self.found.team.without(at)));
        }
        let mut best: Option<Found> = None;
        for base in bases {
            for (one, other) in pairs(&candidates, &probes) {
                if base.team.place_of(one.fault).or(base.team.place_of(other.fault)).is_some() {
                    continue;
                }
                let Some(found) = self.tried_two(&base, one, other, &probes) else { continue };
                let most = best.as_ref().unwrap_or(&self.found).explained.len();
                if found.explained.len() > most {
                    best = Some(found);
                }
            }
        }
        best.map(|best| self.found = best).is_some()
    }

    /// Two kinds of fault more, if they explain some of these failures together and enough of all.
    fn tried_two(
        &self,
        base: &Found,
        one: &Choice,
        other: &Choice,
        probes: &[usize],
    ) -> Option<Found> {
        let last = base.team.choices.len();
        let team = base.team.with(last, one).with(last + 1, other);
        let replays = self.scene.replay(&team, probes)?;
        if !replays.contains(&Replay::Same) {
            return None;
        }
        let found = self.scene.found(team)?;
        let own = |choice: &Choice| -> BTreeSet<usize> {
            choice.suspects.iter().flat_map(|alone| alone.failures()).collect()
        };
        let both: BTreeSet<usize> = own(one).union(&own(other)).copied().collect();
        let same = both.intersection(&found.explained).count();
        let new: Vec<usize> = found.explained.difference(&base.explained).copied().collect();
        let passed: BTreeSet<usize> = one
            .suspects
            .iter()
            .chain(&other.suspects)
            .flat_map(|alone| alone.contradicting().to_vec())
            .collect();
        let passed: Vec<usize> = passed.into_iter().collect();
        let is_enough = 2 * same >= both.len()
            && self.scene.is_enough(&new, &base.team)
            && self.scene.family.failing(&found.team.suspects(), &passed).is_empty();
        is_enough.then_some(found)
    }

    /// The kinds of fault that fail in most of these checks, and that remember nothing.
    fn behind(&mut self, probes: &[usize]) -> Vec<Choice> {
        let mut ranked: Vec<(usize, usize)> = Vec::new();
        for (fault, suspects) in &self.alone {
            let fails = |failure: &&usize| suspects.iter().any(|alone| alone.fails(**failure));
            let failing = probes.iter().filter(fails).count();
            if failing > 0 {
                ranked.push((failing, *fault));
            }
        }
        ranked.sort_unstable_by_key(|(failing, fault)| (Reverse(*failing), *fault));
        let mut choices = Vec::new();
        for (_, fault) in ranked {
            let suspects = self.suspects_of(fault);
            // Two that remember can double what they hold with every message.
            let remembers = |alone: &Arc<Alone>| self.scene.family.remembers(alone.suspect);
            if !suspects.is_empty() && !suspects.iter().any(remembers) {
                choices.push(Choice::new(fault, suspects));
            }
            if choices.len() == PAIRED {
                break;
            }
        }
        choices
    }

    /// The kinds of fault that may explain most of what is left: those that answer alone as was answered,
    /// and those that would fail there in any way.
    fn promising(&self) -> Vec<Promise> {
        let mut ranked: Vec<([usize; 2], usize)> = Vec::new();
        for (fault, suspects) in &self.alone {
            let is_new = |at: &&usize| !self.found.explained.contains(*at);
            let count = |of: fn(&Arc<Alone>) -> &BTreeSet<usize>| {
                let failures: BTreeSet<&usize> =
                    suspects.iter().flat_map(of).filter(is_new).collect();
                failures.len()
            };
            let new = [count(|alone| &alone.same), count(|alone| &alone.otherwise)];
            // More suspects of a chosen fault may be possible since another fault was chosen.
            let is_chosen = |alone: &Arc<Alone>| self.found.team.has(alone.suspect);
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
    fn suspects_of(&mut self, fault: usize) -> Vec<Arc<Alone>> {
        if self.checked.insert(fault) {
            let mut suspects = self.alone.remove(&fault).unwrap_or_default();
            suspects.retain_mut(|alone| Arc::make_mut(alone).is_possible(self.scene.family));
            // A decoder, an encoder, or both may be wrong at a place: what is wrong in more and is not
            // contradicted more often fits best.
            let fit = |alone: &Alone| {
                let contradictions = alone.contradicting().len();
                (alone.same.len(), Reverse(contradictions), alone.otherwise.len())
            };
            suspects.sort_by_key(|alone| (alone.place, Reverse(fit(alone))));
            suspects.dedup_by_key(|alone| alone.place);
            self.alone.insert(fault, suspects);
        }
        self.alone.get(&fault).cloned().unwrap_or_default()
    }

    /// Drops what was chosen early, and what later choices explain too, until nothing is superfluous.
    fn drop_superfluous(&mut self) {
        // Each choice was only replayed where it fails. To compare, everything is.
        let Some(found) = self.scene.found(self.found.team.clone()) else { return };
        self.found = found;
        let mut at = self.found.team.choices.len();
        while at > 0 {
            at -= 1;
            let Some(less) = self.scene.found(self.found.team.without(at)) else { return };
            let lost = self.found.explained.difference(&less.explained).copied();
            let lost: Vec<usize> = lost.collect();
            let is_as_good = less.explained.len() >= self.found.explained.len();
            if is_as_good || !self.scene.is_enough(&lost, &less.team) {
                self.found = less;
                // What was kept may have been needed only beside what is dropped.
                at = self.found.team.choices.len();
            }
        }
    }

    /// Divides the failures among the chosen kinds.
    fn finish(self) -> Vec<Chosen> {
        let choices = &self.found.team.choices;
        let explained = &self.found.explained;
        let mut owners: BTreeMap<usize, usize> = BTreeMap::new();
        let mut give = |of: &dyn Fn(&Alone, usize) -> bool| {
            for (at, choice) in choices.iter().enumerate() {
                let behind =
                    |failure: &usize| choice.suspects.iter().any(|alone| of(alone, *failure));
                for failure in self.scene.all.iter().copied().filter(behind) {
                    owners.entry(failure).or_insert(at);
                }
            }
        };
        let is_alone = |alone: &Alone, failure| alone.same.contains(&failure);
        give(&is_alone);
        give(&|alone, failure| explained.contains(&failure) && alone.fails(failure));
        give(&Alone::fails);
        let is_exact = |failure: usize, at: usize| {
            explained.contains(&failure)
                || choices[at].suspects.iter().any(|alone| is_alone(alone, failure))
        };
        // A fault that never gives the answers alone gets those that it is needed for.
        for at in 0..choices.len() {
            let has_one =
                |(failure, owner): (&usize, &usize)| *owner == at && is_exact(*failure, at);
            if owners.iter().any(has_one) {
                continue;
            }
            let Some(less) = self.scene.found(self.found.team.without(at)) else { continue };
            for failure in explained.difference(&less.explained) {
                let before = owners.get(failure).copied();
                let rest = owners.values().filter(|owner| Some(**owner) == before).count();
                // Nothing takes the last one of another fault.
                if before.is_none() || rest > 1 {
                    owners.insert(*failure, at);
                }
            }
        }
        let mut chosen = Vec::new();
        for (at, choice) in choices.iter().enumerate() {
            let own = owners.iter().filter(|(_, owner)| **owner == at).map(|(failure, _)| *failure);
            let (exact, masked): (Vec<usize>, Vec<usize>) =
                own.partition(|failure| is_exact(*failure, at));
            let has_part = |alone: &&Arc<Alone>| exact.iter().any(|at| alone.fails(*at));
            let number = |alone: &Arc<Alone>| alone.suspect;
            let mut suspects: Vec<usize> =
                choice.suspects.iter().filter(has_part).map(number).collect();
            if suspects.is_empty() {
                suspects = choice.suspects.iter().map(number).collect();
            }
            if !exact.is_empty() {
                chosen.push(Chosen { suspects, exact, masked });
            }
        }
        self.add_others(&mut chosen);
        chosen
    }

    /// Files each other failure that the chosen ones have together under the first one that may be behind it.
    fn add_others(&self, chosen: &mut [Chosen]) {
        let searched: BTreeSet<usize> = self.scene.all.iter().copied().collect();
        let others: Vec<usize> = (0..self.scene.family.failures())
            .filter(|failure| !searched.contains(failure))
            .collect();
        let mut together = self.found.team.suspects();
        together.retain(|suspect| chosen.iter().any(|it| it.suspects.contains(suspect)));
        if others.is_empty() || together.is_empty() {
            return;
        }
        let replays = self.scene.family.replay(&together, &others);
        for (failure, replay) in others.into_iter().zip(replays) {
            let concerns = |suspect: &usize| self.scene.family.concerns(*suspect, failure);
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

/// Every two of these that fail in the same of these checks, in both orders.
fn pairs<'c>(
    choices: &'c [Choice],
    probes: &[usize],
) -> impl Iterator<Item = (&'c Choice, &'c Choice)> {
    let fails = |choice: &Choice, at: usize| choice.suspects.iter().any(|it| it.fails(at));
    choices.iter().flat_map(move |one| {
        let others = choices.iter().filter(move |other| {
            other.fault != one.fault && probes.iter().any(|at| fails(one, *at) && fails(other, *at))
        });
        others.map(move |other| (one, other))
    })
}
