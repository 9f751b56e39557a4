//! Wrong peers of VALID: pings of its own.
//!
//! Many scenarios of all chapters begin with a peer 0 that is validated at 100. So most of these faults show
//! only at a later opening, at player 1, or in another order.

use rollwire_model::peer::{ValidRules, bits_of};

use crate::peer::mutant::Mutant;

const RIGHT: ValidRules = ValidRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "only-player-zero-proves-the-channel",
        rule: "VALID-1",
        fault: "sends no VALIDATION_PING if it is player 1",
        edit: |rules| rules.valid.copies = |state| usize::from(state.setup.local == 0),
    },
    Mutant {
        name: "pings-at-once-after-a-reconnection",
        rule: "VALID-1",
        fault: "sends the first VALIDATION_PING of a later opening at once",
        edit: |rules| {
            rules.valid.first =
                |state| if state.clock == 0 { (RIGHT.first)(state) } else { state.clock };
        },
    },
    Mutant {
        name: "pings-a-millisecond-late-after-a-reconnection",
        rule: "VALID-1",
        fault: "sends the first VALIDATION_PING of a later opening 101 ms after it",
        edit: |rules| {
            rules.valid.first = |state| (RIGHT.first)(state) + u64::from(state.clock > 0);
        },
    },
    Mutant {
        name: "stamps-validation-pings-from-the-opening",
        rule: "VALID-1",
        fault: "writes the time since the opening into a VALIDATION_PING, and not the clock",
        edit: |rules| {
            rules.valid.timestamp = |state| bits_of(state.clock - state.opened.unwrap_or(0));
        },
    },
    Mutant {
        name: "stamps-validation-pings-in-hundredths",
        rule: "VALID-1",
        fault: "rounds the timestamp of a VALIDATION_PING to 10 ms",
        edit: |rules| rules.valid.timestamp = |state| bits_of(state.clock / 10 * 10),
    },
    Mutant {
        name: "stamps-validation-pings-with-a-float",
        rule: "VALID-1",
        fault: "keeps the time of a VALIDATION_PING in a float of 32 bits",
        edit: |rules| {
            rules.valid.timestamp = |state| {
                // A float has 24 significant bits.
                let surplus = (u64::BITS - state.clock.leading_zeros()).saturating_sub(24);
                bits_of(state.clock >> surplus << surplus)
            };
        },
    },
    Mutant {
        name: "answers-instead-of-pinging",
        rule: "VALID-1",
        fault: "sends no first VALIDATION_PING if it has seen the partner's before",
        edit: |rules| {
            rules.valid.copies =
                |state| usize::from(!state.validation.seen || !state.validation.own.is_empty());
        },
    },
    Mutant {
        name: "pings-once-for-each-opening",
        rule: "VALID-1",
        fault: "sends two VALIDATION_PINGs at a time after a reconnection",
        edit: |rules| {
            rules.valid.copies = |state| if state.opened > Some(0) { 2 } else { 1 };
        },
    },
    Mutant {
        name: "repeats-no-validation-ping",
        rule: "VALID-2",
        fault: "does not repeat its VALIDATION_PING",
        edit: |rules| rules.valid.again = |_, _| None,
    },
    Mutant {
        name: "repeats-a-validation-ping-three-times",
        rule: "VALID-2",
        fault: "repeats its VALIDATION_PING three times at most",
        edit: |rules| {
            rules.valid.again =
                |state, due| (RIGHT.again)(state, due).filter(|_| state.validation.own.len() < 3);
        },
    },
    Mutant {
        name: "stops-pinging-with-the-answer",
        rule: "VALID-2",
        fault: "does not repeat its VALIDATION_PING once one is answered",
        edit: |rules| {
            rules.valid.again =
                |state, due| (RIGHT.again)(state, due).filter(|_| !state.validation.answered);
        },
    },
    Mutant {
        name: "stops-pinging-with-a-ping-seen",
        rule: "VALID-2",
        fault: "does not repeat its VALIDATION_PING once it has seen the partner's",
        edit: |rules| {
            rules.valid.again =
                |state, due| (RIGHT.again)(state, due).filter(|_| !state.validation.seen);
        },
    },
    Mutant {
        name: "repeats-a-refused-validation-ping-early",
        rule: "VALID-2",
        fault: "sends a refused VALIDATION_PING again after 100 ms",
        edit: |rules| {
            rules.valid.refused = |state, _| state.validation.ping_at = Some(state.clock + 100);
        },
    },
    Mutant {
        name: "stops-pinging-after-a-refusal",
        rule: "VALID-2",
        fault: "sends no VALIDATION_PING any more after one was refused",
        edit: |rules| rules.valid.refused = |state, _| state.validation.ping_at = None,
    },
    Mutant {
        name: "pings-on-after-a-late-validation",
        rule: "VALID-2",
        fault: "goes on with its VALIDATION_PINGs if it was validated after the first repeat",
        edit: |rules| {
            rules.valid.settles = |state| {
                let late = state.validation.is_validated() && state.validation.own.len() > 1;
                let ping_at = state.validation.ping_at.filter(|_| late);
                (RIGHT.settles)(state);
                state.validation.ping_at = ping_at;
            };
        },
    },
];
