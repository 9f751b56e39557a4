//! Which rule an exchange breaks: the headline of a failure.
//!
//! It follows from the stimulus, from what is missing and what is surplus in the observation, and from the
//! past of the frames concerned: a hash that is sent although a rollback has withdrawn it breaks the
//! rule about the withdrawal, not the one about the tick that sends it.

mod detection;
mod lists;
mod peer;
mod peer_received;
mod sent;

use rollwire_model::{
    AnySession,
    exchange::{Datagram, Entry, Member, Observation, Refusals, State, Stimulus},
};

pub(crate) use self::peer::BrokenPeer;
pub use self::peer::rule_of_sent;
use super::{
    judge::Deviation,
    past::{Last, Past},
    plan::SessionPlan,
    visible::Visible,
};

/// A queue of this length, or a history with this many newer frames, can break only what has a bound.
const MANY: usize = 60;

/// The rule that is broken, found by running the scenario up to where it is wrong; `seen` is what should
/// have been observed there, and what was.
#[must_use]
pub fn rule_of(
    plan: &SessionPlan,
    wrong: Deviation,
    seen: Option<&(Observation, Observation)>,
    shown: Visible,
) -> &'static str {
    let rule = rule_of_hashes_that_are_used_up(plan, wrong, seen, shown);
    plan.variant.in_place_of(rule).unwrap_or(rule)
}

fn rule_of_hashes_that_are_used_up(
    plan: &SessionPlan,
    wrong: Deviation,
    seen: Option<&(Observation, Observation)>,
    shown: Visible,
) -> &'static str {
    let mut session = plan.session();
    let mut past = Past::default();
    for stimulus in plan.stimuli.iter().take(wrong.step) {
        past.before(session.exchange().state(), stimulus);
        let sent = session.apply(stimulus);
        past.after(stimulus, &sent, session.exchange().state());
    }
    let Some(stimulus) = plan.stimuli.get(wrong.step) else { return "EXCH-8" };
    let before = Before::of(session.exchange().state(), stimulus);
    past.before(session.exchange().state(), stimulus);
    let held = session.clone();
    let observed = session.step(stimulus);
    let (right, got) = seen.map_or((&observed, &observed), |(right, got)| (right, got));
    if let AnySession::Peer(peer) = &held {
        let has_refused = plan.stimuli[..wrong.step].iter().any(refuses);
        let state = peer.state();
        let broken = BrokenPeer { state, stimulus, right, got, has_refused };
        if let Some(rule) = broken.rule(wrong.member) {
            return rule;
        }
    }
    Broken { past: &past, before, stimulus, right, got, shown }.rule(wrong.member)
}

/// Whether sends are refused after a stimulus.
fn refuses(stimulus: &Stimulus) -> bool {
    matches!(stimulus, Stimulus::Sends(sends) if sends.refuse != Refusals::Count(0))
}

/// What an exchange held before a stimulus, as far as it decides which rule describes what follows.
#[derive(Clone, Debug)]
pub struct Before {
    rolling_back: bool,
    closed: bool,
    queue: usize,
    history: usize,
    map: Vec<u32>,
    verified: Option<u32>,
    events: usize,
    /// Whether the frame of the stimulus stands in the history, and in the map.
    is_known: bool,
    has_peer: bool,
}

impl Before {
    /// What it holds now.
    #[must_use]
    pub fn of(state: &State, stimulus: &Stimulus) -> Self {
        let frame = frame_of(stimulus);
        Self {
            rolling_back: state.rollbacks > 0,
            closed: state.closed,
            queue: state.queue.len(),
            history: state.history.len(),
            map: state.map.iter().map(|entry| entry.0).collect(),
            verified: state.verified,
            events: state.events.len(),
            is_known: frame.is_some_and(|frame| state.local(frame).is_some()),
            has_peer: frame.is_some_and(|frame| state.peer(frame).is_some()),
        }
    }
}

fn frame_of(stimulus: &Stimulus) -> Option<u32> {
    match stimulus {
        Stimulus::Confirm { frame, .. } => Some(*frame),
        Stimulus::Recv(datagram) => datagram.entry().map(|(frame, _)| frame),
        _ => None,
    }
}

/// What went wrong at a stimulus.
#[derive(Debug)]
pub struct Broken<'a> {
    /// What has happened, up to what this stimulus began with.
    pub past: &'a Past,
    /// What the exchange held before it.
    pub before: Before,
    /// The stimulus.
    pub stimulus: &'a Stimulus,
    /// What should have been observed.
    pub right: &'a Observation,
    /// What was observed.
    pub got: &'a Observation,
    /// Which members the observation shows.
    pub shown: Visible,
}

impl Broken<'_> {
    /// The rule that is broken if this member is the first that is wrong.
    #[must_use]
    pub fn rule(&self, member: Member) -> &'static str {
        match member {
            Member::Sent if *self.stimulus == Stimulus::TICK => self.of_tick(),
            Member::Sent => "EXCH-6",
            Member::Queue => self.of_queue(),
            Member::Map => self.of_map(),
            Member::History => self.of_history(),
            Member::Verified | Member::Events => self.of_detection(member),
            // A session of an exchange does not show them.
            _ => "EXCH-8",
        }
    }

    fn last(&self) -> &Last {
        &self.past.last
    }
}

/// The greatest frame that is not negative when it is read as a signed number.
const SIGN: u32 = i32::MAX as u32;

/// A rollback to an end of the range of frames is about how frames are compared.
fn of_target(target: u32, rule: &'static str) -> &'static str {
    if target == u32::MAX || target > SIGN { "EXCH-23" } else { rule }
}

fn entries(sent: &[Datagram]) -> Vec<Entry> {
    sent.iter().filter_map(Datagram::entry).collect()
}
