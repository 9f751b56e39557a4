//! Wrong peers of CATCHUP-4 to CATCHUP-6 and CATCHUP-11: the end of a request, and responses.

use rollwire_model::peer::{CatchUpRules, Phase, Request, State, SyncRules};

use crate::peer::mutant::Mutant;

const RIGHT: CatchUpRules = CatchUpRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
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
        name: "takes-responses-of-any-player",
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
