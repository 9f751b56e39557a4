//! Wrong ways to confirm a frame (EXCH-1 and EXCH-2).

use rollwire_model::exchange::Entry;

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "ignores-falling-frames",
        rule: "EXCH-1",
        fault: "queues a frame only if it is higher than all that are queued",
        edit: |rules| {
            rules.queues = |state, entry| {
                if state.queue.iter().all(|queued| queued.0 < entry.0) {
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "keeps-the-queue-sorted",
        rule: "EXCH-1",
        fault: "inserts a confirmed frame into the queue by its number",
        edit: |rules| {
            rules.queues = |state, entry| {
                let place = state.queue.partition_point(|queued| queued.0 <= entry.0);
                state.queue.insert(place, entry);
            };
        },
    },
    Mutant {
        name: "takes-frame-0-for-none",
        rule: "EXCH-1",
        fault: "treats frame 0 as a missing frame and does not confirm it",
        edit: |rules| rules.knows = |state, frame| frame == 0 || state.local(frame).is_some(),
    },
    Mutant {
        name: "takes-a-high-frame-for-negative",
        rule: "EXCH-1",
        fault: "does not confirm a frame above 2147483647, which is negative as a signed number",
        edit: |rules| {
            rules.knows = |state, frame| frame.cast_signed() < 0 || state.local(frame).is_some();
        },
    },
    Mutant {
        name: "confirms-only-every-fifth-frame",
        rule: "EXCH-1",
        fault: "confirms only multiples of five, the frames that deployed peers choose",
        edit: |rules| {
            rules.knows = |state, frame| frame % 5 != 0 || state.local(frame).is_some();
        },
    },
    Mutant {
        name: "queues-only-while-open",
        rule: "EXCH-1",
        fault: "does not queue what is confirmed while the channel is closed",
        edit: |rules| {
            rules.queues = |state, entry| {
                if !state.closed {
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "remembers-only-while-open",
        rule: "EXCH-1",
        fault: "does not put what is confirmed while the channel is closed into the history",
        edit: |rules| {
            rules.remembers = |state, entry| {
                if !state.closed {
                    state.history.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "queues-a-known-frame-again",
        rule: "EXCH-2",
        fault: "sends again a frame that is confirmed twice",
        edit: |rules| rules.confirmed_again = |state, entry| state.queue.push(entry),
    },
    Mutant {
        name: "queues-a-known-frame-with-another-hash",
        rule: "EXCH-2",
        fault: "sends a frame again if it is confirmed a second time with another hash",
        edit: |rules| {
            rules.confirmed_again = |state, entry| {
                if state.local(entry.0) != Some(entry.1) {
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "replaces-the-hash-in-the-history",
        rule: "EXCH-2",
        fault: "puts the hash of a second confirm into the history",
        edit: |rules| rules.confirmed_again = |state, entry| replace(&mut state.history, entry),
    },
    Mutant {
        name: "replaces-the-hash-in-the-queue",
        rule: "EXCH-2",
        fault: "puts the hash of a second confirm into the queue",
        edit: |rules| rules.confirmed_again = |state, entry| replace(&mut state.queue, entry),
    },
    Mutant {
        name: "takes-a-known-frame-for-the-newest",
        rule: "EXCH-2",
        fault: "makes a frame the newest of the history when it is confirmed a second time",
        edit: |rules| {
            rules.confirmed_again = |state, entry| {
                let old = state.history.iter().position(|kept| kept.0 == entry.0);
                let kept = old.map(|place| state.history.remove(place));
                state.history.extend(kept);
            };
        },
    },
    Mutant {
        name: "confirms-anew-during-a-rollback",
        rule: "EXCH-2",
        fault: "treats every frame that is confirmed during a rollback as a new one",
        edit: |rules| {
            rules.confirmed_again = |state, entry| {
                if state.rollbacks > 0 {
                    replace(&mut state.history, entry);
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "opening-empties-the-history",
        rule: "EXCH-2",
        fault: "drops the history when the channel opens again",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                if open && state.closed {
                    state.history.clear();
                }
                state.closed = !open;
            };
        },
    },
];

fn replace(entries: &mut [Entry], new: Entry) {
    for entry in entries.iter_mut().filter(|entry| entry.0 == new.0) {
        *entry = new;
    }
}
