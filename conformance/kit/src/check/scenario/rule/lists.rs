//! The rule that a wrong list breaks: the queue, the inbound map, the history.

use rollwire_model::exchange::{Datagram, Entry, HISTORY, LEAST_MAP_BOUND, Rollback, Stimulus};

use super::{Broken, MANY, SIGN, entries, frame_of};
use crate::check::scenario::past::Left;

impl Broken<'_> {
    pub(super) fn of_queue(&self) -> &'static str {
        let (right, got) = (&self.right.queue, &self.got.queue);
        let missing = |frame: u32| !got.iter().any(|entry| entry.0 == frame);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => self.of_known_frame(),
            Stimulus::Confirm { frame, .. } if missing(*frame) => self.of_unconfirmed(*frame),
            Stimulus::Confirm { frame, .. } => match self.past.life(*frame).anew {
                _ if is_in_another_order(right, got) && self.last().begin > 0 => "EXCH-20",
                _ if is_in_another_order(right, got) => "EXCH-1",
                Some(Left::Bound) => "EXCH-5",
                _ if self.before.history >= HISTORY || right.len() >= MANY => "EXCH-4",
                Some(_) => "EXCH-5",
                None => "EXCH-1",
            },
            Stimulus::Tick {} if self.before.rolling_back => "EXCH-9",
            Stimulus::Tick {} if self.before.closed => "EXCH-10",
            Stimulus::Tick {} => {
                let sent = entries(&self.right.sent);
                match () {
                    () if got.iter().any(|entry| sent.contains(entry)) => "EXCH-14",
                    () if right.is_empty() => "EXCH-14",
                    () if self.past.throws => "EXCH-13",
                    () => "EXCH-12",
                }
            }
            Stimulus::Recv(datagram) if datagram.entry().is_none() => "EXCH-18",
            Stimulus::Recv(_) => "EXCH-4",
            Stimulus::Rollback(Rollback::Begin(target)) => {
                self.of_withdrawal(*target, right, got, "EXCH-20")
            }
            Stimulus::Rollback(Rollback::End) => self.of_end(),
            Stimulus::Reset {} => "EXCH-27",
            Stimulus::Channel(_) if got.len() > right.len() => "EXCH-14",
            // The channel; the stimuli of a peer have rules of their own.
            _ => "EXCH-10",
        }
    }

    fn of_known_frame(&self) -> &'static str {
        let newer = frame_of(self.stimulus).map_or(0, |frame| self.past.life(frame).newer);
        if newer >= MANY { "EXCH-3" } else { "EXCH-2" }
    }

    /// A new frame was not queued, or did not enter the history.
    fn of_unconfirmed(&self, frame: u32) -> &'static str {
        let is_remembered = self.got.history.iter().any(|entry| entry.0 == frame);
        let is_full = self.before.history >= HISTORY;
        match self.past.life(frame).anew {
            None if is_full && self.shown.inspect && !is_remembered => "EXCH-3",
            Some(_) => "EXCH-5",
            // It had room for many, and not for this one.
            None if self.before.queue >= MANY && self.got.queue.len() >= MANY => "EXCH-4",
            None if self.before.rolling_back => "EXCH-26",
            None if self.before.closed => "EXCH-1",
            None if self.before.queue >= MANY => "EXCH-4",
            None if is_full => "EXCH-3",
            None if self.last().mismatch > 0 => "DETECT-7",
            None => "EXCH-1",
        }
    }

    /// A rollback withdrew something else from a list than it should have.
    fn of_withdrawal(
        &self,
        target: u32,
        right: &[Entry],
        got: &[Entry],
        rule: &'static str,
    ) -> &'static str {
        if self.past.nested {
            return "EXCH-24";
        }
        let is_signed = |frame: u32| frame > SIGN;
        let differing = right.iter().chain(got).filter(|it| right.contains(it) != got.contains(it));
        let mut frames = differing.map(|entry| entry.0);
        match target {
            0 | u32::MAX => "EXCH-23",
            _ if frames.any(|frame| is_signed(frame) != is_signed(target)) => "EXCH-23",
            _ => rule,
        }
    }

    fn of_end(&self) -> &'static str {
        match self.before.rolling_back {
            false => "EXCH-25",
            true => "EXCH-26",
        }
    }

    pub(super) fn of_map(&self) -> &'static str {
        let (right, got) = (&self.right.map, &self.got.map);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => "EXCH-2",
            Stimulus::Confirm { .. } if self.before.rolling_back => "DETECT-8",
            Stimulus::Confirm { .. } => self.of_comparison("DETECT-1"),
            Stimulus::Recv(datagram) => self.of_received(datagram),
            Stimulus::Tick {} | Stimulus::Sends(_) => "EXCH-15",
            Stimulus::Rollback(Rollback::Begin(target)) => {
                self.of_withdrawal(*target, right, got, "EXCH-21")
            }
            Stimulus::Rollback(Rollback::End) if !self.before.rolling_back => "EXCH-25",
            Stimulus::Rollback(Rollback::End) if self.before.map.len() == right.len() => "EXCH-26",
            Stimulus::Rollback(Rollback::End) if got.len() < right.len() => "EXCH-26",
            Stimulus::Rollback(Rollback::End) => self.of_comparison("DETECT-9"),
            Stimulus::Reset {} => "EXCH-27",
            _ => "EXCH-17",
        }
    }

    /// The map is wrong where two hashes were compared: nothing was compared, or something else was taken
    /// out of it.
    fn of_comparison(&self, not_compared: &'static str) -> &'static str {
        let compared =
            self.got.verified == self.right.verified && self.got.events == self.right.events;
        if self.shown.detect && !compared { not_compared } else { "DETECT-4" }
    }

    fn of_received(&self, datagram: &Datagram) -> &'static str {
        let Some((frame, _)) = datagram.entry() else { return "EXCH-18" };
        let at = |list: &[Entry]| list.iter().find(|entry| entry.0 == frame).copied();
        let (right, got) = (at(&self.right.map), at(&self.got.map));
        match (right, got) {
            (None, Some(_)) => self.of_comparison("DETECT-2"),
            (Some(_), None) if self.before.closed => "EXCH-17",
            (Some(_), None) if self.before.rolling_back && self.has_compared() => "DETECT-8",
            (Some(_), None) if self.before.rolling_back => "EXCH-26",
            (Some(_), None) if self.before.has_peer => "EXCH-16",
            (Some(_), None) if self.last().mismatch > 0 => "DETECT-7",
            (Some(_), None) if self.is_beyond_a_bound() => "EXCH-19",
            (Some(_), None) => "EXCH-15",
            (Some(right), Some(got)) if right != got => "EXCH-16",
            _ if self.before.is_known => "DETECT-4",
            _ if self.is_beyond_a_bound() => "EXCH-19",
            _ if self.got.map.len() > self.right.map.len() => "EXCH-16",
            _ => "EXCH-15",
        }
    }

    /// Whether a map is wrong that holds more than the other lists ever do: where all of the least bound
    /// is used, or where fewer hashes would fit.
    fn is_beyond_a_bound(&self) -> bool {
        let (right, got) = (self.right.map.len(), self.got.map.len());
        right >= LEAST_MAP_BOUND || (HISTORY < got && got < right)
    }

    /// Whether the stimulus compared something.
    fn has_compared(&self) -> bool {
        self.got.verified != self.before.verified || self.got.events.len() != self.before.events
    }

    pub(super) fn of_history(&self) -> &'static str {
        let (right, got) = (&self.right.history, &self.got.history);
        let has = |frame: u32| got.iter().any(|entry| entry.0 == frame);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => "EXCH-2",
            Stimulus::Confirm { .. } if self.before.has_peer && !self.before.rolling_back => {
                "DETECT-4"
            }
            Stimulus::Confirm { frame, .. } if has(*frame) => "EXCH-3",
            Stimulus::Confirm { .. } if self.before.history >= HISTORY => "EXCH-3",
            Stimulus::Confirm { frame, .. } => self.of_unconfirmed(*frame),
            Stimulus::Recv(datagram) if datagram.entry().is_none() => "EXCH-18",
            Stimulus::Recv(_) => "DETECT-4",
            Stimulus::Rollback(Rollback::Begin(target)) => {
                self.of_withdrawal(*target, right, got, "EXCH-22")
            }
            Stimulus::Rollback(Rollback::End) => self.of_end(),
            Stimulus::Reset {} => "EXCH-27",
            Stimulus::Tick {} => "EXCH-14",
            _ => "EXCH-10",
        }
    }
}

/// Whether two lists have the same entries.
fn is_in_another_order(one: &[Entry], other: &[Entry]) -> bool {
    let sorted = |list: &[Entry]| {
        let mut sorted = list.to_vec();
        sorted.sort_unstable();
        sorted
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}
