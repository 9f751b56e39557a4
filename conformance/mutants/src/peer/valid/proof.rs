//! Wrong peers of VALID: what proves a channel.

use rollwire_model::peer::{Message, ValidRules, ValidationPhase, bits_of};

use crate::peer::mutant::Mutant;

const RIGHT: ValidRules = ValidRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "takes-any-validation-pong",
        rule: "VALID-5",
        fault: "takes any VALIDATION_PONG for the answer to its ping",
        edit: |rules| {
            rules.valid.counts = |state, _| state.validation.phase == ValidationPhase::Validating;
        },
    },
    Mutant {
        name: "takes-a-validation-pong-of-the-past",
        rule: "VALID-5",
        fault: "takes every VALIDATION_PONG whose timestamp is not in the future",
        edit: |rules| {
            rules.valid.counts = |state, timestamp| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                let now = f64::from_bits(bits_of(state.clock));
                validating && f64::from_bits(timestamp) <= now
            };
        },
    },
    Mutant {
        name: "compares-half-of-a-validation-pong",
        rule: "VALID-5",
        fault: "compares the first four bytes of a VALIDATION_PONG's timestamp alone",
        edit: |rules| {
            rules.valid.counts = |state, timestamp| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                validating && state.validation.own.iter().any(|own| own >> 32 == timestamp >> 32)
            };
        },
    },
    Mutant {
        name: "takes-the-pong-of-the-newest-ping",
        rule: "VALID-5",
        fault: "takes only the VALIDATION_PONG of its newest ping",
        edit: |rules| {
            rules.valid.remembers = |state, timestamp| state.validation.own = vec![timestamp];
        },
    },
    Mutant {
        name: "takes-the-pong-of-the-first-ping",
        rule: "VALID-5",
        fault: "takes only the VALIDATION_PONG of its first ping",
        edit: |rules| {
            rules.valid.remembers = |state, timestamp| {
                if state.validation.own.is_empty() {
                    state.validation.own.push(timestamp);
                }
            };
        },
    },
    Mutant {
        name: "takes-the-pong-of-a-refused-ping",
        rule: "VALID-5",
        fault: "takes the VALIDATION_PONG of a ping that was refused",
        edit: |rules| {
            rules.valid.refused = |state, timestamp| state.validation.own.push(timestamp);
        },
    },
    Mutant {
        name: "takes-the-pong-of-the-last-connection",
        rule: "VALID-5",
        fault: "takes the VALIDATION_PONG of a ping that was sent before the opening",
        edit: |rules| {
            rules.valid.closes = |state| {
                state.remembered.extend(&state.validation.own);
                (RIGHT.closes)(state);
            };
            rules.valid.counts = |state, timestamp| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                let before = state.remembered.contains(&timestamp);
                validating && before || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "takes-a-pong-while-closed",
        rule: "VALID-5",
        fault: "takes the VALIDATION_PONG of a ping of the last connection that arrives while the channel is closed",
        edit: |rules| {
            rules.valid.closes = |state| {
                state.remembered.extend(&state.validation.own);
                (RIGHT.closes)(state);
            };
            rules.common.reads = |model, state, datagram| {
                let message = Message::read(model, datagram)?;
                if let Message::ValidationPong { timestamp } = message {
                    let taken = state.opened.is_none() && state.remembered.contains(&timestamp);
                    state.counted |= u64::from(taken);
                }
                Some(message)
            };
            rules.valid.is_proved = |state| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                let answered = state.counted == 1 && state.validation.seen;
                validating && answered || (RIGHT.is_proved)(state)
            };
        },
    },
    Mutant {
        name: "is-validated-by-a-ping",
        rule: "VALID-6",
        fault: "is validated by a ping of the partner that it sees before it has sent its own, if it is player 1",
        edit: |rules| {
            rules.valid.is_proved = |state| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                let first = state.validation.seen && state.validation.own.is_empty();
                validating && first && state.setup.local == 1 || (RIGHT.is_proved)(state)
            };
        },
    },
    Mutant {
        name: "is-validated-by-two-pings",
        rule: "VALID-6",
        fault: "takes a second ping of the partner for the answer to its own",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let message = Message::read(model, datagram)?;
                state.counted += u64::from(matches!(message, Message::ValidationPing { .. }));
                Some(message)
            };
            rules.valid.is_proved = |state| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                validating && state.counted > 1 || (RIGHT.is_proved)(state)
            };
        },
    },
    Mutant {
        name: "a-foreign-pong-ends-the-validation",
        rule: "VALID-6",
        fault: "has failed when a VALIDATION_PONG comes after the validation",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let message = Message::read(model, datagram)?;
                let is_pong = matches!(message, Message::ValidationPong { .. });
                if is_pong && state.validation.is_validated() {
                    state.validation.phase = ValidationPhase::Failed;
                }
                Some(message)
            };
        },
    },
    Mutant {
        name: "is-validated-by-a-second-pong",
        rule: "VALID-6",
        fault: "is validated by the answer alone if it has sent more than one ping",
        edit: |rules| {
            rules.valid.is_proved = |state| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                let answered = state.validation.answered && state.validation.own.len() > 1;
                validating && answered || (RIGHT.is_proved)(state)
            };
        },
    },
    Mutant {
        name: "is-validated-in-one-order",
        rule: "VALID-6",
        fault: "does not count a ping of the partner that comes after the own ping and before its answer",
        edit: |rules| {
            rules.valid.sees = |state, handed| {
                let between = !state.validation.own.is_empty() && !state.validation.answered;
                (RIGHT.sees)(state, handed) && !between
            };
        },
    },
    Mutant {
        name: "loses-the-validation-at-a-closing",
        rule: "VALID-6",
        fault: "is idle after a closing though it was validated, if it is player 1",
        edit: |rules| {
            rules.valid.suspends = |state| {
                let validated = state.validation.is_validated() && state.setup.local == 1;
                (RIGHT.suspends)(state) || validated
            };
        },
    },
    Mutant {
        name: "validates-again-at-an-opening",
        rule: "VALID-6",
        fault: "begins the handshake again at an opening though it was validated, if it is player 1",
        edit: |rules| {
            rules.valid.begins = |state| {
                let validated = state.validation.is_validated() && state.setup.local == 1;
                (RIGHT.begins)(state) || validated
            };
        },
    },
    Mutant {
        name: "fails-though-it-was-validated",
        rule: "VALID-6",
        fault: "fails 15,000 ms after the opening though it was validated, if it is player 1",
        edit: |rules| {
            rules.valid.settles = |state| {
                let validated = state.validation.is_validated() && state.setup.local == 1;
                let fails_at = state.validation.fails_at.filter(|_| validated);
                (RIGHT.settles)(state);
                state.validation.fails_at = fails_at;
            };
        },
    },
];
