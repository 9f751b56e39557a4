//! VALID: the handshake that proves a channel.

use crate::peer::{
    handed::Handed,
    rules::live::bits_of,
    state::{State, Validation, ValidationPhase},
};

/// VALID-1: milliseconds from an opening to the first VALIDATION_PING.
pub(in crate::peer) const FIRST_PING: u64 = 100;
/// VALID-7: milliseconds from an opening to the failure.
pub(in crate::peer) const TIME_LIMIT: u64 = 15_000;

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
