//! Wrong peers of LIVE: PINGs that are answered.

use rollwire_model::{
    exchange::How,
    peer::{Message, Phase, ValidationPhase},
};

use crate::peer::{mutant::Mutant, view::phase};

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "answers-pings-twice-when-validated",
        rule: "LIVE-5",
        fault: "answers a PING twice once it is validated, if it is player 1",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let twice = state.validation.is_validated() && state.setup.local == 1;
                let copies = if twice { 2 } else { 1 };
                vec![timestamp; copies]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-after-a-failure",
        rule: "LIVE-5",
        fault: "answers no PING after a handshake that has failed",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.validation.phase != ValidationPhase::Failed;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-while-waiting",
        rule: "LIVE-5",
        fault: "answers no PING while it waits for the start",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = phase(state) != Some(Phase::Waiting);
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-in-a-game",
        rule: "LIVE-5",
        fault: "answers no PING while it is playing",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = phase(state) != Some(Phase::Playing);
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-between-episodes",
        rule: "LIVE-5",
        fault: "answers no PING when the episode is complete",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = phase(state) != Some(Phase::Complete);
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-when-hidden",
        rule: "LIVE-5",
        fault: "answers no PING while its page is hidden",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.focus.shown;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-of-a-hidden-partner",
        rule: "LIVE-5",
        fault: "answers no PING while the partner's page is hidden",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.focus.partner;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-before-the-proof",
        rule: "LIVE-5",
        fault: "answers no PING before it is validated",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.validation.phase != ValidationPhase::Validating;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-that-is-not-finite",
        rule: "LIVE-5",
        fault: "answers no PING whose timestamp is not finite",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                let answers = f64::from_bits(timestamp).is_finite();
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-negative-ping",
        rule: "LIVE-5",
        fault: "answers no PING with a negative timestamp",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                let answers =
                    f64::from_bits(timestamp) >= 0.0 || f64::from_bits(timestamp).is_nan();
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-pings-with-a-number",
        rule: "LIVE-5",
        fault: "answers a PING at minus zero with zero",
        edit: |rules| {
            rules.live.answers =
                |_, timestamp| vec![if f64::from_bits(timestamp) == 0.0 { 0 } else { timestamp }];
        },
    },
    Mutant {
        name: "answers-pings-without-subnormals",
        rule: "LIVE-5",
        fault: "answers a PING with a subnormal timestamp with zero",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                vec![if f64::from_bits(timestamp).is_subnormal() { 0 } else { timestamp }]
            };
        },
    },
    Mutant {
        name: "answers-pings-in-milliseconds",
        rule: "LIVE-5",
        fault: "answers a PING with its timestamp in whole milliseconds",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                let value = f64::from_bits(timestamp);
                let is_fraction = value.is_normal() && value.fract() != 0.0;
                vec![if is_fraction { value.trunc().to_bits() } else { timestamp }]
            };
        },
    },
    Mutant {
        name: "answers-pings-at-the-opening",
        rule: "LIVE-6",
        fault: "answers a PING that came while the channel was closed when it opens",
        edit: |rules| {
            rules.live.unanswered = |state, timestamp| {
                if state.opened.is_none() {
                    state.remembered.insert(timestamp);
                }
            };
            rules.live.opening_answers =
                |state| std::mem::take(&mut state.remembered).into_iter().collect();
        },
    },
    Mutant {
        name: "makes-up-for-a-refused-pong",
        rule: "LIVE-6",
        fault: "sends a refused PONG again with the next",
        edit: |rules| {
            rules.live.unanswered = |state, timestamp| {
                if state.opened.is_some() {
                    state.remembered.insert(timestamp);
                }
            };
            rules.live.answers =
                |state, timestamp| state.remembered.iter().copied().chain([timestamp]).collect();
        },
    },
    Mutant {
        name: "makes-up-for-a-pong-that-throws",
        rule: "LIVE-6",
        fault: "sends a PONG again with the next if its send ended with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if let (Message::Pong { timestamp }, How::Throw) = (message, how) {
                    state.remembered.insert(*timestamp);
                }
            };
            rules.live.answers =
                |state, timestamp| state.remembered.iter().copied().chain([timestamp]).collect();
        },
    },
    Mutant {
        name: "makes-up-for-a-refused-pong-at-the-opening",
        rule: "LIVE-6",
        fault: "sends a refused PONG again when the channel opens",
        edit: |rules| {
            rules.live.unanswered = |state, timestamp| {
                if state.opened.is_some() {
                    state.remembered.insert(timestamp);
                }
            };
            rules.live.opening_answers =
                |state| std::mem::take(&mut state.remembered).into_iter().collect();
        },
    },
    Mutant {
        name: "answers-pongs",
        rule: "LIVE-7",
        fault: "answers a PONG with a PONG before it is validated",
        edit: |rules| {
            rules.live.answers_others = |state, message| match message {
                Message::Pong { timestamp } if !state.validation.is_validated() => {
                    Some(Message::Pong { timestamp: *timestamp })
                }
                _ => None,
            };
        },
    },
    Mutant {
        name: "answers-keepalives",
        rule: "LIVE-7",
        fault: "answers a KEEPALIVE with a KEEPALIVE once it is validated",
        edit: |rules| {
            rules.live.answers_others = |state, message| match message {
                Message::Keepalive if state.validation.is_validated() => Some(Message::Keepalive),
                _ => None,
            };
        },
    },
    Mutant {
        name: "answers-validation-pongs",
        rule: "LIVE-7",
        fault: "answers a VALIDATION_PONG with a VALIDATION_PONG once it is validated",
        edit: |rules| {
            rules.live.answers_others = |state, message| match message {
                Message::ValidationPong { timestamp } if state.validation.is_validated() => {
                    // The answer that makes it validated is not answered.
                    let just_now = state.liveness.ping_at == Some(state.clock + 500);
                    (!just_now).then_some(Message::ValidationPong { timestamp: *timestamp })
                }
                _ => None,
            };
        },
    },
];
