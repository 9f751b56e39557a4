//! Wrong peers of CATCHUP-12 to CATCHUP-14: telling what was never sent.

use rollwire_model::peer::{CatchUpRules, InputEntry, Message, State, SyncRules};

use crate::peer::mutant::Mutant;

const RIGHT: CatchUpRules = CatchUpRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "does-not-tell-what-was-done-while-closed",
        rule: "CATCHUP-12",
        fault: "tells what was refused, and not what was done while the channel was closed",
        edit: |rules| {
            rules.sync.unsent = |state, frame| {
                state.inputs.untold.remove(&frame);
            };
        },
    },
    Mutant {
        name: "tells-at-once-what-was-done-while-closed",
        rule: "CATCHUP-12",
        fault: "tells what was done while the channel was closed although it is still in the INPUT of the act",
        edit: |rules| {
            rules.sync.unsent = |state, frame| {
                state.remembered.insert(frame.into());
            };
            rules.catch_up.untold = |state| {
                let is_untold = |entry: &&InputEntry| {
                    let was_closed = state.remembered.contains(&entry.0.into());
                    was_closed && state.inputs.untold.contains(&entry.0)
                };
                let right = (RIGHT.untold)(state).concat();
                let entries: Vec<InputEntry> = if state.opened.is_some() {
                    state.inputs.own.iter().filter(is_untold).copied().collect()
                } else {
                    right.clone()
                };
                let entries = if entries.len() > right.len() { entries } else { right };
                entries.chunks(15).map(<[InputEntry]>::to_vec).collect()
            };
        },
    },
    Mutant {
        name: "tells-fifteen-entries-an-act",
        rule: "CATCHUP-12",
        fault: "tells at most one INPUT of what was never sent at each act",
        edit: |rules| {
            rules.catch_up.untold = |state| (RIGHT.untold)(state).into_iter().take(1).collect();
        },
    },
    Mutant {
        name: "tells-ten-entries-an-input",
        rule: "CATCHUP-12",
        fault: "tells what was never sent in INPUTs of ten entries",
        edit: |rules| rules.catch_up.untold = |state| chunks(state, 10),
    },
    Mutant {
        name: "tells-the-newest-input-first",
        rule: "CATCHUP-12",
        fault: "tells what was never sent in falling INPUTs",
        edit: |rules| {
            rules.catch_up.untold = |state| (RIGHT.untold)(state).into_iter().rev().collect();
        },
    },
    Mutant {
        name: "tells-up-to-the-act-itself",
        rule: "CATCHUP-12",
        fault: "repeats the oldest entry of the INPUT of the act after three or more that were never sent",
        edit: |rules| {
            rules.catch_up.untold = |state| {
                let mut entries = (RIGHT.untold)(state).concat();
                let own = &state.inputs.own;
                if entries.len() >= 3 {
                    entries.push(own[own.len() - 10]);
                }
                entries.chunks(15).map(<[InputEntry]>::to_vec).collect()
            };
        },
    },
    Mutant {
        name: "tells-without-a-gap",
        rule: "CATCHUP-12",
        fault: "tells everything between the first and the last entry that were never sent",
        edit: |rules| {
            rules.catch_up.untold = |state| {
                let entries = (RIGHT.untold)(state).concat();
                let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
                    return Vec::new();
                };
                let range = first.0..=last.0;
                let all: Vec<InputEntry> =
                    state.inputs.own.iter().filter(|it| range.contains(&it.0)).copied().collect();
                all.chunks(15).map(<[InputEntry]>::to_vec).collect()
            };
        },
    },
    Mutant {
        name: "tells-as-player-0",
        rule: "CATCHUP-12",
        fault: "tells what was never sent as player 0, also if it is player 1",
        edit: |rules| rules.catch_up.untold_player = |_| 0,
    },
    Mutant {
        name: "tells-with-the-newest-current-frame",
        rule: "CATCHUP-12",
        fault: "writes the frame of the act into fifteen entries that were never sent",
        edit: |rules| {
            rules.catch_up.untold_current_frame = |state, entries| {
                let newest = state.inputs.own.last().map_or(0, |entry| entry.0);
                if entries.len() == 15 {
                    newest
                } else {
                    (RIGHT.untold_current_frame)(state, entries)
                }
            };
        },
    },
    Mutant {
        name: "goes-on-telling-after-a-refusal",
        rule: "CATCHUP-13",
        fault: "tries the next INPUT of what was never sent after a refused one",
        edit: |rules| rules.catch_up.goes_on = |_| true,
    },
    Mutant {
        name: "a-refusal-stops-the-act-itself",
        rule: "CATCHUP-13",
        fault: "does not send the INPUT of an act if the one before it was refused",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if is_of_old(state, message) {
                    state.counted = 1;
                }
            };
            rules.sync.copies = |state| usize::from(state.counted == 0);
            rules.sync.keeps = |state, entry| {
                state.counted = 0;
                (SyncRules::SPECIFIED.keeps)(state, entry);
            };
        },
    },
    Mutant {
        name: "a-refused-telling-counts-as-told",
        rule: "CATCHUP-13",
        fault: "does not tell again what was refused when it was told",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if is_of_old(state, message)
                    && let Message::Input { entries, .. } = message
                {
                    (RIGHT.tells)(state, entries);
                }
            };
        },
    },
    Mutant {
        name: "a-refusal-ends-all-telling",
        rule: "CATCHUP-13",
        fault: "tells nothing any more after it was refused once",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if is_of_old(state, message) {
                    state.counted = 1;
                }
            };
            rules.catch_up.untold = |state| {
                if state.counted == 1 { Vec::new() } else { (RIGHT.untold)(state) }
            };
        },
    },
    Mutant {
        name: "tells-again-what-it-has-told",
        rule: "CATCHUP-14",
        fault: "tells again what it has told already",
        edit: |rules| {
            rules.catch_up.tells = |state, entries| {
                let newest = state.inputs.own.last();
                if newest == entries.last() {
                    (RIGHT.tells)(state, entries);
                }
            };
        },
    },
    Mutant {
        name: "only-the-newest-entry-is-told",
        rule: "CATCHUP-14",
        fault: "counts only the newest entry of an accepted INPUT as sent",
        edit: |rules| {
            rules.catch_up.tells = |state, entries| {
                let newest = state.inputs.own.last();
                if newest == entries.last() {
                    (RIGHT.tells)(state, &entries[entries.len() - 1..]);
                } else {
                    (RIGHT.tells)(state, entries);
                }
            };
        },
    },
    Mutant {
        name: "a-full-input-tells-nothing",
        rule: "CATCHUP-14",
        fault: "does not count the entries of an INPUT with ten of them as sent",
        edit: |rules| {
            rules.catch_up.tells = |state, entries| {
                if entries.len() != 10 {
                    (RIGHT.tells)(state, entries);
                }
            };
        },
    },
];

/// Whether a message is an INPUT without the newest own entry.
fn is_of_old(state: &State, message: &Message) -> bool {
    let Message::Input { entries, .. } = message else { return false };
    entries.last() != state.inputs.own.last()
}

/// What was never sent, in INPUTs of this many entries.
fn chunks(state: &State, most: usize) -> Vec<Vec<InputEntry>> {
    let entries = (RIGHT.untold)(state).concat();
    entries.chunks(most).map(<[InputEntry]>::to_vec).collect()
}
