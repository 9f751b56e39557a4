//! EPISODE: what the own side repeats, and what it answers: READYs after the start (EPISODE-6), and ENDs
//! (EPISODE-7, EPISODE-14).

use std::collections::VecDeque;

use super::objection::{CAREFUL, Here, Objections, Side};
use crate::line::Moment;

/// How many READYs and ENDs of an episode are answered.
const READY_ANSWERS: u32 = 10;
const END_ANSWERS: u32 = 8;
/// A repeated END is not answered this shortly after the own one; a clock may differ by a fifth.
const TOO_SHORT: u64 = 300_000;
/// What was on its way to the channel when a message came may still be sent within this time.
const LATE: u64 = 100_000;

const READY_IGNORED: &str = "a READY after the start that is not answered";
const READY_SURPLUS: &str = "a READY after the start that answers nothing";
const END_IGNORED: &str = "a repeated END that is not answered";
const END_SURPLUS: &str = "an END that is repeated although the partner's is known";

/// One kind of message in the current episode.
#[derive(Debug, Default)]
struct Echo {
    /// When the own one was handed over last.
    own: Option<Moment>,
    /// When the partner's one arrived first.
    partner: Option<Moment>,
    /// Those that still have to be answered.
    open: VecDeque<Here>,
    /// How many of the partner have arrived for which none of the own side was handed over since.
    asked: u32,
    answers: u32,
}

impl Echo {
    /// Since when both are known.
    fn both(&self) -> Option<Moment> {
        self.own.and(self.partner)
    }

    fn handed(&mut self, now: Moment) {
        self.own = Some(now);
        // It may have answered one that did not have to be answered.
        self.open.pop_front();
        self.answers += u32::from(self.asked > 0);
        self.asked = self.asked.saturating_sub(1);
    }

    /// The first one that has waited for too long.
    fn ignored(&mut self, now: Moment, most: u32) -> Option<Here> {
        let asked = *self.open.front()?;
        if now.since(asked.at) <= CAREFUL {
            return None;
        }
        self.open.clear();
        (self.answers < most).then_some(asked)
    }
}

/// The READYs and the ENDs of the current episode.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    /// The number of the READY; its episode is one less. None if it is not certain that it just began.
    ready: Option<u32>,
    readys: Echo,
    ends: Echo,
    is_closed: bool,
    /// The partner's READY, if it came before the own one.
    early: Option<u32>,
}

impl Echoes {
    pub(super) fn gap(&mut self) {
        *self = Self { is_closed: true, ..Self::default() };
    }

    pub(super) fn opened(&mut self) {
        self.is_closed = false;
    }

    /// Nothing is answered while the channel is closed. The game may end, and begin the next episode, which is
    /// only told later.
    pub(super) fn closed(&mut self) {
        (self.is_closed, self.ready) = (true, None);
        self.readys.open.clear();
        self.ends.open.clear();
    }

    /// The own side begins an episode with this READY.
    pub(super) fn begin(&mut self, now: Moment, ready: u32) {
        let (early, is_closed) = (self.early.filter(|early| *early == ready), self.is_closed);
        *self = Self { ready: Some(ready), is_closed, ..Self::default() };
        self.readys.own = Some(now);
        self.readys.partner = early.map(|_| now);
    }

    /// It is not known when the episode began.
    pub(super) fn begin_uncertain(&mut self) {
        self.ready = None;
    }

    pub(super) fn handed_ready(&mut self, here: Here, number: u32, objections: &mut Objections) {
        if self.ready != Some(number) {
            return;
        }
        if let Some(start) = self.readys.both()
            && here.at.since(start) > LATE
            && self.readys.asked == 0
        {
            let detail = format!("READY {number}; the episode started at {start}");
            objections.add(here, Side::Own, "EPISODE-6", READY_SURPLUS, detail);
        }
        self.readys.handed(here.at);
    }

    pub(super) fn received_ready(&mut self, here: Here, number: u32) {
        if self.ready != Some(number) {
            self.early = Some(number);
            return;
        }
        let has_started = self.readys.partner.is_some();
        self.readys.partner.get_or_insert(here.at);
        self.readys.asked = self.readys.asked.saturating_add(1);
        if has_started && !self.is_closed {
            self.readys.open.push_back(here);
        }
    }

    pub(super) fn handed_end(&mut self, here: Here, episode: u32, objections: &mut Objections) {
        if self.ready != episode.checked_add(1) {
            return;
        }
        if let (Some(_), Some(known)) = (self.ends.own, self.ends.partner)
            && here.at.since(known) > LATE
            && self.ends.asked == 0
        {
            let detail = format!("END of episode {episode}; the partner's came at {known}");
            objections.add(here, Side::Own, "EPISODE-7", END_SURPLUS, detail);
        }
        self.ends.handed(here.at);
    }

    pub(super) fn received_end(&mut self, here: Here, episode: u32) {
        if self.ready != episode.checked_add(1) {
            return;
        }
        let is_repeat = self.ends.partner.is_some();
        self.ends.partner.get_or_insert(here.at);
        self.ends.asked = self.ends.asked.saturating_add(1);
        let Some(own) = self.ends.own else { return };
        if is_repeat && !self.is_closed && here.at.since(own) >= TOO_SHORT {
            self.ends.open.push_back(here);
        }
    }

    pub(super) fn passes(&mut self, now: Moment, objections: &mut Objections) {
        let Some(ready) = self.ready else { return };
        if let Some(asked) = self.readys.ignored(now, READY_ANSWERS) {
            let detail = format!("READY {ready} was not answered within a second");
            objections.add(asked, Side::Own, "EPISODE-6", READY_IGNORED, detail);
        }
        if let Some(asked) = self.ends.ignored(now, END_ANSWERS) {
            let detail = format!("END of episode {} was not answered", ready.saturating_sub(1));
            objections.add(asked, Side::Own, "EPISODE-14", END_IGNORED, detail);
        }
    }
}
