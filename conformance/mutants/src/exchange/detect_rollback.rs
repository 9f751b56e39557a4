//! Wrong detection in and after a rollback, and over a reset (DETECT-8 to DETECT-12).

use rollwire_model::exchange::State;

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "compares-what-arrives-during-a-rollback",
        rule: "DETECT-8",
        fault: "compares during a rollback what is received",
        edit: |rules| {
            rules.pauses = |_| false;
            rules.compares_confirmed = |state, _| state.rollbacks == 0;
        },
    },
    Mutant {
        name: "compares-what-is-simulated-again",
        rule: "DETECT-8",
        fault: "compares during a rollback what is confirmed from the target on",
        edit: |rules| {
            rules.pauses = |_| false;
            rules.withdraws_map = |state, target| {
                state.map.retain(|entry| entry.0 < target);
                state.remembered = [target].into();
            };
            rules.compares_received = |state, _| state.rollbacks == 0;
            rules.compares_confirmed = |state, frame| {
                let target = state.remembered.first();
                state.rollbacks == 0 || target.is_some_and(|target| frame >= *target)
            };
        },
    },
    Mutant {
        name: "never-compares-after-a-rollback",
        rule: "DETECT-9",
        fault: "does not do the comparisons at the end of a rollback that the rollback has postponed",
        edit: |rules| rules.catches_up = |_| Vec::new(),
    },
    Mutant {
        name: "compares-descending",
        rule: "DETECT-9",
        fault: "compares at the end of a rollback from the highest frame to the lowest",
        edit: |rules| {
            rules.catches_up = |state| {
                let mut frames = known_here_and_there(state);
                frames.sort_unstable_by(|one, other| other.cmp(one));
                frames
            };
        },
    },
    Mutant {
        name: "compares-in-order-of-arrival",
        rule: "DETECT-9",
        fault: "compares at the end of a rollback in the order in which the hashes were received",
        edit: |rules| rules.catches_up = known_here_and_there,
    },
    Mutant {
        name: "compares-in-order-of-confirmation",
        rule: "DETECT-9",
        fault: "compares at the end of a rollback in the order in which the frames were confirmed",
        edit: |rules| {
            rules.catches_up = |state| {
                let confirmed = state.history.iter().map(|entry| entry.0);
                confirmed.filter(|frame| state.peer(*frame).is_some()).collect()
            };
        },
    },
    Mutant {
        name: "compares-signed-frames",
        rule: "DETECT-9",
        fault: "sorts the frames as signed numbers at the end of a rollback",
        edit: |rules| {
            rules.catches_up = |state| {
                let mut frames = known_here_and_there(state);
                frames.sort_unstable_by_key(|frame| frame.cast_signed());
                frames
            };
        },
    },
    Mutant {
        name: "compares-one-frame-after-a-rollback",
        rule: "DETECT-9",
        fault: "compares only the lowest frame at the end of a rollback",
        edit: |rules| {
            rules.catches_up =
                |state| known_here_and_there(state).into_iter().min().into_iter().collect();
        },
    },
    Mutant {
        name: "compares-only-from-the-target-on",
        rule: "DETECT-9",
        fault: "compares at the end of a rollback only the frames from its target on",
        edit: |rules| {
            rules.withdraws_map = |state, target| {
                state.map.retain(|entry| entry.0 < target);
                state.remembered = [target].into();
            };
            rules.catches_up = |state| {
                let target = state.remembered.first().copied().unwrap_or_default();
                let mut frames = known_here_and_there(state);
                frames.retain(|frame| *frame >= target);
                frames.sort_unstable();
                frames
            };
        },
    },
    Mutant {
        name: "detection-counts-rollbacks",
        rule: "DETECT-9",
        fault: "compares again only after as many ends as begins",
        edit: |rules| {
            // A number for each begin that has no end yet.
            rules.begins = |state| {
                let count = state.remembered.len();
                state.remembered.extend(u32::try_from(count));
                state.rollbacks = 1;
                true
            };
            rules.ends = |state| {
                state.remembered.pop_last();
                std::mem::take(&mut state.rollbacks) > 0
            };
            rules.pauses = |state| !state.remembered.is_empty();
            rules.catches_up = |state| {
                let mut frames = known_here_and_there(state);
                frames.retain(|_| state.remembered.is_empty());
                frames.sort_unstable();
                frames
            };
            rules.reset_rollback = |state| {
                state.remembered.clear();
                state.rollbacks = 0;
            };
        },
    },
    Mutant {
        name: "keeps-the-verified-frame",
        rule: "DETECT-10",
        fault: "does not lower the verified frame when a rollback begins",
        edit: |rules| rules.lowers = |_, _| {},
    },
    Mutant {
        name: "verified-up-to-the-target",
        rule: "DETECT-10",
        fault: "lowers the verified frame to the target, not to the frame before it",
        edit: |rules| {
            rules.lowers = |state, target| state.verified = state.verified.min(Some(target));
        },
    },
    Mutant {
        name: "a-rollback-raises-the-verified-frame",
        rule: "DETECT-10",
        fault: "sets the verified frame to the one before the target, even if it was lower",
        edit: |rules| {
            rules.lowers = |state, target| {
                state.verified = state.verified.and(target.checked_sub(1));
            };
        },
    },
    Mutant {
        name: "a-rollback-unverifies",
        rule: "DETECT-10",
        fault: "sets the verified frame to none if it is not below the target",
        edit: |rules| {
            rules.lowers =
                |state, target| state.verified = state.verified.filter(|it| *it < target);
        },
    },
    Mutant {
        name: "the-verified-frame-wraps-at-0",
        rule: "DETECT-10",
        fault: "subtracts 1 from a target of 0 and sets the verified frame to 4294967295",
        edit: |rules| {
            rules.lowers = |state, target| {
                let before = target.wrapping_sub(1);
                state.verified = state.verified.map(|it| if it < target { it } else { before });
            };
        },
    },
    Mutant {
        name: "the-verified-frame-stops-at-0",
        rule: "DETECT-10",
        fault: "sets the verified frame to 0 after a rollback to 0",
        edit: |rules| {
            rules.lowers =
                |state, target| state.verified = state.verified.min(Some(target.saturating_sub(1)));
        },
    },
    Mutant {
        name: "a-rollback-removes-its-events",
        rule: "DETECT-11",
        fault: "removes the events of the frames from the target on",
        edit: |rules| {
            rules.rolls_back_events = |state, target| state.events.retain(|it| it.frame < target);
        },
    },
    Mutant {
        name: "a-rollback-removes-all-events",
        rule: "DETECT-11",
        fault: "removes all events when a rollback begins",
        edit: |rules| rules.rolls_back_events = |state, _| state.events.clear(),
    },
    Mutant {
        name: "a-reset-keeps-the-verified-frame",
        rule: "DETECT-12",
        fault: "keeps the verified frame across a reset",
        edit: |rules| rules.forgets = |state| state.events.clear(),
    },
    Mutant {
        name: "a-reset-keeps-the-events",
        rule: "DETECT-12",
        fault: "keeps the events of the previous episode",
        edit: |rules| rules.forgets = |state| state.verified = None,
    },
    Mutant {
        name: "a-reset-verifies-frame-0",
        rule: "DETECT-12",
        fault: "sets the verified frame to 0 when the episode ends",
        edit: |rules| {
            rules.forgets = |state| {
                state.verified = state.verified.map(|_| 0);
                state.events.clear();
            };
        },
    },
];

/// The frames whose hashes are both known, in the order in which the peer's were received.
fn known_here_and_there(state: &State) -> Vec<u32> {
    let received = state.map.iter().map(|entry| entry.0);
    received.filter(|frame| state.local(*frame).is_some()).collect()
}
