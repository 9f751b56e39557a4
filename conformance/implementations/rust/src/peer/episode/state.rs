//! The current episode, what is left of the one before, and what has come for the next.

use rollwire_codec::{EpisodeEnd, EpisodeReady, HashText};

use super::ends::Ends;
use crate::peer::{channel::Line, clock::Time, options::Parameters};

/// The phase of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The own game is ready, and waits for the partner's.
    Waiting,
    /// The game is in progress.
    Playing,
    /// The own game has ended; inputs below the end may still be missing.
    Ending,
    /// The episode is over.
    Complete,
}

/// How an episode has started (EPISODE-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// Both games were ready.
    Both,
    /// The partner's READY had not come after five seconds.
    Alone,
}

/// How the hashes of the two games compare at the start (EPISODE-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hashes {
    /// Both games begin in the same state.
    Equal,
    /// The games begin in different states: a desync from the first frame on.
    Different,
}

/// Where an episode ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct End {
    /// The first frame that is not part of the episode.
    pub frame: u32,
    /// Whether both peers have said where it ends (EPISODE-9), or only this one (EPISODE-11).
    pub agreed: bool,
}

/// What is known of the current episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Episode {
    /// The number of the episode, from 0.
    pub number: u32,
    /// Its phase.
    pub phase: Phase,
    /// Where it ends, once this is known.
    pub end: Option<End>,
    /// How it has started, once it has.
    pub start: Option<Start>,
    /// How the hashes of the two games compare, once they were compared.
    pub hashes: Option<Hashes>,
}

type Hash = [u8; HashText::LEN];

/// The episodes of this peer.
#[derive(Clone, Debug)]
pub(crate) struct Episodes {
    repeats_end: bool,
    current: Option<Current>,
    /// The ENDs of the episode before.
    previous: Option<Ends>,
    /// The hash of the partner's READY for the next episode (EPISODE-3).
    next_ready: Option<Hash>,
}

#[derive(Clone, Debug)]
struct Current {
    shown: Episode,
    /// The number that the READYs of this episode carry.
    ready_number: u32,
    own_hash: Hash,
    ends: Ends,
    /// How many READYs were answered after the start.
    answers: u8,
    starts_alone_at: Option<Time>,
    repeats_ready_at: Option<Time>,
    completes_at: Option<Time>,
    repeats_end_at: Option<Time>,
}

/// Milliseconds.
impl Episodes {
    const READY_INTERVAL: u32 = 500;
    const READY_LIMIT: u32 = 5000;
    const END_INTERVAL: u32 = 250;
    const END_LIMIT: u32 = 2000;
    const CONFIRMATION_LIMIT: u32 = 500;
}

impl Episodes {
    pub(crate) const fn new(parameters: &Parameters) -> Self {
        Self {
            repeats_end: parameters.repeats_end,
            current: None,
            previous: None,
            next_ready: None,
        }
    }

    pub(crate) fn current(&self) -> Option<Episode> {
        Some(self.current.as_ref()?.shown)
    }

    /// The agreed end of the current episode.
    pub(crate) fn agreed_end(&self) -> Option<u64> {
        let end = self.current()?.end?;
        end.agreed.then_some(end.frame.into())
    }

    /// Whether there is an episode before the current one for which no END of the partner was
    /// received (EPISODE-13).
    pub(crate) fn may_partner_play_previous(&self) -> bool {
        self.previous.as_ref().is_some_and(|it| it.partner.is_none())
    }

    pub(crate) fn starts_alone_at(&self) -> Option<Time> {
        self.current.as_ref()?.starts_alone_at
    }

    pub(crate) fn repeats_ready_at(&self) -> Option<Time> {
        self.current.as_ref()?.repeats_ready_at
    }

    pub(crate) fn completes_at(&self) -> Option<Time> {
        self.current.as_ref()?.completes_at
    }

    pub(crate) fn repeats_end_at(&self) -> Option<Time> {
        self.current.as_ref()?.repeats_end_at
    }

    /// Begins the next episode if the last one is complete, and returns whether it did (EPISODE-1
    /// to EPISODE-4).
    pub(crate) fn ready(&mut self, hash: HashText<'_>, now: Time, line: &mut Line<'_>) -> bool {
        // A READY carries the number of the episode plus one, so the last episode is 4294967294.
        let number = match &self.current {
            None => 0,
            Some(last) if last.shown.phase == Phase::Complete => last.ready_number,
            Some(_) => return false,
        };
        let Some(ready_number) = number.checked_add(1) else { return false };
        self.previous = self.current.as_ref().map(|last| last.ends);
        let mut current = Current {
            shown: Episode { number, phase: Phase::Waiting, end: None, start: None, hashes: None },
            ready_number,
            own_hash: *hash.as_bytes(),
            ends: Ends::new(number, now),
            answers: 0,
            starts_alone_at: Some(now.after(Self::READY_LIMIT)),
            repeats_ready_at: Some(now.after(Self::READY_INTERVAL)),
            completes_at: None,
            repeats_end_at: None,
        };
        current.send_ready(line);
        if let Some(partner) = self.next_ready.take() {
            current.receive_ready(partner, line);
        }
        self.current = Some(current);
        true
    }

