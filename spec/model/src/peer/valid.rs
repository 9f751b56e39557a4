//! VALID: the handshake that proves a channel.

use super::{
    live::bits_of,
    message::Message,
    session::{Handed, Session},
    state::{State, Validation, ValidationPhase},
};

/// VALID-1: milliseconds from an opening to the first VALIDATION_PING.
pub(super) const FIRST_PING: u64 = 100;
/// VALID-7: milliseconds from an opening to the failure.
pub(super) const TIME_LIMIT: u64 = 15_000;

impl Validation {
    /// Whether the channel is proved.
    #[must_use]
    pub fn is_validated(&self) -> bool {
        self.phase == ValidationPhase::Validated
    }
}

/// The rules of VALID.
#[derive(Clone, Copy, Debug)]
pub struct ValidRules {
    /// VALID-1, VALID-8: when the first own ping is due after an opening.
    pub first: fn(&State) -> u64,
    /// VALID-2: when the next own ping is due after one that was due at a time.
    pub again: fn(&State, u64) -> Option<u64>,
    /// VALID-2: what follows from a refused own ping.
    pub refused: fn(&mut State, u64),
    /// VALID-1: how many pings are handed over when one is due.
    pub copies: fn(&State) -> usize,
    /// VALID-1: the timestamp of an own ping, as bits.
    pub timestamp: fn(&State) -> u64,
    /// VALID-3: the timestamps of the VALIDATION_PONGs that answer a ping of the partner.
    pub answers: fn(&State, u64) -> Vec<u64>,
    /// VALID-4: whether a ping of the partner is noted, by how its answer was handed over.
    pub sees: fn(&State, Handed) -> bool,
    /// VALID-4, VALID-8: whether a ping of the partner was seen when an opening begins a handshake.
    pub seen_before: fn(&State) -> bool,
    /// VALID-5: remembers an own ping that was sent.
    pub remembers: fn(&mut State, u64),
    /// VALID-5: whether a VALIDATION_PONG with these bits counts.
    pub counts: fn(&State, u64) -> bool,
    /// VALID-6: whether it is validated now.
    pub is_proved: fn(&State) -> bool,
    /// VALID-6, VALID-7: what a result stops.
    pub settles: fn(&mut State),
    /// VALID-7: when it fails after an opening.
    pub fails: fn(&State) -> u64,
    /// VALID-7, VALID-8: whether an opening begins a handshake.
    pub begins: fn(&State) -> bool,
    /// VALID-6, VALID-8: whether a closing suspends the handshake.
    pub suspends: fn(&State) -> bool,
    /// VALID-8: a closing during the handshake.
    pub closes: fn(&mut State),
}

impl ValidRules {
    /// The rules as the specification has them.
    pub const SPECIFIED: Self = Self {
        first: |state| state.clock + FIRST_PING,
        again: |state, due| {
            let repeat = state.parameters.validation_repeat_ms;
            (repeat > 0).then_some(due + repeat)
        },
        refused: |_, _| {},
        copies: |_| 1,
        timestamp: |state| bits_of(state.clock),
        answers: |_, timestamp| vec![timestamp],
        sees: |state, _| state.validation.phase == ValidationPhase::Validating,
        seen_before: |_| false,
        remembers: |state, timestamp| state.validation.own.push(timestamp),
        counts: |state, timestamp| {
            let validating = state.validation.phase == ValidationPhase::Validating;
            validating && state.validation.own.contains(&timestamp)
        },
        is_proved: |state| {
            let validating = state.validation.phase == ValidationPhase::Validating;
            validating && state.validation.answered && state.validation.seen
        },
        settles: |state| {
            (state.validation.ping_at, state.validation.fails_at) = (None, None);
            state.validation.own.clear();
        },
        fails: |state| state.clock + TIME_LIMIT,
        begins: |state| state.validation.phase == ValidationPhase::Idle,
        suspends: |state| state.validation.phase == ValidationPhase::Validating,
        closes: |state| state.validation = Validation::default(),
    };
}

impl Session {
    /// VALID-1, VALID-7, VALID-8: the channel has opened.
    pub(super) fn begin_validation(&mut self) {
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
    pub(super) fn suspend_validation(&mut self) {
        if (self.rules.valid.suspends)(&self.state) {
            (self.rules.valid.closes)(&mut self.state);
        }
    }

    /// VALID-1, VALID-2: an own ping is due.
    pub(super) fn validation_ping(&mut self, due: u64) {
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
    pub(super) fn validation_pong(&mut self, timestamp: u64) {
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
    pub(super) fn validation_answer(&mut self, timestamp: u64) {
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
    pub(super) fn fail_validation(&mut self) {
        self.state.validation.phase = ValidationPhase::Failed;
        (self.rules.valid.settles)(&mut self.state);
    }
}
