//! A scenario as requests: how it is cut into steps, and among which others.

use std::{borrow::Cow, sync::Arc};

use rollwire_model::{
    AnySession, Model,
    exchange::{Observation, Session, Stimulus, Variant},
    peer::{self, Areas, Parameters, Setup},
    vectors::{CheckKind, Scenario},
};

use super::pace::Pace;
use crate::{
    check::likeness::{self, Subject},
    protocol::{Body, Capability, Hello, Missing},
    runner::{Script, Traits},
    vectors::Origin,
};

/// The message that the exchange sends and receives.
const STATE_HASH: &str = "state_hash";

/// The peer of a session, as an adapter has it.
#[derive(Clone, Copy, Debug)]
pub struct PeerPlan {
    /// Its place in the game.
    pub setup: Setup,
    /// The numbers that the adapter declares.
    pub parameters: Parameters,
    /// The chapters that the adapter declares.
    pub areas: Areas,
}

impl PeerPlan {
    /// A peer of an adapter with this hello.
    #[must_use]
    pub fn new(setup: Setup, hello: &Hello) -> Self {
        let areas = Areas::declared(|capability| hello.declares(capability));
        Self { setup, parameters: hello.parameters, areas }
    }

    /// A session of this peer that has these rules.
    #[must_use]
    pub fn session_with(self, model: &Model, rules: peer::Behaviour) -> peer::Session {
        let Self { setup, parameters, areas } = self;
        peer::Session::new(model, rules, setup, parameters, areas)
    }

    fn session(self, model: &Model) -> peer::Session {
        self.session_with(model, peer::Behaviour::SPECIFIED)
    }

    /// Whether a stimulus means anything to the adapter.
    fn takes(self, stimulus: &Stimulus) -> bool {
        stimulus.capability().is_none_or(|capability| self.areas.has(capability))
    }
}

/// What happens in the session of a scenario.
///
/// What is to be observed is worked out whenever it is needed: of long scenarios it takes more memory
/// than all the rest of a run.
#[derive(Clone, Debug)]
pub struct SessionPlan {
    /// What happens.
    pub stimuli: Vec<Stimulus>,
    /// The model of the revision that is spoken.
    pub model: Arc<Model>,
    /// The peer that it is about; none for an exchange.
    pub peer: Option<PeerPlan>,
    /// What the adapter's exchange has.
    pub variant: Variant,
    /// Whether the adapter has the operation `advance`.
    advances: bool,
    /// Whether the requests were written before it was known which operations the adapter has.
    is_recorded: bool,
    /// After which stimuli it is observed.
    pace: Arc<Pace>,
}

impl SessionPlan {
    /// These stimuli of an exchange, as an adapter with this hello is asked.
    #[must_use]
    pub fn new(stimuli: Vec<Stimulus>, hello: &Hello, model: &Arc<Model>) -> Self {
        Self::of(stimuli, None, hello, model)
    }

    /// These stimuli of an exchange or of a peer, as an adapter with this hello is asked.
    #[must_use]
    pub fn of(
        stimuli: Vec<Stimulus>,
        peer: Option<PeerPlan>,
        hello: &Hello,
        model: &Arc<Model>,
    ) -> Self {
        let (variant, advances) = (hello.variant(), hello.declares(Capability::Advance));
        let pace = Arc::new(pace_of(&stimuli, peer, model, advances));
        let model = Arc::clone(model);
        Self { stimuli, model, peer, variant, advances, is_recorded: false, pace }
    }

    /// Other stimuli for the same adapter.
    #[must_use]
    pub fn with(&self, stimuli: Vec<Stimulus>) -> Self {
        let pace = Arc::new(pace_of(&stimuli, self.peer, &self.model, self.advances));
        Self { stimuli, model: Arc::clone(&self.model), pace, ..*self }
    }

    /// The same, in steps of `stride` stimuli. An adapter that can is observed once in each step.
    #[must_use]
    pub fn in_strides(&self, stride: usize) -> Self {
        let pace = Arc::new(Pace::in_strides(stride, self.stimuli.len(), self.advances));
        Self { pace, ..self.clone() }
    }

