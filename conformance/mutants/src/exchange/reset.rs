//! Wrong ways to reset (EXCH-27 to EXCH-29).

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "a-reset-keeps-the-queue",
        rule: "EXCH-27",
        fault: "sends in the next episode what was confirmed in the previous one",
        edit: |rules| {
            rules.empties = |state| {
                state.map.clear();
                state.history.clear();
            };
        },
    },
    Mutant {
        name: "a-reset-keeps-the-map",
        rule: "EXCH-27",
        fault: "keeps the peer's hashes of the previous episode",
        edit: |rules| {
            rules.empties = |state| {
                state.queue.clear();
                state.history.clear();
            };
        },
    },
    Mutant {
        name: "a-reset-keeps-the-history",
        rule: "EXCH-27",
        fault: "keeps its own hashes of the previous episode",
        edit: |rules| {
            rules.empties = |state| {
                state.queue.clear();
                state.map.clear();
            };
        },
    },
    Mutant {
        name: "a-reset-keeps-the-queue-while-closed",
        rule: "EXCH-27",
        fault: "keeps across a reset what could not be sent because the channel was closed",
        edit: |rules| {
            rules.empties = |state| {
                if !state.closed {
                    state.queue.clear();
                }
                state.map.clear();
                state.history.clear();
            };
        },
    },
    Mutant {
        name: "a-reset-waits-for-the-rollback",
        rule: "EXCH-27",
        fault: "empties nothing if a rollback is in progress",
        edit: |rules| {
            rules.empties = |state| {
                if state.rollbacks == 0 {
                    state.queue.clear();
                    state.map.clear();
                    state.history.clear();
                }
            };
        },
    },
    Mutant {
        name: "a-reset-keeps-the-rollback",
        rule: "EXCH-28",
        fault: "continues the rollback after a reset",
        edit: |rules| rules.reset_rollback = |_| {},
    },
    Mutant {
        name: "notices-the-reset-in-the-next-tick",
        rule: "EXCH-28",
        fault: "sends nothing in the first tick after a reset during a rollback",
        edit: |rules| {
            rules.reset_rollback = |state| {
                if std::mem::take(&mut state.rollbacks) > 0 {
                    state.remembered.insert(0);
                }
            };
            rules.waits_for_rollback = |state| state.remembered.remove(&0) || state.rollbacks > 0;
        },
    },
    Mutant {
        name: "a-reset-opens-the-channel",
        rule: "EXCH-29",
        fault: "treats the channel as open after a reset",
        edit: |rules| rules.reset_channel = |state| state.closed = false,
    },
    Mutant {
        name: "a-reset-closes-the-channel",
        rule: "EXCH-29",
        fault: "treats the channel as closed after a reset",
        edit: |rules| rules.reset_channel = |state| state.closed = true,
    },
];
