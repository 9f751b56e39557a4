//! Fixed arrays, rings and small integers: what holds hundreds of entries, and not thousands.

use rollwire_model::exchange::{Behaviour, Entry, Mismatch, State};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "queue-of-512",
        rule: "EXCH-4",
        fault: "keeps only the newest 512 entries of the queue",
        edit: |rules| rules.queues = newest_of_the_queue::<512>,
    },
    Mutant {
        name: "queue-of-1000",
        rule: "EXCH-4",
        fault: "keeps only the newest 1000 entries of the queue",
        edit: |rules| rules.queues = newest_of_the_queue::<1000>,
    },
    Mutant {
        name: "queue-of-4096",
        rule: "EXCH-4",
        fault: "keeps only the newest 4096 entries of the queue",
        edit: |rules| rules.queues = newest_of_the_queue::<4096>,
    },
    Mutant {
        name: "queue-full-at-300",
        rule: "EXCH-4",
        fault: "queues nothing while 300 entries are waiting",
        edit: |rules| rules.queues = queue_that_is_full::<300>,
    },
    Mutant {
        name: "queue-full-at-1024",
        rule: "EXCH-4",
        fault: "queues nothing while 1024 entries are waiting",
        edit: |rules| rules.queues = queue_that_is_full::<1024>,
    },
    Mutant {
        name: "queue-empty-when-full",
        rule: "EXCH-4",
        fault: "takes a ring of 1024 places for empty when it is full",
        edit: |rules| rules.queues = ring_that_is_empty_when_full::<1024>,
    },
    Mutant {
        name: "queue-of-4096-in-all",
        rule: "EXCH-4",
        fault: "has an array of 4096 places for the queue and never uses a place again",
        edit: |rules| rules.queues = array_that_is_used_up::<4096>,
    },
    Mutant {
        name: "512-per-tick",
        rule: "EXCH-8",
        fault: "sends at most 512 entries with each tick",
        edit: |rules| {
            rules.takes = take_counting;
            rules.accepted = |state, _| state.counted < 512;
            rules.waits_for_rollback = begin_counting;
        },
    },
    Mutant {
        name: "1000-per-tick",
        rule: "EXCH-8",
        fault: "sends at most 1000 entries with each tick",
        edit: |rules| {
            rules.takes = take_counting;
            rules.accepted = |state, _| state.counted < 1000;
            rules.waits_for_rollback = begin_counting;
        },
    },
    Mutant {
        name: "4096-per-tick",
        rule: "EXCH-8",
        fault: "sends at most 4096 entries with each tick",
        edit: |rules| {
            rules.takes = take_counting;
            rules.accepted = |state, _| state.counted < 4096;
            rules.waits_for_rollback = begin_counting;
        },
    },
    Mutant {
        name: "counts-the-queue-in-a-byte",
        rule: "EXCH-8",
        fault: "counts the entries to send in an integer of 8 bits",
        edit: |rules| {
            rules.takes = |state| {
                let waiting = state.counted + state.queue.len();
                (state.counted < waiting % 256).then(|| take_counting(state)).flatten()
            };
            rules.waits_for_rollback = begin_counting;
        },
    },
    Mutant {
        name: "counts-the-queue-in-12-bits",
        rule: "EXCH-8",
        fault: "counts the entries to send modulo 4096",
        edit: |rules| {
            rules.takes = |state| {
                let waiting = state.counted + state.queue.len();
                (state.counted < waiting % 4096).then(|| take_counting(state)).flatten()
            };
            rules.waits_for_rollback = begin_counting;
        },
    },
    Mutant {
        name: "map-of-256",
        rule: "EXCH-19",
        fault: "keeps only the newest 256 hashes of the peer",
        edit: |rules| rules.bounds_map = newest_of_the_map::<256>,
    },
    Mutant {
        name: "map-of-512",
        rule: "EXCH-19",
        fault: "keeps only the newest 512 hashes of the peer",
        edit: |rules| rules.bounds_map = newest_of_the_map::<512>,
    },
    Mutant {
        name: "map-of-1000",
        rule: "EXCH-19",
        fault: "keeps only the newest 1000 hashes of the peer",
        edit: |rules| rules.bounds_map = newest_of_the_map::<1000>,
    },
    Mutant {
        name: "map-of-4095",
        rule: "EXCH-19",
        fault: "keeps only the newest 4095 hashes of the peer",
        edit: |rules| rules.bounds_map = newest_of_the_map::<4095>,
    },
    Mutant {
        name: "map-full-at-300",
        rule: "EXCH-19",
        fault: "stores no further frame while the map holds 300",
        edit: |rules| rules.stores = map_that_is_full::<300>,
    },
    Mutant {
        name: "map-full-at-1024",
        rule: "EXCH-19",
        fault: "stores no further frame while the map holds 1024",
        edit: |rules| rules.stores = map_that_is_full::<1024>,
    },
    Mutant {
        name: "full-map-takes-nothing",
        rule: "EXCH-19",
        fault: "stores no further frame while the map holds 4096",
        edit: |rules| rules.stores = map_that_is_full::<4096>,
    },
    Mutant {
        name: "full-map-drops-the-lowest",
        rule: "EXCH-19",
        fault: "drops the lowest frame from a map of more than 4096",
        edit: |rules| rules.bounds_map = drops_the_lowest,
    },
    Mutant {
        name: "replaced-hashes-are-young",
        rule: "EXCH-19",
        fault: "moves a hash that is replaced to the end of a map that is bounded at 4096",
        edit: |rules| {
            rules.stores = |state, entry| {
                state.map.retain(|stored| stored.0 != entry.0);
                state.map.push(entry);
            };
            rules.bounds_map = newest_of_the_map::<4096>;
        },
    },
    Mutant {
        name: "full-map-is-emptied",
        rule: "EXCH-19",
        fault: "empties a map of more than 4096",
        edit: |rules| {
            rules.bounds_map = |state| {
                if state.map.len() > 4096 {
                    state.map.clear();
                }
            };
        },
    },
    Mutant {
        name: "withdraws-from-the-first-256-of-the-queue",
        rule: "EXCH-20",
        fault: "looks only at the first 256 entries of the queue at a rollback",
        edit: |rules| rules.withdraws_queue = withdraws_from_the_first_of_the_queue::<256>,
    },
    Mutant {
        name: "withdraws-from-the-first-1000-of-the-queue",
        rule: "EXCH-20",
        fault: "looks only at the first 1000 entries of the queue at a rollback",
        edit: |rules| rules.withdraws_queue = withdraws_from_the_first_of_the_queue::<1000>,
    },
    Mutant {
        name: "withdraws-256-of-the-queue",
        rule: "EXCH-20",
        fault: "removes at most 256 entries from the queue at a rollback",
        edit: |rules| {
            rules.withdraws_queue = |state, target| withdraw_some(&mut state.queue, target, 256);
        },
    },
    Mutant {
        name: "withdraws-from-the-first-256-of-the-map",
        rule: "EXCH-21",
        fault: "looks only at the first 256 entries of the map at a rollback",
        edit: |rules| rules.withdraws_map = withdraws_from_the_first_of_the_map::<256>,
    },
    Mutant {
        name: "withdraws-from-the-first-1024-of-the-map",
        rule: "EXCH-21",
        fault: "looks only at the first 1024 entries of the map at a rollback",
        edit: |rules| rules.withdraws_map = withdraws_from_the_first_of_the_map::<1024>,
    },
    Mutant {
        name: "withdraws-256-of-the-map",
        rule: "EXCH-21",
        fault: "removes at most 256 entries from the map at a rollback",
        edit: |rules| {
            rules.withdraws_map = |state, target| withdraw_some(&mut state.map, target, 256);
        },
    },
    Mutant {
        name: "events-of-16",
        rule: "DETECT-6",
        fault: "keeps only the first 16 events",
        edit: |rules| rules.reports = first_events::<16>,
    },
    Mutant {
        name: "events-of-256",
        rule: "DETECT-6",
        fault: "keeps only the first 256 events",
        edit: |rules| rules.reports = first_events::<256>,
    },
    Mutant {
        name: "events-of-1000",
        rule: "DETECT-6",
        fault: "keeps only the first 1000 events",
        edit: |rules| rules.reports = first_events::<1000>,
    },
    Mutant {
        name: "events-of-4095",
        rule: "DETECT-6",
        fault: "keeps only the first 4095 events",
        edit: |rules| rules.reports = first_events::<4095>,
    },
    Mutant {
        name: "newest-events-of-1024",
        rule: "DETECT-6",
        fault: "keeps only the newest 1024 events",
        edit: |rules| {
            rules.reports = |state, mismatch| {
                state.events.push(mismatch);
                let surplus = state.events.len().saturating_sub(1024);
                state.events.drain(..surplus);
            };
        },
    },
    Mutant {
        name: "compares-64-pairs-at-the-end",
        rule: "DETECT-9",
        fault: "compares at most 64 pairs at the end of a rollback",
        edit: |rules| {
            rules.catches_up = |state| {
                let mut frames = (Behaviour::SPECIFIED.catches_up)(state);
                frames.truncate(64);
                frames
            };
        },
    },
    Mutant {
        name: "compares-the-first-1024-of-the-map-at-the-end",
        rule: "DETECT-9",
        fault: "looks only at the first 1024 hashes of the map at the end of a rollback",
        edit: |rules| {
            rules.catches_up = |state| {
                let mut first = state.clone();
                first.map.truncate(1024);
                (Behaviour::SPECIFIED.catches_up)(&first)
            };
        },
    },
];

