//! What a side owes its partner: what its player told its peer while the channel took everything.
//!
//! Other properties compare a side with what arrived from its partner. Of a peer that sends nothing they
//! have nothing to say, so this one compares what a peer sends with what it was told. It asks nothing of
//! the link: what was handed to the channel may be lost afterwards.

use std::collections::BTreeSet;

use rollwire_model::{
    exchange::{ChannelState, Refusals, Stimulus},
    peer::{EpisodeView, Message, Phase},
};

use rollwire_conformance::text::plural;

/// What a side has not sent yet in this episode, although it was told to while its channel was open and
/// accepted everything.
#[derive(Debug, Default)]
pub(crate) struct Owed {
    is_closed: bool,
    is_full: bool,
    ready: bool,
    end: bool,
    inputs: BTreeSet<u32>,
    hashes: BTreeSet<u32>,
    /// The frames that were acted at in this frame of the game: whether the episode still went on is seen
    /// at its end.
    acted: Vec<u32>,
}

impl Owed {
    /// Its peer is told this.
    pub(crate) fn is_told(&mut self, stimuli: &[Stimulus]) {
        self.acted.clear();
        let mut confirmed = Vec::new();
        for stimulus in stimuli {
            let takes = !self.is_closed && !self.is_full;
            match stimulus {
                Stimulus::Channel(state) => self.is_closed = *state == ChannelState::Closed,
                Stimulus::Sends(sends) => self.is_full = sends.refuse == Refusals::ALL,
                Stimulus::Ready { .. } => {
                    let Self { is_closed, is_full, .. } = *self;
                    *self = Self { is_closed, is_full, ready: takes, ..Self::default() };
                }
                Stimulus::Ended { .. } => self.end = takes,
                Stimulus::Act { frame, .. } if takes => self.acted.push(*frame),
                Stimulus::Confirm { frame, .. } => confirmed.push(*frame),
                Stimulus::Tick {} if takes => self.hashes.extend(confirmed.drain(..)),
                _ => {}
            }
        }
    }

    /// What it shows of the episode after that, before what it sent is taken in.
    pub(crate) fn shows(&mut self, episode: Option<EpisodeView>) {
        // An act does not count when the episode is complete (EPISODE-12).
        if episode.is_some_and(|it| matches!(it.phase, Phase::Playing | Phase::Ending)) {
            self.inputs.extend(self.acted.drain(..));
        }
    }

    /// It has sent this message in the episode with this number.
    pub(crate) fn sends(&mut self, message: &Message, number: Option<u32>) {
        match message {
            Message::EpisodeReady { episode, .. } if episode.checked_sub(1) == number => {
                self.ready = false;
            }
            Message::EpisodeEnd { episode, .. } if Some(*episode) == number => self.end = false,
            Message::Input { entries, .. } => {
                for (frame, _) in entries {
                    self.inputs.remove(frame);
                }
            }
            Message::StateHash { frame, .. } => {
                self.hashes.remove(frame);
            }
            _ => {}
        }
    }

    /// What it still owes at the end of the episode, in words.
    pub(crate) fn rest(&self) -> Option<String> {
        let frames = |frames: &BTreeSet<u32>, one: &str, many: &str| {
            let first = frames.first()?;
            let count = plural(frames.len() as u64, one, many);
            Some(format!("{count} never sent, the first of frame {first}"))
        };
        match () {
            () if self.ready => Some("its READY was never sent".to_owned()),
            () if self.end => Some("its END was never sent".to_owned()),
            () => frames(&self.inputs, "input was", "inputs were")
                .or_else(|| frames(&self.hashes, "hash was", "hashes were")),
        }
    }
}

#[cfg(test)]
mod tests {
    use rollwire_model::exchange::{How, ReadyHash, Sends, StateHash, Types};

    use super::*;

    const ACT: Stimulus = Stimulus::Act { frame: 7, action: 1 };
    const READY: Stimulus = Stimulus::Ready { hash: ReadyHash(*b"0123abcd") };

    fn playing() -> Option<EpisodeView> {
        let phase = Phase::Playing;
        Some(EpisodeView { number: 0, phase, end: None, agreed: None, start: None, hashes: None })
    }

    fn told(stimuli: &[Stimulus], sent: &[Message]) -> Option<String> {
        let mut owed = Owed::default();
        owed.is_told(stimuli);
        owed.shows(playing());
        sent.iter().for_each(|message| owed.sends(message, Some(0)));
        owed.rest()
    }

    #[test]
    fn what_was_told_and_not_sent_is_owed() {
        let confirm = Stimulus::Confirm { frame: 0, hash: StateHash([1; 8]) };
        let ended = Stimulus::Ended { frame: 9 };
        let input = Message::Input { player: 0, current_frame: 7, entries: vec![(7, 1)] };
        let hash = Message::StateHash { frame: 0, hash: [1; 8] };
        let ready = |episode| Message::EpisodeReady { episode, hash: *b"0123abcd" };
        let end = |episode| Message::EpisodeEnd { frame: 9, episode };
        for (stimuli, right, wrong, says) in [
            (vec![READY], ready(1), ready(2), "its READY was never sent"),
            (vec![ended], end(0), end(1), "its END was never sent"),
            (
                vec![ACT],
                input.clone(),
                hash.clone(),
                "1 input was never sent, the first of frame 7",
            ),
            (
                vec![confirm, Stimulus::TICK],
                hash,
                input,
                "1 hash was never sent, the first of frame 0",
            ),
        ] {
            assert_eq!(told(&stimuli, &[right]), None);
            for sent in [&[][..], &[wrong]] {
                assert_eq!(told(&stimuli, sent).as_deref(), Some(says));
            }
        }
    }

    #[test]
    fn what_the_channel_does_not_take_is_not_owed() {
        let closed = Stimulus::Channel(ChannelState::Closed);
        let (refuse, types) = (Refusals::ALL, Types::default());
        let full = Stimulus::Sends(Sends { accept: 0, refuse, how: How::False, types });
        for before in [closed, full] {
            for what in [READY, ACT, Stimulus::Ended { frame: 9 }] {
                assert_eq!(told(&[before.clone(), what], &[]), None);
            }
        }
        let open = Stimulus::Channel(ChannelState::Open);
        assert!(told(&[Stimulus::Channel(ChannelState::Closed), open, ACT], &[]).is_some());
    }

    #[test]
    fn an_act_that_does_not_count_is_not_owed() {
        let mut owed = Owed::default();
        owed.is_told(&[ACT]);
        owed.shows(None);
        assert_eq!(owed.rest(), None);
    }
}
