//! Wrong peers of VALID.
//!
//! Most scenarios of other chapters begin with a peer 0 that is validated at 100. What is wrong only with
//! these faults is not seen there, so they show at a later opening, at the other player, or in another
//! order.

use rollwire_model::peer::{Handed, Message, ValidRules, ValidationPhase, bits_of};

use super::Mutant;

const RIGHT: ValidRules = ValidRules::SPECIFIED;

pub(super) const MUTANTS: &[Mutant] = &[
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
        fault: "is validated as soon as a ping of the partner is seen before it has sent its own",
        edit: |rules| {
            rules.valid.is_proved = |state| {
                let validating = state.validation.phase == ValidationPhase::Validating;
                let first = state.validation.seen && state.validation.own.is_empty();
                validating && first || (RIGHT.is_proved)(state)
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
        fault: "goes on with the handshake while the channel is closed",
        edit: |rules| rules.valid.suspends = |_| false,
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
