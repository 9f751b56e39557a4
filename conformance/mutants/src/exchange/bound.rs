//! Wrong bounds of history and queue, and wrong memories of what has left them (EXCH-3 to EXCH-5).

use rollwire_model::exchange::{Behaviour, Entry, State};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "history-of-119",
        rule: "EXCH-3",
        fault: "keeps only the newest 119 hashes",
        edit: |rules| rules.bounds = |state| keep_newest(state, 119),
    },
    Mutant {
        name: "history-of-121",
        rule: "EXCH-3",
        fault: "drops the oldest hash only when there are 122",
        edit: |rules| rules.bounds = |state| keep_newest(state, 121),
    },
    Mutant {
        name: "history-without-bound",
        rule: "EXCH-3",
        fault: "never drops a hash",
        edit: |rules| rules.bounds = |_| {},
    },
    Mutant {
        name: "evicts-the-lowest-frame",
        rule: "EXCH-3",
        fault: "drops the lowest frame instead of the one that was inserted first",
        edit: |rules| {
            rules.bounds = |state| {
                let lowest = state.history.iter().map(|entry| entry.0).min();
                if state.history.len() > 120 {
                    state.history.retain(|entry| Some(entry.0) != lowest);
                }
            };
        },
    },
    Mutant {
        name: "refuses-what-is-above-the-bound",
        rule: "EXCH-3",
        fault: "keeps the first 120 hashes and drops newer ones",
        edit: |rules| rules.bounds = |state| state.history.truncate(120),
    },
    Mutant {
        name: "bounds-by-frames",
        rule: "EXCH-3",
        fault: "drops what is 600 frames older than the newest, which are 120 hashes only in a game that \
                hashes every fifth frame",
        edit: |rules| {
            rules.bounds = |state| {
                let newest = state.history.iter().map(|entry| entry.0).max().unwrap_or_default();
                state.history.retain(|entry| newest - entry.0 < 600);
            };
        },
    },
    Mutant {
        name: "queue-of-64",
        rule: "EXCH-4",
        fault: "keeps only the newest 64 entries of the queue",
        edit: |rules| {
            rules.queues = |state, entry| queue_newest(state, entry, 64);
        },
    },
    Mutant {
        name: "queue-of-120",
        rule: "EXCH-4",
        fault: "bounds the queue like the history",
        edit: |rules| {
            rules.queues = |state, entry| queue_newest(state, entry, 120);
        },
    },
    Mutant {
        name: "queue-of-256",
        rule: "EXCH-4",
        fault: "keeps only the newest 256 entries of the queue",
        edit: |rules| {
            rules.queues = |state, entry| queue_newest(state, entry, 256);
        },
    },
    Mutant {
        name: "full-queue",
        rule: "EXCH-4",
        fault: "queues nothing while 128 entries are waiting",
        edit: |rules| {
            rules.queues = |state, entry| {
                if state.queue.len() < 128 {
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "evicts-from-the-queue-too",
        rule: "EXCH-4",
        fault: "removes from the queue what leaves the history",
        edit: |rules| {
            rules.bounds = |state| {
                while state.history.len() > 120 {
                    let evicted = state.history.remove(0);
                    state.queue.retain(|entry| *entry != evicted);
                }
            };
        },
    },
    Mutant {
        name: "verified-need-not-be-sent",
        rule: "EXCH-4",
        fault: "removes from the queue everything below a frame for which the peer has sent an equal hash",
        edit: |rules| {
            rules.stores = |state, entry| {
                if state.local(entry.0) == Some(entry.1) {
                    state.queue.retain(|queued| queued.0 >= entry.0);
                }
                (Behaviour::SPECIFIED.stores)(state, entry);
            };
        },
    },
    Mutant {
        name: "remembers-over-a-rollback",
        rule: "EXCH-5",
        fault: "does not queue a frame again that a rollback has withdrawn",
        edit: |rules| {
            remembers_all(rules);
            rules.bounds = |state| drain(state, true);
            rules.empties = |state| empty(state, true);
        },
    },
    Mutant {
        name: "remembers-over-the-bound",
        rule: "EXCH-5",
        fault: "does not queue a frame again that the bound has removed from the history",
        edit: |rules| {
            remembers_all(rules);
            rules.bounds = |state| drain(state, false);
            rules.empties = |state| empty(state, true);
            rules.withdraws_history = |state, target| {
                state.history.retain(|entry| entry.0 < target);
                state.remembered.retain(|frame| *frame < target);
            };
        },
    },
    Mutant {
        name: "remembers-over-a-reset",
        rule: "EXCH-5",
        fault: "does not queue a frame in an episode if it was queued in the previous one",
        edit: |rules| {
            remembers_all(rules);
            rules.bounds = |state| drain(state, true);
            rules.empties = |state| empty(state, false);
            rules.withdraws_history = |state, target| {
                state.history.retain(|entry| entry.0 < target);
                state.remembered.retain(|frame| *frame < target);
            };
        },
    },
    Mutant {
        name: "never-sends-a-frame-twice",
        rule: "EXCH-5",
        fault: "does not queue a frame again after a rollback if its hash was sent before",
        edit: |rules| {
            rules.accepted = |state, entry| {
                state.remembered.insert(entry.0);
                true
            };
            rules.queues = |state, entry| {
                if !state.remembered.contains(&entry.0) {
                    state.queue.push(entry);
                }
            };
            rules.bounds = |state| drain(state, true);
            rules.empties = |state| empty(state, true);
        },
    },
    Mutant {
        name: "one-entry-per-frame",
        rule: "EXCH-5",
        fault: "does not queue a frame that is still in the queue, though it has left the history",
        edit: |rules| {
            rules.queues = |state, entry| {
                if state.queue.iter().all(|queued| queued.0 != entry.0) {
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "queue-by-frame",
        rule: "EXCH-5",
        fault: "replaces an entry of the same frame that is still in the queue, as a map by frame does",
        edit: |rules| {
            rules.queues =
                |state, entry| match state.queue.iter_mut().find(|queued| queued.0 == entry.0) {
                    Some(queued) => *queued = entry,
                    None => state.queue.push(entry),
                };
        },
    },
];

fn keep_newest(state: &mut State, count: usize) {
    let surplus = state.history.len().saturating_sub(count);
    state.history.drain(..surplus);
}

/// Queues an entry, and drops entries from the front that exceed a bound.
fn queue_newest(state: &mut State, entry: Entry, count: usize) {
    state.queue.push(entry);
    let surplus = state.queue.len().saturating_sub(count);
    state.queue.drain(..surplus);
}

/// Treats every frame that was ever queued as known.
fn remembers_all(rules: &mut Behaviour) {
    rules.queues = |state, entry| {
        state.queue.push(entry);
        state.remembered.insert(entry.0);
    };
    rules.knows = |state, frame| state.remembered.contains(&frame);
}

/// Bounds the history. Forgets the frames that leave it, or keeps remembering them.
fn drain(state: &mut State, forgets: bool) {
    while state.history.len() > 120 {
        let evicted = state.history.remove(0);
        if forgets {
            state.remembered.remove(&evicted.0);
        }
    }
}

/// Empties queue, map and history. Forgets their frames, or keeps remembering them.
fn empty(state: &mut State, forgets: bool) {
    state.queue.clear();
    state.map.clear();
    state.history.clear();
    if forgets {
        state.remembered.clear();
    }
}
