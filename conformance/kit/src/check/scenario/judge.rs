//! The judge of behaviour: a pure function from what is to be observed and what was to a verdict.

use rollwire_model::{
    Model,
    exchange::{
        Behaviour, Datagram, HISTORY, LEAST_MAP_BOUND, Member, Observation, Refusals, Rollback,
        Session, State, StateHash, Stimulus,
    },
};

use super::{plan::SessionPlan, visible::Visible};
use crate::verdict::Code;

/// The first thing that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The number of the stimulus after which it was observed, counted from 0.
    pub step: usize,
    /// The member of its observation.
    pub member: Member,
}

impl Deviation {
    /// What is wrong, as a stable name.
    #[must_use]
    pub const fn code(self) -> Code {
        match self.member {
            Member::Sent => Code::WrongSent,
            Member::Queue | Member::Map | Member::History => Code::WrongState,
            Member::Verified | Member::Events => Code::WrongDetection,
        }
    }
}

/// A deviation, and what is seen of it.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What is wrong first.
    pub wrong: Deviation,
    /// What was to be observed there.
    pub expected: Observation,
    /// What was observed there.
    pub got: Observation,
}

/// The first difference between what is to be observed of a scenario and what was observed, among the
/// members that are shown.
#[must_use]
pub fn judge(part: &SessionPlan, got: &[Observation], shown: Visible) -> Option<Difference> {
    let difference = first_difference(part, part.expected(), got, shown)?;
    let Difference { wrong, expected, got: found } = &difference;
    // A map may have a bound, and then all that it holds follows from it (EXCH-19).
    let bounds = LEAST_MAP_BOUND..expected.map.len();
    if wrong.member == Member::Map && bounds.contains(&found.map.len()) {
        let expected = part.expected_with_map_bound(found.map.len());
        return first_difference(part, expected, got, shown);
    }
    Some(difference)
}

/// The first difference between two lists of observations of a scenario.
pub fn first_difference(
    part: &SessionPlan,
    expected: impl IntoIterator<Item = Observation>,
    got: &[Observation],
    shown: Visible,
) -> Option<Difference> {
    let mut seen = part.pace().stretches().zip(expected).zip(got);
    seen.find_map(|((stretch, expected), got)| {
        let member = first_member(&expected, got, shown)?;
        let wrong = Deviation { step: stretch.end - 1, member };
        Some(Difference { wrong, expected, got: got.clone() })
    })
}

/// The first member in which two observations differ, among those that are shown.
#[must_use]
pub fn first_member(expected: &Observation, got: &Observation, shown: Visible) -> Option<Member> {
    expected.differences(got).find(|member| shown.shows(*member))
}

/// The rule that describes what a stimulus does to a member: where to begin to read.
#[must_use]
pub fn rule_of(
    model: &Model,
    stimuli: &[Stimulus],
    wrong: Deviation,
    detects: bool,
) -> &'static str {
    let mut session = Session::new(model, Behaviour::of(model.revision()), detects);
    let mut refusing = false;
    for stimulus in stimuli.iter().take(wrong.step) {
        session.apply(stimulus);
        if let Stimulus::Sends(sends) = stimulus {
            refusing = sends.refuse != Refusals::Count(0);
        }
    }
    let Some(stimulus) = stimuli.get(wrong.step) else { return "EXCH-8" };
    let before = Before::of(session.state(), stimulus, refusing);
    session.apply(stimulus);
    before.rule(wrong.member, stimulus, session.state())
}

/// What an exchange held before a stimulus, as far as it decides which rule describes what follows.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    rolling_back: bool,
    closed: bool,
    refusing: bool,
    queue: usize,
    history: usize,
    map: usize,
    /// Whether the frame that is confirmed stands in the history.
    known: bool,
    /// The peer's hash of the frame that is received.
    peer: Option<StateHash>,
}

impl Before {
    /// What it holds now. The channel is not part of it: whether that refuses is said beside it.
    #[must_use]
    pub fn of(state: &State, stimulus: &Stimulus, refusing: bool) -> Self {
        let (known, peer) = match stimulus {
            Stimulus::Confirm { frame, .. } => (state.local(*frame).is_some(), None),
            Stimulus::Recv(datagram) => {
                (false, datagram.entry().and_then(|(frame, _)| state.peer(frame)))
            }
            _ => (false, None),
        };
        Self {
            rolling_back: state.rollbacks > 0,
            closed: state.closed,
            refusing,
            queue: state.queue.len(),
            history: state.history.len(),
            map: state.map.len(),
            known,
            peer,
        }
    }

