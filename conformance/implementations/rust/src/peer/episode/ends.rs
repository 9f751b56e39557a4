//! The two ENDs of one episode, and the answers to repeated ones.

use rollwire_codec::EpisodeEnd;

use crate::peer::{channel::Line, clock::Time};

/// The two ENDs of one episode. Those of the episode before are kept as well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// The number of the episode.
    pub(super) episode: u32,
    /// The frame of the own END, if the local game has ended.
    pub(super) own: Option<u32>,
    /// The frame of the first END of the partner that has arrived.
    pub(super) partner: Option<u32>,
    /// How many repeats were answered.
    answers: u8,
    /// From when on a repeat is answered: a while after the own END was last handed to the channel.
    answers_from: Time,
}

impl Ends {
    /// How many repeats are answered in each episode (EPISODE-14).
    const MAX_ANSWERS: u8 = 8;

    /// The milliseconds from an own END to an answer, so that two peers do not answer each other's
    /// answers (EPISODE-14).
    const PAUSE: u32 = 250;

    pub(super) const fn new(episode: u32, now: Time) -> Self {
        Self { episode, own: None, partner: None, answers: 0, answers_from: now }
    }

    /// Sends the own END, if there is one. A refused one has been handed to the channel as well, and
    /// one that is not sent because the channel is closed has not.
    pub(super) fn send(&mut self, now: Time, line: &mut Line<'_>) {
        if let Some(frame) = self.own
            && line.is_open()
        {
            self.answers_from = now.after(Self::PAUSE);
            line.send(EpisodeEnd { frame, episode: self.episode });
        }
    }

    /// Keeps the partner's first END, and answers one that repeats it, because its sender has not
    /// heard the own one (EPISODE-8, EPISODE-14).
    pub(super) fn receive(&mut self, frame: u32, now: Time, line: &mut Line<'_>) {
        if self.partner.is_none() {
            self.partner = Some(frame);
        } else if self.own.is_some()
            && line.is_open()
            && now >= self.answers_from
            && self.answers < Self::MAX_ANSWERS
        {
            self.answers = self.answers.saturating_add(1);
            self.send(now, line);
        }
    }
}
