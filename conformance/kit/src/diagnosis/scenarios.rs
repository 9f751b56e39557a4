//! Failures of scenarios, and the wrong exchanges or the wrong peers that show the same.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use rollwire_model::{
    AnySession,
    exchange::{Observation, Session},
};

use super::{
    family::{Family, Kind, Replay},
    fingerprint::Fingerprint,
    kinds::kinds,
    suspect::{Suspect, Suspects},
};
use crate::check::scenario::{
    plan::{Planned, SessionPlan},
    visible::Visible,
};

/// Scenarios with more stimuli are replayed only where they failed.
const LONG: usize = 1024;

/// With how many long scenarios the causes are found, if no other ones failed.
const SEARCHED_LONG: usize = 4;

/// How many random scenarios that passed are replayed.
const FRESH: usize = 16;

/// A scenario that failed, and its first wrong observation.
pub(super) struct FailedScenario<'a> {
    pub(super) planned: &'a Planned,
    pub(super) step: usize,
    pub(super) observed: Fingerprint,
}

/// Which sessions are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Players {
    /// Exchanges.
    Exchanges,
    /// Whole peers.
    Peers,
}

impl Players {
    /// The suspects.
    pub(super) fn suspects(self, suspects: &dyn Suspects) -> &[Suspect] {
        match self {
            Self::Exchanges => suspects.exchanges(),
            Self::Peers => suspects.peers(),
        }
    }

    /// Whether a scenario is one of them.
    pub(super) fn play(self, planned: &Planned) -> bool {
        planned.session.peer.is_some() == (self == Self::Peers)
    }
}

/// The scenarios of a run, of exchanges or of peers.
pub(super) struct ScenarioFamily<'a> {
    players: Players,
    suspects: &'a dyn Suspects,
    kinds: Vec<Kind>,
    shown: Visible,
    failed: Vec<FailedScenario<'a>>,
    passed: Vec<&'a Planned>,
    /// The failed scenarios with which the causes are found although they are long.
    long: BTreeSet<usize>,
    answered: AtomicUsize,
}

impl<'a> ScenarioFamily<'a> {
    pub(super) fn new(
        players: Players,
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
        let kinds = kinds(players.suspects(suspects));
        // What fails in long scenarios alone needs some of them: those that go wrong first.
        let is_long = |it: &FailedScenario<'_>| it.planned.session.pace().is_long();
        let mut long: Vec<usize> = (0..failed.len()).collect();
        long.sort_by_key(|at| failed[*at].step);
        long.truncate(if failed.iter().all(is_long) { SEARCHED_LONG } else { 0 });
        let long = long.into_iter().collect();
        let answered = AtomicUsize::new(0);
        Self { players, suspects, kinds, shown, failed, passed, long, answered }
    }

    /// A session with the faults of these suspects.
    fn wrong(&self, suspects: &[usize], plan: &SessionPlan) -> AnySession {
        match (self.players, plan.peer) {
            (Players::Peers, Some(peer)) => {
                peer.session_with(&plan.model, self.suspects.peer_behaviour(suspects)).into()
            }
            _ => {
                let mut rules = plan.variant.rules(plan.model.revision());
                self.suspects.edit(suspects, &mut rules);
                Session::new(&plan.model, rules, plan.variant).into()
            }
        }
    }

    /// Whether an observation is that of a failure, as far as the adapter shows it.
    fn is_same(&self, observed: &Observation, failed: &FailedScenario<'_>) -> bool {
        let shown = self.shown.of(&failed.planned.session);
        Fingerprint::of(observed).is_same(&failed.observed, shown)
    }

    /// The first observation in which these suspects differ from the specification.
    fn first_difference(
        &self,
        suspects: &[usize],
        planned: &Planned,
    ) -> Option<(usize, Observation)> {
        let plan = &planned.session;
        let mut wrong = self.wrong(suspects, plan);
        let shown = self.shown.of(plan);
        // A long scenario takes as much time as many others.
        self.answered.fetch_add(1 + plan.stimuli.len() / LONG, Ordering::Relaxed);
        for (stretch, expected) in plan.pace().stretches().zip(plan.expected()) {
            let step = stretch.end - 1;
            let observed = wrong.advance(&plan.stimuli[stretch]);
            if expected.differences(&observed).any(|member| shown.shows(member)) {
                return Some((step, observed));
            }
        }
        None
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

    fn concerns(&self, _: usize, _: usize) -> bool {
        true
    }

    fn is_large(&self, failure: usize) -> bool {
        self.failed[failure].planned.session.pace().is_long() && !self.long.contains(&failure)
    }

    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay> {
        let replay = |at: &usize| {
            let failed = &self.failed[*at];
            match self.first_difference(suspects, failed.planned) {
                None => Replay::Passes,
                Some((step, observed))
                    if step == failed.step && self.is_same(&observed, failed) =>
                {
                    Replay::Same
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

    fn failing(&self, suspects: &[usize], passed: &[usize]) -> BTreeSet<usize> {
        let fails = |at: &usize| self.first_difference(suspects, self.passed[*at]).is_some();
        passed.iter().copied().filter(fails).collect()
    }

    fn answered(&self) -> usize {
        self.answered.load(Ordering::Relaxed)
    }
}
