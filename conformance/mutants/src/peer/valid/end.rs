//! Wrong peers of VALID: a handshake that fails, and one that is suspended.

use rollwire_model::peer::{ValidRules, ValidationPhase};

use crate::peer::mutant::Mutant;

const RIGHT: ValidRules = ValidRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "fails-a-millisecond-early",
        rule: "VALID-7",
        fault: "fails 14,999 ms after the opening",
        edit: |rules| rules.valid.fails = |state| (RIGHT.fails)(state) - 1,
    },
    Mutant {
        name: "fails-a-millisecond-late",
        rule: "VALID-7",
        fault: "fails 15,001 ms after the opening",
        edit: |rules| rules.valid.fails = |state| (RIGHT.fails)(state) + 1,
    },
    Mutant {
        name: "never-fails",
        rule: "VALID-7",
        fault: "waits for its partner without limit",
        edit: |rules| rules.valid.fails = |_| u64::MAX,
    },
    Mutant {
        name: "puts-the-failure-off",
        rule: "VALID-7",
        fault: "counts the time limit of the handshake from its newest ping",
        edit: |rules| {
            rules.valid.remembers = |state, timestamp| {
                (RIGHT.remembers)(state, timestamp);
                state.validation.fails_at = Some((RIGHT.fails)(state));
            };
        },
    },
    Mutant {
        name: "pings-on-after-the-failure",
        rule: "VALID-7",
        fault: "goes on with its VALIDATION_PINGs after it has failed",
        edit: |rules| {
            rules.valid.settles = |state| {
                let failed = state.validation.phase == ValidationPhase::Failed;
                let ping_at = state.validation.ping_at.filter(|_| failed);
                (RIGHT.settles)(state);
                state.validation.ping_at = ping_at;
            };
        },
    },
    Mutant {
        name: "recovers-at-an-opening",
        rule: "VALID-7",
        fault: "begins the handshake again at an opening though it has failed",
        edit: |rules| {
            rules.valid.begins =
                |state| (RIGHT.begins)(state) || state.validation.phase == ValidationPhase::Failed;
        },
    },
    Mutant {
        name: "is-idle-after-the-failure",
        rule: "VALID-7",
        fault: "is idle after a closing though it has failed",
        edit: |rules| {
            rules.valid.suspends = |state| {
                (RIGHT.suspends)(state) || state.validation.phase == ValidationPhase::Failed
            };
        },
    },
    Mutant {
        name: "is-validated-after-the-failure",
        rule: "VALID-7",
        fault: "is validated by an answer that comes after it has failed",
        edit: |rules| {
            rules.valid.settles = |state| {
                let own = state.validation.own.clone();
                (RIGHT.settles)(state);
                state.validation.own = own;
            };
            rules.valid.counts = |state, timestamp| state.validation.own.contains(&timestamp);
            rules.valid.is_proved = |state| {
                let validated = state.validation.is_validated();
                !validated && state.validation.answered && state.validation.seen
            };
        },
    },
    Mutant {
        name: "validates-a-closed-channel",
        rule: "VALID-8",
        fault: "goes on with the handshake while the channel is closed if its ping is answered",
        edit: |rules| {
            rules.valid.suspends = |state| (RIGHT.suspends)(state) && !state.validation.answered;
        },
    },
    Mutant {
        name: "never-validates-again",
        rule: "VALID-8",
        fault: "begins no handshake at a later opening",
        edit: |rules| {
            rules.valid.begins = |state| (RIGHT.begins)(state) && state.clock == 0;
        },
    },
    Mutant {
        name: "remembers-a-ping-across-a-closing",
        rule: "VALID-8",
        fault: "still counts a ping of the partner as seen after a closing",
        edit: |rules| {
            rules.valid.closes = |state| {
                state.counted = u64::from(state.validation.seen);
                (RIGHT.closes)(state);
            };
            rules.valid.seen_before = |state| state.counted == 1;
        },
    },
    Mutant {
        name: "remembers-an-answer-across-a-closing",
        rule: "VALID-8",
        fault: "still counts its ping as answered after a closing",
        edit: |rules| {
            rules.valid.closes = |state| {
                state.counted = u64::from(state.validation.answered);
                (RIGHT.closes)(state);
            };
            rules.valid.is_proved = |state| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                let answered = state.counted == 1 && state.validation.seen;
                validating && answered || (RIGHT.is_proved)(state)
            };
        },
    },
    Mutant {
        name: "keeps-the-time-limit-across-a-closing",
        rule: "VALID-8",
        fault: "counts the time limit of the handshake from the first opening",
        edit: |rules| rules.valid.fails = |_| 15_000,
    },
    Mutant {
        name: "fails-while-it-is-idle",
        rule: "VALID-8",
        fault: "fails while the channel is closed, because the time limit runs on",
        edit: |rules| {
            rules.valid.closes = |state| {
                let fails_at = state.validation.fails_at;
                (RIGHT.closes)(state);
                state.validation.fails_at = fails_at;
            };
        },
    },
    Mutant {
        name: "keeps-the-ping-timer-across-a-closing",
        rule: "VALID-8",
        fault: "sends the first VALIDATION_PING of a later opening when that of the last one was due",
        edit: |rules| {
            rules.valid.closes = |state| {
                state.counted = state.validation.ping_at.unwrap_or(0);
                (RIGHT.closes)(state);
            };
            rules.valid.first = |state| state.counted.max(state.clock).max(100);
        },
    },
];