    pub(crate) fn repeat_ready(&mut self, now: Time, line: &mut Line<'_>) {
        if let Some(current) = &mut self.current {
            current.repeats_ready_at = Some(now.after(Self::READY_INTERVAL));
            current.send_ready(line);
        }
    }

    pub(crate) fn start_alone(&mut self) {
        if let Some(current) = &mut self.current {
            current.start(Start::Alone);
        }
    }

    /// Handles a READY of the current episode, and keeps the first one of the next (EPISODE-3).
    pub(crate) fn receive_ready(&mut self, ready: EpisodeReady<'_>, line: &mut Line<'_>) {
        let hash = *ready.hash.as_bytes();
        match &mut self.current {
            Some(current) if current.ready_number == ready.episode => {
                current.receive_ready(hash, line);
            }
            current => {
                let last = current.as_ref().map_or(0, |it| it.ready_number);
                if last.checked_add(1) == Some(ready.episode) {
                    self.next_ready.get_or_insert(hash);
                }
            }
        }
    }

    /// Ends the local game, and returns whether it was in progress (EPISODE-7).
    pub(crate) fn ended(&mut self, frame: u32, now: Time, line: &mut Line<'_>) -> bool {
        let Some(current) = &mut self.current else { return false };
        if current.shown.phase != Phase::Playing {
            return false;
        }
        current.shown.phase = Phase::Ending;
        current.ends.own = Some(frame);
        current.ends.send(now, line);
        current.completes_at = Some(now.after(Self::END_LIMIT));
        current.repeats_end_at = self.repeats_end.then(|| now.after(Self::END_INTERVAL));
        current.agree(now);
        true
    }

    pub(crate) fn repeat_end(&mut self, now: Time, line: &mut Line<'_>) {
        if let Some(current) = &mut self.current {
            current.repeats_end_at = Some(now.after(Self::END_INTERVAL));
            current.ends.send(now, line);
        }
    }

    /// Handles an END of the current episode, or of the one before (EPISODE-8, EPISODE-14).
    pub(crate) fn receive_end(&mut self, end: EpisodeEnd, now: Time, line: &mut Line<'_>) {
        if let Some(current) = &mut self.current
            && current.ends.episode == end.episode
        {
            current.ends.receive(end.frame, now, line);
            current.agree(now);
        } else if let Some(previous) = &mut self.previous
            && previous.episode == end.episode
        {
            previous.receive(end.frame, now, line);
        }
    }

    /// The episode is over. Without an END of the partner its end is the own one (EPISODE-11).
    pub(crate) fn complete(&mut self) {
        if let Some(current) = &mut self.current {
            current.shown.phase = Phase::Complete;
            current.completes_at = None;
            current.repeats_end_at = None;
            let own = current.ends.own.map(|frame| End { frame, agreed: false });
            current.shown.end = current.shown.end.or(own);
        }
    }
}

impl Current {
    /// How many READYs are answered after the start (EPISODE-6).
    const MAX_ANSWERS: u8 = 10;

    fn send_ready(&self, line: &mut Line<'_>) {
        // The characters come from a valid text, so they are one.
        if let Ok(hash) = HashText::from_bytes(&self.own_hash) {
            line.send(EpisodeReady { episode: self.ready_number, hash });
        }
    }

    fn start(&mut self, start: Start) {
        self.shown.phase = Phase::Playing;
        self.shown.start = Some(start);
        self.starts_alone_at = None;
        self.repeats_ready_at = None;
    }

    /// Compares the hashes once (EPISODE-5), then starts, or answers a sender that may still be
    /// waiting (EPISODE-6).
    fn receive_ready(&mut self, hash: Hash, line: &mut Line<'_>) {
        let hashes = if self.own_hash == hash { Hashes::Equal } else { Hashes::Different };
        self.shown.hashes.get_or_insert(hashes);
        if self.shown.phase == Phase::Waiting {
            self.start(Start::Both);
        } else if line.is_open() && self.answers < Self::MAX_ANSWERS {
            self.answers = self.answers.saturating_add(1);
            self.send_ready(line);
        }
    }

    /// If both ENDs are known now, and were not before, the end is the smaller one (EPISODE-9).
    fn agree(&mut self, now: Time) {
        if self.shown.phase == Phase::Ending
            && self.shown.end.is_none()
            && let (Some(own), Some(partner)) = (self.ends.own, self.ends.partner)
        {
            self.shown.end = Some(End { frame: own.min(partner), agreed: true });
            self.completes_at = Some(now.after(Episodes::CONFIRMATION_LIMIT));
            self.repeats_end_at = None;
        }
    }
}
