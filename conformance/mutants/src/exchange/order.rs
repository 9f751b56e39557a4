//! Wrong orders after something in the middle has left (EXCH-20 to EXCH-22).

use rollwire_model::exchange::Entry;

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "the-last-fills-the-gap-in-the-queue",
        rule: "EXCH-20",
        fault: "moves the last entry of the queue to the place of one that a rollback removes",
        edit: |rules| rules.withdraws_queue = |state, target| swap_out(&mut state.queue, target),
    },
    Mutant {
        name: "skips-the-next-in-the-queue",
        rule: "EXCH-20",
        fault: "removes from the queue while it goes through it, and so skips the entry after each that it removes",
        edit: |rules| rules.withdraws_queue = |state, target| skip_next(&mut state.queue, target),
    },
    Mutant {
        name: "new-entries-fill-the-gap-in-the-queue",
        rule: "EXCH-20",
        fault: "puts the next confirmed frame into the place of the first entry that a rollback has removed from the queue",
        edit: |rules| {
            rules.withdraws_queue = |state, target| {
                let gap = state.queue.iter().position(|entry| entry.0 >= target);
                state.queue.retain(|entry| entry.0 < target);
                // A count of 0 leaves out nothing.
                state.counted = gap.filter(|gap| *gap < state.queue.len()).map_or(0, |gap| gap + 1);
            };
            rules.queues = |state, entry| {
                let gap = std::mem::take(&mut state.counted).checked_sub(1);
                let end = state.queue.len();
                state.queue.insert(gap.map_or(end, |gap| gap.min(end)), entry);
            };
        },
    },
    Mutant {
        name: "skips-the-next-in-the-map",
        rule: "EXCH-21",
        fault: "removes from the map while it goes through it, and so skips the entry after each that it removes",
        edit: |rules| rules.withdraws_map = |state, target| skip_next(&mut state.map, target),
    },
    Mutant {
        name: "the-last-fills-the-gap-in-the-history",
        rule: "EXCH-22",
        fault: "moves the last entry of the history to the place of one that a rollback removes",
        edit: |rules| {
            rules.withdraws_history = |state, target| swap_out(&mut state.history, target);
        },
    },
    Mutant {
        name: "skips-the-next-in-the-history",
        rule: "EXCH-22",
        fault: "removes from the history while it goes through it, and so skips the entry after each that it removes",
        edit: |rules| {
            rules.withdraws_history = |state, target| skip_next(&mut state.history, target);
        },
    },
    Mutant {
        name: "new-entries-fill-the-gap-in-the-history",
        rule: "EXCH-22",
        fault: "puts the next confirmed frame into the place of the first entry that a rollback has removed from the history",
        edit: |rules| {
            rules.withdraws_history = |state, target| {
                let gap = state.history.iter().position(|entry| entry.0 >= target);
                state.history.retain(|entry| entry.0 < target);
                // A count of 0 leaves out nothing.
                state.counted =
                    gap.filter(|gap| *gap < state.history.len()).map_or(0, |gap| gap + 1);
            };
            rules.remembers = |state, entry| {
                let gap = std::mem::take(&mut state.counted).checked_sub(1);
                let end = state.history.len();
                state.history.insert(gap.map_or(end, |gap| gap.min(end)), entry);
            };
        },
    },
];

/// Removes entries and moves the last one into each gap.
fn swap_out(entries: &mut Vec<Entry>, target: u32) {
    let mut at = 0;
    while at < entries.len() {
        if entries[at].0 >= target {
            entries.swap_remove(at);
        } else {
            at += 1;
        }
    }
}

/// Removes entries in a loop over a list that becomes shorter meanwhile.
fn skip_next(entries: &mut Vec<Entry>, target: u32) {
    let mut at = 0;
    while at < entries.len() {
        if entries[at].0 >= target {
            entries.remove(at);
        }
        at += 1;
    }
}
