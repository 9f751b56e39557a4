//! Wrong peers of LIVE: PINGs that are sent.
//!
//! PINGs are seen in most scenarios of this chapter, so most of these peers send the first ones right.

use rollwire_model::{
    exchange::How,
    peer::{LiveRules, Message, Phase, ValidRules, ValidationPhase, bits_of},
};

use crate::peer::{mutant::Mutant, view::phase};

const RIGHT: LiveRules = LiveRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "pings-half-a-second-after-its-own",
        rule: "LIVE-1",
        fault: "counts the first PING from the first VALIDATION_PING, and not from the validation",
        edit: |rules| {
            rules.live.first_after_validation =
                |state| state.opened.map(|opened| (opened + 600).max(state.clock));
        },
    },
    Mutant {
        name: "only-player-zero-measures",
        rule: "LIVE-1",
        fault: "sends no PING if it is player 1",
        edit: |rules| {
            rules.live.first_after_validation =
                |state| (RIGHT.first_after_validation)(state).filter(|_| state.setup.local == 0);
        },
    },
    Mutant {
        name: "player-one-measures-before-the-proof",
        rule: "LIVE-1",
        fault: "sends PINGs before it is validated if it is player 1",
        edit: |rules| {
            rules.live.first_after_opening = |state| {
                let anyway = state.opened.filter(|_| state.setup.local == 1);
                anyway.map(|opened| opened + 500).or((RIGHT.first_after_opening)(state))
            };
        },
    },
    Mutant {
        name: "measures-after-a-failure",
        rule: "LIVE-1",
        fault: "sends PINGs once the handshake is over, even if it has failed",
        edit: |rules| {
            rules.valid.settles = |state| {
                (ValidRules::SPECIFIED.settles)(state);
                if state.validation.phase == ValidationPhase::Failed {
                    state.liveness.ping_at = Some(state.clock + 500);
                }
            };
        },
    },
    Mutant {
        name: "measures-no-more-in-a-game",
        rule: "LIVE-1",
        fault: "stops its PINGs when it is playing, if it is player 1",
        edit: |rules| {
            rules.live.again = |state, due| {
                let plays = phase(state) == Some(Phase::Playing) && state.setup.local == 1;
                (RIGHT.again)(state, due).filter(|_| !plays)
            };
        },
    },
    Mutant {
        name: "measures-from-the-pong",
        rule: "LIVE-1",
        fault: "sends the next PING 500 ms after a PONG that took 100 ms or more",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                (RIGHT.keeps)(state, round_trip);
                if f64::from_bits(round_trip) >= 100.0 && state.liveness.unanswered.is_empty() {
                    state.liveness.ping_at = Some(state.clock + 500);
                }
            };
        },
    },
    Mutant {
        name: "gives-up-after-32-pings",
        rule: "LIVE-1",
        fault: "stops its PINGs when 32 are unanswered",
        edit: |rules| {
            rules.live.again = |state, due| {
                (RIGHT.again)(state, due).filter(|_| state.liveness.unanswered.len() < 32)
            };
        },
    },
    Mutant {
        name: "measures-no-more-when-hidden",
        rule: "LIVE-1",
        fault: "stops its PINGs while its page is hidden",
        edit: |rules| {
            rules.live.again = |state, due| (RIGHT.again)(state, due).filter(|_| state.focus.shown);
        },
    },
    Mutant {
        name: "stamps-pings-in-hundredths",
        rule: "LIVE-2",
        fault: "rounds the timestamp of a PING to 10 ms",
        edit: |rules| {
            rules.live.timestamp = |state| bits_of(state.clock / 10 * 10);
        },
    },
    Mutant {
        name: "stamps-pings-with-half-a-trip",
        rule: "LIVE-2",
        fault: "takes half of the last round trip off the timestamp of a PING",
        edit: |rules| {
            rules.live.timestamp = |state| {
                let trip = state.liveness.round_trips.last().map_or(0.0, |it| f64::from_bits(*it));
                (f64::from_bits(bits_of(state.clock)) - trip / 2.0).to_bits()
            };
        },
    },
    Mutant {
        name: "stamps-pings-with-16-bits",
        rule: "LIVE-2",
        fault: "keeps the time of a PING in 16 bits",
        edit: |rules| {
            rules.live.timestamp = |state| bits_of(state.clock % 65_536);
        },
    },
    Mutant {
        name: "stamps-pings-from-the-opening",
        rule: "LIVE-2",
        fault: "writes the time since the opening into a PING, and not the clock",
        edit: |rules| {
            rules.live.timestamp = |state| bits_of(state.clock - state.opened.unwrap_or(0));
        },
    },
    Mutant {
        name: "pings-twice-after-an-answer",
        rule: "LIVE-2",
        fault: "sends two PINGs at a time when all before are answered",
        edit: |rules| {
            rules.live.copies = |state| {
                let answered = state.liveness.unanswered.is_empty();
                if answered && !state.liveness.round_trips.is_empty() { 2 } else { 1 }
            };
        },
    },
    Mutant {
        name: "keeps-the-timer-across-a-closing",
        rule: "LIVE-3",
        fault: "sends the first PING after an opening when the last timer was due",
        edit: |rules| {
            rules.live.closes = |state| state.liveness.unanswered.clear();
            rules.live.first_after_opening = |state| {
                let kept = state.liveness.ping_at.filter(|at| *at > state.clock);
                kept.or((RIGHT.first_after_opening)(state))
            };
        },
    },
    Mutant {
        name: "measures-no-more-after-a-reconnection",
        rule: "LIVE-3",
        fault: "sends no PING after a reconnection",
        edit: |rules| {
            rules.live.first_after_opening =
                |state| (RIGHT.first_after_opening)(state).filter(|_| state.opened == Some(0));
        },
    },
    Mutant {
        name: "measures-after-one-reconnection",
        rule: "LIVE-3",
        fault: "sends no PING after a second reconnection",
        edit: |rules| {
            rules.live.closes = |state| {
                (RIGHT.closes)(state);
                state.counted += 1;
            };
            rules.live.first_after_opening =
                |state| (RIGHT.first_after_opening)(state).filter(|_| state.counted < 2);
        },
    },
    Mutant {
        name: "measures-after-any-opening",
        rule: "LIVE-3",
        fault: "sends PINGs after a reconnection though it is not validated",
        edit: |rules| {
            rules.live.first_after_opening = |state| {
                let later = state.opened.filter(|opened| *opened > 0);
                later.map(|opened| opened + 500).or((RIGHT.first_after_opening)(state))
            };
        },
    },
    Mutant {
        name: "measures-from-a-later-opening",
        rule: "LIVE-3",
        fault: "counts the first PING from a later opening though the validation came after it",
        edit: |rules| {
            rules.live.first_after_validation = |state| match state.opened {
                Some(opened) if opened > 0 => Some((opened + 500).max(state.clock)),
                _ => (RIGHT.first_after_validation)(state),
            };
        },
    },
    Mutant {
        name: "repeats-a-refused-ping-early",
        rule: "LIVE-4",
        fault: "sends a refused PING again after 100 ms",
        edit: |rules| {
            rules.live.refused = |state, _| state.liveness.ping_at = Some(state.clock + 100);
        },
    },
    Mutant {
        name: "stops-measuring-after-an-error",
        rule: "LIVE-4",
        fault: "sends no PING any more after a send that ended with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if how == How::Throw && matches!(message, Message::Ping { .. }) {
                    state.liveness.ping_at = None;
                }
            };
        },
    },
    Mutant {
        name: "remembers-refused-pings",
        rule: "LIVE-4",
        fault: "remembers a refused PING as if it were sent",
        edit: |rules| {
            rules.live.refused = |state, timestamp| (RIGHT.remembers)(state, timestamp);
        },
    },
    Mutant {
        name: "repeats-a-refused-ping-late",
        rule: "LIVE-4",
        fault: "leaves the next PING out after a refused one",
        edit: |rules| {
            rules.live.refused = |state, _| state.liveness.ping_at = Some(state.clock + 1_000);
        },
    },
];