fn newest_of_the_queue<const MOST: usize>(state: &mut State, entry: Entry) {
    state.queue.push(entry);
    let surplus = state.queue.len().saturating_sub(MOST);
    state.queue.drain(..surplus);
}

fn queue_that_is_full<const MOST: usize>(state: &mut State, entry: Entry) {
    if state.queue.len() < MOST {
        state.queue.push(entry);
    }
}

fn ring_that_is_empty_when_full<const PLACES: usize>(state: &mut State, entry: Entry) {
    state.queue.push(entry);
    if state.queue.len() == PLACES {
        state.queue.clear();
    }
}

fn array_that_is_used_up<const PLACES: usize>(state: &mut State, entry: Entry) {
    if state.counted < PLACES {
        state.counted += 1;
        state.queue.push(entry);
    }
}

/// The rule of EXCH-9, at the beginning of each tick.
fn begin_counting(state: &mut State) -> bool {
    state.counted = 0;
    (Behaviour::SPECIFIED.waits_for_rollback)(state)
}

/// Takes the next entry, and counts how many were taken.
fn take_counting(state: &mut State) -> Option<Entry> {
    state.counted += 1;
    (Behaviour::SPECIFIED.takes)(state)
}

fn newest_of_the_map<const MOST: usize>(state: &mut State) {
    let surplus = state.map.len().saturating_sub(MOST);
    state.map.drain(..surplus);
}

