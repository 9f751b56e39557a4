//! Wrong about what a comparison leaves, what is verified and what is a mismatch (DETECT-16 to DETECT-18).

use rollwire_model::exchange::{Behaviour, State};

use super::mutant::Mutant;

const RIGHT: Behaviour = Behaviour::LASTING;

/// Looks at the comparisons again.
fn verify(state: &mut State) {
    state.verified = state.lasting.verified();
}

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "uses-hashes-up",
        rule: "DETECT-16",
        fault: "a comparison takes the peer's hash out of the inbound map",
        edit: |lasting| lasting.rules.consumes = Behaviour::SPECIFIED.consumes,
    },
    Mutant {
        name: "uses-equal-hashes-up",
        rule: "DETECT-16",
        fault: "a comparison takes the peer's hash out of the inbound map if it is equal",
        edit: |lasting| {
            lasting.rules.consumes = |state, frame, equal| {
                state.map.retain(|entry| !equal || entry.0 != frame);
            };
        },
    },
    Mutant {
        name: "uses-different-hashes-up",
        rule: "DETECT-16",
        fault: "a comparison takes the peer's hash out of the inbound map if it differs",
        edit: |lasting| {
            lasting.rules.consumes = |state, frame, equal| {
                state.map.retain(|entry| equal || entry.0 != frame);
            };
        },
    },
    Mutant {
        name: "compares-a-frame-once",
        rule: "DETECT-16",
        fault: "a frame that is confirmed again is not compared again",
        edit: |lasting| {
            lasting.rules.consumes = |state, frame, _| {
                state.remembered.insert(frame);
            };
            lasting.rules.compares_confirmed = |state, frame| !state.remembered.contains(&frame);
            lasting.rules.catches_up = |state| {
                let mut frames = (RIGHT.catches_up)(state);
                frames.retain(|frame| !state.remembered.contains(frame));
                frames
            };
        },
    },
    Mutant {
        name: "verifies-above-a-mismatch",
        rule: "DETECT-17",
        fault: "the verified frame is the greatest one that was equal",
        edit: |lasting| {
            lasting.rules.verifies = |state, frame| {
                (RIGHT.verifies)(state, frame);
                state.verified = state.lasting.equal.last().copied();
            };
        },
    },
    Mutant {
        name: "verified-frame-never-falls",
        rule: "DETECT-17",
        fault: "a mismatch does not lower the verified frame",
        edit: |lasting| {
            lasting.rules.after_mismatch = |state, frame| {
                let before = state.verified;
                (RIGHT.after_mismatch)(state, frame);
                state.verified = before;
            };
        },
    },
    Mutant {
        name: "mismatch-is-never-mended",
        rule: "DETECT-17",
        fault: "a frame that differed once holds the verified frame back for ever",
        edit: |lasting| {
            lasting.rules.verifies = |state, frame| {
                state.lasting.equal.insert(frame);
                verify(state);
            };
        },
    },
    Mutant {
        name: "mended-frame-is-the-verified-one",
        rule: "DETECT-17",
        fault: "the verified frame rises to the frame that was mended, and not to those above",
        edit: |lasting| {
            lasting.rules.verifies = |state, frame| {
                let differed = state.lasting.different.contains(&frame);
                (RIGHT.verifies)(state, frame);
                if differed {
                    state.verified = state.verified.min(Some(frame));
                }
            };
        },
    },
    Mutant {
        name: "first-comparison-counts",
        rule: "DETECT-17",
        fault: "a frame that was equal once stays equal",
        edit: |lasting| {
            lasting.rules.after_mismatch = |state, frame| {
                if !state.lasting.equal.contains(&frame) {
                    (RIGHT.after_mismatch)(state, frame);
                }
            };
        },
    },
    Mutant {
        name: "rollback-lowers-to-the-frame-before",
        rule: "DETECT-17",
        fault: "a rollback lowers the verified frame to the frame before its target",
        edit: |lasting| {
            lasting.rules.lowers = |state, target| {
                let lowered = state.verified.min(target.checked_sub(1));
                (RIGHT.lowers)(state, target);
                state.verified = lowered;
            };
        },
    },
    Mutant {
        name: "rollback-leaves-the-verified-frame",
        rule: "DETECT-17",
        fault: "a rollback forgets no comparison",
        edit: |lasting| lasting.rules.lowers = |_, _| {},
    },
    Mutant {
        name: "rollback-leaves-its-target",
        rule: "DETECT-17",
        fault: "a rollback forgets the comparisons beyond its target, and not that of the target",
        edit: |lasting| {
            lasting.rules.lowers = |state, target| {
                if let Some(next) = target.checked_add(1) {
                    (RIGHT.lowers)(state, next);
                }
            };
        },
    },
    Mutant {
        name: "rollback-remembers-mismatches",
        rule: "DETECT-17",
        fault: "a rollback forgets the frames that were equal, and not those that differed",
        edit: |lasting| {
            lasting.rules.lowers = |state, target| {
                state.lasting.equal.split_off(&target);
                verify(state);
            };
        },
    },
    Mutant {
        name: "reset-remembers-mismatches",
        rule: "DETECT-17",
        fault: "a reset forgets the frames that were equal, and not those that differed",
        edit: |lasting| {
            lasting.rules.forgets = |state| {
                let different = state.lasting.different.clone();
                (RIGHT.forgets)(state);
                state.lasting.different = different;
            };
        },
    },
    Mutant {
        name: "reset-remembers-equal-frames",
        rule: "DETECT-17",
        fault: "a reset forgets the frames that differed, and not those that were equal",
        edit: |lasting| {
            lasting.rules.forgets = |state| {
                let equal = state.lasting.equal.clone();
                (RIGHT.forgets)(state);
                state.lasting.equal = equal;
            };
        },
    },
    Mutant {
        name: "every-comparison-is-an-event",
        rule: "DETECT-18",
        fault: "every comparison that differs adds an event",
        edit: |lasting| lasting.rules.reports = Behaviour::SPECIFIED.reports,
    },
    Mutant {
        name: "one-event-for-each-frame",
        rule: "DETECT-18",
        fault: "a frame that has an event gets no other one",
        edit: |lasting| {
            lasting.rules.reports = |state, mismatch| {
                if state.events.iter().all(|event| event.frame != mismatch.frame) {
                    state.events.push(mismatch);
                }
            };
        },
    },
    Mutant {
        name: "one-event-for-each-hash-of-the-peer",
        rule: "DETECT-18",
        fault: "a frame with another own hash and the same hash of the peer gets no other event",
        edit: |lasting| {
            lasting.rules.reports = |state, mismatch| {
                let same = |frame, peer| (frame, peer) == (mismatch.frame, mismatch.peer);
                if !state.events.iter().any(|event| same(event.frame, event.peer)) {
                    state.events.push(mismatch);
                }
            };
        },
    },
    Mutant {
        name: "compares-events-with-the-last",
        rule: "DETECT-18",
        fault: "an event is left out only if the last one is the same",
        edit: |lasting| {
            lasting.rules.reports = |state, mismatch| {
                if state.events.last() != Some(&mismatch) {
                    state.events.push(mismatch);
                }
            };
        },
    },
];
