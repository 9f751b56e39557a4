//! Wrong peers of CATCHUP-1 to CATCHUP-6 and CATCHUP-11: asking and receiving.

use rollwire_model::{
    exchange::How,
    peer::{CatchUpRules, Message, Phase, Request, State, SyncRules},
};

use crate::peer::Mutant;

const RIGHT: CatchUpRules = CatchUpRules::SPECIFIED;

pub(in crate::peer) const MUTANTS: &[Mutant] = &[
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
    Mutant {
        name: "the-last-entry-ends-a-request",
        rule: "CATCHUP-4",
        fault: "ends a request as soon as the last frame of its range is known",
        edit: |rules| {
            rules.catch_up.is_over = |state, request| {
                (RIGHT.is_over)(state, request) || state.inputs.held.contains_key(&request.end)
            };
        },
    },
    Mutant {
        name: "the-first-entry-ends-a-request",
        rule: "CATCHUP-4",
        fault: "ends a request as soon as the first frame of its range is known",
        edit: |rules| {
            rules.catch_up.is_over = |state, request| {
                (RIGHT.is_over)(state, request) || state.inputs.held.contains_key(&request.start)
            };
        },
    },
    Mutant {
        name: "holes-elsewhere-keep-a-request",
        rule: "CATCHUP-4",
        fault: "ends a request when no hole is left anywhere",
        edit: |rules| rules.catch_up.is_over = |state, _| (RIGHT.holes)(state).is_none(),
    },
    Mutant {
        name: "a-request-waits-for-its-confirmation",
        rule: "CATCHUP-4",
        fault: "ends a request when its whole range is confirmed",
        edit: |rules| {
            rules.catch_up.is_over = |state, request| state.base() >= i64::from(request.end);
        },
    },
    Mutant {
        name: "an-input-ends-no-request",
        rule: "CATCHUP-4",
        fault: "ends a request when it receives an INPUT_RESPONSE, and never because of an INPUT",
        edit: |rules| {
            rules.sync.trusts = |state, _| state.counted = 1;
            rules.catch_up.looks_at = |state, entries| {
                state.counted = 0;
                entries.to_vec()
            };
            rules.catch_up.is_over =
                |state, request| state.counted == 0 && (RIGHT.is_over)(state, request);
        },
    },
    Mutant {
        name: "any-response-ends-a-request",
        rule: "CATCHUP-4",
        fault: "ends a request when it receives an INPUT_RESPONSE, whatever is in it",
        edit: |rules| rules.catch_up.after_response = |state| state.request = None,
    },
    Mutant {
        name: "gives-up-early",
        rule: "CATCHUP-5",
        fault: "gives a request up a millisecond early",
        edit: |rules| rules.catch_up.gives_up = |state| state.clock + 2_999,
    },
    Mutant {
        name: "gives-up-late",
        rule: "CATCHUP-5",
        fault: "gives a request up a millisecond late",
        edit: |rules| rules.catch_up.gives_up = |state| state.clock + 3_001,
    },
    Mutant {
        name: "gives-up-after-the-last-repeat",
        rule: "CATCHUP-5",
        fault: "gives a request up 3,000 ms after its last repeat",
        edit: |rules| rules.catch_up.gives_up = |state| state.clock + 5_000,
    },
    Mutant {
        name: "never-gives-up",
        rule: "CATCHUP-5",
        fault: "never gives a request up",
        edit: |rules| rules.catch_up.gives_up = |_| u64::MAX,
    },
    Mutant {
        name: "hears-nothing-after-giving-up",
        rule: "CATCHUP-5",
        fault: "drops an INPUT_RESPONSE that comes after a request was given up",
        edit: |rules| {
            rules.catch_up.hears = |state, player| {
                let too_late = state.request.is_none() && state.counted > 0;
                (RIGHT.hears)(state, player) && !(too_late && state.clock >= state.counted)
            };
            rules.common.clock_after = |state, before, milliseconds| {
                if let Some(request) = state.request {
                    state.counted = request.over_at;
                }
                before + milliseconds
            };
        },
    },
    Mutant {
        name: "a-reset-keeps-the-request",
        rule: "CATCHUP-6",
        fault: "goes on with a request after a reset",
        edit: |rules| {
            rules.catch_up.ends = |state| {
                if !matches!(phase(state), Some(Phase::Playing | Phase::Ending)) {
                    state.request = None;
                }
            };
        },
    },
    Mutant {
        name: "a-completion-keeps-the-request",
        rule: "CATCHUP-6",
        fault: "goes on with a request when the episode is complete, and into the next one",
        edit: |rules| {
            rules.catch_up.ends = |state| {
                if phase(state) != Some(Phase::Complete) {
                    state.request = None;
                }
            };
        },
    },
    Mutant {
        name: "a-reset-keeps-a-request-that-was-repeated",
        rule: "CATCHUP-6",
        fault: "goes on with a request after a reset if it was repeated already",
        edit: |rules| {
            rules.catch_up.ends = |state| {
                let is_repeated = |request: &Request| request.repeats == 0;
                let is_reset = matches!(phase(state), Some(Phase::Playing | Phase::Ending));
                state.request = state.request.filter(|it| is_reset && is_repeated(it));
            };
        },
    },
    Mutant {
        name: "takes-responses-of-anybody",
        rule: "CATCHUP-11",
        fault: "takes the INPUT_RESPONSEs of every player for those of its partner",
        edit: |rules| rules.catch_up.hears = |_, _| true,
    },
    Mutant {
        name: "takes-responses-of-its-own-index",
        rule: "CATCHUP-11",
        fault: "takes an INPUT_RESPONSE with its own index for one of its partner",
        edit: |rules| rules.catch_up.hears = |_, player| player < 2,
    },
    Mutant {
        name: "looks-at-one-byte-of-the-player-of-a-response",
        rule: "CATCHUP-11",
        fault: "looks at the low byte of the player of an INPUT_RESPONSE only",
        edit: |rules| {
            rules.catch_up.hears = |state, player| player & 0xff == state.setup.partner();
        },
    },
    Mutant {
        name: "hears-only-what-it-asked-for",
        rule: "CATCHUP-11",
        fault: "drops an INPUT_RESPONSE while it has no request",
        edit: |rules| {
            rules.catch_up.hears =
                |state, player| (RIGHT.hears)(state, player) && state.request.is_some();
        },
    },
    Mutant {
        name: "takes-only-what-it-asked-for",
        rule: "CATCHUP-11",
        fault: "drops entries of an INPUT_RESPONSE outside the range of its request",
        edit: |rules| {
            rules.catch_up.looks_at = |state, entries| {
                let Some(request) = state.request else { return entries.to_vec() };
                let range = request.start..=request.end;
                entries.iter().filter(|entry| range.contains(&entry.0)).copied().collect()
            };
        },
    },
    Mutant {
        name: "a-response-replaces",
        rule: "CATCHUP-11",
        fault: "replaces known entries by those of an INPUT_RESPONSE",
        edit: |rules| {
            rules.catch_up.looks_at = |state, entries| {
                for (frame, _) in entries {
                    state.inputs.held.remove(frame);
                }
                entries.to_vec()
            };
        },
    },
    Mutant {
        name: "takes-fifteen-entries-of-a-response",
        rule: "CATCHUP-11",
        fault: "looks at the first fifteen entries of an INPUT_RESPONSE",
        edit: |rules| {
            rules.catch_up.looks_at = |_, entries| entries.iter().take(15).copied().collect();
        },
    },
    Mutant {
        name: "a-response-fills-its-holes",
        rule: "CATCHUP-11",
        fault: "takes a frame that is missing between two entries of an INPUT_RESPONSE for one without an action",
        edit: |rules| {
            rules.catch_up.looks_at = |_, entries| {
                let mut filled = entries.to_vec();
                for pair in entries.windows(2) {
                    if pair[0].0.checked_add(2) == Some(pair[1].0) {
                        filled.push((pair[0].0 + 1, 0));
                    }
                }
                filled
            };
        },
    },
    Mutant {
        name: "a-response-confirms-what-was-asked-for",
        rule: "CATCHUP-11",
        fault: "takes the frames of its request for known without an action when an INPUT_RESPONSE has come",
        edit: |rules| {
            rules.catch_up.after_response = |state| {
                let Some(request) = state.request.take() else { return };
                for frame in request.start..=request.end {
                    (SyncRules::SPECIFIED.stores)(state, (frame, 0));
                }
            };
        },
    },
];

fn phase(state: &State) -> Option<Phase> {
    state.episodes.current.as_ref().map(|episode| episode.phase)
}

/// The first and the last hole in so many frames above the base.
fn holes_below(state: &State, frames: i64) -> Option<(u32, u32)> {
    let highest = *state.inputs.held.last_key_value()?.0;
    let above = state.base() + 1;
    let looked_at = (above..above + frames).filter_map(|frame| u32::try_from(frame).ok());
    let is_hole = |frame: &u32| *frame < highest && !state.inputs.held.contains_key(frame);
    let mut holes = looked_at.filter(is_hole);
    let first = holes.next()?;
    Some((first, holes.next_back().unwrap_or(first)))
}
