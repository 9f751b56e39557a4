//! A scenario to play: what happens in its session, and what is to be observed.

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
    runner::Traits,
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
        if self.pace.is_each() && self.may_advance() {
            Cow::Owned(self.in_strides(AGAIN))
        } else {
            Cow::Borrowed(self)
        }
    }

    /// The requests were written before it was known which operations the adapter has.
    pub(super) const fn record(&mut self) {
        self.is_recorded = true;
    }

    /// Whether the operation `advance` may be used where others would do.
    pub(super) const fn may_advance(&self) -> bool {
        self.advances && !self.is_recorded
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
        self.session.record();
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

/// After how many stimuli each a short scenario is observed when it is played for the second time.
const AGAIN: usize = 4;