    /// The rule that describes what the stimulus does to a member.
    #[must_use]
    pub fn rule(&self, member: Member, stimulus: &Stimulus, after: &State) -> &'static str {
        match (member, stimulus) {
            (Member::Sent, Stimulus::Tick {}) => self.of_tick(),
            (Member::Sent, _) => "EXCH-6",
            (Member::Queue | Member::Map | Member::History, _) => {
                self.of_state(member, stimulus, after)
            }
            (Member::Verified | Member::Events, _) => self.of_detection(member, stimulus),
        }
    }

    fn of_tick(&self) -> &'static str {
        match self {
            _ if self.rolling_back => "EXCH-9",
            _ if self.closed => "EXCH-10",
            _ if self.refusing => "EXCH-11",
            _ if self.queue > 1 => "EXCH-7",
            _ => "EXCH-8",
        }
    }

    fn of_state(&self, member: Member, stimulus: &Stimulus, after: &State) -> &'static str {
        match (stimulus, member) {
            (Stimulus::Confirm { .. }, _) if self.known => "EXCH-2",
            (Stimulus::Confirm { .. }, Member::Map) => "DETECT-4",
            (Stimulus::Confirm { .. }, Member::History) if self.history >= HISTORY => "EXCH-3",
            (Stimulus::Confirm { .. }, Member::Queue) if self.history >= HISTORY => "EXCH-4",
            (Stimulus::Confirm { .. }, _) => "EXCH-1",
            (Stimulus::Tick {}, _) if self.rolling_back => "EXCH-9",
            (Stimulus::Tick {}, _) if self.closed => "EXCH-10",
            (Stimulus::Tick {}, _) if self.refusing => "EXCH-12",
            (Stimulus::Tick {}, _) => "EXCH-14",
            (Stimulus::Recv(datagram), Member::Map) if self.changes_map(datagram, after) => {
                match after.map.len() {
                    map if map == self.map => "EXCH-16",
                    map if map > HISTORY => "EXCH-19",
                    _ => "EXCH-15",
                }
            }
            (Stimulus::Recv(datagram), Member::Map) if datagram.bytes().len() == 13 => "DETECT-4",
            (Stimulus::Recv(_), _) => "EXCH-18",
            (Stimulus::Rollback(Rollback::Begin(_)), Member::Map) => "EXCH-21",
            (Stimulus::Rollback(Rollback::Begin(_)), Member::History) => "EXCH-22",
            (Stimulus::Rollback(Rollback::Begin(_)), _) => "EXCH-20",
            (Stimulus::Rollback(Rollback::End), _) if !self.rolling_back => "EXCH-25",
            (Stimulus::Rollback(Rollback::End), Member::Map) if self.map != after.map.len() => {
                "DETECT-9"
            }
            (Stimulus::Rollback(Rollback::End), _) => "EXCH-26",
            (Stimulus::Reset {}, _) => "EXCH-27",
            (Stimulus::Channel(_) | Stimulus::Sends(_), _) => "EXCH-10",
        }
    }

    /// A datagram touches no other entry of the map than that of its own frame.
    fn changes_map(&self, datagram: &Datagram, after: &State) -> bool {
        let peer = datagram.entry().and_then(|(frame, _)| after.peer(frame));
        self.map != after.map.len() || self.peer != peer
    }

    fn of_detection(&self, member: Member, stimulus: &Stimulus) -> &'static str {
        match (stimulus, member) {
            (Stimulus::Rollback(Rollback::Begin(_)), Member::Verified) => "DETECT-10",
            (Stimulus::Rollback(Rollback::Begin(_)), _) => "DETECT-11",
            (Stimulus::Rollback(Rollback::End), _) => "DETECT-9",
            (Stimulus::Reset {}, _) => "DETECT-12",
            _ if self.rolling_back => "DETECT-8",
            (_, Member::Verified) => "DETECT-5",
            _ => "DETECT-6",
        }
    }
}
