//! Wrong moments and orders of sending (EXCH-6 to EXCH-10).

use rollwire_model::exchange::{Behaviour, ChannelState, Rollback, State, Stimulus};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "sends-on-confirm",
        rule: "EXCH-6",
        fault: "sends as soon as a frame is confirmed",
        edit: |rules| {
            rules.sends_on = |it| matches!(it, Stimulus::Tick {} | Stimulus::Confirm { .. });
        },
    },
    Mutant {
        name: "sends-on-receive",
        rule: "EXCH-6",
        fault: "answers a datagram with what is queued",
        edit: |rules| rules.sends_on = |it| matches!(it, Stimulus::Tick {} | Stimulus::Recv(_)),
    },
    Mutant {
        name: "sends-on-opening",
        rule: "EXCH-6",
        fault: "sends as soon as the channel has opened",
        edit: |rules| {
            rules.sends_on =
                |it| matches!(it, Stimulus::Tick {} | Stimulus::Channel(ChannelState::Open));
        },
    },
    Mutant {
        name: "sends-on-closing",
        rule: "EXCH-6",
        fault: "sends what is queued when the channel closes",
        edit: |rules| {
            rules.sends_before = |it| *it == Stimulus::Channel(ChannelState::Closed);
        },
    },
    Mutant {
        name: "sends-on-begin",
        rule: "EXCH-6",
        fault: "sends what is queued before a rollback begins",
        edit: |rules| {
            rules.sends_before = |it| matches!(it, Stimulus::Rollback(Rollback::Begin(_)));
        },
    },
    Mutant {
        name: "sends-on-end",
        rule: "EXCH-6",
        fault: "sends as soon as a rollback has ended",
        edit: |rules| {
            rules.sends_on =
                |it| matches!(it, Stimulus::Tick {} | Stimulus::Rollback(Rollback::End));
        },
    },
    Mutant {
        name: "sends-on-reset",
        rule: "EXCH-6",
        fault: "sends what is queued before a reset empties the queue",
        edit: |rules| rules.sends_before = |it| *it == Stimulus::RESET,
    },
    Mutant {
        name: "last-in-first-out",
        rule: "EXCH-7",
        fault: "sends first what was confirmed last",
        edit: |rules| rules.takes = |state| state.queue.pop(),
    },
    Mutant {
        name: "lowest-frame-first",
        rule: "EXCH-7",
        fault: "sends the queue by ascending frame",
        edit: |rules| {
            rules.takes = |state| {
                let frames = state.queue.iter().map(|entry| entry.0).enumerate();
                let lowest = frames.min_by_key(|(_, frame)| *frame)?.0;
                Some(state.queue.remove(lowest))
            };
        },
    },
    Mutant {
        name: "highest-frame-first",
        rule: "EXCH-7",
        fault: "sends the queue by descending frame, because the newest state is the most urgent",
        edit: |rules| {
            rules.takes = |state| {
                let frames = state.queue.iter().map(|entry| entry.0).enumerate();
                let highest = frames.max_by_key(|(_, frame)| *frame)?.0;
                Some(state.queue.remove(highest))
            };
        },
    },
    Mutant {
        name: "one-per-tick",
        rule: "EXCH-8",
        fault: "sends one hash in each tick",
        edit: |rules| rules.accepted = |_, _| false,
    },
    Mutant {
        name: "sixteen-per-tick",
        rule: "EXCH-8",
        fault: "sends at most 16 hashes in a tick",
        edit: |rules| rules.accepted = |state, entry| sends_at_most(state, entry.0, 16),
    },
    Mutant {
        name: "256-per-tick",
        rule: "EXCH-8",
        fault: "sends at most 256 hashes in a tick, counted in a byte",
        edit: |rules| rules.accepted = |state, entry| sends_at_most(state, entry.0, 256),
    },
    Mutant {
        name: "half-of-the-queue",
        rule: "EXCH-8",
        fault: "counts up to the length of the queue while it removes entries, and so sends only the first half",
        edit: |rules| {
            rules.accepted = |state, entry| {
                state.remembered.insert(entry.0);
                let going_on = state.remembered.len() < state.queue.len();
                if !going_on {
                    state.remembered.clear();
                }
                going_on
            };
        },
    },
    Mutant {
        name: "leaves-the-last",
        rule: "EXCH-8",
        fault: "stops before the last of several entries",
        edit: |rules| rules.accepted = |state, _| state.queue.len() > 1,
    },
    Mutant {
        name: "waits-for-the-peer",
        rule: "EXCH-8",
        fault: "sends nothing until the first datagram of the peer has arrived",
        edit: |rules| {
            rules.reads = |model, state, datagram| {
                state.remembered.insert(MARK);
                (Behaviour::SPECIFIED.reads)(model, state, datagram)
            };
            rules.waits_for_channel = |state| state.closed || !state.remembered.contains(&MARK);
        },
    },
    Mutant {
        name: "rests-after-a-refusal",
        rule: "EXCH-8",
        fault: "skips the tick after one in which a send was refused",
        edit: |rules| {
            rules.refused = |state, refused| {
                state.queue.insert(0, refused.entry);
                state.remembered.insert(MARK);
                false
            };
            rules.waits_for_channel = |state| state.remembered.remove(&MARK) || state.closed;
        },
    },
    Mutant {
        name: "sends-during-a-rollback",
        rule: "EXCH-9",
        fault: "sends although a rollback is in progress",
        edit: |rules| rules.waits_for_rollback = |_| false,
    },
    Mutant {
        name: "waits-for-one-tick-of-a-rollback",
        rule: "EXCH-9",
        fault: "waits in the first tick of a rollback, and sends in the second",
        edit: |rules| {
            rules.waits_for_rollback = |state| state.rollbacks > 0 && state.remembered.insert(MARK);
            rules.begins = |state| {
                state.rollbacks = 1;
                state.remembered.clear();
                true
            };
        },
    },
    Mutant {
        name: "sends-what-lies-below-a-rollback",
        rule: "EXCH-9",
        fault: "sends during a rollback if the first entry of the queue is below the target",
        edit: |rules| {
            rules.withdraws_queue = |state, target| {
                state.queue.retain(|entry| entry.0 < target);
                state.remembered = [target].into();
            };
            rules.waits_for_rollback = |state| {
                let target = state.remembered.first().copied().unwrap_or_default();
                state.rollbacks > 0 && state.queue.first().is_none_or(|entry| entry.0 >= target)
            };
        },
    },
    Mutant {
        name: "a-tick-of-a-rollback-empties-the-queue",
        rule: "EXCH-9",
        fault: "empties the queue in a tick during a rollback",
        edit: |rules| {
            rules.waits_for_rollback = |state| {
                if state.rollbacks > 0 {
                    state.queue.clear();
                }
                state.rollbacks > 0
            };
        },
    },
    Mutant {
        name: "closing-ends-a-rollback",
        rule: "EXCH-9",
        fault: "treats a rollback as ended when the channel closes",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                state.closed = !open;
                if !open {
                    state.rollbacks = 0;
                }
            };
        },
    },
    Mutant {
        name: "sends-while-closed",
        rule: "EXCH-10",
        fault: "sends although the channel is closed",
        edit: |rules| rules.waits_for_channel = |_| false,
    },
    Mutant {
        name: "notices-closing-once",
        rule: "EXCH-10",
        fault: "waits in the first tick after the channel has closed, and sends in the second",
        edit: |rules| rules.waits_for_channel = |state| std::mem::take(&mut state.closed),
    },
    Mutant {
        name: "a-tick-while-closed-empties-the-queue",
        rule: "EXCH-10",
        fault: "drops what it cannot send while the channel is closed",
        edit: |rules| {
            rules.waits_for_channel = |state| {
                if state.closed {
                    state.queue.clear();
                }
                state.closed
            };
        },
    },
    Mutant {
        name: "closing-empties-the-queue",
        rule: "EXCH-10",
        fault: "empties the queue when the channel closes",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                state.closed = !open;
                if !open {
                    state.queue.clear();
                }
            };
        },
    },
    Mutant {
        name: "opening-empties-the-queue",
        rule: "EXCH-10",
        fault: "empties the queue when the channel opens again",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                if open && state.closed {
                    state.queue.clear();
                }
                state.closed = !open;
            };
        },
    },
];

/// In `remembered`: that something has been seen.
const MARK: u32 = u32::MAX;

/// Whether a tick that has sent this frame may send more; counts by what it has sent.
fn sends_at_most(state: &mut State, frame: u32, count: usize) -> bool {
    state.remembered.insert(frame);
    let full = state.remembered.len() >= count;
    if full || state.queue.is_empty() {
        state.remembered.clear();
    }
    !full
}
