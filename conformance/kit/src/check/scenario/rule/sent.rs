//! The rule that a wrong tick breaks: what it sent, or did not.

use rollwire_model::exchange::Entry;

use super::{Broken, MANY, entries, of_target};
use crate::check::scenario::past::{Left, Life};

impl Broken<'_> {
    pub(super) fn of_tick(&self) -> &'static str {
        let last = self.last();
        if self.before.rolling_back {
            return match () {
                () if self.past.nested => "EXCH-24",
                () if last.stray_end > 0 && last.stray_end > last.sending => "EXCH-25",
                () => "EXCH-9",
            };
        }
        if self.before.closed {
            return if last.reset_while_closed > last.channel { "EXCH-29" } else { "EXCH-10" };
        }
        let [right, got] = [self.right, self.got].map(|it| entries(&it.sent));
        let is_refused = right.len() < self.before.queue;
        if is_refused && got.len() > right.len() && got.starts_with(&right) {
            return "EXCH-11";
        }
        let surplus = got.iter().find(|entry| !right.contains(entry));
        let missing = right.iter().find(|entry| !got.contains(entry));
        match (missing, surplus) {
            (_, Some(entry)) => self.of_surplus(*entry, &right),
            (Some(_), None) if got.is_empty() => self.of_silence(&right),
            (Some(entry), None) => self.of_missing(entry.0, &right, &got),
            (None, None) if got == right => "EXCH-11",
            (None, None) if got.len() > right.len() => "EXCH-14",
            (None, None) if last.refusal > last.sending => "EXCH-12",
            (None, None) => "EXCH-7",
        }
    }

    /// A tick sent nothing, though it should have: either it waited, or what it should have sent is lost.
    fn of_silence(&self, right: &[Entry]) -> &'static str {
        let Some((frame, _)) = right.first() else { return "EXCH-8" };
        let (last, since) = (self.last(), self.last().sending);
        let is_held = self.shown.inspect && self.got.queue.iter().any(|entry| entry.0 == *frame);
        let suspects = [
            (last.nested_end, "EXCH-24"),
            (last.stray_end, "EXCH-25"),
            (last.reset_in_rollback, "EXCH-28"),
        ];
        let life = self.past.life(*frame);
        if !is_held && life.anew.is_some() {
            return self.of_missing(*frame, right, &[]);
        }
        if let Some((_, rule)) = suspects.iter().find(|(when, _)| *when > since) {
            return rule;
        }
        if !is_held && self.has_a_cause(&life) {
            return self.of_missing(*frame, right, &[]);
        }
        let suspects = [
            (last.error, "EXCH-13"),
            (last.reset, "EXCH-29"),
            (last.other_datagram, "EXCH-18"),
            (last.end, "EXCH-26"),
            (last.mismatch, "DETECT-7"),
        ];
        let found = suspects.iter().find(|(when, _)| *when > since);
        match found {
            Some((_, rule)) => rule,
            None if !is_held && right.len() == 1 => self.of_missing(*frame, right, &[]),
            None => "EXCH-8",
        }
    }

    /// Whether something has happened to a frame that waits in the queue which explains that it is lost.
    fn has_a_cause(&self, life: &Life) -> bool {
        let last = self.last();
        let times =
            [last.refusal, last.tick_in_rollback, last.tick_while_closed, last.begin, last.channel];
        life.in_rollback || life.while_closed || times.iter().any(|when| *when > life.queued)
    }

    /// A hash that should have been sent was not.
    fn of_missing(&self, frame: u32, right: &[Entry], got: &[Entry]) -> &'static str {
        let (life, last) = (self.past.life(frame), self.last());
        if self.shown.inspect && self.got.queue.iter().any(|entry| entry.0 == frame) {
            return "EXCH-8";
        }
        let queued = life.queued;
        let is_prefix = right.starts_with(got) && !got.is_empty();
        match life.anew {
            _ if last.error > queued => "EXCH-13",
            _ if last.refusal > queued => "EXCH-12",
            Some(Left::Rollback) => of_target(life.target, "EXCH-22"),
            Some(Left::Bound) => "EXCH-5",
            Some(Left::Reset) => "EXCH-27",
            None if last.tick_in_rollback > queued => "EXCH-9",
            None if last.tick_while_closed > queued => "EXCH-10",
            None if last.begin > queued => of_target(life.target, "EXCH-20"),
            None if life.in_rollback => "EXCH-26",
            None if life.while_closed => "EXCH-1",
            None if last.channel > queued => "EXCH-10",
            None if life.left_at > queued => "EXCH-4",
            None if last.other_datagram > queued => "EXCH-18",
            None if right.len() >= MANY && !is_prefix => "EXCH-4",
            None if is_prefix => "EXCH-8",
            None if last.mismatch > 0 => "DETECT-7",
            None => "EXCH-1",
        }
    }

    /// A hash was sent that should not have been.
    fn of_surplus(&self, (frame, _): Entry, right: &[Entry]) -> &'static str {
        let life = self.past.life(frame);
        let inner = if life.by_inner { "EXCH-24" } else { of_target(life.target, "EXCH-20") };
        let known = if life.newer >= MANY { "EXCH-3" } else { "EXCH-2" };
        let events = [
            (life.again, known),
            (life.withdrawn, inner),
            (life.reset, "EXCH-27"),
            (life.sent, "EXCH-14"),
        ];
        let latest = events.iter().max_by_key(|(when, _)| *when).filter(|(when, _)| *when > 0);
        match latest {
            Some((_, rule)) => rule,
            None if right.iter().any(|entry| entry.0 == frame) => "EXCH-2",
            None => "EXCH-1",
        }
    }
}
