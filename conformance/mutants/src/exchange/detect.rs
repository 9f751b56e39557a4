//! Wrong conclusions from a comparison (DETECT-5 to DETECT-7).

use rollwire_model::exchange::{Mismatch, State};

use super::{
    compare::{CONFIRM, marks_the_path},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "the-last-verified-counts",
        rule: "DETECT-5",
        fault: "verifies the frame that was found equal last, not the highest",
        edit: |rules| rules.verifies = |state, frame| state.verified = Some(frame),
    },
    Mutant {
        name: "verifies-nothing-above-a-mismatch",
        rule: "DETECT-5",
        fault: "does not raise the verified frame above a frame that mismatched",
        edit: |rules| {
            rules.verifies = |state, frame| {
                if state.events.iter().all(|event| event.frame > frame) {
                    raise(state, frame);
                }
            };
        },
    },
    Mutant {
        name: "verifies-without-gaps",
        rule: "DETECT-5",
        fault: "does not raise the verified frame above a confirmed frame that was never compared",
        edit: |rules| {
            rules.verifies = |state, frame| {
                let below = state.verified.map_or(0, |verified| verified.saturating_add(1))..frame;
                if !state.history.iter().any(|entry| below.contains(&entry.0)) {
                    raise(state, frame);
                }
            };
        },
    },
    Mutant {
        name: "frame-0-verifies-nothing",
        rule: "DETECT-5",
        fault: "treats frame 0 as a missing frame and does not verify it",
        edit: |rules| {
            rules.verifies = |state, frame| {
                if frame > 0 {
                    raise(state, frame);
                }
            };
        },
    },
    Mutant {
        name: "compares-verified-frames-signed",
        rule: "DETECT-5",
        fault: "treats a frame above 2147483647 as lower than any other",
        edit: |rules| {
            rules.verifies = |state, frame| {
                let signed = state.verified.map(u32::cast_signed);
                state.verified = signed.max(Some(frame.cast_signed())).map(i32::cast_unsigned);
            };
        },
    },
    Mutant {
        name: "closing-unverifies",
        rule: "DETECT-5",
        fault: "sets the verified frame to none when the channel closes",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                state.closed = !open;
                state.verified = state.verified.filter(|_| open);
            };
        },
    },
    Mutant {
        name: "a-confirm-swaps-the-hashes",
        rule: "DETECT-6",
        fault: "swaps its own hash and the peer's hash in the event of a confirm",
        edit: |rules| {
            marks_the_path(rules);
            rules.reports = |state, it| {
                let swaps = state.remembered.contains(&CONFIRM);
                let swapped = Mismatch { frame: it.frame, local: it.peer, peer: it.local };
                state.events.push(if swaps { swapped } else { it });
            };
        },
    },
    Mutant {
        name: "one-event-per-frame",
        rule: "DETECT-6",
        fault: "adds no event for a frame that already has one",
        edit: |rules| {
            rules.reports = |state, mismatch| {
                if state.events.iter().all(|event| event.frame != mismatch.frame) {
                    state.events.push(mismatch);
                }
            };
        },
    },
    Mutant {
        name: "one-event-per-episode",
        rule: "DETECT-6",
        fault: "adds an event for the first mismatch only",
        edit: |rules| {
            rules.reports = |state, mismatch| {
                if state.events.is_empty() {
                    state.events.push(mismatch);
                }
            };
        },
    },
    Mutant {
        name: "newest-event-first",
        rule: "DETECT-6",
        fault: "adds events at the front",
        edit: |rules| rules.reports = |state, mismatch| state.events.insert(0, mismatch),
    },
    Mutant {
        name: "events-by-frame",
        rule: "DETECT-6",
        fault: "sorts the events by frame",
        edit: |rules| {
            rules.reports = |state, mismatch| {
                state.events.push(mismatch);
                state.events.sort_by_key(|event| event.frame);
            };
        },
    },
    Mutant {
        name: "opening-removes-events",
        rule: "DETECT-6",
        fault: "removes all events when the channel opens again",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                if open && state.closed {
                    state.events.clear();
                }
                state.closed = !open;
            };
        },
    },
    Mutant {
        name: "a-mismatch-lowers-the-verified-frame",
        rule: "DETECT-7",
        fault: "lowers the verified frame to below a frame that mismatches",
        edit: |rules| {
            rules.after_mismatch =
                |state, frame| state.verified = state.verified.min(frame.checked_sub(1));
        },
    },
    Mutant {
        name: "a-mismatch-unverifies",
        rule: "DETECT-7",
        fault: "sets the verified frame to none at a mismatch",
        edit: |rules| rules.after_mismatch = |state, _| state.verified = None,
    },
    Mutant {
        name: "a-mismatch-stops-the-sending",
        rule: "DETECT-7",
        fault: "sends nothing after a mismatch",
        edit: |rules| rules.waits_for_channel = |state| state.closed || !state.events.is_empty(),
    },
    Mutant {
        name: "a-mismatch-empties-the-queue",
        rule: "DETECT-7",
        fault: "drops in a tick after a mismatch what it should send",
        edit: |rules| {
            rules.waits_for_channel = |state| {
                if !state.events.is_empty() {
                    state.queue.clear();
                }
                state.closed
            };
        },
    },
    Mutant {
        name: "a-mismatch-stops-the-queueing",
        rule: "DETECT-7",
        fault: "queues nothing after a mismatch",
        edit: |rules| {
            rules.queues = |state, entry| {
                if state.events.is_empty() {
                    state.queue.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "deaf-after-a-mismatch",
        rule: "DETECT-7",
        fault: "ignores after a mismatch the hashes of frames that it has not confirmed yet",
        edit: |rules| {
            rules.listens =
                |state, entry| state.events.is_empty() || state.local(entry.0).is_some();
        },
    },
];

fn raise(state: &mut State, frame: u32) {
    state.verified = state.verified.max(Some(frame));
}
