//! Wrong peers of LIVE: what is measured.

use rollwire_model::peer::{LiveRules, Message, ValidRules, bits_of};

use crate::peer::mutant::Mutant;

const RIGHT: LiveRules = LiveRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "keeps-no-trip-of-zero",
        rule: "LIVE-8",
        fault: "does not keep a round trip of zero",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                if round_trip != 0 {
                    (RIGHT.keeps)(state, round_trip);
                }
            };
        },
    },
    Mutant {
        name: "measures-in-hundredths",
        rule: "LIVE-8",
        fault: "rounds a round trip to 10 ms",
        edit: |rules| {
            rules.live.measures = |state, timestamp| {
                let trip = f64::from_bits((RIGHT.measures)(state, timestamp));
                (trip - trip % 10.0).to_bits()
            };
        },
    },
    Mutant {
        name: "an-answer-settles-older-pings",
        rule: "LIVE-8",
        fault: "forgets the PINGs before the one that is answered",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let unanswered = &mut state.liveness.unanswered;
                let place = unanswered.iter().position(|it| *it == timestamp);
                place.map(|place| unanswered.drain(..=place)).is_some()
            };
        },
    },
    Mutant {
        name: "measures-the-oldest-ping-alone",
        rule: "LIVE-8",
        fault: "measures a PONG only if it answers the oldest unanswered PING",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                state.liveness.unanswered.first() == Some(&timestamp)
                    && (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-nothing-when-hidden",
        rule: "LIVE-8",
        fault: "measures no PONG while its page is hidden",
        edit: |rules| {
            rules.live.counts =
                |state, timestamp| state.focus.shown && (RIGHT.counts)(state, timestamp);
        },
    },
    Mutant {
        name: "measures-from-the-newest-ping",
        rule: "LIVE-8",
        fault: "measures the first PONG from the newer one of two unanswered PINGs",
        edit: |rules| {
            rules.live.measures = |state, timestamp| match state.liveness.unanswered[..] {
                [newest] if newest > timestamp && state.liveness.round_trips.is_empty() => {
                    (RIGHT.measures)(state, newest)
                }
                _ => (RIGHT.measures)(state, timestamp),
            };
        },
    },
    Mutant {
        name: "measures-before-the-first-ping",
        rule: "LIVE-9",
        fault: "measures every PONG from the past before it has sent a PING",
        edit: |rules| {
            rules.live.remembers = |state, timestamp| {
                (RIGHT.remembers)(state, timestamp);
                state.counted = 1;
            };
            rules.live.counts = |state, timestamp| {
                let past = f64::from_bits(timestamp) <= f64::from_bits(bits_of(state.clock));
                state.counted == 0 && past || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "any-pong-answers-a-ping",
        rule: "LIVE-9",
        fault: "takes a PONG with a timestamp of the past for the answer to the oldest PING",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let sign = f64::from_bits(timestamp) >= 0.0 && timestamp >> 63 == 0;
                let oldest = state.liveness.unanswered.first().copied();
                let older = sign && oldest.is_some_and(|oldest| timestamp < oldest);
                if older {
                    state.liveness.unanswered.remove(0);
                }
                older || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-a-second-pong",
        rule: "LIVE-9",
        fault: "measures a second PONG for the same PING",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let counts = (RIGHT.counts)(state, timestamp);
                if counts {
                    state.remembered.insert(timestamp);
                }
                counts || state.remembered.contains(&timestamp)
            };
        },
    },
    Mutant {
        name: "measures-what-is-not-a-number",
        rule: "LIVE-9",
        fault: "measures a PONG whose timestamp is not a number",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                f64::from_bits(timestamp).is_nan() || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-what-is-infinite",
        rule: "LIVE-9",
        fault: "measures a PONG whose timestamp is infinite",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                f64::from_bits(timestamp).is_infinite() || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-pongs-of-the-future",
        rule: "LIVE-9",
        fault: "measures a PONG whose timestamp is in the future",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let value = f64::from_bits(timestamp);
                let future = value.is_finite() && value > f64::from_bits(bits_of(state.clock));
                future || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "ignores-the-sign-of-a-pong",
        rule: "LIVE-9",
        fault: "takes a PONG with the negative timestamp of a PING for its answer",
        edit: |rules| {
            rules.live.counts = |state, timestamp| (RIGHT.counts)(state, timestamp & !(1 << 63));
        },
    },
    Mutant {
        name: "measures-pongs-at-minus-zero",
        rule: "LIVE-9",
        fault: "measures a PONG at minus zero",
        edit: |rules| {
            rules.live.counts =
                |state, timestamp| timestamp == 1 << 63 || (RIGHT.counts)(state, timestamp);
        },
    },
    Mutant {
        name: "measures-what-is-nearly-right",
        rule: "LIVE-9",
        fault: "takes a PONG for the answer to a PING that was sent within the same millisecond",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let value = f64::from_bits(timestamp);
                let near = value > 0.0 && value.is_finite();
                let whole = if near { value.trunc().to_bits() } else { timestamp };
                (RIGHT.counts)(state, whole)
            };
        },
    },
    Mutant {
        name: "measures-validation-pings",
        rule: "LIVE-9",
        fault: "takes a PONG for the answer to a VALIDATION_PING",
        edit: |rules| {
            rules.valid.remembers = |state, timestamp| {
                (ValidRules::SPECIFIED.remembers)(state, timestamp);
                state.remembered.insert(timestamp);
            };
            rules.live.counts = |state, timestamp| {
                state.remembered.contains(&timestamp) || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-validation-pongs",
        rule: "LIVE-9",
        fault: "takes a VALIDATION_PONG for the answer to a PING",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| match Message::read(model, datagram)? {
                Message::ValidationPong { timestamp }
                    if state.liveness.unanswered.contains(&timestamp) =>
                {
                    Some(Message::Pong { timestamp })
                }
                message => Some(message),
            };
        },
    },
];
