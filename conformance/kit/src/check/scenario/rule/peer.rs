//! The rule that a whole peer breaks: by the stimulus, by what is wrong first, and by what the peer held
//! before.

use rollwire_model::{
    exchange::{ChannelState, Datagram, Member, Observation, Stimulus},
    peer::{Message, Phase, State, ValidationPhase},
};

/// What went wrong at a stimulus of a peer.
#[derive(Debug)]
pub(crate) struct BrokenPeer<'a> {
    /// What the peer held before.
    pub(crate) state: &'a State,
    /// The stimulus.
    pub(crate) stimulus: &'a Stimulus,
    /// What should have been observed.
    pub(crate) right: &'a Observation,
    /// What was observed.
    pub(crate) got: &'a Observation,
    /// Whether sends have been refused before.
    pub(crate) has_refused: bool,
}

/// The rule that a peer breaks if it sends something else, given what it held before and what it did then;
/// none if no rule of a peer says so.
#[must_use]
pub fn rule_of_sent(
    (state, stimulus): (&State, &Stimulus),
    [right, got]: [Vec<Datagram>; 2],
    has_refused: bool,
) -> Option<&'static str> {
    let of = |sent: Vec<Datagram>| Observation { sent, ..Observation::default() };
    let (right, got) = (&of(right), &of(got));
    BrokenPeer { state, stimulus, right, got, has_refused }.rule(Member::Sent)
}