    /// The same as it is observed when it is played for the second time: an adapter that can advances, because it
    /// was observed after each stimulus before.
    #[must_use]
    pub fn again(&self) -> Cow<'_, Self> {
        if self.pace.is_each() && self.advances && !self.is_recorded {
            Cow::Owned(self.in_strides(AGAIN))
        } else {
            Cow::Borrowed(self)
        }
    }

    /// After which stimuli it is observed.
    #[must_use]
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// How many observations of this plan one of another plan for the same stimuli is about, for each of that plan.
    pub(super) fn stretches_of(&self, other: &Self) -> Vec<usize> {
        let mut own = self.pace.stretches().peekable();
        let mut within = |end| std::iter::from_fn(|| own.next_if(|it| it.end <= end)).count();
        other.pace.stretches().map(|it| within(it.end)).collect()
    }

    /// What is to be observed, in order. It never leaves this process.
    pub fn expected(&self) -> impl Iterator<Item = Observation> {
        self.observed(self.session())
    }

    /// What is to be observed after the stimulus with this number.
    pub(super) fn expected_after(&self, step: usize) -> Observation {
        let mut seen = self.pace.stretches().zip(self.expected());
        seen.find(|(stretch, _)| stretch.end > step).map(|it| it.1).unwrap_or_default()
    }

    /// What is to be observed of an exchange whose inbound map has this bound (EXCH-19).
    pub fn expected_with_map_bound(&self, bound: usize) -> impl Iterator<Item = Observation> {
        self.observed(match self.session() {
            AnySession::Exchange(session) => session.with_map_bound(bound).into(),
            peer @ AnySession::Peer(_) => peer,
        })
    }

    /// The session as the specification has it.
    #[must_use]
    pub fn session(&self) -> AnySession {
        match self.peer {
            Some(peer) => peer.session(&self.model).into(),
            None => Session::of_variant(&self.model, self.variant).into(),
        }
    }

    /// The request that opens the session.
    #[must_use]
    pub fn open(&self, session: u64) -> Body {
        match self.peer {
            Some(peer) => Body::open_peer(session, peer.setup),
            None => Body::open(session),
        }
    }

    fn observed(&self, mut session: AnySession) -> impl Iterator<Item = Observation> {
        self.pace.stretches().map(move |stretch| session.advance(&self.stimuli[stretch]))
    }
}

/// A scenario to play, and what an adapter with this hello must show.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The scenario.
    pub scenario: Scenario,
    /// Where it comes from.
    pub origin: Origin,
    /// What the adapter does not declare, so that it is not played.
    pub missing: Option<Missing>,
    /// What happens.
    pub session: SessionPlan,
}

impl Planned {
    /// A scenario as this hello has it: without detection nothing is compared.
    #[must_use]
    pub fn new(mut scenario: Scenario, origin: Origin, hello: &Hello, model: &Arc<Model>) -> Self {
        let required = scenario.requires.iter().filter_map(|name| Capability::named(name));
        let missing = match scenario.peer {
            Some(_) => hello.missing_of_peer(required),
            None => hello.missing(CheckKind::Run, Some(STATE_HASH), required),
        };
        let peer = scenario.peer.map(|setup| PeerPlan::new(setup, hello));
        if let Some(peer) = peer {
            leave_out(&mut scenario, peer);
        }
        let variant = hello.variant();
        for rule in &mut scenario.rules {
            if let Some(other) = variant.in_place_of(rule) {
                *rule = other.to_owned();
            }
        }
        let stimuli = scenario.stimuli().cloned().collect();
        let session = SessionPlan::of(stimuli, peer, hello, model);
        let missing = missing.or_else(|| session.pace.missing().map(Missing::Capability));
        Self { scenario, origin, missing, session }
    }

    /// What it has in common with other scenarios.
    #[must_use]
    pub fn traits(&self) -> Traits {
        let situations = likeness::situations(&self.session.stimuli, &self.session.model);
        let nothing = Subject::default();
        likeness::traits(CheckKind::Run, &self.scenario, self.origin, nothing, situations)
    }

