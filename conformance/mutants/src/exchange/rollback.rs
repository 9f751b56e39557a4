//! Wrong ways to begin and end a rollback (EXCH-24 to EXCH-26).

use rollwire_model::exchange::{Entry, State};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "counts-rollbacks",
        rule: "EXCH-24",
        fault: "counts the begins and waits for as many ends",
        edit: |rules| {
            rules.begins = |state| {
                state.rollbacks += 1;
                true
            };
            rules.ends = |state| {
                let ends = state.rollbacks == 1;
                state.rollbacks = state.rollbacks.saturating_sub(1);
                ends
            };
        },
    },
    Mutant {
        name: "ignores-the-inner-begin",
        rule: "EXCH-24",
        fault: "ignores the begin of a rollback while one is in progress",
        edit: |rules| rules.begins = |state| std::mem::replace(&mut state.rollbacks, 1) == 0,
    },
    Mutant {
        name: "the-inner-begin-ends",
        rule: "EXCH-24",
        fault: "toggles a flag at each begin, so that a second begin ends the rollback",
        edit: |rules| {
            rules.begins = |state| {
                state.rollbacks ^= 1;
                true
            };
        },
    },
    Mutant {
        name: "the-inner-begin-repeats-the-outer",
        rule: "EXCH-24",
        fault: "withdraws at an inner begin also from the target of the outer one on, if that is lower",
        edit: |rules| {
            rules.withdraws_queue = |state, t| {
                if state.remembered.is_empty() {
                    state.remembered.insert(t);
                }
                let lowest = state.remembered.first().copied().unwrap_or(t).min(t);
                state.queue.retain(|entry| entry.0 < lowest);
            };
            rules.after_end = |state| state.remembered.clear();
        },
    },
    Mutant {
        name: "a-stray-end-voids-the-next-rollback",
        rule: "EXCH-25",
        fault: "counts an end without a begin, so that the next begin only cancels it",
        edit: |rules| {
            rules.ends = |state| {
                if state.rollbacks == 0 {
                    state.remembered.insert(0);
                }
                std::mem::take(&mut state.rollbacks) > 0
            };
            rules.begins = |state| {
                state.rollbacks = u32::from(!state.remembered.remove(&0));
                true
            };
        },
    },
    Mutant {
        name: "a-stray-end-begins",
        rule: "EXCH-25",
        fault: "toggles a flag at each end, so that a second end begins a rollback",
        edit: |rules| {
            rules.ends = |state| {
                state.rollbacks ^= 1;
                state.rollbacks == 0
            };
        },
    },
    Mutant {
        name: "a-stray-end-withdraws-again",
        rule: "EXCH-25",
        fault: "withdraws from the last target on at every end, also at one that ends nothing",
        edit: |rules| {
            rules.withdraws_queue = |state, t| {
                state.queue.retain(|entry| entry.0 < t);
                state.remembered = [t].into();
            };
            rules.ends = |state| {
                let ends = std::mem::take(&mut state.rollbacks) > 0;
                if !ends {
                    withdraw_again(state, |state| &mut state.queue);
                }
                ends
            };
        },
    },
    Mutant {
        name: "queues-nothing-during-a-rollback",
        rule: "EXCH-26",
        fault: "does not queue what is confirmed from the target on during a rollback",
        edit: |rules| {
            rules.lowers = |state, t| {
                state.verified = state.verified.min(t.checked_sub(1));
                state.remembered = [t].into();
            };
            rules.queues = |state, entry| {
                if !resimulated(state, entry.0) {
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "deaf-during-a-rollback",
        rule: "EXCH-26",
        fault: "ignores what it receives from the target on during a rollback",
        edit: |rules| {
            rules.withdraws_map = |state, t| {
                state.map.retain(|entry| entry.0 < t);
                state.remembered = [t].into();
            };
            rules.listens = |state, entry| !resimulated(state, entry.0);
        },
    },
    Mutant {
        name: "the-end-withdraws-from-the-queue",
        rule: "EXCH-26",
        fault: "drops at the end of a rollback what was confirmed during it",
        edit: |rules| {
            rules.withdraws_queue = |state, t| {
                state.queue.retain(|entry| entry.0 < t);
                state.remembered = [t].into();
            };
            rules.after_end = |state| withdraw_again(state, |state| &mut state.queue);
        },
    },
    Mutant {
        name: "the-end-withdraws-from-the-map",
        rule: "EXCH-26",
        fault: "drops at the end of a rollback what was received during it",
        edit: |rules| {
            rules.withdraws_map = |state, t| {
                state.map.retain(|entry| entry.0 < t);
                state.remembered = [t].into();
            };
            rules.after_end = |state| withdraw_again(state, |state| &mut state.map);
        },
    },
    Mutant {
        name: "the-end-withdraws-from-the-history",
        rule: "EXCH-26",
        fault: "removes from the history at the end of a rollback what was confirmed during it",
        edit: |rules| {
            rules.withdraws_history = |state, t| {
                state.history.retain(|entry| entry.0 < t);
                state.remembered = [t].into();
            };
            rules.after_end = |state| withdraw_again(state, |state| &mut state.history);
        },
    },
    Mutant {
        name: "waits-one-tick-after-a-rollback",
        rule: "EXCH-26",
        fault: "sends nothing in the first tick after a rollback in which something was confirmed",
        edit: |rules| {
            rules.queues = |state, entry| {
                state.queue.push(entry);
                if state.rollbacks > 0 {
                    state.remembered.insert(0);
                }
            };
            rules.waits_for_rollback = |state| state.rollbacks > 0 || state.remembered.remove(&0);
        },
    },
];

/// Whether a rollback is in progress and the frame is not below its target, which `remembered` holds.
fn resimulated(state: &State, frame: u32) -> bool {
    state.rollbacks > 0 && state.remembered.first().is_some_and(|target| frame >= *target)
}

/// Withdraws again from the target on, which `remembered` holds.
fn withdraw_again(state: &mut State, part: fn(&mut State) -> &mut Vec<Entry>) {
    if let Some(target) = state.remembered.first().copied() {
        part(state).retain(|entry| entry.0 < target);
    }
}
