//! Wrong ways to withdraw when a rollback begins (EXCH-20 to EXCH-23).

use rollwire_model::exchange::Entry;

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "keeps-the-target-in-the-queue",
        rule: "EXCH-20",
        fault: "withdraws from the queue what is greater than the target, but not the target itself",
        edit: |rules| rules.withdraws_queue = |state, t| state.queue.retain(|entry| entry.0 <= t),
    },
    Mutant {
        name: "keeps-the-queue",
        rule: "EXCH-20",
        fault: "withdraws nothing from the queue",
        edit: |rules| rules.withdraws_queue = |_, _| {},
    },
    Mutant {
        name: "empties-the-queue",
        rule: "EXCH-20",
        fault: "empties the whole queue if it has to withdraw anything",
        edit: |rules| rules.withdraws_queue = |state, t| empties_if_any(&mut state.queue, t),
    },
    Mutant {
        name: "cuts-the-queue",
        rule: "EXCH-20",
        fault: "cuts off the queue at the first entry that it has to withdraw, as if it were sorted",
        edit: |rules| rules.withdraws_queue = |state, t| cuts(&mut state.queue, t),
    },
    Mutant {
        name: "withdraws-from-the-back",
        rule: "EXCH-20",
        fault: "withdraws from the back of the queue up to the first entry that may stay",
        edit: |rules| {
            rules.withdraws_queue = |state, t| {
                while state.queue.pop_if(|entry| entry.0 >= t).is_some() {}
            };
        },
    },
    Mutant {
        name: "turns-the-queue-around",
        rule: "EXCH-20",
        fault: "leaves the queue in reverse order when it withdraws from it",
        edit: |rules| {
            rules.withdraws_queue = |state, t| {
                state.queue.retain(|entry| entry.0 < t);
                state.queue.reverse();
            };
        },
    },
    Mutant {
        name: "keeps-the-target-in-the-map",
        rule: "EXCH-21",
        fault: "withdraws from the map what is greater than the target, but not the target itself",
        edit: |rules| rules.withdraws_map = |state, t| state.map.retain(|entry| entry.0 <= t),
    },
    Mutant {
        name: "keeps-the-map",
        rule: "EXCH-21",
        fault: "withdraws nothing from the map",
        edit: |rules| rules.withdraws_map = |_, _| {},
    },
    Mutant {
        name: "empties-the-map",
        rule: "EXCH-21",
        fault: "empties the whole map if it has to withdraw anything",
        edit: |rules| rules.withdraws_map = |state, t| empties_if_any(&mut state.map, t),
    },
    Mutant {
        name: "cuts-the-map",
        rule: "EXCH-21",
        fault: "cuts off the map at the first received frame that it has to withdraw, as if it were sorted",
        edit: |rules| rules.withdraws_map = |state, t| cuts(&mut state.map, t),
    },
    Mutant {
        name: "withdraws-only-confirmed-frames-from-the-map",
        rule: "EXCH-21",
        fault: "withdraws from the map only the frames that its history withdraws",
        edit: |rules| {
            rules.withdraws_map = |state, t| {
                let history = &state.history;
                let confirmed = |frame| history.iter().any(|entry| entry.0 == frame);
                state.map.retain(|entry| entry.0 < t || !confirmed(entry.0));
            };
        },
    },
    Mutant {
        name: "keeps-the-target-in-the-history",
        rule: "EXCH-22",
        fault: "withdraws from the history what is greater than the target, but not the target itself",
        edit: |rules| {
            rules.withdraws_history = |state, t| state.history.retain(|entry| entry.0 <= t);
        },
    },
    Mutant {
        name: "keeps-the-history",
        rule: "EXCH-22",
        fault: "withdraws nothing from the history",
        edit: |rules| rules.withdraws_history = |_, _| {},
    },
    Mutant {
        name: "empties-the-history",
        rule: "EXCH-22",
        fault: "empties the whole history if it has to withdraw anything",
        edit: |rules| rules.withdraws_history = |state, t| empties_if_any(&mut state.history, t),
    },
    Mutant {
        name: "cuts-the-history",
        rule: "EXCH-22",
        fault: "cuts off the history at the first entry that it has to withdraw, as if it were sorted",
        edit: |rules| rules.withdraws_history = |state, t| cuts(&mut state.history, t),
    },
    Mutant {
        name: "sorts-the-history",
        rule: "EXCH-22",
        fault: "leaves the history sorted by frame, so that the bound finds another first entry",
        edit: |rules| {
            rules.withdraws_history = |state, t| {
                state.history.retain(|entry| entry.0 < t);
                state.history.sort_by_key(|entry| entry.0);
            };
        },
    },
    Mutant {
        name: "compares-signed-in-the-queue",
        rule: "EXCH-23",
        fault: "compares the frames of the queue with the target as signed numbers",
        edit: |rules| rules.withdraws_queue = |state, t| retain_signed(&mut state.queue, t),
    },
    Mutant {
        name: "compares-signed-in-the-map",
        rule: "EXCH-23",
        fault: "compares the frames of the map with the target as signed numbers",
        edit: |rules| rules.withdraws_map = |state, t| retain_signed(&mut state.map, t),
    },
    Mutant {
        name: "compares-signed-in-the-history",
        rule: "EXCH-23",
        fault: "compares the frames of the history with the target as signed numbers",
        edit: |rules| rules.withdraws_history = |state, t| retain_signed(&mut state.history, t),
    },
    Mutant {
        name: "takes-target-0-for-none",
        rule: "EXCH-23",
        fault: "treats a rollback to 0 as one without a target and withdraws nothing",
        edit: |rules| {
            rules.withdraws_queue = |state, t| state.queue.retain(|entry| t == 0 || entry.0 < t);
            rules.withdraws_map = |state, t| state.map.retain(|entry| t == 0 || entry.0 < t);
            rules.withdraws_history =
                |state, t| state.history.retain(|entry| t == 0 || entry.0 < t);
        },
    },
    Mutant {
        name: "takes-the-last-target-for-none",
        rule: "EXCH-23",
        fault: "treats a target of 4294967295 as -1, which means none, and withdraws nothing",
        edit: |rules| {
            rules.withdraws_queue =
                |state, t| state.queue.retain(|entry| t == u32::MAX || entry.0 < t);
            rules.withdraws_history =
                |state, t| state.history.retain(|entry| t == u32::MAX || entry.0 < t);
        },
    },
];

fn empties_if_any(entries: &mut Vec<Entry>, target: u32) {
    if entries.iter().any(|entry| entry.0 >= target) {
        entries.clear();
    }
}

fn cuts(entries: &mut Vec<Entry>, target: u32) {
    let first = entries.iter().position(|entry| entry.0 >= target);
    entries.truncate(first.unwrap_or(entries.len()));
}

fn retain_signed(entries: &mut Vec<Entry>, target: u32) {
    entries.retain(|entry| entry.0.cast_signed() < target.cast_signed());
}
