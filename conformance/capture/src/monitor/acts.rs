//! SYNC and CATCHUP: how the INPUTs of the own side follow one another.
//!
//! Each act hands over one INPUT with the newest entries. Before it, in the same instant, the entries
//! may be told that no INPUT has had (CATCHUP-12). So an INPUT is judged as that of an act only when none
//! follows in the same millisecond, or one whose window reaches into it.

use std::collections::BTreeSet;

use rollwire_model::peer::InputEntry;

use super::objection::{Here, Objections, Side};
use crate::line::Moment;

/// INPUTs within this time may belong to one act.
const INSTANT: u64 = 1_000;
/// How many frames are remembered that no INPUT has told.
const REMEMBERED: usize = 4096;
/// Every peer keeps this many entries (CATCHUP-10).
const KEPT: u32 = 1024;

const SKIPS: &str = "an INPUT that skips a frame";
const REPEATS: &str = "an INPUT without a new frame";
const WINDOW: &str = "an INPUT with another number of entries";
const GHOSTS: &str = "entries of the episode before";
const UNTOLD: &str = "entries that were never told";

/// An INPUT.
#[derive(Clone, Copy, Debug)]
struct Window {
    here: Here,
    oldest: u32,
    newest: u32,
    accepted: bool,
}

impl Window {
    fn size(self) -> u32 {
        (self.newest - self.oldest).saturating_add(1)
    }
}

/// What is known of the acts of the own side in this episode.
#[derive(Debug, Default)]
pub(super) struct Acts {
    /// How many of the newest entries an INPUT has, once that is known.
    redundancy: Option<u8>,
    /// The first frame, if the beginning of the episode is known.
    first: Option<u32>,
    /// The lowest frame that was handed over, accepted or not.
    lowest: Option<u32>,
    /// The INPUT of the newest act.
    last: Option<Window>,
    /// The newest INPUT, while it is not known whether another one follows in the same instant.
    waiting: Option<Window>,
    /// The frames that were in an accepted INPUT, the newest ones.
    told: BTreeSet<u32>,
    /// The frames below the window that no accepted INPUT has had.
    untold: BTreeSet<u32>,
    /// Whether an act may have happened that handed over nothing: the channel was closed.
    is_interrupted: bool,
    /// Whether an INPUT that told old entries was refused in this instant.
    is_telling_refused: bool,
    /// Whether this is the beginning of an episode.
    begins: bool,
}

impl Acts {
    pub(super) fn new(redundancy: Option<u8>) -> Self {
        Self { redundancy, is_interrupted: true, ..Self::default() }
    }

    /// The first frame of the episode, if it is known.
    pub(super) fn first(&self) -> Option<u32> {
        self.first
    }

    /// The newest frame of the own player.
    pub(super) fn newest(&self) -> Option<u32> {
        self.waiting.or(self.last).map(|window| window.newest)
    }

    /// The own side begins an episode.
    pub(super) fn begin(&mut self) {
        *self = Self { redundancy: self.redundancy, begins: true, ..Self::default() };
    }

    /// The own game begins again at its first frame.
    pub(super) fn restart(&mut self) {
        *self = Self { redundancy: self.redundancy, ..Self::default() };
    }

    /// Records are missing.
    pub(super) fn gap(&mut self) {
        *self = Self::new(self.redundancy);
    }

    /// The channel was closed, so acts may have handed over nothing.
    pub(super) fn interrupt(&mut self, objections: &mut Objections) {
        self.judge_waiting(objections);
        self.is_interrupted = true;
    }

    /// Whether an INPUT shows that the game was reset: a frame that was told already comes alone, or after an
    /// interruption.
    pub(super) fn restarts(&self, entries: &[InputEntry]) -> bool {
        let (Some(newest), Some((last, _))) = (self.newest(), entries.last()) else { return false };
        if self.first.is_some_and(|first| *last < first) {
            return true;
        }
        // A window of one entry is that of the first act, unless the redundancy is 1.
        let is_first = |(frame, _): &InputEntry| self.lowest == Some(*frame);
        let is_told = |(frame, _): &InputEntry| self.told.contains(frame);
        *last <= newest
            && match entries {
                [entry] => is_first(entry) || is_told(entry),
                _ => self.is_interrupted && entries.iter().any(is_told),
            }
    }

    /// Whether acts may have happened that were not handed over.
    pub(super) fn are_interrupted(&self) -> bool {
        self.is_interrupted
    }

