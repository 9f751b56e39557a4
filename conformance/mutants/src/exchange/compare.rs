//! Wrong ways to compare (DETECT-1 to DETECT-4).
//!
//! A comparison happens on one of two paths: either the own hash or the peer's hash arrives second. Programs
//! often implement both paths separately, and are wrong on only one of them.

use rollwire_model::exchange::{Behaviour, State, StateHash};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "a-confirm-compares-nothing",
        rule: "DETECT-1",
        fault: "compares only when a hash is received",
        edit: |rules| rules.compares_confirmed = |_, _| false,
    },
    Mutant {
        name: "a-confirm-looks-at-the-last-hash-received",
        rule: "DETECT-1",
        fault: "compares a confirmed frame only with the hash that was received last",
        edit: |rules| {
            rules.compares_confirmed =
                |state, frame| state.map.last().is_some_and(|entry| entry.0 == frame);
        },
    },
    Mutant {
        name: "compares-a-frame-once",
        rule: "DETECT-2",
        fault: "does not compare a received hash if the frame has been compared before",
        edit: |rules| {
            rules.consumes = |state, frame, _| {
                consume(state, frame);
                state.remembered.insert(frame);
            };
            rules.compares_received = |state, frame| !state.remembered.contains(&frame);
        },
    },
    Mutant {
        name: "compares-with-the-queue",
        rule: "DETECT-2",
        fault: "looks for its own hash of a received frame in the queue, where a sent one is missing",
        edit: |rules| {
            rules.compares_received =
                |state, frame| state.queue.iter().any(|entry| entry.0 == frame);
        },
    },
    Mutant {
        name: "compares-with-the-newest-64",
        rule: "DETECT-2",
        fault: "looks for its own hash of a received frame only among the newest 64 of the history",
        edit: |rules| {
            rules.compares_received =
                |state, frame| state.history.iter().rev().take(64).any(|entry| entry.0 == frame);
        },
    },
    Mutant {
        name: "compares-only-while-open",
        rule: "DETECT-2",
        fault: "stores what is received while the channel is closed, but does not compare it",
        edit: |rules| rules.compares_received = |state, _| !state.closed,
    },
    Mutant {
        name: "compares-the-first-half",
        rule: "DETECT-3",
        fault: "compares the first four bytes",
        edit: |rules| rules.equal = |local, peer| local.0[..4] == peer.0[..4],
    },
    Mutant {
        name: "compares-the-second-half",
        rule: "DETECT-3",
        fault: "compares the last four bytes",
        edit: |rules| rules.equal = |local, peer| local.0[4..] == peer.0[4..],
    },
    Mutant {
        name: "compares-53-bits",
        rule: "DETECT-3",
        fault: "compares the hashes as integers in doubles, which lose the lowest bits",
        edit: |rules| rules.equal = |local, peer| rounded(local) == rounded(peer),
    },
    Mutant {
        name: "compares-without-the-highest-bit",
        rule: "DETECT-3",
        fault: "compares the hashes without their highest bit",
        edit: |rules| rules.equal = |local, peer| number(local) << 1 == number(peer) << 1,
    },
    Mutant {
        name: "compares-doubles",
        rule: "DETECT-3",
        fault: "compares the hashes as doubles, of which NaN is not equal to itself",
        edit: |rules| {
            rules.equal = |local, peer| f64::from_be_bytes(local.0) == f64::from_be_bytes(peer.0);
        },
    },
    Mutant {
        name: "takes-a-hash-of-zeros-for-none",
        rule: "DETECT-3",
        fault: "treats a hash of eight zero bytes as missing, which is equal to nothing",
        edit: |rules| rules.equal = |local, peer| local == peer && number(local) != 0,
    },
    Mutant {
        name: "a-confirm-keeps-the-peers-other-hash",
        rule: "DETECT-4",
        fault: "leaves the peer's hash in the map when a confirm finds a mismatch",
        edit: |rules| {
            marks_the_path(rules);
            rules.consumes = |state, frame, equal| {
                if equal || !state.remembered.contains(&CONFIRM) {
                    consume(state, frame);
                }
            };
        },
    },
    Mutant {
        name: "a-confirm-forgets-the-own-other-hash",
        rule: "DETECT-4",
        fault: "removes its own hash from the history when a confirm finds a mismatch",
        edit: |rules| {
            marks_the_path(rules);
            rules.consumes = |state, frame, equal| {
                consume(state, frame);
                if !equal && state.remembered.contains(&CONFIRM) {
                    state.history.retain(|entry| entry.0 != frame);
                }
            };
        },
    },
    Mutant {
        name: "the-end-keeps-the-peers-other-hash",
        rule: "DETECT-4",
        fault: "leaves the peer's hash in the map when the end of a rollback finds a mismatch",
        edit: |rules| {
            rules.ends = |state| {
                state.remembered.insert(END);
                std::mem::take(&mut state.rollbacks) > 0
            };
            rules.after_end = |state| state.remembered.clear();
            rules.consumes = |state, frame, equal| {
                if equal || !state.remembered.contains(&END) {
                    consume(state, frame);
                }
            };
        },
    },
    Mutant {
        name: "consumes-the-first-of-the-map",
        rule: "DETECT-4",
        fault: "removes from the map what was received first, not what was compared",
        edit: |rules| {
            rules.consumes = |state, _, _| {
                state.map.remove(0);
            };
        },
    },
    Mutant {
        name: "consumes-the-whole-map",
        rule: "DETECT-4",
        fault: "empties the map when a frame is compared",
        edit: |rules| rules.consumes = |state, _, _| state.map.clear(),
    },
    Mutant {
        name: "consumes-lower-frames-of-the-map",
        rule: "DETECT-4",
        fault: "removes all lower frames from the map when one is compared",
        edit: |rules| rules.consumes = |state, frame, _| state.map.retain(|entry| entry.0 > frame),
    },
    Mutant {
        name: "consumes-lower-frames-of-the-history",
        rule: "DETECT-4",
        fault: "removes its own hashes of all lower frames from the history when one is verified",
        edit: |rules| {
            rules.consumes = |state, frame, equal| {
                consume(state, frame);
                state.history.retain(|entry| !equal || entry.0 >= frame);
            };
        },
    },
];

/// In `remembered`: that a confirm is being processed.
pub(super) const CONFIRM: u32 = 1;

/// In `remembered`: that the end of a rollback is being processed.
const END: u32 = 2;

/// Remembers whether what is compared was confirmed last or received last.
pub(super) fn marks_the_path(rules: &mut Behaviour) {
    rules.remembers = |state, entry| {
        state.history.push(entry);
        if state.rollbacks == 0 {
            state.remembered.insert(CONFIRM);
        }
    };
    rules.stores = |state, entry| {
        state.remembered.remove(&CONFIRM);
        state.map.retain(|stored| stored.0 != entry.0);
        state.map.push(entry);
    };
    rules.ends = |state| {
        state.remembered.remove(&CONFIRM);
        std::mem::take(&mut state.rollbacks) > 0
    };
}

fn consume(state: &mut State, frame: u32) {
    state.map.retain(|entry| entry.0 != frame);
}

fn number(hash: StateHash) -> u64 {
    u64::from_be_bytes(hash.0)
}

#[expect(clippy::cast_precision_loss, reason = "the loss is the fault")]
fn rounded(hash: StateHash) -> f64 {
    number(hash) as f64
}
