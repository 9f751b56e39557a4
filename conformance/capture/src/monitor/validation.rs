//! VALID: when the own side is validated, and that it asks no more then.

use std::collections::VecDeque;

use super::objection::{Here, Objections, Side};
use crate::line::Moment;

/// A VALIDATION_PING that was on its way to the channel may still be sent within this time.
const LATE: u64 = 100_000;
/// How many own pings are remembered.
const REMEMBERED: usize = 256;

const AFTERWARDS: &str = "a VALIDATION_PING after the validation";

/// The validation of the own side.
#[derive(Debug, Default)]
pub(super) struct Validation {
    is_answered: bool,
    is_seen: bool,
    since: Option<Moment>,
    /// The own pings that were accepted since the opening, the newest last (VALID-5).
    own: VecDeque<u64>,
}

impl Validation {
    pub(super) fn gap(&mut self) {
        *self = Self::default();
    }

    /// A closing begins an unfinished validation anew (VALID-8).
    pub(super) fn closed(&mut self) {
        (self.is_answered, self.is_seen) = (false, false);
        self.own.clear();
    }

    pub(super) fn seen(&mut self, at: Moment) {
        self.is_seen = true;
        self.completes(at);
    }

    pub(super) fn answered(&mut self, at: Moment, bits: u64) {
        self.is_answered |= self.own.contains(&bits);
        self.completes(at);
    }

    fn completes(&mut self, at: Moment) {
        if self.is_seen && self.is_answered {
            self.since.get_or_insert(at);
        }
    }

    pub(super) fn asks(
        &mut self,
        (here, accepted): (Here, bool),
        bits: u64,
        objections: &mut Objections,
    ) {
        if accepted {
            // More of them than a validation lasts.
            if self.own.len() == REMEMBERED {
                self.own.pop_front();
            }
            self.own.push_back(bits);
        }
        if let Some(since) = self.since
            && here.at.since(since) >= LATE
        {
            let detail = format!("the own side was validated at {since}");
            objections.add(here, Side::Own, "VALID-2", AFTERWARDS, detail);
        }
    }
}
