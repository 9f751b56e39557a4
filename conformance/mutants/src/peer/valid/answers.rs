//! Wrong peers of VALID: pings of the partner.

use rollwire_model::peer::{Handed, Message, ValidRules, ValidationPhase};

use crate::peer::mutant::Mutant;

const RIGHT: ValidRules = ValidRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "answers-no-validation-ping-before-its-own",
        rule: "VALID-3",
        fault: "answers no VALIDATION_PING before it has sent its own",
        edit: |rules| {
            rules.valid.answers = |state, timestamp| {
                let early = state.validation.phase == ValidationPhase::Validating
                    && state.validation.own.is_empty();
                if early { Vec::new() } else { vec![timestamp] }
            };
        },
    },
    Mutant {
        name: "answers-the-first-validation-ping",
        rule: "VALID-3",
        fault: "answers only the first VALIDATION_PING of a handshake",
        edit: |rules| {
            rules.valid.answers = |state, timestamp| {
                let again =
                    state.validation.phase == ValidationPhase::Validating && state.validation.seen;
                if again { Vec::new() } else { vec![timestamp] }
            };
        },
    },
    Mutant {
        name: "answers-no-validation-ping-when-validated",
        rule: "VALID-3",
        fault: "answers no VALIDATION_PING once it is validated",
        edit: |rules| {
            rules.valid.answers = |state, timestamp| {
                if state.validation.is_validated() { Vec::new() } else { vec![timestamp] }
            };
        },
    },
    Mutant {
        name: "answers-no-validation-ping-when-failed",
        rule: "VALID-3",
        fault: "answers no VALIDATION_PING once it has failed",
        edit: |rules| {
            rules.valid.answers = |state, timestamp| {
                let failed = state.validation.phase == ValidationPhase::Failed;
                if failed { Vec::new() } else { vec![timestamp] }
            };
        },
    },
    Mutant {
        name: "answers-no-validation-ping-that-is-not-finite",
        rule: "VALID-3",
        fault: "answers no VALIDATION_PING whose timestamp is not finite",
        edit: |rules| {
            rules.valid.answers = |_, timestamp| {
                let finite = f64::from_bits(timestamp).is_finite();
                if finite { vec![timestamp] } else { Vec::new() }
            };
        },
    },
    Mutant {
        name: "answers-validation-pings-with-a-number",
        rule: "VALID-3",
        fault: "answers a VALIDATION_PING at minus zero with zero",
        edit: |rules| {
            rules.valid.answers = |_, timestamp| {
                let is_zero = f64::from_bits(timestamp) == 0.0;
                vec![if is_zero { 0 } else { timestamp }]
            };
        },
    },
    Mutant {
        name: "answers-validation-pings-in-milliseconds",
        rule: "VALID-3",
        fault: "answers a VALIDATION_PING with its timestamp in whole milliseconds",
        edit: |rules| {
            rules.valid.answers = |_, timestamp| vec![f64::from_bits(timestamp).trunc().to_bits()];
        },
    },
    Mutant {
        name: "makes-up-for-a-refused-validation-pong",
        rule: "VALID-3",
        fault: "sends a refused VALIDATION_PONG again with the next",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if let Message::ValidationPong { timestamp } = message {
                    state.remembered.insert(*timestamp);
                }
            };
            rules.valid.answers =
                |state, timestamp| state.remembered.iter().copied().chain([timestamp]).collect();
        },
    },
    Mutant {
        name: "sees-no-validation-ping-that-it-cannot-answer",
        rule: "VALID-4",
        fault: "does not count a VALIDATION_PING as seen if its answer is refused",
        edit: |rules| {
            rules.valid.sees =
                |state, handed| (RIGHT.sees)(state, handed) && handed == Handed::Accepted;
        },
    },
    Mutant {
        name: "sees-validation-pings-while-closed",
        rule: "VALID-4",
        fault: "counts a VALIDATION_PING as seen that arrives while the channel is closed",
        edit: |rules| {
            rules.valid.sees = |_, _| true;
            rules.valid.seen_before = |state| state.validation.seen;
        },
    },
    Mutant {
        name: "sees-no-validation-ping-before-its-own",
        rule: "VALID-4",
        fault: "does not count a VALIDATION_PING as seen before it has sent its own",
        edit: |rules| {
            rules.valid.sees =
                |state, handed| (RIGHT.sees)(state, handed) && !state.validation.own.is_empty();
        },
    },
];
