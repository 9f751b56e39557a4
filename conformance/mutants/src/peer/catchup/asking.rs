//! Wrong peers of CATCHUP-1 to CATCHUP-3: asking.

use rollwire_model::{
    exchange::How,
    peer::{CatchUpRules, Message, Phase, State},
};

use crate::peer::mutant::Mutant;

const RIGHT: CatchUpRules = CatchUpRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "asks-for-the-first-hole-alone",
        rule: "CATCHUP-1",
        fault: "asks for the first hole alone",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let (first, _) = (RIGHT.holes)(state)?;
                Some((first, first))
            };
        },
    },
    Mutant {
        name: "asks-only-below-a-known-entry",
        rule: "CATCHUP-1",
        fault: "asks only for holes below the highest entry that it knows, also when the end is agreed",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let (first, last) = (RIGHT.holes)(state)?;
                let highest = *state.inputs.held.last_key_value()?.0;
                (first < highest).then_some((first, last.min(highest - 1)))
            };
        },
    },
    Mutant {
        name: "asks-for-the-first-run-of-holes",
        rule: "CATCHUP-1",
        fault: "asks for the first holes up to the next entry that is known",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let (first, last) = (RIGHT.holes)(state)?;
                let known = state.inputs.held.range(first..).next();
                Some((first, known.map_or(last, |(frame, _)| frame - 1).min(last)))
            };
        },
    },
    Mutant {
        name: "asks-for-the-highest-known-entry",
        rule: "CATCHUP-1",
        fault: "asks for several holes up to the highest entry that it knows, itself included",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let (first, last) = (RIGHT.holes)(state)?;
                let highest = *state.inputs.held.last_key_value()?.0;
                Some((first, if first == last { last } else { highest }))
            };
        },
    },
    Mutant {
        name: "asks-from-the-base",
        rule: "CATCHUP-1",
        fault: "asks from the frame above the base on, whatever is known of it",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let (_, last) = (RIGHT.holes)(state)?;
                Some((u32::try_from(state.base() + 1).ok()?, last))
            };
        },
    },
    Mutant {
        name: "asks-for-the-confirmed-frame",
        rule: "CATCHUP-1",
        fault: "asks from the confirmed frame on if the first hole follows it",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let (first, last) = (RIGHT.holes)(state)?;
                let confirmed = state.inputs.confirmed.filter(|it| it + 1 == first);
                Some((confirmed.unwrap_or(first), last))
            };
        },
    },
    Mutant {
        name: "asks-for-no-frame-0",
        rule: "CATCHUP-1",
        fault: "does not ask for frame 0",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let (first, last) = (RIGHT.holes)(state)?;
                (last > 0).then_some((first.max(1), last))
            };
        },
    },
    Mutant {
        name: "looks-at-1023-frames",
        rule: "CATCHUP-1",
        fault: "looks at the 1023 frames above the base",
        edit: |rules| rules.catch_up.holes = |state| holes_below(state, 1023),
    },
    Mutant {
        name: "looks-at-1025-frames",
        rule: "CATCHUP-1",
        fault: "looks at the 1025 frames above the base",
        edit: |rules| rules.catch_up.holes = |state| holes_below(state, 1025),
    },
    Mutant {
        name: "looks-at-all-frames",
        rule: "CATCHUP-1",
        fault: "asks for every hole, however far it is above the base",
        edit: |rules| rules.catch_up.holes = |state| holes_below(state, 4096),
    },
    Mutant {
        name: "looks-at-256-frames",
        rule: "CATCHUP-1",
        fault: "looks at the 256 frames above the base",
        edit: |rules| rules.catch_up.holes = |state| holes_below(state, 256),
    },
    Mutant {
        name: "asks-without-a-hole",
        rule: "CATCHUP-1",
        fault: "asks for the frame above the base if there is no hole",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let next = u32::try_from(state.base() + 1).ok()?;
                (RIGHT.holes)(state).or(Some((next, next)))
            };
        },
    },
    Mutant {
        name: "asks-for-what-the-partner-has-not-done",
        rule: "CATCHUP-1",
        fault: "asks up to its own newest frame",
        edit: |rules| {
            rules.catch_up.holes = |state| {
                let own = state.inputs.own.last().map(|entry| entry.0);
                let missing = own.filter(|own| state.inputs.held.keys().all(|known| known < own));
                match (missing, (RIGHT.holes)(state)) {
                    (Some(own), Some((first, _))) => Some((first, own)),
                    (Some(own), None) if i64::from(own) > state.base() => Some((own, own)),
                    (_, right) => right,
                }
            };
        },
    },
    Mutant {
        name: "asks-twice",
        rule: "CATCHUP-2",
        fault: "begins a new request at each `catch_up`",
        edit: |rules| {
            rules.catch_up.asks = |state| (RIGHT.asks)(&State { request: None, ..state.clone() });
        },
    },
    Mutant {
        name: "asks-again-for-another-range",
        rule: "CATCHUP-2",
        fault: "begins a new request if there are other holes than those it has asked for",
        edit: |rules| {
            rules.catch_up.asks = |state| {
                let asked = state.request.map(|request| (request.start, request.end));
                let has_others = asked.is_some() && asked != (RIGHT.holes)(state);
                let without = State { request: None, ..state.clone() };
                (RIGHT.asks)(state) || has_others && (RIGHT.asks)(&without)
            };
        },
    },
    Mutant {
        name: "asks-while-waiting",
        rule: "CATCHUP-2",
        fault: "asks while the episode has not started",
        edit: |rules| {
            rules.catch_up.asks = |state| {
                let waits = phase(state) == Some(Phase::Waiting) && state.request.is_none();
                waits || (RIGHT.asks)(state)
            };
        },
    },
    Mutant {
        name: "asks-after-the-end",
        rule: "CATCHUP-2",
        fault: "asks when the episode is complete",
        edit: |rules| {
            rules.catch_up.asks = |state| {
                let is_over = phase(state) == Some(Phase::Complete) && state.request.is_none();
                is_over || (RIGHT.asks)(state)
            };
        },
    },
    Mutant {
        name: "asks-only-while-playing",
        rule: "CATCHUP-2",
        fault: "does not ask after the own game has ended",
        edit: |rules| {
            rules.catch_up.asks =
                |state| (RIGHT.asks)(state) && phase(state) != Some(Phase::Ending);
        },
    },
    Mutant {
        name: "repeats-a-request-after-999-ms",
        rule: "CATCHUP-3",
        fault: "repeats a request for the second time a millisecond early",
        edit: |rules| {
            rules.catch_up.again =
                |_, time, left| (left > 0).then_some(time + 998 + u64::from(left));
        },
    },
    Mutant {
        name: "repeats-a-request-after-1001-ms",
        rule: "CATCHUP-3",
        fault: "repeats a request for the second time a millisecond late",
        edit: |rules| {
            rules.catch_up.again =
                |_, time, left| (left > 0).then_some(time + 1_002 - u64::from(left));
        },
    },
    Mutant {
        name: "repeats-a-request-once",
        rule: "CATCHUP-3",
        fault: "repeats a request once",
        edit: |rules| {
            rules.catch_up.again = |_, time, left| (left > 1).then_some(time + 1_000);
        },
    },
    Mutant {
        name: "waits-twice-as-long-each-time",
        rule: "CATCHUP-3",
        fault: "waits twice as long before the second repeat",
        edit: |rules| {
            rules.catch_up.again =
                |_, time, left| (left > 0).then_some(time + if left == 1 { 2_000 } else { 1_000 });
        },
    },
    Mutant {
        name: "repeats-what-is-left",
        rule: "CATCHUP-3",
        fault: "asks in a repeat only for the holes that are left",
        edit: |rules| {
            rules.catch_up.repeats = |state, request| {
                let right = (request.start, request.end);
                (RIGHT.holes)(state).unwrap_or(right)
            };
        },
    },
    Mutant {
        name: "a-closed-channel-ends-the-repeats",
        rule: "CATCHUP-3",
        fault: "repeats no request that was due while the channel was not open",
        edit: |rules| {
            rules.catch_up.again = |state, time, left| {
                (RIGHT.again)(state, time, left).filter(|_| state.opened.is_some())
            };
        },
    },
    Mutant {
        name: "a-refusal-ends-the-repeats",
        rule: "CATCHUP-3",
        fault: "does not repeat a request after it is refused",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if let (Message::InputRequest { .. }, Some(request)) = (message, &mut state.request)
                {
                    request.repeat_at = None;
                }
            };
        },
    },
    Mutant {
        name: "an-error-ends-the-request",
        rule: "CATCHUP-3",
        fault: "has no request any more if its send ends with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if matches!(message, Message::InputRequest { .. }) && how == How::Throw {
                    state.request = None;
                }
            };
        },
    },
];

fn phase(state: &State) -> Option<Phase> {
    state.episodes.current.as_ref().map(|episode| episode.phase)
}

/// The first and the last hole in this many frames above the base.
fn holes_below(state: &State, frames: i64) -> Option<(u32, u32)> {
    let highest = *state.inputs.held.last_key_value()?.0;
    let above = state.base() + 1;
    let looked_at = (above..above + frames).filter_map(|frame| u32::try_from(frame).ok());
    let is_hole = |frame: &u32| *frame < highest && !state.inputs.held.contains_key(frame);
    let mut holes = looked_at.filter(is_hole);
    let first = holes.next()?;
    Some((first, holes.next_back().unwrap_or(first)))
}
