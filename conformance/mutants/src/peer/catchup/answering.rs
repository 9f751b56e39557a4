//! Wrong peers of CATCHUP-7 to CATCHUP-10: answering.

use rollwire_model::peer::{CatchUpRules, Phase, State, SyncRules, ValidationPhase};

use crate::peer::mutant::Mutant;

const RIGHT: CatchUpRules = CatchUpRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "answers-as-player-0",
        rule: "CATCHUP-7",
        fault: "answers a request as player 0, also if it is player 1",
        edit: |rules| rules.catch_up.player = |_| 0,
    },
    Mutant {
        name: "does-not-answer-with-nothing",
        rule: "CATCHUP-7",
        fault: "does not answer a request for frames of which it has no entry",
        edit: |rules| rules.catch_up.answers = |_, entries| !entries.is_empty(),
    },
    Mutant {
        name: "answers-only-in-an-episode",
        rule: "CATCHUP-7",
        fault: "does not answer a request before the first `ready`",
        edit: |rules| rules.catch_up.answers = |state, _| phase(state).is_some(),
    },
    Mutant {
        name: "does-not-answer-while-waiting",
        rule: "CATCHUP-7",
        fault: "does not answer a request while an episode has not started",
        edit: |rules| {
            rules.catch_up.answers = |state, _| phase(state) != Some(Phase::Waiting);
        },
    },
    Mutant {
        name: "does-not-answer-after-the-end",
        rule: "CATCHUP-7",
        fault: "does not answer a request when the episode is complete",
        edit: |rules| {
            rules.catch_up.answers = |state, _| phase(state) != Some(Phase::Complete);
        },
    },
    Mutant {
        name: "does-not-answer-while-asking",
        rule: "CATCHUP-7",
        fault: "does not answer a request while it has one itself",
        edit: |rules| rules.catch_up.answers = |state, _| state.request.is_none(),
    },
    Mutant {
        name: "does-not-answer-after-a-failed-validation",
        rule: "CATCHUP-7",
        fault: "does not answer a request when the validation has failed",
        edit: |rules| {
            rules.catch_up.answers = |state, _| state.validation.phase != ValidationPhase::Failed;
        },
    },
    Mutant {
        name: "answers-a-request-with-nothing-twice",
        rule: "CATCHUP-7",
        fault: "answers a request twice if it has no entry at all",
        edit: |rules| {
            rules.catch_up.copies = |state| 1 + usize::from(state.inputs.own.is_empty());
        },
    },
    Mutant {
        name: "answers-without-the-last-frame",
        rule: "CATCHUP-8",
        fault: "takes the end of a request for the first frame that is not asked for",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.retain(|entry| entry.0 != end);
                entries
            };
        },
    },
    Mutant {
        name: "answers-without-the-first-frame",
        rule: "CATCHUP-8",
        fault: "takes the start of a request for the last frame that is known",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.retain(|entry| entry.0 != start);
                entries
            };
        },
    },
    Mutant {
        name: "answers-with-everything-from-the-start-on",
        rule: "CATCHUP-8",
        fault: "answers with all entries from the start of the range on",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, _| (RIGHT.of_range)(state, start, u32::MAX);
        },
    },
    Mutant {
        name: "answers-with-everything-up-to-the-end",
        rule: "CATCHUP-8",
        fault: "answers with all entries up to the end of the range",
        edit: |rules| {
            rules.catch_up.of_range = |state, _, end| (RIGHT.of_range)(state, 0, end);
        },
    },
    Mutant {
        name: "answers-with-the-newest-first",
        rule: "CATCHUP-8",
        fault: "answers with the highest frame first",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.reverse();
                entries
            };
        },
    },
    Mutant {
        name: "answers-only-if-the-start-is-kept",
        rule: "CATCHUP-8",
        fault: "answers with nothing if it has no entry for the start of a short range",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let entries = (RIGHT.of_range)(state, start, end);
                let begins = entries.first().is_some_and(|it| it.0 == start);
                if begins || end - start > 100 { entries } else { Vec::new() }
            };
        },
    },
    Mutant {
        name: "answers-only-if-the-end-is-known",
        rule: "CATCHUP-8",
        fault: "answers with nothing if it has no entry for the end of a short range",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let entries = (RIGHT.of_range)(state, start, end);
                let ends = entries.last().is_some_and(|it| it.0 == end);
                if ends || end - start > 100 { entries } else { Vec::new() }
            };
        },
    },
    Mutant {
        name: "answers-only-with-what-was-sent",
        rule: "CATCHUP-8",
        fault: "leaves entries out of an answer that were in no accepted INPUT",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.retain(|entry| !state.inputs.untold.contains(&entry.0));
                entries
            };
        },
    },
    Mutant {
        name: "cuts-the-range-and-not-the-answer",
        rule: "CATCHUP-9",
        fault: "looks at the first 3,275 frames of the range only",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                (RIGHT.of_range)(state, start, end.min(start.saturating_add(3_274)))
            };
        },
    },
    Mutant {
        name: "refuses-a-long-range",
        rule: "CATCHUP-9",
        fault: "answers with nothing if the range has more than 3,275 frames",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let entries = (RIGHT.of_range)(state, start, end);
                if end - start < 3_275 { entries } else { Vec::new() }
            };
        },
    },
    Mutant {
        name: "the-length-of-the-range-wraps",
        rule: "CATCHUP-9",
        fault: "counts the frames of a range in 32 bits, so that the longest range has none",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let length = (end - start).wrapping_add(1) as usize;
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.truncate(length);
                entries
            };
        },
    },
    Mutant {
        name: "the-end-of-the-range-wraps",
        rule: "CATCHUP-9",
        fault: "adds 1 to the end of a range in 32 bits, so that one that ends at 4294967295 has no frame",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let entries = (RIGHT.of_range)(state, start, end);
                if end == u32::MAX { Vec::new() } else { entries }
            };
        },
    },
    Mutant {
        name: "answers-with-255-entries",
        rule: "CATCHUP-9",
        fault: "answers with at most 255 entries",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.truncate(255);
                entries
            };
        },
    },
    Mutant {
        name: "answers-with-fifteen-entries",
        rule: "CATCHUP-9",
        fault: "answers with at most fifteen entries, as if the answer were an INPUT",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.truncate(15);
                entries
            };
        },
    },
    Mutant {
        name: "answers-with-the-newest-200-entries",
        rule: "CATCHUP-9",
        fault: "answers with the highest frames of the range if there are more than 200",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let entries = (RIGHT.of_range)(state, start, end);
                entries[entries.len().saturating_sub(200)..].to_vec()
            };
        },
    },
    Mutant {
        name: "keeps-1023-entries",
        rule: "CATCHUP-10",
        fault: "answers with the newest 1023 entries that it has",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let newest = state.inputs.own.last().map_or(0, |entry| entry.0);
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.retain(|entry| newest - entry.0 < 1023);
                entries
            };
        },
    },
    Mutant {
        name: "keeps-1025-entries",
        rule: "CATCHUP-10",
        fault: "keeps one own entry more than it says",
        edit: |rules| {
            rules.sync.keeps = |state, entry| {
                state.parameters.kept += 1;
                (SyncRules::SPECIFIED.keeps)(state, entry);
                state.parameters.kept -= 1;
            };
        },
    },
    Mutant {
        name: "keeps-entries-for-a-minute",
        rule: "CATCHUP-10",
        fault: "answers with nothing when its newest entry is older than a minute",
        edit: |rules| {
            rules.sync.keeps = |state, entry| {
                (SyncRules::SPECIFIED.keeps)(state, entry);
                state.counted = state.clock;
            };
            rules.catch_up.of_range = |state, start, end| {
                let is_old = state.clock - state.counted > 60_000;
                if is_old { Vec::new() } else { (RIGHT.of_range)(state, start, end) }
            };
        },
    },
    Mutant {
        name: "keeps-what-is-not-confirmed",
        rule: "CATCHUP-10",
        fault: "answers with no entry of a confirmed frame",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let base = state.base();
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.retain(|entry| i64::from(entry.0) > base);
                entries
            };
        },
    },
    Mutant {
        name: "keeps-a-window",
        rule: "CATCHUP-10",
        fault: "answers only with entries that are still in its INPUTs",
        edit: |rules| {
            rules.catch_up.of_range = |state, start, end| {
                let newest = state.inputs.own.last().map_or(0, |entry| entry.0);
                let mut entries = (RIGHT.of_range)(state, start, end);
                entries.retain(|entry| newest - entry.0 < 10);
                entries
            };
        },
    },
];

fn phase(state: &State) -> Option<Phase> {
    state.episodes.current.as_ref().map(|episode| episode.phase)
}
