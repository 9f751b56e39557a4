//! VALID: when the own side is validated, and that it asks no more then.

use super::objection::{Here, Objections, Side};
use crate::line::Moment;

/// A VALIDATION_PING that was on its way to the channel may still be sent within this time.
const LATE: u64 = 100_000;

const AFTERWARDS: &str = "a VALIDATION_PING after the validation";

/// The validation of the own side.
#[derive(Debug, Default)]
pub(super) struct Validation {
    is_answered: bool,
    is_seen: bool,
    since: Option<Moment>,
}

impl Validation {
    pub(super) fn gap(&mut self) {
        *self = Self::default();
    }

    /// A closing begins an unfinished validation anew (VALID-8).
    pub(super) fn closed(&mut self) {
        (self.is_answered, self.is_seen) = (false, false);
    }

    pub(super) fn seen(&mut self, at: Moment) {
        self.is_seen = true;
        self.completes(at);
    }

    pub(super) fn answered(&mut self, at: Moment) {
        self.is_answered = true;
        self.completes(at);
    }

    fn completes(&mut self, at: Moment) {
        if self.is_seen && self.is_answered {
            self.since.get_or_insert(at);
        }
    }

    pub(super) fn asks(&self, here: Here, objections: &mut Objections) {
        if let Some(since) = self.since
            && here.at.since(since) >= LATE
        {
            let detail = format!("the own side was validated at {since}");
            objections.add(here, Side::Own, "VALID-2", AFTERWARDS, detail);
        }
    }
}
