//! LIVE: round trips.

use crate::peer::{message::Message, state::State};

/// LIVE-1: milliseconds between two PINGs.
pub(in crate::peer) const PING_INTERVAL: u64 = 500;
/// LIVE-10: how many round trips are kept.
pub(in crate::peer) const ROUND_TRIPS: usize = 10;
/// LIVE-11: how many unanswered PINGs are remembered.
pub(in crate::peer) const UNANSWERED: usize = 32;

/// The rules of LIVE.
#[derive(Clone, Copy, Debug)]
pub struct LiveRules {
    /// LIVE-1, LIVE-3: when the first PING is due after an opening, or none before the validation.
    pub first_after_opening: fn(&State) -> Option<u64>,
    /// LIVE-1, LIVE-3: when the first PING is due after the validation, or none while not open.
    pub first_after_validation: fn(&State) -> Option<u64>,
    /// LIVE-1: when the next PING is due after one that was due at a time.
    pub again: fn(&State, u64) -> Option<u64>,
    /// LIVE-2: the timestamp of a PING, as bits.
    pub timestamp: fn(&State) -> u64,
    /// LIVE-2: how many PINGs are handed over at a time.
    pub copies: fn(&State) -> usize,
    /// LIVE-3, LIVE-12: a closing.
    pub closes: fn(&mut State),
    /// LIVE-4: what follows from a refused PING.
    pub refused: fn(&mut State, u64),
    /// LIVE-5: the timestamps of the PONGs that answer a PING.
    pub answers: fn(&State, u64) -> Vec<u64>,
    /// LIVE-6: the PONG that could not be sent.
    pub unanswered: fn(&mut State, u64),
    /// LIVE-6: the PONGs that an opening sends.
    pub opening_answers: fn(&mut State) -> Vec<u64>,
    /// LIVE-7: what answers a PONG, a VALIDATION_PONG or a KEEPALIVE.
    pub answers_others: fn(&State, &Message) -> Option<Message>,
    /// LIVE-8, LIVE-9: whether a PONG with these bits counts. Takes the PING out that it answers.
    pub counts: fn(&mut State, u64) -> bool,
    /// LIVE-8: the round trip of a PING with these bits, as bits.
    pub measures: fn(&State, u64) -> u64,
    /// LIVE-10: keeps a round trip.
    pub keeps: fn(&mut State, u64),
    /// LIVE-11: remembers a PING that was sent.
    pub remembers: fn(&mut State, u64),
}

impl LiveRules {
    /// The rules as the specification has them.
    pub const SPECIFIED: Self = Self {
        first_after_opening: |state| {
            let validated = !state.areas.validation || state.validation.is_validated();
            state.opened.filter(|_| validated).map(|opened| opened + PING_INTERVAL)
        },
        first_after_validation: |state| state.opened.map(|_| state.clock + PING_INTERVAL),
        again: |_, due| Some(due + PING_INTERVAL),
        timestamp: |state| bits_of(state.clock),
        copies: |_| 1,
        closes: |state| {
            state.liveness.ping_at = None;
            state.liveness.unanswered.clear();
        },
        refused: |_, _| {},
        answers: |_, timestamp| vec![timestamp],
        unanswered: |_, _| {},
        opening_answers: |_| Vec::new(),
        answers_others: |_, _| None,
        counts,
        measures: |state, timestamp| (as_double(state.clock) - f64::from_bits(timestamp)).to_bits(),
        keeps: |state, round_trip| {
            state.liveness.round_trips.push(round_trip);
            let surplus = state.liveness.round_trips.len().saturating_sub(ROUND_TRIPS);
            state.liveness.round_trips.drain(..surplus);
        },
        remembers: |state, timestamp| {
            state.liveness.unanswered.push(timestamp);
            let surplus = state.liveness.unanswered.len().saturating_sub(UNANSWERED);
            state.liveness.unanswered.drain(..surplus);
        },
    };
}

/// A time as a double. A clock of whole milliseconds never comes near 2^53.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
fn as_double(time: u64) -> f64 {
    time as f64
}

/// The bits of a time as a double.
#[must_use]
pub fn bits_of(time: u64) -> u64 {
    as_double(time).to_bits()
}

/// LIVE-8, LIVE-9
fn counts(state: &mut State, timestamp: u64) -> bool {
    let unanswered = &mut state.liveness.unanswered;
    let place = unanswered.iter().position(|it| *it == timestamp);
    place.map(|place| unanswered.remove(place)).is_some()
}