    /// The same for an adapter that has recorded its answers: all requests were written before it was
    /// known what it declares, so it was asked to advance wherever that makes the answers
    /// small.
    pub(crate) fn recorded(&mut self) {
        self.session.is_recorded = true;
        if self.session.pace.is_seldom() && !self.session.advances {
            self.missing.get_or_insert(Missing::Capability(Capability::Advance));
        }
    }
}

/// Leaves out the stimuli that mean nothing to an adapter that does not have their chapters.
fn leave_out(scenario: &mut Scenario, peer: PeerPlan) {
    let about = scenario.precondition.step;
    let before = scenario.steps.iter().take(about).filter(|step| peer.takes(&step.stimulus));
    scenario.precondition.step = before.count();
    scenario.steps.retain(|step| peer.takes(&step.stimulus));
}

fn pace_of(stimuli: &[Stimulus], peer: Option<PeerPlan>, model: &Model, advances: bool) -> Pace {
    match peer {
        Some(peer) => Pace::of_peer(stimuli, peer.session(model), advances),
        None => Pace::of(stimuli, model, advances),
    }
}

/// How many stimuli one request of a long scenario has, when it is played for the first and for the
/// second time.
const STRIDES: [usize; 2] = [2048, 1000];

/// After how many stimuli each a short scenario is observed when it is played for the second time.
const AGAIN: usize = 4;

/// The scenario alone, in as few steps as possible.
#[must_use]
pub fn whole(part: &SessionPlan, session: u64) -> Script {
    let steps = match &*part.pace {
        Pace::Each { cuts, .. } => cuts_of(&part.stimuli, cuts, session),
        Pace::Seldom { .. } => advancing(part, session, STRIDES[0], <[_]>::to_vec),
    };
    alone(part, steps, session)
}

/// The scenario alone in other steps than those of [`whole`], with time cut into several pieces: a few
/// stimuli in each step, or one if the adapter cannot advance.
#[must_use]
pub fn stepwise(part: &SessionPlan, session: u64) -> Script {
    let step = |stimulus: &Stimulus| match in_three(stimulus) {
        Some(pieces) if part.advances => Body::advance(session, &pieces),
        Some(pieces) => Body::step(session, &pieces),
        None => Body::step(session, std::slice::from_ref(stimulus)),
    };
    let steps = match part.again() {
        Cow::Owned(again) => advancing(&again, session, STRIDES[1], all_in_three),
        Cow::Borrowed(part) if part.pace.is_each() => part.stimuli.iter().map(step).collect(),
        Cow::Borrowed(part) => advancing(part, session, STRIDES[1], in_two),
    };
    alone(part, steps, session)
}

/// The steps of a scenario that is played among others: those of [`whole`], with time cut in another way.
pub(super) fn among_others(part: &SessionPlan, session: u64) -> Vec<Body> {
    match &*part.pace {
        Pace::Each { cuts, .. } => cuts_of(&part.stimuli, cuts, session),
        Pace::Seldom { .. } => advancing(part, session, STRIDES[0], in_two),
    }
}

/// An advance in the pieces in which it is played for the second time. How time is cut must not show.
fn in_three(stimulus: &Stimulus) -> Option<[Stimulus; 3]> {
    let Stimulus::Advance(milliseconds @ 3..) = stimulus else { return None };
    let half = milliseconds / 2;
    Some([1, half, milliseconds - 1 - half].map(Stimulus::Advance))
}

/// The same stimuli, with each advance in three pieces.
fn all_in_three(stimuli: &[Stimulus]) -> Vec<Stimulus> {
    let pieces = |it: &Stimulus| in_three(it).map_or_else(|| vec![it.clone()], Vec::from);
    stimuli.iter().flat_map(pieces).collect()
}

/// The same stimuli, but each advance ends with a millisecond of its own.
fn in_two(stimuli: &[Stimulus]) -> Vec<Stimulus> {
    let mut cut = Vec::with_capacity(stimuli.len() + 1);
    for stimulus in stimuli {
        match stimulus {
            Stimulus::Advance(milliseconds @ 2..) => {
                cut.extend([milliseconds - 1, 1].map(Stimulus::Advance));
            }
            stimulus => cut.push(stimulus.clone()),
        }
    }
    cut
}

