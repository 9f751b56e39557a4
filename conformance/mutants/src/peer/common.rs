//! Wrong peers of PEER.

use rollwire_model::{
    exchange::{Datagram, How},
    peer::{CommonRules, Message, State, Timer},
};

use super::mutant::Mutant;

const RIGHT: CommonRules = CommonRules::SPECIFIED;

/// An advance by more than this is long.
const LONG: u64 = 2_000;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "a-timer-fires-once-an-advance",
        rule: "PEER-1",
        fault: "fires one timer in an advance of 2 to 5 s, however many are due",
        edit: |rules| {
            rules.common.clock_after = notes_the_start;
            rules.common.next_timer = |state, until| {
                let next = (RIGHT.next_timer)(state, until)?;
                let is_first = state.clock == state.counted;
                (is_first || !is_seconds(state, until)).then_some(next)
            };
        },
    },
    Mutant {
        name: "timers-see-the-end-of-the-advance",
        rule: "PEER-1",
        fault: "fires the timers of an advance of 2 to 5 s when the clock shows its end",
        edit: |rules| {
            rules.common.clock_after = notes_the_start;
            rules.common.next_timer = |state, until| {
                let (at, timer) = (RIGHT.next_timer)(state, until)?;
                Some((if is_seconds(state, until) { until } else { at }, timer))
            };
        },
    },
    Mutant {
        name: "a-timer-at-the-end-waits",
        rule: "PEER-1",
        fault: "does not fire a timer that is due just at the end of an advance of more than 2 s",
        edit: |rules| {
            rules.common.clock_after = notes_the_start;
            rules.common.next_timer = |state, until| {
                let next = (RIGHT.next_timer)(state, until)?;
                (next.0 < until || !is_long(state, until)).then_some(next)
            };
        },
    },
    Mutant {
        name: "an-advance-takes-a-millisecond-at-least",
        rule: "PEER-1",
        fault: "moves its clock by a millisecond in an advance by 0",
        edit: |rules| {
            rules.common.clock_after = |_, before, milliseconds| before + milliseconds.max(1);
        },
    },
    Mutant {
        name: "short-advances-are-lost",
        rule: "PEER-1",
        fault: "loses every other one of many advances by a millisecond",
        edit: |rules| {
            rules.common.clock_after = |state, before, milliseconds| {
                state.counted = if milliseconds == 1 { state.counted + 1 } else { 0 };
                let is_lost = state.counted > 0 && state.counted.is_multiple_of(2);
                before + if is_lost { 0 } else { milliseconds }
            };
        },
    },
    Mutant {
        name: "the-clock-has-24-bits",
        rule: "PEER-1",
        fault: "keeps its clock in 24 bits, so that its timers stop after four hours and a half",
        edit: |rules| {
            rules.common.clock_after =
                |_, before, milliseconds| (before + milliseconds) & 0xff_ffff;
        },
    },
    Mutant {
        name: "looks-a-minute-ahead",
        rule: "PEER-1",
        fault: "fires no timer that is due more than a minute after the start of an advance",
        edit: |rules| {
            rules.common.clock_after = notes_the_start;
            rules.common.next_timer = |state, until| {
                let next = (RIGHT.next_timer)(state, until)?;
                (next.0 <= state.counted + 60_000).then_some(next)
            };
        },
    },
    Mutant {
        name: "timers-of-a-millisecond-fire-backwards",
        rule: "PEER-2",
        fault: "fires timers that are due at the same millisecond in the opposite order",
        edit: |rules| {
            rules.common.next_timer =
                |state, until| next_by(state, until, |timer| 9 - order(timer));
        },
    },
    Mutant {
        name: "the-episode-fires-last",
        rule: "PEER-2",
        fault: "fires the timers of EPISODE after all others of the same millisecond",
        edit: |rules| {
            rules.common.next_timer = |state, until| {
                next_by(state, until, |timer| match timer {
                    Timer::StartAlone | Timer::Ready | Timer::Complete | Timer::End => {
                        10 + order(timer)
                    }
                    _ => order(timer),
                })
            };
        },
    },
    Mutant {
        name: "a-ready-fires-before-the-start",
        rule: "PEER-2",
        fault: "repeats a READY before the episode starts alone at the same millisecond",
        edit: |rules| {
            rules.common.next_timer = |state, until| {
                next_by(state, until, |timer| match timer {
                    Timer::Ready => 2,
                    _ => order(timer),
                })
            };
        },
    },
    Mutant {
        name: "an-end-fires-before-the-completion",
        rule: "PEER-2",
        fault: "repeats an END before the episode completes at the same millisecond",
        edit: |rules| {
            rules.common.next_timer = |state, until| {
                next_by(state, until, |timer| match timer {
                    Timer::End => 4,
                    _ => order(timer),
                })
            };
        },
    },
    Mutant {
        name: "a-request-fires-before-the-completion",
        rule: "PEER-2",
        fault: "repeats a request before the episode completes at the same millisecond",
        edit: |rules| {
            rules.common.next_timer = |state, until| {
                next_by(state, until, |timer| match timer {
                    Timer::Request => 4,
                    _ => order(timer),
                })
            };
        },
    },
    Mutant {
        name: "a-ping-fires-last",
        rule: "PEER-2",
        fault: "sends a PING after everything else of the same millisecond",
        edit: |rules| {
            rules.common.next_timer = |state, until| {
                next_by(state, until, |timer| match timer {
                    Timer::Ping => 10,
                    _ => order(timer),
                })
            };
        },
    },
    Mutant {
        name: "timers-fire-one-by-one",
        rule: "PEER-2",
        fault: "fires one timer as often as it is due in an advance of more than 2 s before it looks at the next",
        edit: |rules| {
            rules.common.clock_after = notes_the_start;
            rules.common.next_timer = |state, until| {
                if !is_long(state, until) {
                    return (RIGHT.next_timer)(state, until);
                }
                let due = Timer::ALL.into_iter().filter_map(|it| Some((it.due(state)?, it)));
                due.filter(|(at, _)| *at <= until).min_by_key(|(at, timer)| (*timer, *at))
            };
        },
    },
    Mutant {
        name: "hands-pongs-over-while-closed",
        rule: "PEER-3",
        fault: "hands a VALIDATION_PONG to a channel that is not open",
        edit: |rules| {
            rules.common.hands = |state, message| {
                state.opened.is_some() || matches!(message, Message::ValidationPong { .. })
            };
        },
    },
    Mutant {
        name: "hands-pings-over-while-closed",
        rule: "PEER-3",
        fault: "hands a PONG to a channel that is not open",
        edit: |rules| {
            rules.common.hands =
                |state, message| state.opened.is_some() || matches!(message, Message::Pong { .. });
        },
    },
    Mutant {
        name: "tries-a-validation-pong-again",
        rule: "PEER-3",
        fault: "sends a refused VALIDATION_PONG again at the next stimulus",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if let Message::ValidationPong { timestamp } = message {
                    state.remembered.insert(*timestamp);
                }
            };
            rules.common.tries_again = |state| {
                let timestamp = state.remembered.pop_first()?;
                Some(Message::ValidationPong { timestamp })
            };
        },
    },
    Mutant {
        name: "an-error-closes-the-channel-of-a-peer",
        rule: "PEER-3",
        fault: "takes a channel for closed whose `send` ends with an error, until it opens again",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if how == How::Throw && matches!(message, Message::Pong { .. }) {
                    state.opened = None;
                }
            };
        },
    },
    Mutant {
        name: "an-error-ends-the-advance",
        rule: "PEER-3",
        fault: "leaves an advance when a send ends with an error, without the timers that are due after it",
        edit: |rules| {
            rules.common.refused = |state, _, how| {
                if how == How::Throw {
                    state.remembered.insert(1);
                }
            };
            rules.common.clock_after = |state, before, milliseconds| {
                state.remembered.clear();
                before + milliseconds
            };
            rules.common.next_timer = |state, until| {
                (RIGHT.next_timer)(state, until).filter(|_| state.remembered.is_empty())
            };
        },
    },
    Mutant {
        name: "ten-refusals-close-the-channel",
        rule: "PEER-3",
        fault: "sends nothing any more after ten refused sends",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if matches!(message, Message::Pong { .. } | Message::Ping { .. }) {
                    state.counted += 1;
                }
            };
            rules.common.hands = |state, _| state.opened.is_some() && state.counted < 10;
        },
    },
    Mutant {
        name: "a-refused-input-keeps-answers-back",
        rule: "PEER-3",
        fault: "sends no PONG after a refused INPUT",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if matches!(message, Message::Input { .. }) {
                    state.remembered.insert(u64::MAX);
                }
            };
            rules.common.hands = |state, message| {
                let waits = state.remembered.contains(&u64::MAX);
                state.opened.is_some() && !(waits && matches!(message, Message::Pong { .. }))
            };
        },
    },
    Mutant {
        name: "reads-a-ping-with-trailing-bytes",
        rule: "PEER-4",
        fault: "answers a PING with trailing bytes",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let bytes = datagram.bytes();
                let is_long = bytes.first() == Some(&0x02) && bytes.len() > 9;
                let cut =
                    if is_long { Datagram::new(bytes[..9].to_vec()) } else { datagram.clone() };
                (RIGHT.reads)(model, state, &cut)
            };
        },
    },
    Mutant {
        name: "reads-a-short-ping",
        rule: "PEER-4",
        fault: "answers a PING whose last bytes are missing, as if they were 0",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let mut bytes = datagram.bytes().to_vec();
                if bytes.first() == Some(&0x02) && bytes.len() < 9 {
                    bytes.resize(9, 0);
                }
                (RIGHT.reads)(model, state, &Datagram::new(bytes))
            };
        },
    },
    Mutant {
        name: "reads-seven-bits-of-the-type",
        rule: "PEER-4",
        fault: "looks at seven bits of the type of a datagram",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let mut bytes = datagram.bytes().to_vec();
                if let Some(first) = bytes.first_mut() {
                    *first &= 0x7f;
                }
                (RIGHT.reads)(model, state, &Datagram::new(bytes))
            };
        },
    },
    Mutant {
        name: "answers-an-empty-datagram",
        rule: "PEER-4",
        fault: "answers a datagram of no bytes with a PONG",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                if datagram.bytes().is_empty() {
                    return Some(Message::Ping { timestamp: 0 });
                }
                (RIGHT.reads)(model, state, datagram)
            };
        },
    },
    Mutant {
        name: "ten-bad-datagrams-make-it-deaf",
        rule: "PEER-4",
        fault: "hears nothing any more after ten datagrams that it refused",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let message = (RIGHT.reads)(model, state, datagram);
                state.counted += u64::from(message.is_none());
                message.filter(|_| state.counted < 10)
            };
        },
    },
    Mutant {
        name: "the-datagram-after-a-bad-one-is-lost",
        rule: "PEER-4",
        fault: "joins a datagram that is too short with the next one",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let waits = std::mem::take(&mut state.counted) == 1;
                let message = (RIGHT.reads)(model, state, datagram).filter(|_| !waits);
                let is_short = (2..9).contains(&datagram.bytes().len());
                state.counted = u64::from(message.is_none() && is_short);
                message
            };
        },
    },
    Mutant {
        name: "reads-a-page-of-2",
        rule: "PEER-4",
        fault: "takes every FOCUS_STATE that is not 1 for one of a hidden page",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| {
                let mut bytes = datagram.bytes().to_vec();
                if bytes.first() == Some(&0x14) && bytes.len() == 6 && bytes[1] != 1 {
                    bytes[1] = 0;
                }
                (RIGHT.reads)(model, state, &Datagram::new(bytes))
            };
        },
    },
];

/// Moves the clock, and remembers where it was.
fn notes_the_start(state: &mut State, before: u64, milliseconds: u64) -> u64 {
    state.counted = before;
    before + milliseconds
}

/// Whether the advance to this time is long.
fn is_long(state: &State, until: u64) -> bool {
    until - state.counted > LONG
}

/// Whether the advance to this time is one of a few seconds.
fn is_seconds(state: &State, until: u64) -> bool {
    is_long(state, until) && until - state.counted < 5_000
}

/// The place of a timer among those of its millisecond, from 1.
fn order(timer: Timer) -> usize {
    Timer::ALL.iter().take_while(|it| **it <= timer).count()
}

/// The next timer, if those of a millisecond fire in this order.
fn next_by(state: &State, until: u64, order: fn(Timer) -> usize) -> Option<(u64, Timer)> {
    let due = Timer::ALL.into_iter().filter_map(|timer| Some((timer.due(state)?, timer)));
    due.filter(|(at, _)| *at <= until).min_by_key(|(at, timer)| (*at, order(*timer)))
}