fn map_that_is_full<const MOST: usize>(state: &mut State, entry: Entry) {
    if state.map.len() < MOST || state.peer(entry.0).is_some() {
        (Behaviour::SPECIFIED.stores)(state, entry);
    }
}

fn drops_the_lowest(state: &mut State) {
    if state.map.len() > 4096 {
        let lowest = state.map.iter().map(|entry| entry.0).min();
        state.map.retain(|entry| Some(entry.0) != lowest);
    }
}

fn withdraws_from_the_first_of_the_queue<const SEEN: usize>(state: &mut State, target: u32) {
    withdraw_from_the_first(&mut state.queue, target, SEEN);
}

fn withdraws_from_the_first_of_the_map<const SEEN: usize>(state: &mut State, target: u32) {
    withdraw_from_the_first(&mut state.map, target, SEEN);
}

fn withdraw_from_the_first(entries: &mut Vec<Entry>, target: u32, seen: usize) {
    let mut at = 0;
    entries.retain(|entry| {
        at += 1;
        entry.0 < target || at > seen
    });
}

fn withdraw_some(entries: &mut Vec<Entry>, target: u32, most: usize) {
    let mut removed = 0;
    entries.retain(|entry| {
        let is_removed = entry.0 >= target && removed < most;
        removed += usize::from(is_removed);
        !is_removed
    });
}

fn first_events<const MOST: usize>(state: &mut State, mismatch: Mismatch) {
    if state.events.len() < MOST {
        state.events.push(mismatch);
    }
}
