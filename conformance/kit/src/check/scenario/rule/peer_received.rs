//! The rule that a whole peer breaks where a datagram arrives.

use rollwire_model::{
    Model,
    exchange::{Datagram, Member},
    peer::{InputEntry, Message, Phase, ValidationPhase},
};

use super::peer::BrokenPeer;

/// From here on, numbers of round trips and of unanswered PINGs can break only what has a bound.
const FULL: [usize; 2] = [10, 32];

/// An answer with this many entries is about how many there may be.
const LARGEST: usize = 3_275;

impl BrokenPeer<'_> {
    /// A datagram was handled wrongly; none if it is one of the exchange.
    pub(super) fn of_datagram(&self, datagram: &Datagram, member: Member) -> Option<&'static str> {
        let Some(message) = Message::read(&Model::latest(), datagram) else {
            return Some("PEER-4");
        };
        Some(match message {
            Message::Input { player, current_frame, entries } => {
                self.of_input(player, Some(current_frame), &entries, member)
            }
            Message::InputResponse { player, entries } => {
                let rule = self.of_input(player, None, &entries, member);
                if rule.starts_with("SYNC") { "CATCHUP-11" } else { rule }
            }
            Message::Ping { .. } if self.state.opened.is_none() => "LIVE-6",
            Message::Ping { .. } => "LIVE-5",
            Message::Pong { timestamp } => self.of_pong(timestamp, member),
            Message::Keepalive => "LIVE-7",
            Message::ValidationPing { .. } => match member {
                Member::Sent => "VALID-3",
                Member::Validation if self.state.validation.answered => "VALID-6",
                _ => "VALID-4",
            },
            Message::ValidationPong { timestamp } => self.of_validation_pong(timestamp, member),
            Message::EpisodeReady { episode, .. } => self.of_episode_ready(episode, member),
            Message::EpisodeEnd { episode, .. } => self.of_episode_end(episode, member),
            Message::InputRequest { start, .. } => self.of_request(start),
            Message::FocusState { .. } => "FOCUS-4",
            Message::StateHash { frame, .. } if !self.admits(frame) => "EPISODE-13",
            Message::StateHash { .. } => return None,
        })
    }

    /// Whether an entry or a hash of this frame can be of the current episode.
    fn admits(&self, frame: u32) -> bool {
        let latest = self.state.setup.first_frame.saturating_add(128);
        self.is_on() || self.phase() == Some(Phase::Waiting) && frame <= latest
    }

    fn of_input(
        &self,
        player: u16,
        current_frame: Option<u32>,
        entries: &[InputEntry],
        member: Member,
    ) -> &'static str {
        let [right, got] = [self.right, self.got].map(|it| &it.peer.held);
        let differing: Vec<u32> = right
            .iter()
            .chain(got)
            .filter(|entry| right.contains(entry) != got.contains(entry))
            .map(|entry| entry.0)
            .collect();
        let (base, ahead) = (self.state.base(), i64::from(self.state.parameters.ahead));
        let agreed = self.state.episodes.current.as_ref();
        let end = agreed.filter(|it| it.agreed == Some(true)).and_then(|it| it.end);
        let is_far = |frame: &u32| !(1..=ahead).contains(&(i64::from(*frame) - base));
        let times = |frame: u32| entries.iter().filter(|entry| entry.0 == frame).count();
        let is_known =
            |frame: &u32| self.state.inputs.held.contains_key(frame) || times(*frame) > 1;
        let newest = entries.iter().map(|entry| entry.0).max();
        match member {
            _ if player != self.state.setup.partner() => "SYNC-6",
            Member::Request => "CATCHUP-4",
            Member::Episode => "EPISODE-10",
            Member::Sent => "SYNC-1",
            _ if !entries.iter().all(|entry| self.admits(entry.0)) && !differing.is_empty() => {
                "EPISODE-13"
            }
            _ if differing.iter().any(|frame| end.is_some_and(|end| *frame >= end)) => "EPISODE-9",
            _ if !self.state.focus.shown || !self.state.focus.partner => "FOCUS-6",
            _ if current_frame.is_some() && current_frame != newest => "SYNC-10",
            Member::Confirmed if differing.iter().all(|frame| !is_far(frame)) => "SYNC-11",
            _ if differing.iter().any(is_known) => "SYNC-8",
            _ if differing.iter().any(is_far) => "SYNC-9",
            Member::Held if self.right.peer.confirmed != self.state.inputs.confirmed => "SYNC-12",
            _ => "SYNC-7",
        }
    }

    fn of_pong(&self, timestamp: u64, member: Member) -> &'static str {
        let live = &self.state.liveness;
        let counts = live.unanswered.contains(&timestamp);
        match member {
            Member::Sent => "LIVE-7",
            _ if live.round_trips.len() + 1 >= FULL[0] && counts => "LIVE-10",
            // All of them are there, in another order.
            _ if counts && self.has_the_same_trips() => "LIVE-10",
            _ if counts && live.unanswered.len() >= FULL[1] => "LIVE-11",
            _ if counts => "LIVE-8",
            _ if live.unanswered.len() >= FULL[1] => "LIVE-11",
            _ if self.state.opened != Some(0) => "LIVE-12",
            _ if self.has_refused => "LIVE-4",
            _ => "LIVE-9",
        }
    }

    /// Whether the round trips are those that they should be, in whatever order.
    fn has_the_same_trips(&self) -> bool {
        let [mut right, mut got] = [self.right, self.got].map(|it| it.peer.round_trips.clone());
        right.sort_by_key(|it| it.0);
        got.sort_by_key(|it| it.0);
        right == got
    }

    fn of_validation_pong(&self, timestamp: u64, member: Member) -> &'static str {
        let validation = &self.state.validation;
        match member {
            Member::Sent => "LIVE-7",
            _ if validation.phase == ValidationPhase::Failed => "VALID-7",
            _ if self.state.opened != Some(0) => "VALID-8",
            _ if validation.own.contains(&timestamp) && validation.seen => "VALID-6",
            _ => "VALID-5",
        }
    }

    fn of_episode_ready(&self, number: u32, member: Member) -> &'static str {
        let current = self.state.episodes.current.as_ref().map(|it| it.ends.number + 1);
        let [right, got] = [self.right, self.got].map(|it| it.peer.episode);
        match member {
            _ if current != Some(number) => "EPISODE-3",
            Member::Sent => "EPISODE-6",
            _ if right.map(|it| it.hashes) != got.map(|it| it.hashes)
                && right.map(|it| it.start) == got.map(|it| it.start) =>
            {
                "EPISODE-5"
            }
            _ => "EPISODE-4",
        }
    }

    fn of_episode_end(&self, number: u32, member: Member) -> &'static str {
        let Some(episode) = &self.state.episodes.current else { return "EPISODE-8" };
        match member {
            Member::Sent => "EPISODE-14",
            _ if episode.ends.number != number || episode.partner_end.is_some() => "EPISODE-8",
            _ if episode.phase == Phase::Complete => "EPISODE-11",
            Member::Episode => self.of_end(),
            Member::Request => "CATCHUP-4",
            _ => "EPISODE-9",
        }
    }

    fn of_request(&self, start: u32) -> &'static str {
        let read = |datagrams: &[Datagram]| match datagrams {
            [only] => match Message::read(&Model::latest(), only) {
                Some(Message::InputResponse { player, entries }) => Some((player, entries)),
                _ => None,
            },
            _ => None,
        };
        let (right, got) = (read(&self.right.sent), read(&self.got.sent));
        let oldest = self.state.inputs.own.first().map(|entry| entry.0);
        match (right, got) {
            (Some((right, _)), Some((got, _))) if right != got => "CATCHUP-7",
            (Some((_, right)), Some(_)) if right.len() >= LARGEST => "CATCHUP-9",
            (Some(_), Some(_))
                if oldest.is_some_and(|it| it > self.state.setup.first_frame.max(start)) =>
            {
                "CATCHUP-10"
            }
            (Some(_), Some(_)) => "CATCHUP-8",
            _ => "CATCHUP-7",
        }
    }
}
