//! VALID: the order in which its rules are applied.

use crate::peer::{
    handed::Handed,
    message::Message,
    session::Session,
    state::{Validation, ValidationPhase},
};

impl Session {
    /// VALID-1, VALID-7, VALID-8: the channel has opened.
    pub(in crate::peer) fn begin_validation(&mut self) {
        let valid = self.rules.valid;
        if (valid.begins)(&self.state) {
            let (first, fails) = ((valid.first)(&self.state), (valid.fails)(&self.state));
            let seen = (valid.seen_before)(&self.state);
            self.state.validation = Validation {
                phase: ValidationPhase::Validating,
                seen,
                ping_at: Some(first),
                fails_at: Some(fails),
                ..Validation::default()
            };
        }
    }

    /// VALID-8: the channel has closed.
    pub(in crate::peer) fn suspend_validation(&mut self) {
        if (self.rules.valid.suspends)(&self.state) {
            (self.rules.valid.closes)(&mut self.state);
        }
    }

    /// VALID-1, VALID-2: an own ping is due.
    pub(in crate::peer) fn validation_ping(&mut self, due: u64) {
        let valid = self.rules.valid;
        self.state.validation.ping_at = (valid.again)(&self.state, due);
        for _ in 0..(valid.copies)(&self.state) {
            let timestamp = (valid.timestamp)(&self.state);
            match self.hand(&Message::ValidationPing { timestamp }) {
                Handed::Accepted => (valid.remembers)(&mut self.state, timestamp),
                Handed::Refused => (valid.refused)(&mut self.state, timestamp),
                Handed::NotOpen => {}
            }
        }
    }

    /// VALID-3, VALID-4: a ping of the partner has arrived.
    pub(in crate::peer) fn validation_pong(&mut self, timestamp: u64) {
        let valid = self.rules.valid;
        let mut handed = Handed::Refused;
        for timestamp in (valid.answers)(&self.state, timestamp) {
            handed = self.hand(&Message::ValidationPong { timestamp });
        }
        if (valid.sees)(&self.state, handed) {
            self.state.validation.seen = true;
        }
        self.settle_validation();
    }

    /// VALID-5: a VALIDATION_PONG has arrived.
    pub(in crate::peer) fn validation_answer(&mut self, timestamp: u64) {
        if (self.rules.valid.counts)(&self.state, timestamp) {
            self.state.validation.answered = true;
        }
        self.settle_validation();
    }

    /// VALID-6, and LIVE-1, which begins with it.
    fn settle_validation(&mut self) {
        let valid = self.rules.valid;
        if (valid.is_proved)(&self.state) {
            self.state.validation.phase = ValidationPhase::Validated;
            (valid.settles)(&mut self.state);
            if self.state.areas.liveness {
                self.state.liveness.ping_at = (self.rules.live.first_after_validation)(&self.state);
            }
        }
    }

    /// VALID-7: the time is over.
    pub(in crate::peer) fn fail_validation(&mut self) {
        self.state.validation.phase = ValidationPhase::Failed;
        (self.rules.valid.settles)(&mut self.state);
    }
}
