//! The judge of behaviour: a pure function from what is to be observed and what was to a verdict.

use rollwire_model::{
    Model,
    exchange::{
        Behaviour, HISTORY, Member, Observation, Refusals, Rollback, Session, State, Stimulus,
    },
};

use super::seen::Shown;
use crate::verdict::Code;

/// The first thing that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The number of the stimulus, counted from 0.
    pub step: usize,
    /// The member of its observation.
    pub member: Member,
}

impl Wrong {
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

/// The first member of the first observation that is not as expected, among those that are shown; and
/// what was expected there.
pub fn judge(
    expected: impl IntoIterator<Item = Observation>,
    got: &[Observation],
    shown: Shown,
) -> Option<(Wrong, Observation)> {
    let mut pairs = expected.into_iter().zip(got).enumerate();
    pairs.find_map(|(step, (expected, got))| {
        let member = expected.differences(got).find(|member| shown.shows(*member))?;
        Some((Wrong { step, member }, expected))
    })
}

/// The rule that describes what a stimulus does to a member: where to begin to read.
#[must_use]
pub fn rule_of(model: &Model, stimuli: &[Stimulus], wrong: Wrong, detects: bool) -> &'static str {
    let mut session = Session::new(model, Behaviour::SPECIFIED, detects);
    let mut refusing = false;
    for stimulus in stimuli.iter().take(wrong.step) {
        session.step(stimulus);
        if let Stimulus::Sends(sends) = stimulus {
            refusing = sends.refuse != Refusals::Count(0);
        }
    }
    let before = session.state().clone();
    let Some(stimulus) = stimuli.get(wrong.step) else { return "EXCH-8" };
    session.step(stimulus);
    match (wrong.member, stimulus) {
        (Member::Sent, Stimulus::Tick {}) => of_tick(&before, refusing),
        (Member::Sent, _) => "EXCH-6",
        (Member::Queue | Member::Map | Member::History, _) => {
            of_state(wrong.member, stimulus, &before, session.state(), refusing)
        }
        (Member::Verified | Member::Events, _) => of_detection(wrong.member, stimulus, &before),
    }
}

fn of_tick(before: &State, refusing: bool) -> &'static str {
    match before {
        _ if before.rollbacks > 0 => "EXCH-9",
        _ if before.closed => "EXCH-10",
        _ if refusing => "EXCH-11",
        _ if before.queue.len() > 1 => "EXCH-7",
        _ => "EXCH-8",
    }
}

fn of_state(
    member: Member,
    stimulus: &Stimulus,
    before: &State,
    after: &State,
    refusing: bool,
) -> &'static str {
    match (stimulus, member) {
        (Stimulus::Confirm { frame, .. }, _) if before.local(*frame).is_some() => "EXCH-2",
        (Stimulus::Confirm { .. }, Member::Map) => "DETECT-4",
        (Stimulus::Confirm { .. }, Member::History) if before.history.len() >= HISTORY => "EXCH-3",
        (Stimulus::Confirm { .. }, Member::Queue) if before.history.len() >= HISTORY => "EXCH-4",
        (Stimulus::Confirm { .. }, _) => "EXCH-1",
        (Stimulus::Tick {}, _) if before.rollbacks > 0 => "EXCH-9",
        (Stimulus::Tick {}, _) if before.closed => "EXCH-10",
        (Stimulus::Tick {}, _) if refusing => "EXCH-12",
        (Stimulus::Tick {}, _) => "EXCH-14",
        (Stimulus::Recv(_), Member::Map) if before.map != after.map => {
            if before.map.len() == after.map.len() { "EXCH-16" } else { "EXCH-15" }
        }
        (Stimulus::Recv(datagram), Member::Map) if datagram.bytes().len() == 13 => "DETECT-4",
        (Stimulus::Recv(_), _) => "EXCH-18",
        (Stimulus::Rollback(Rollback::Begin(_)), Member::Map) => "EXCH-21",
        (Stimulus::Rollback(Rollback::Begin(_)), Member::History) => "EXCH-22",
        (Stimulus::Rollback(Rollback::Begin(_)), _) => "EXCH-20",
        (Stimulus::Rollback(Rollback::End), _) if before.rollbacks == 0 => "EXCH-25",
        (Stimulus::Rollback(Rollback::End), Member::Map) if before.map != after.map => "DETECT-9",
        (Stimulus::Rollback(Rollback::End), _) => "EXCH-26",
        (Stimulus::Reset {}, _) => "EXCH-27",
        (Stimulus::Channel(_) | Stimulus::Sends(_), _) => "EXCH-10",
    }
}

fn of_detection(member: Member, stimulus: &Stimulus, before: &State) -> &'static str {
    match (stimulus, member) {
        (Stimulus::Rollback(Rollback::Begin(_)), Member::Verified) => "DETECT-10",
        (Stimulus::Rollback(Rollback::Begin(_)), _) => "DETECT-11",
        (Stimulus::Rollback(Rollback::End), _) => "DETECT-9",
        (Stimulus::Reset {}, _) => "DETECT-12",
        _ if before.rollbacks > 0 => "DETECT-8",
        (_, Member::Verified) => "DETECT-5",
        _ => "DETECT-6",
    }
}
