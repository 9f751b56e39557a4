//! Wrong peers of SYNC-11 to SYNC-13: confirming and the reset.

use rollwire_model::peer::{Phase, State, SyncRules};

use crate::peer::mutant::Mutant;

const RIGHT: SyncRules = SyncRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "guesses-a-missing-input",
        rule: "SYNC-11",
        fault: "confirms over a hole of one frame in the partner's entries",
        edit: |rules| rules.sync.confirms = |state| confirmed_with_guesses(state, 1),
    },
    Mutant {
        name: "confirms-up-to-the-newest",
        rule: "SYNC-11",
        fault: "confirms up to the highest frame of which both entries are known, whatever is missing below",
        edit: |rules| {
            rules.sync.confirms = |state| {
                let own = state.inputs.own.last()?.0;
                let known = state.inputs.held.range(..=own).next_back();
                known.map(|(frame, _)| *frame).or(state.inputs.confirmed)
            };
        },
    },
    Mutant {
        name: "confirms-without-the-own-input",
        rule: "SYNC-11",
        fault: "confirms the frame after its own newest one once the partner's entry is known",
        edit: |rules| {
            rules.sync.confirms = |state| {
                let right = (RIGHT.confirms)(state);
                let next = right.map_or(state.setup.first_frame, |frame| frame.saturating_add(1));
                let follows = state.inputs.next == Some(next) && !state.inputs.own.is_empty();
                if follows && state.inputs.held.contains_key(&next) { Some(next) } else { right }
            };
        },
    },
    Mutant {
        name: "confirms-one-frame-at-a-time",
        rule: "SYNC-11",
        fault: "confirms one frame at each stimulus, however many are complete",
        edit: |rules| {
            rules.sync.confirms = |state| {
                let next = u32::try_from(state.base() + 1).ok()?;
                (RIGHT.confirms)(state).map(|frame| frame.min(next))
            };
        },
    },
    Mutant {
        name: "an-act-confirms-nothing",
        rule: "SYNC-11",
        fault: "determines the confirmed frame after a received INPUT, and not after an act",
        edit: |rules| {
            rules.sync.keeps = |state, entry| {
                (RIGHT.keeps)(state, entry);
                state.counted = 1;
            };
            rules.sync.trusts = |state, _| state.counted = 0;
            rules.sync.confirms = |state| {
                if state.counted == 1 { state.inputs.confirmed } else { (RIGHT.confirms)(state) }
            };
        },
    },
    Mutant {
        name: "time-confirms",
        rule: "SYNC-11",
        fault: "confirms over every hole once a second has passed",
        edit: |rules| {
            rules.sync.confirms = |state| {
                let guesses = if state.clock >= 1_000 { 4096 } else { 0 };
                confirmed_with_guesses(state, guesses)
            };
        },
    },
    Mutant {
        name: "an-action-0-does-not-confirm",
        rule: "SYNC-11",
        fault: "confirms no frame for which the partner's action is 0",
        edit: |rules| {
            rules.sync.confirms = |state| {
                let right = (RIGHT.confirms)(state)?;
                let mut held = state.inputs.held.iter();
                let first_zero = held.find(|entry| *entry.1 == 0).map(|entry| *entry.0);
                match first_zero {
                    Some(zero) if zero <= right => {
                        zero.checked_sub(1).filter(|it| *it >= state.setup.first_frame)
                    }
                    _ => Some(right),
                }
            };
        },
    },
    Mutant {
        name: "holds-the-confirmed-frame",
        rule: "SYNC-12",
        fault: "still holds the partner's entry of the confirmed frame, from the second own act on",
        edit: |rules| {
            rules.sync.drops = |state| {
                let base = state.base() + i64::from(state.inputs.own.len() < 2);
                state.inputs.held.retain(|frame, _| i64::from(*frame) >= base);
            };
        },
    },
    Mutant {
        name: "drops-the-confirmed-frame-alone",
        rule: "SYNC-12",
        fault: "drops only the entry of the confirmed frame itself, and none below it",
        edit: |rules| {
            rules.sync.drops = |state| {
                if let Some(confirmed) = state.inputs.confirmed {
                    state.inputs.held.remove(&confirmed);
                }
            };
        },
    },
    Mutant {
        name: "drops-all-that-it-holds",
        rule: "SYNC-12",
        fault: "drops all entries that it holds when the confirmed frame rises",
        edit: |rules| {
            rules.sync.drops = |state| {
                let base = state.base();
                if state.inputs.held.keys().any(|frame| i64::from(*frame) <= base) {
                    state.inputs.held.clear();
                }
            };
        },
    },
    Mutant {
        name: "drops-one-frame-too-many",
        rule: "SYNC-12",
        fault: "drops the entry of the frame after the confirmed one, too",
        edit: |rules| {
            rules.sync.drops = |state| {
                let reached = state.inputs.confirmed.map_or(-1, |frame| i64::from(frame) + 1);
                state.inputs.held.retain(|frame, _| i64::from(*frame) > reached);
            };
        },
    },
    Mutant {
        name: "a-reset-leaves-everything",
        rule: "SYNC-13",
        fault: "does nothing at a reset once it has acted",
        edit: |rules| {
            rules.sync.resets = |state| {
                if !is_game_reset(state) || state.inputs.own.is_empty() {
                    (RIGHT.resets)(state);
                }
            };
        },
    },
    Mutant {
        name: "a-reset-leaves-what-is-held",
        rule: "SYNC-13",
        fault: "still holds the partner's entries after a reset once it has acted",
        edit: |rules| {
            rules.sync.resets = |state| {
                let held = state.inputs.held.clone();
                let has_acted = !state.inputs.own.is_empty();
                (RIGHT.resets)(state);
                if is_game_reset(state) && has_acted {
                    state.inputs.held = held;
                }
            };
        },
    },
    Mutant {
        name: "a-reset-leaves-early-entries",
        rule: "SYNC-13",
        fault: "still holds what has come before the start after a reset",
        edit: |rules| {
            rules.sync.resets = |state| {
                let phase = state.episodes.current.as_ref().map(|episode| episode.phase);
                let held = state.inputs.held.clone();
                (RIGHT.resets)(state);
                if phase == Some(Phase::Waiting) {
                    state.inputs.held = held;
                }
            };
        },
    },
    Mutant {
        name: "a-reset-leaves-the-confirmed-frame",
        rule: "SYNC-13",
        fault: "still has its confirmed frame after a reset",
        edit: |rules| {
            rules.sync.resets = |state| {
                let confirmed = state.inputs.confirmed;
                (RIGHT.resets)(state);
                if is_game_reset(state) {
                    state.inputs.confirmed = confirmed;
                }
            };
        },
    },
    Mutant {
        name: "a-reset-leaves-the-own-entries",
        rule: "SYNC-13",
        fault: "still sends own entries from before a reset",
        edit: |rules| {
            rules.sync.resets = |state| {
                let own = state.inputs.own.clone();
                (RIGHT.resets)(state);
                if is_game_reset(state) {
                    state.inputs.own = own;
                }
            };
        },
    },
    Mutant {
        name: "a-reset-goes-on-counting",
        rule: "SYNC-13",
        fault: "counts own frames on after a reset",
        edit: |rules| {
            rules.sync.resets = |state| {
                let next = state.inputs.next;
                (RIGHT.resets)(state);
                if is_game_reset(state) {
                    state.inputs.next = next;
                }
            };
        },
    },
    Mutant {
        name: "a-reset-begins-at-0",
        rule: "SYNC-13",
        fault: "begins at frame 0 after a reset, whatever the first frame is",
        edit: |rules| {
            rules.sync.resets = |state| {
                (RIGHT.resets)(state);
                if is_game_reset(state) {
                    state.inputs.next = Some(0);
                }
            };
        },
    },
    Mutant {
        name: "resets-once",
        rule: "SYNC-13",
        fault: "does nothing at the second reset of an episode",
        edit: |rules| {
            rules.sync.resets = |state| {
                if !is_game_reset(state) {
                    (RIGHT.resets)(state);
                } else if state.counted == 0 {
                    state.counted = 1;
                    (RIGHT.resets)(state);
                }
            };
        },
    },
];

/// Whether inputs are emptied by a `reset`, and not by a `ready` or a new peer.
fn is_game_reset(state: &State) -> bool {
    let phase = state.episodes.current.as_ref().map(|episode| episode.phase);
    phase.is_some_and(|phase| phase != Phase::Complete)
}

/// The confirmed frame, if a hole of up to this many frames is skipped.
fn confirmed_with_guesses(state: &State, guesses: i64) -> Option<u32> {
    let mut frame = state.base();
    let own = i64::from(state.inputs.own.last().map_or(0, |entry| entry.0));
    if !state.inputs.own.is_empty() {
        for known in state.inputs.held.keys().map(|known| i64::from(*known)) {
            if known <= own && known > frame && known - frame - 1 <= guesses {
                frame = known;
            }
        }
    }
    u32::try_from(frame).ok().filter(|_| frame > state.setup.base())
}