fn alone(part: &SessionPlan, steps: Vec<Body>, session: u64) -> Script {
    let mut bodies = vec![part.open(session)];
    bodies.extend(steps);
    bodies.push(Body::close(session));
    Script::of_sessions(bodies, 1)
}

fn cuts_of(stimuli: &[Stimulus], cuts: &[usize], session: u64) -> Vec<Body> {
    let mut rest = stimuli;
    let mut next = |cut: &usize| {
        let (now, later) = rest.split_at((*cut).min(rest.len()));
        rest = later;
        Body::step(session, now)
    };
    cuts.iter().map(&mut next).collect()
}

/// The requests of a scenario that is observed seldom: each stretch as a step, or in several requests to
/// advance.
fn advancing(
    part: &SessionPlan,
    session: u64,
    stride: usize,
    divided: fn(&[Stimulus]) -> Vec<Stimulus>,
) -> Vec<Body> {
    let bodies = |stretch: std::ops::Range<usize>| {
        let stimuli = &part.stimuli[stretch];
        let body = |piece: &[Stimulus]| match stimuli {
            [stimulus] if !matches!(stimulus, Stimulus::Advance(_)) => Body::step(session, piece),
            _ => Body::advance(session, &divided(piece)),
        };
        stimuli.chunks(stride).map(body).collect::<Vec<_>>()
    };
    part.pace.stretches().flat_map(bodies).collect()
}

/// Into how many observations each stretch is divided when a scenario is played in this way, 0 or 1.
pub(super) fn pieces(part: &SessionPlan, way: usize) -> impl Iterator<Item = usize> {
    let stride = STRIDES[way % STRIDES.len()];
    part.pace.stretches().map(move |stretch| match (way, part.pace.is_each()) {
        (1, true) if part.advances => 1,
        (1, true) => {
            part.stimuli[stretch].iter().map(|it| in_three(it).map_or(1, |it| it.len())).sum()
        }
        _ => stretch.len().div_ceil(stride),
    })
}

#[cfg(test)]
mod tests {
    use rollwire_model::exchange::StateHash;

    use super::*;
    use crate::check::scenario::pace::tests::hello;

    /// Without detection the map fills, with it everything is compared: the answers are of other sizes.
    #[test]
    fn a_scenario_is_cut_the_same_way_for_every_adapter() {
        let hash = StateHash([7; 8]);
        let both = |frame| [Stimulus::Confirm { frame, hash }, Stimulus::peer(frame, hash)];
        for (pairs, requests) in [(200, 4), (2000, 5)] {
            let stimuli: Vec<Stimulus> = (0..pairs).flat_map(both).collect();
            let played = |detects: &[Capability]| {
                let hello = hello(&[detects, &[Capability::Advance]].concat());
                whole(&SessionPlan::new(stimuli.clone(), &hello, &Arc::new(Model::latest())), 1)
            };
            let (with, without) = (played(&[Capability::Detect]), played(&[]));
            assert_eq!(with, without);
            assert!(with.bodies().len() > requests, "{} requests", with.bodies().len());
        }
    }

    #[test]
    fn both_ways_of_playing_a_long_scenario_have_the_same_stimuli() {
        let stimuli: Vec<Stimulus> = (0..4097)
            .map(|frame| Stimulus::Confirm { frame, hash: StateHash([7; 8]) })
            .chain([Stimulus::TICK])
            .collect();
        let model = Arc::new(Model::latest());
        let part = SessionPlan::new(stimuli, &hello(&[Capability::Advance]), &model);
        let count = |script: &Script, word: &str| -> usize {
            script.bodies().iter().map(|it| it.with_id(1).matches(word).count()).sum()
        };
        for (script, advances) in [(whole(&part, 1), 3), (stepwise(&part, 1), 5)] {
            assert_eq!((count(&script, "confirm"), count(&script, "tick")), (4097, 1));
            assert_eq!(count(&script, r#""op":"advance""#), advances);
            assert_eq!(count(&script, r#""op":"step""#), 1);
        }
        let divided: [Vec<usize>; 2] = [0, 1].map(|way| pieces(&part, way).collect());
        assert_eq!(divided, [vec![3, 1], vec![5, 1]]);
        assert_eq!(part.expected().last().map(|it| it.sent.len()), Some(4097));
    }
}
