//! How far a side has got: the frames that it told and heard, and those whose hashes were equal.

use std::collections::BTreeSet;

use rollwire_model::peer::{InputEntry, Message};

use crate::{
    judged::Judged,
    line::{Payload, What},
};

/// How many frames after a missing one are remembered.
const REMEMBERED: usize = 4096;

/// What a side knows at a time, of the episode that it is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The number of its READY; 0 before the first.
    pub(crate) ready: u32,
    /// The newest frame of which it told its input.
    pub(crate) told: Option<u32>,
    /// The newest frame of which it heard the partner's input.
    pub(crate) heard: Option<u32>,
    /// The newest frame up to which it knows the inputs of both players.
    pub(crate) confirmed: Option<u32>,
    /// The newest frame for which the hashes of both sides were equal.
    pub(crate) verified: Option<u32>,
    /// The first frame of which it has not heard the partner's input, if it knows where they begin.
    pub(crate) waits_for: Option<u32>,
}

/// Frames that follow one another, and some after a gap.
#[derive(Debug, Default)]
struct Run {
    /// The first frame that is missing; nothing before the first one.
    next: Option<u64>,
    beyond: BTreeSet<u32>,
    newest: Option<u32>,
}

impl Run {
    fn add(&mut self, frame: u32) {
        self.newest = self.newest.max(Some(frame));
        let is_known = self.next.is_some_and(|next| u64::from(frame) < next);
        if !is_known {
            self.beyond.insert(frame);
        }
        if self.beyond.len() > REMEMBERED {
            // What has been missing for so long is not waited for any more.
            self.next = self.beyond.first().map(|frame| u64::from(*frame));
        }
        self.goes_on();
    }

    fn goes_on(&mut self) {
        let Some(mut next) = self.next else { return };
        while self.beyond.first().is_some_and(|first| u64::from(*first) <= next) {
            let first = self.beyond.pop_first().map_or(0, u64::from);
            next = next.max(first + 1);
        }
        self.next = Some(next);
    }

    /// It begins with this frame, or with its own first one if that is later.
    fn begins(&mut self, frame: u32, is_certain: bool) {
        let first = self.beyond.first().copied().unwrap_or(frame);
        self.next = Some(u64::from(if is_certain { frame } else { first.max(frame) }));
        self.goes_on();
    }

    /// The last frame before the first that is missing.
    fn last(&self) -> Option<u32> {
        u32::try_from(self.next?.checked_sub(1)?).ok()
    }
}

/// Follows a side from its first record to its last.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// The number of the newest READY that it handed over.
    ready: u32,
    /// Whether everything since that READY is known.
    is_certain: bool,
    /// The first frame of which it told its input.
    first: Option<u32>,
    told: Run,
    heard: Run,
    verified: Option<u32>,
    /// How many frames were compared, and how many of them differ.
    compared: (u64, u64),
    stretch: u64,
}

impl Progress {
    /// Takes the next record, with its message if it has one.
    pub(crate) fn record(&mut self, judged: &Judged, message: Option<&Message>) -> Standing {
        if self.stretch != judged.stretch {
            self.begin(self.ready, false);
            self.stretch = judged.stretch;
        }
        if let Some(message) = message {
            match &judged.record.what {
                What::Sent(Payload::Datagram(_)) => {
                    self.handed(message);
                    self.told(message);
                }
                What::Refused(Payload::Datagram(_)) => self.handed(message),
                What::Received(Payload::Datagram(_)) if judged.hears => self.heard(message),
                _ => {}
            }
            self.verifies(judged, message);
        }
        self.standing()
    }

    /// An episode begins, or it is not known any more what was told and heard.
    fn begin(&mut self, ready: u32, is_certain: bool) {
        let (stretch, compared) = (self.stretch, self.compared);
        *self = Self { ready, is_certain, stretch, compared, ..Self::default() };
    }

    /// A new READY begins an episode.
    fn handed(&mut self, message: &Message) {
        if let Message::EpisodeReady { episode, .. } = message
            && (*episode > self.ready || *episode < self.ready && !self.is_certain)
        {
            self.begin(*episode, true);
        }
    }

    fn told(&mut self, message: &Message) {
        let Some(entries) = entries(message) else { return };
        if let (None, Some((first, _))) = (self.first, entries.first()) {
            self.first = Some(*first);
            self.told.begins(*first, true);
            self.begin_hearing();
        }
        entries.iter().for_each(|entry| self.told.add(entry.0));
    }

    fn heard(&mut self, message: &Message) {
        let Some(entries) = entries(message) else { return };
        entries.iter().for_each(|entry| self.heard.add(entry.0));
        if self.heard.next.is_none() {
            self.begin_hearing();
        }
    }

    /// Both players act from the same frame on. If the capture begins in the middle of a game, the first
    /// frames may be missing.
    fn begin_hearing(&mut self) {
        let Some(first) = self.first else { return };
        if self.is_certain || self.heard.newest.is_some() {
            self.heard.begins(first, self.is_certain);
        }
    }

    fn verifies(&mut self, judged: &Judged, message: &Message) {
        let (compared, differ) = std::mem::replace(&mut self.compared, judged.compared);
        if let Message::StateHash { frame, .. } = message
            && judged.compared.0 > compared
            && judged.compared.1 == differ
        {
            self.verified = self.verified.max(Some(*frame));
        }
    }

    fn standing(&self) -> Standing {
        let last = self.told.last().zip(self.heard.last()).map(|(told, heard)| told.min(heard));
        Standing {
            ready: self.ready,
            told: self.told.newest,
            heard: self.heard.newest,
            confirmed: last.filter(|last| Some(*last) >= self.first),
            verified: self.verified,
            waits_for: self.heard.next.and_then(|next| u32::try_from(next).ok()),
        }
    }
}

fn entries(message: &Message) -> Option<&[InputEntry]> {
    match message {
        Message::Input { entries, .. } | Message::InputResponse { entries, .. } => Some(entries),
        _ => None,
    }
}