    /// An INPUT was handed to the channel.
    pub(super) fn handed(
        &mut self,
        here: Here,
        accepted: bool,
        entries: &[InputEntry],
        objections: &mut Objections,
    ) {
        let (Some((oldest, _)), Some((newest, _))) = (entries.first(), entries.last()) else {
            return;
        };
        // An INPUT that is not in order has been objected to.
        if oldest > newest {
            return;
        }
        self.passes(here.at, objections);
        self.lowest = Some(self.lowest.map_or(*oldest, |lowest| lowest.min(*oldest)));
        if let Some(waiting) = self.waiting {
            // What is told lies below the window of the act that follows.
            let follows =
                self.last.is_some_and(|last| last.newest.checked_add(1) == Some(waiting.newest));
            if follows || waiting.newest >= *oldest {
                self.judge_waiting(objections);
            } else {
                self.is_telling_refused |= !waiting.accepted;
            }
        }
        if accepted {
            for (frame, _) in entries {
                self.untold.remove(frame);
                self.told.insert(*frame);
                if self.told.len() > REMEMBERED {
                    self.told.pop_first();
                }
            }
        }
        self.waiting = Some(Window { here, oldest: *oldest, newest: *newest, accepted });
    }

    /// Time has passed: no other INPUT belongs to the newest act.
    pub(super) fn passes(&mut self, now: Moment, objections: &mut Objections) {
        if self.waiting.is_some_and(|waiting| now.since(waiting.here.at) >= INSTANT) {
            self.judge_waiting(objections);
        }
    }

    fn judge_waiting(&mut self, objections: &mut Objections) {
        let Some(act) = self.waiting.take() else { return };
        let here = act.here;
        let mut object = |rule, kind, detail| objections.add(here, Side::Own, rule, kind, detail);
        match self.last {
            None if self.is_interrupted => {}
            None if self.begins && act.size() > 1 => {
                let detail = format!(
                    "the first INPUT after a READY holds frames {} to {}",
                    act.oldest, act.newest
                );
                object("EPISODE-1", GHOSTS, detail);
            }
            None => self.first = Some(act.oldest),
            Some(last) if act.newest <= last.newest => {
                let detail = format!("frame {}, after frame {}", act.newest, last.newest);
                object("SYNC-1", REPEATS, detail);
                return;
            }
            Some(last) => {
                if !self.is_interrupted && act.newest > last.newest.saturating_add(1) {
                    let detail = format!("frame {} follows frame {}", act.newest, last.newest);
                    object("SYNC-1", SKIPS, detail);
                }
                if last.newest.checked_add(1) == Some(act.newest) && !self.is_interrupted {
                    self.judge_size(last, act, objections);
                }
                self.judge_untold(last, act, objections);
            }
        }
        self.begins = false;
        self.is_interrupted = false;
        self.is_telling_refused = false;
        self.last = Some(act);
    }

    /// SYNC-3: a window either grows from the first frame on, or moves.
    fn judge_size(&mut self, last: Window, act: Window, objections: &mut Objections) {
        let size = act.size();
        let expected = match self.redundancy {
            Some(most) => {
                let all =
                    self.first.map(|first| act.newest.saturating_sub(first).saturating_add(1));
                all.map_or(u32::from(most), |all| all.min(most.into()))
            }
            // It grows by one, or the redundancy is known from now on.
            None if act.oldest == last.oldest => return,
            None if last.oldest.checked_add(1) == Some(act.oldest) => {
                self.redundancy = u8::try_from(size).ok();
                return;
            }
            None => last.size(),
        };
        // Without the beginning of the episode, a window that grows may not be full yet.
        let may_grow = self.first.is_none() && act.oldest == last.oldest && size <= expected;
        if size != expected && !may_grow {
            let detail = format!("{size} entries; expected the newest {expected}");
            objections.add(act.here, Side::Own, "SYNC-3", WINDOW, detail);
        }
    }

    /// CATCHUP-12: what leaves the window was told, or is told now.
    fn judge_untold(&mut self, last: Window, act: Window, objections: &mut Objections) {
        let from = last.oldest.max(act.newest.saturating_sub(KEPT));
        let left = (from..act.oldest).filter(|frame| !self.told.contains(frame));
        self.untold.extend(left.take(REMEMBERED));
        while self.untold.first().is_some_and(|frame| act.newest.saturating_sub(*frame) >= KEPT) {
            self.untold.pop_first();
        }
        if self.is_telling_refused || !act.accepted {
            return;
        }
        if let Some(first) = self.untold.first() {
            let count = self.untold.len();
            let detail = format!("{count} of them, the first of frame {first}");
            objections.add(act.here, Side::Own, "CATCHUP-12", UNTOLD, detail);
            self.untold.clear();
        }
    }
}