impl BrokenPeer<'_> {
    /// The rule that is broken if this member is the first that is wrong; none if it is one of the
    /// exchange.
    pub(crate) fn rule(&self, member: Member) -> Option<&'static str> {
        if member == Member::Sent && self.sends_what_is_not_its_own() {
            return Some("PEER-4");
        }
        Some(match self.stimulus {
            Stimulus::Recv(datagram) => return self.of_datagram(datagram, member),
            Stimulus::Act { frame, .. } => self.of_act(*frame, member),
            Stimulus::Advance(_) => self.of_time(member),
            Stimulus::Channel(ChannelState::Open) => self.of_opening(member),
            Stimulus::Channel(ChannelState::Closed) => self.of_closing(member),
            Stimulus::Reset {} => match member {
                Member::Request => "CATCHUP-6",
                Member::Confirmed | Member::Held | Member::Sent => "SYNC-13",
                _ => return None,
            },
            Stimulus::Ready { .. } => self.of_ready(member),
            Stimulus::Ended { .. } => match member {
                Member::Sent => "EPISODE-7",
                Member::Episode => self.of_end(),
                Member::Request => "CATCHUP-4",
                _ => "EPISODE-9",
            },
            Stimulus::CatchUp {} if self.state.request.is_some() || !self.is_on() => "CATCHUP-2",
            Stimulus::CatchUp {} => "CATCHUP-1",
            Stimulus::Focus { shown, .. } if *shown == self.state.focus.shown => "FOCUS-2",
            Stimulus::Focus { .. } => "FOCUS-1",
            Stimulus::Tick {} if self.phase() == Some(Phase::Complete) => "EPISODE-15",
            _ if member.capability().is_some_and(rollwire_model::Capability::is_of_peer) => {
                "PEER-3"
            }
            _ => return None,
        })
    }

    pub(super) fn phase(&self) -> Option<Phase> {
        self.state.episodes.current.as_ref().map(|episode| episode.phase)
    }

    /// Whether acts count and inputs are taken.
    pub(super) fn is_on(&self) -> bool {
        !self.state.areas.episodes || matches!(self.phase(), Some(Phase::Playing | Phase::Ending))
    }

    /// Whether the first datagram that differs is one that no peer with these chapters sends, by its type.
    /// What stands at its place is not asked: a right datagram that was damaged says nothing else.
    fn sends_what_is_not_its_own(&self) -> bool {
        let (right, got) = (&self.right.sent, &self.got.sent);
        let at = right.iter().zip(got).take_while(|(right, got)| right == got).count();
        let Some(datagram) = got.get(at) else { return false };
        match datagram.bytes().first() {
            // An answer to one breaks the rule about it.
            Some(0x04) if matches!(self.stimulus, Stimulus::Recv(it) if it.bytes() == [0x04]) => {
                false
            }
            Some(byte) => {
                Message::capability(*byte).is_none_or(|chapter| !self.state.areas.has(chapter))
            }
            None => true,
        }
    }

    /// The first datagram that differs, the one that is missing or the one that is surplus, and its type.
    fn first_type(&self) -> Option<u8> {
        let (right, got) = (&self.right.sent, &self.got.sent);
        let at = right.iter().zip(got).take_while(|(right, got)| right == got).count();
        let byte = |datagram: &Datagram| datagram.bytes().first().copied();
        right.get(at).or_else(|| got.get(at)).and_then(byte)
    }

    fn of_act(&self, frame: u32, member: Member) -> &'static str {
        let inputs = &self.state.inputs;
        if !self.is_on() {
            return "EPISODE-12";
        }
        if inputs.next != Some(frame) {
            return "SYNC-2";
        }
        match member {
            Member::Request => "CATCHUP-4",
            Member::Episode => "EPISODE-10",
            Member::Confirmed => "SYNC-11",
            Member::Held => "SYNC-12",
            _ => self.of_inputs(),
        }
    }

    /// The INPUTs of an act are wrong.
    fn of_inputs(&self) -> &'static str {
        let (right, got) = (&self.right.sent, &self.got.sent);
        let untold = !self.state.inputs.untold.is_empty();
        match () {
            () if self.state.opened.is_none() => "SYNC-4",
            () if right.is_empty() => "SYNC-5",
            // All INPUTs but that of the act itself are right.
            () if right.len() == got.len()
                && right.split_last().map(|it| it.1) == got.split_last().map(|it| it.1)
                && right.len() > 1 =>
            {
                "SYNC-3"
            }
            () if right.len() > 1 && self.has_refused => "CATCHUP-13",
            () if right.len() > 1 => "CATCHUP-12",
            () if got.len() > 1 && got.iter().all(|it| it == &right[0]) => "SYNC-1",
            () if got.len() > 1 => "CATCHUP-14",
            () if untold && self.has_refused => "SYNC-5",
            () if untold => "SYNC-4",
            () if got.is_empty() => "SYNC-1",
            () => "SYNC-3",
        }
    }

    fn of_time(&self, member: Member) -> &'static str {
        match member {
            Member::Sent => self.of_timer(),
            Member::Validation => "VALID-7",
            Member::Episode => match self.phase() {
                Some(Phase::Waiting) => "EPISODE-4",
                _ if self.right.peer.episode.is_some_and(|it| it.agreed == Some(true)) => {
                    "EPISODE-10"
                }
                _ => "EPISODE-11",
            },
            Member::Confirmed | Member::Held => "EPISODE-10",
            Member::Request if self.phase() == Some(Phase::Ending) => "CATCHUP-6",
            Member::Request => "CATCHUP-5",
            Member::RoundTrips => "LIVE-9",
            Member::Partner => "FOCUS-5",
            _ => "EPISODE-15",
        }
    }

    /// A timer fired that should not have, or the other way round.
    fn of_timer(&self) -> &'static str {
        let (right, got) = (&self.right.sent, &self.got.sent);
        if self.state.opened.is_none() {
            return "PEER-3";
        }
        let mut sorted = [right.clone(), got.clone()];
        sorted.iter_mut().for_each(|list| list.sort());
        if sorted[0] == sorted[1] {
            return "PEER-2";
        }
        match self.first_type() {
            Some(0x02) => self.of_pings(),
            Some(0x06) if self.phase() == Some(Phase::Playing) => "EPISODE-6",
            Some(0x01) if self.is_on() => "SYNC-1",
            Some(0x01) => "EPISODE-12",
            Some(0x03) => "LIVE-5",
            Some(0x11) => "VALID-3",
            Some(0x13) => "CATCHUP-7",
            Some(0x14) => "FOCUS-2",
            Some(0x10) if self.state.validation.is_validated() => "VALID-2",
            Some(0x10) if self.state.validation.phase == ValidationPhase::Failed => "VALID-7",
            Some(0x10) if self.state.validation.own.is_empty() && !self.has_refused => "VALID-1",
            Some(0x10) => "VALID-2",
            Some(0x06) => "EPISODE-2",
            Some(0x05) => "EPISODE-7",
            Some(0x12) => "CATCHUP-3",
            _ => "PEER-1",
        }
    }

    fn of_pings(&self) -> &'static str {
        let of = |observation: &Observation| {
            let is_ping = |it: &&Datagram| it.bytes().first() == Some(&0x02);
            observation.sent.iter().filter(is_ping).count()
        };
        let (right, got) = (of(self.right), of(self.got));
        match () {
            () if self.has_refused => "LIVE-4",
            () if self.state.opened != Some(0) => "LIVE-3",
            () if right == got => "LIVE-2",
            () if right > 1 && got == 1 => "PEER-1",
            () => "LIVE-1",
        }
    }

    fn of_opening(&self, member: Member) -> &'static str {
        match member {
            Member::Sent => match self.first_type() {
                Some(0x14) => "FOCUS-3",
                Some(0x01) => "SYNC-4",
                Some(0x03) => "LIVE-6",
                Some(0x11) => "VALID-3",
                _ => "PEER-3",
            },
            Member::Validation if self.state.validation.phase == ValidationPhase::Failed => {
                "VALID-7"
            }
            Member::Validation => "VALID-8",
            Member::RoundTrips => "LIVE-12",
            Member::Partner => "FOCUS-5",
            _ => "PEER-3",
        }
    }

    fn of_closing(&self, member: Member) -> &'static str {
        match member {
            Member::Validation if self.state.validation.is_validated() => "VALID-6",
            Member::Validation => "VALID-8",
            Member::RoundTrips => "LIVE-12",
            Member::Partner => "FOCUS-5",
            _ => "PEER-3",
        }
    }

    fn of_ready(&self, member: Member) -> &'static str {
        let counts = self.phase().is_none_or(|phase| phase == Phase::Complete);
        let [right, got] = [self.right, self.got].map(|it| it.peer.episode);
        match member {
            _ if !counts => "EPISODE-1",
            Member::Sent => "EPISODE-2",
            Member::Request => "CATCHUP-6",
            Member::Episode => match (right, got) {
                (Some(right), Some(got)) if right.number != got.number => "EPISODE-1",
                (Some(right), Some(got)) if right.start != got.start => "EPISODE-3",
                (Some(right), Some(got)) if right.hashes != got.hashes => "EPISODE-5",
                _ => "EPISODE-1",
            },
            _ => "EPISODE-1",
        }
    }

    /// The episode is wrong where an end became known.
    pub(super) fn of_end(&self) -> &'static str {
        let [right, got] = [self.right, self.got].map(|it| it.peer.episode);
        let (Some(right), Some(got)) = (right, got) else { return "EPISODE-7" };
        match () {
            () if right.end != got.end || right.agreed != got.agreed => "EPISODE-9",
            () if [right.phase, got.phase].contains(&Phase::Complete) => "EPISODE-10",
            () => "EPISODE-7",
        }
    }
}
