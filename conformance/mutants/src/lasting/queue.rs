//! Wrong about what a rollback leaves, and about how often a hash is sent (EXCH-35, EXCH-36).

use rollwire_model::exchange::{Behaviour, State};

use super::mutant::Mutant;

const RIGHT: Behaviour = Behaviour::LASTING;

/// Takes the entry at a place out of the queue, with its sends.
fn take(state: &mut State, at: usize) {
    state.queue.remove(at);
    state.lasting.accepted.remove(at);
}

/// Moves the entry that a tick tries, with its sends, to another place.
fn move_to(state: &mut State, to: usize) {
    let at = state.lasting.next;
    let (entry, sends) = (state.queue.remove(at), state.lasting.accepted.remove(at));
    state.queue.insert(to, entry);
    state.lasting.accepted.insert(to, sends);
}

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "rollback-clears-the-map",
        rule: "EXCH-35",
        fault: "a rollback removes the peer's hashes from its target on",
        edit: |lasting| lasting.rules.withdraws_map = Behaviour::SPECIFIED.withdraws_map,
    },
    Mutant {
        name: "rollback-takes-the-target",
        rule: "EXCH-35",
        fault: "a rollback removes the peer's hash of its target",
        edit: |lasting| {
            lasting.rules.withdraws_map = |state, target| {
                state.map.retain(|entry| entry.0 != target);
            };
        },
    },
    Mutant {
        name: "rollback-takes-what-is-beyond-the-target",
        rule: "EXCH-35",
        fault: "a rollback removes the peer's hashes beyond its target",
        edit: |lasting| {
            lasting.rules.withdraws_map = |state, target| {
                state.map.retain(|entry| entry.0 <= target);
            };
        },
    },
    Mutant {
        name: "rollback-to-zero-clears-the-map",
        rule: "EXCH-35",
        fault: "a rollback to 0 empties the inbound map",
        edit: |lasting| {
            lasting.rules.withdraws_map = |state, target| {
                if target == 0 {
                    state.map.clear();
                }
            };
        },
    },
    Mutant {
        name: "end-of-a-rollback-clears-the-map",
        rule: "EXCH-35",
        fault: "the end of a rollback empties the inbound map",
        edit: |lasting| lasting.rules.after_end = |state| state.map.clear(),
    },
    Mutant {
        name: "sends-once",
        rule: "EXCH-36",
        fault: "an entry leaves the queue with its first accepted send",
        edit: |lasting| {
            lasting.rules.accepted = |state, _| {
                take(state, state.lasting.next);
                true
            };
        },
    },
    Mutant {
        name: "sends-once-too-often",
        rule: "EXCH-36",
        fault: "an entry is sent once more than `hash_sends` says",
        edit: |lasting| {
            lasting.rules.accepted = |state, entry| {
                state.hash_sends += 1;
                let goes_on = (RIGHT.accepted)(state, entry);
                state.hash_sends -= 1;
                goes_on
            };
        },
    },
    Mutant {
        name: "counts-refused-sends",
        rule: "EXCH-36",
        fault: "a refused send counts",
        edit: |lasting| {
            lasting.rules.refused = |state, refused| {
                (RIGHT.accepted)(state, refused.entry);
                false
            };
        },
    },
    Mutant {
        name: "tries-the-next-after-a-refusal",
        rule: "EXCH-36",
        fault: "a tick goes on after a refused send",
        edit: |lasting| {
            lasting.rules.refused = |state, _| {
                state.lasting.next += 1;
                true
            };
        },
    },
    Mutant {
        name: "loses-what-was-refused",
        rule: "EXCH-36",
        fault: "a refused entry leaves the queue",
        edit: |lasting| {
            lasting.rules.refused = |state, _| {
                take(state, state.lasting.next);
                false
            };
        },
    },
    Mutant {
        name: "moves-what-was-refused-to-the-front",
        rule: "EXCH-36",
        fault: "a refused entry goes to the front of the queue, past those that were sent once",
        edit: |lasting| {
            lasting.rules.refused = |state, _| {
                move_to(state, 0);
                false
            };
        },
    },
    Mutant {
        name: "moves-what-was-refused-to-the-end",
        rule: "EXCH-36",
        fault: "a refused entry goes to the end of the queue",
        edit: |lasting| {
            lasting.rules.refused = |state, _| {
                let last = state.queue.len() - 1;
                move_to(state, last);
                false
            };
        },
    },
    Mutant {
        name: "moves-what-was-sent-to-the-end",
        rule: "EXCH-36",
        fault: "an entry that was sent and stays goes to the end of the queue",
        edit: |lasting| {
            lasting.rules.accepted = |state, entry| {
                let at = state.lasting.next;
                (RIGHT.accepted)(state, entry);
                // It stays in its place, and the next one is tried: so it is moved.
                if state.lasting.next > at {
                    state.lasting.next = at;
                    let last = state.queue.len() - 1;
                    move_to(state, last);
                }
                true
            };
        },
    },
    Mutant {
        name: "sends-the-rest-after-a-rollback",
        rule: "EXCH-36",
        fault: "a rollback leaves an entry in the queue that was sent once",
        edit: |lasting| {
            lasting.rules.withdraws_queue = |state, target| {
                let sends = state.lasting.accepted.clone();
                let mut at = sends.iter();
                let mut stays = Vec::new();
                state.queue.retain(|entry| {
                    let was_sent = at.next().is_some_and(|sends| *sends > 0);
                    stays.push(entry.0 < target || was_sent);
                    entry.0 < target || was_sent
                });
                let mut stays = stays.into_iter();
                state.lasting.accepted.retain(|_| stays.next().unwrap_or(true));
            };
        },
    },
    Mutant {
        name: "sends-the-rest-after-a-reset",
        rule: "EXCH-36",
        fault: "a reset leaves entries in the queue that were sent once",
        edit: |lasting| {
            lasting.rules.empties = |state| {
                let mut sends = state.lasting.accepted.clone().into_iter();
                let mut queue = state.queue.clone();
                queue.retain(|_| sends.next().is_some_and(|sends| sends > 0));
                (RIGHT.empties)(state);
                state.lasting.accepted = vec![1; queue.len()];
                state.queue = queue;
            };
        },
    },
];
