//! Wrong answers to a channel that refuses (EXCH-11 to EXCH-14).

use rollwire_model::exchange::{Entry, How, Refused, State};

use super::{
    compound::{BLOCKED, waits_for_ever},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "goes-on-after-a-refusal",
        rule: "EXCH-11",
        fault: "tries the next entries after a refused one",
        edit: |rules| {
            rules.refused = |state, refused| {
                // At the end of the queue; after one round, only refused entries are left.
                state.queue.push(refused.entry);
                true
            };
        },
    },
    Mutant {
        name: "goes-on-after-an-error",
        rule: "EXCH-11",
        fault: "tries the next entries after a send that ended with an error",
        edit: |rules| {
            rules.refused = |state, refused| {
                let back = if refused.how == How::Throw { state.queue.len() } else { 0 };
                state.queue.insert(back, refused.entry);
                refused.how == How::Throw
            };
        },
    },
    Mutant {
        name: "tries-again-at-once",
        rule: "EXCH-11",
        fault: "tries a refused entry again in the same tick",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue.insert(0, refused.entry);
                true
            };
        },
    },
    Mutant {
        name: "loses-what-was-refused",
        rule: "EXCH-12",
        fault: "removes the entry from the queue before it sends, and does not put it back when send returns false",
        edit: |rules| {
            rules.refused = |state, refused| {
                if refused.how == How::Throw {
                    state.queue.insert(0, refused.entry);
                }
                false
            };
        },
    },
    Mutant {
        name: "puts-the-refused-at-the-back",
        rule: "EXCH-12",
        fault: "puts a refused entry at the end of the queue",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue.push(refused.entry);
                false
            };
        },
    },
    Mutant {
        name: "loses-what-is-behind-the-refused",
        rule: "EXCH-12",
        fault: "keeps the refused entry and drops the others",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue = vec![refused.entry];
                false
            };
        },
    },
    Mutant {
        name: "sorts-when-refused",
        rule: "EXCH-12",
        fault: "puts a refused entry back by its frame, not at the front",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue.insert(0, refused.entry);
                state.queue.sort_by_key(|entry| entry.0);
                false
            };
        },
    },
    Mutant {
        name: "gives-up-after-three-refusals",
        rule: "EXCH-12",
        fault: "drops an entry that has been refused three times",
        edit: |rules| {
            rules.refused = |state, refused| {
                // The frames 1 to 3 stand for as many refusals in a row.
                let count = state.remembered.last().copied().unwrap_or_default() + 1;
                state.remembered.insert(count);
                if count < 3 {
                    state.queue.insert(0, refused.entry);
                } else {
                    state.remembered.clear();
                }
                false
            };
            rules.accepted = |state, _| {
                state.remembered.clear();
                true
            };
        },
    },
    Mutant {
        name: "an-error-loses-the-entry",
        rule: "EXCH-13",
        fault: "puts an entry back when send returns false, but not when it throws",
        edit: |rules| {
            rules.refused = |state, refused| {
                if refused.how == How::False {
                    state.queue.insert(0, refused.entry);
                }
                false
            };
        },
    },
    Mutant {
        name: "an-error-blocks-every-later-tick",
        rule: "EXCH-13",
        fault: "loses the entry when send throws, and never sends again: the tick that threw is never over",
        edit: |rules| {
            rules.refused = |state, refused| {
                if refused.how == How::False {
                    state.queue.insert(0, refused.entry);
                } else {
                    state.remembered.insert(BLOCKED);
                }
                false
            };
            rules.waits_for_rollback = waits_for_ever;
        },
    },
    Mutant {
        name: "an-error-closes-the-channel",
        rule: "EXCH-13",
        fault: "treats the channel as closed after send has thrown",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue.insert(0, refused.entry);
                state.closed |= refused.how == How::Throw;
                false
            };
        },
    },
    Mutant {
        name: "an-error-empties-the-queue",
        rule: "EXCH-13",
        fault: "empties the queue after send has thrown",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue.insert(0, refused.entry);
                if refused.how == How::Throw {
                    state.queue.clear();
                }
                false
            };
        },
    },
    Mutant {
        name: "two-errors-close-the-channel",
        rule: "EXCH-13",
        fault: "treats the channel as closed after send has thrown in two ticks in a row",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue.insert(0, refused.entry);
                let thrown = refused.how == How::Throw;
                state.closed |= thrown && !state.remembered.insert(0);
                false
            };
            rules.accepted = |state, _| {
                state.remembered.clear();
                true
            };
        },
    },
    Mutant {
        name: "a-refusal-takes-back-the-whole-tick",
        rule: "EXCH-14",
        fault: "also puts back what the tick had sent before the refusal",
        edit: |rules| {
            rules.refused = |state, refused| {
                take_back(state, refused);
                false
            };
        },
    },
    Mutant {
        name: "an-error-takes-back-the-whole-tick",
        rule: "EXCH-14",
        fault: "also puts back what the tick had sent before send threw",
        edit: |rules| {
            rules.refused = |state, refused| {
                match refused.how {
                    How::False => state.queue.insert(0, refused.entry),
                    How::Throw => take_back(state, refused),
                }
                false
            };
        },
    },
    Mutant {
        name: "puts-back-what-a-closed-channel-was-given",
        rule: "EXCH-14",
        fault: "queues everything again that was sent when the channel closes, since it may be lost",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                if !open {
                    let waits = |entry: &&Entry| !state.queue.contains(entry);
                    let sent: Vec<Entry> = state.history.iter().filter(waits).copied().collect();
                    state.queue.splice(..0, sent);
                }
                state.closed = !open;
            };
        },
    },
];

/// Puts the refused entry back, and what was sent before it in front of it.
fn take_back(state: &mut State, refused: Refused<'_>) {
    state.queue.insert(0, refused.entry);
    state.queue.splice(..0, refused.sent.iter().copied());
}
