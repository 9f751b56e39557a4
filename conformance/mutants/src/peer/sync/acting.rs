//! Wrong peers of SYNC-1, SYNC-2, SYNC-4 and SYNC-5: acting.

use rollwire_model::{
    exchange::How,
    peer::{Message, Phase, State, SyncRules, ValidationPhase},
};

use crate::peer::mutant::Mutant;

const RIGHT: SyncRules = SyncRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "sends-changes-of-the-action-alone",
        rule: "SYNC-1",
        fault: "sends no INPUT for an act with the same action as the one before",
        edit: |rules| {
            rules.sync.copies = |state| match state.inputs.own[..] {
                [.., before, newest] if before.1 == newest.1 => 0,
                _ => 1,
            };
        },
    },
    Mutant {
        name: "takes-action-0-for-no-action",
        rule: "SYNC-1",
        fault: "sends no INPUT for an act with action 0",
        edit: |rules| {
            rules.sync.copies =
                |state| usize::from(state.inputs.own.last().is_some_and(|entry| entry.1 != 0));
        },
    },
    Mutant {
        name: "forgets-action-0",
        rule: "SYNC-1",
        fault: "keeps no act with action 0",
        edit: |rules| {
            rules.sync.keeps = |state, entry| {
                (RIGHT.keeps)(state, entry);
                if entry.1 == 0 {
                    state.inputs.own.pop();
                }
            };
        },
    },
    Mutant {
        name: "takes-actions-for-signed",
        rule: "SYNC-1",
        fault: "keeps no action above 127",
        edit: |rules| {
            rules.sync.keeps = |state, (frame, action)| {
                (RIGHT.keeps)(state, (frame, action.min(127)));
            };
        },
    },
    Mutant {
        name: "sends-no-input-while-ending",
        rule: "SYNC-1",
        fault: "sends no INPUT after the own game has ended",
        edit: |rules| {
            rules.sync.copies = |state| usize::from(phase(state) != Some(Phase::Ending));
        },
    },
    Mutant {
        name: "sends-no-input-after-a-failed-validation",
        rule: "SYNC-1",
        fault: "sends no INPUT once the validation has failed",
        edit: |rules| {
            rules.sync.copies =
                |state| usize::from(state.validation.phase != ValidationPhase::Failed);
        },
    },
    Mutant {
        name: "sends-twice-what-confirms",
        rule: "SYNC-1",
        fault: "hands the INPUT of an act to the channel twice if the partner's entry for the frame is known already",
        edit: |rules| {
            rules.sync.copies = |state| {
                let newest = state.inputs.own.last();
                1 + usize::from(newest.is_some_and(|it| state.inputs.held.contains_key(&it.0)))
            };
        },
    },
    Mutant {
        name: "takes-an-act-again",
        rule: "SYNC-2",
        fault: "takes an act for the newest own frame again, and sends it again",
        edit: |rules| {
            rules.sync.takes = |state, entry| {
                (RIGHT.takes)(state, entry)
                    || state.inputs.own.last().is_some_and(|newest| newest.0 == entry.0)
            };
            rules.sync.keeps = |state, entry| {
                if state.inputs.own.last().is_some_and(|newest| newest.0 == entry.0) {
                    state.inputs.own.pop();
                }
                (RIGHT.keeps)(state, entry);
            };
        },
    },
    Mutant {
        name: "takes-the-same-act-again",
        rule: "SYNC-2",
        fault: "sends the INPUT again when an act repeats the newest entry with the same action",
        edit: |rules| {
            rules.sync.takes = |state, entry| {
                (RIGHT.takes)(state, entry) || state.inputs.own.last() == Some(&entry)
            };
            rules.sync.keeps = |state, entry| {
                if state.inputs.own.last() != Some(&entry) {
                    (RIGHT.keeps)(state, entry);
                }
            };
        },
    },
    Mutant {
        name: "takes-a-later-act",
        rule: "SYNC-2",
        fault: "takes an act for a frame beyond the next own one",
        edit: |rules| {
            rules.sync.takes =
                |state, (frame, _)| state.inputs.next.is_some_and(|next| frame >= next);
        },
    },
    Mutant {
        name: "fills-up-to-a-later-act",
        rule: "SYNC-2",
        fault: "takes an act for a frame beyond the next own one as the act of every frame up to it",
        edit: |rules| {
            rules.sync.takes_not = |state, (frame, action)| {
                let next = state.inputs.next.unwrap_or(frame);
                for frame in (next..=frame).take(1000) {
                    (RIGHT.keeps)(state, (frame, action));
                }
            };
        },
    },
    Mutant {
        name: "corrects-an-earlier-act",
        rule: "SYNC-2",
        fault: "replaces the action of an own entry when an act for its frame comes again",
        edit: |rules| {
            rules.sync.takes_not = |state, (frame, action)| {
                for entry in &mut state.inputs.own {
                    if entry.0 == frame {
                        entry.1 = action;
                    }
                }
            };
        },
    },
    Mutant {
        name: "takes-any-frame-as-the-first",
        rule: "SYNC-2",
        fault: "takes the first act for whatever frame it is",
        edit: |rules| {
            rules.sync.takes =
                |state, entry| state.inputs.own.is_empty() || (RIGHT.takes)(state, entry);
        },
    },
    Mutant {
        name: "goes-on-after-the-last-frame",
        rule: "SYNC-2",
        fault: "takes an act for frame 0 after the one for frame 4294967295",
        edit: |rules| {
            rules.sync.keeps = |state, entry| {
                (RIGHT.keeps)(state, entry);
                state.inputs.next = Some(entry.0.wrapping_add(1));
            };
        },
    },
    Mutant {
        name: "repeats-the-last-frame-for-ever",
        rule: "SYNC-2",
        fault: "takes any number of acts for frame 4294967295",
        edit: |rules| {
            rules.sync.keeps = |state, entry| {
                (RIGHT.keeps)(state, entry);
                state.inputs.next = Some(entry.0.saturating_add(1));
            };
        },
    },
    Mutant {
        name: "takes-no-act-while-closed",
        rule: "SYNC-4",
        fault: "takes no act while the channel is not open: the game has to repeat it",
        edit: |rules| {
            rules.sync.unsent = |state, frame| {
                state.inputs.own.pop();
                state.inputs.next = Some(frame);
            };
        },
    },
    Mutant {
        name: "loses-acts-while-closed",
        rule: "SYNC-4",
        fault: "keeps no entry of an act while the channel is not open",
        edit: |rules| {
            rules.sync.unsent = |state, _| {
                state.inputs.own.pop();
            };
        },
    },
    Mutant {
        name: "sends-an-input-at-an-opening",
        rule: "SYNC-4",
        fault: "sends its newest entries when the channel opens",
        edit: |rules| rules.sync.opening_sends = |state| !state.inputs.own.is_empty(),
    },
    Mutant {
        name: "sends-at-an-opening-what-it-could-not",
        rule: "SYNC-4",
        fault: "sends an INPUT at an opening if there was an act while the channel was closed",
        edit: |rules| {
            rules.sync.unsent = |state, _| state.counted = 1;
            rules.sync.opening_sends = |state| state.counted == 1;
        },
    },
    Mutant {
        name: "leaves-out-what-was-done-while-closed",
        rule: "SYNC-4",
        fault: "leaves the entries of acts while the channel was closed out of later INPUTs",
        edit: |rules| {
            rules.sync.unsent = |state, frame| {
                state.remembered.insert(frame.into());
            };
            rules.sync.window = |state| {
                let mut entries = (RIGHT.window)(state);
                entries.retain(|entry| !state.remembered.contains(&entry.0.into()));
                entries
            };
        },
    },
    Mutant {
        name: "loses-the-act-of-an-error",
        rule: "SYNC-5",
        fault: "keeps no entry of an act whose send ends with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if matches!(message, Message::Input { .. }) && how == How::Throw {
                    state.inputs.own.pop();
                }
            };
        },
    },
    Mutant {
        name: "loses-a-refused-first-act",
        rule: "SYNC-5",
        fault: "keeps no entry of its first act if the INPUT is refused",
        edit: |rules| {
            rules.sync.refused = |state, _| {
                if state.inputs.own.len() == 1 {
                    state.inputs.own.pop();
                }
            };
        },
    },
    Mutant {
        name: "waits-for-a-refused-act-again",
        rule: "SYNC-5",
        fault: "takes no act for the next frame after its first INPUT is refused: the game has to repeat the act",
        edit: |rules| {
            rules.sync.refused = |state, frame| {
                if state.inputs.own.len() == 1 {
                    state.inputs.own.pop();
                    state.inputs.next = Some(frame);
                }
            };
        },
    },
    Mutant {
        name: "sends-no-input-after-three-refusals",
        rule: "SYNC-5",
        fault: "sends no INPUT any more after three refused ones",
        edit: |rules| {
            rules.sync.refused = |state, _| state.counted += 1;
            rules.sync.copies = |state| usize::from(state.counted < 3);
        },
    },
    Mutant {
        name: "sends-no-input-after-an-error",
        rule: "SYNC-5",
        fault: "sends no INPUT any more after one whose send ended with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if matches!(message, Message::Input { .. }) && how == How::Throw {
                    state.counted = 1;
                }
            };
            rules.sync.copies = |state| usize::from(state.counted == 0);
        },
    },
    Mutant {
        name: "tries-an-input-again-after-an-error",
        rule: "SYNC-5",
        fault: "sends an INPUT again at the next stimulus if its send ended with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if matches!(message, Message::Input { .. }) && how == How::Throw {
                    state.counted = 1;
                }
            };
            rules.common.tries_again = |state| {
                let entries = (RIGHT.window)(state);
                let current_frame = entries.last()?.0;
                let player = state.setup.local.into();
                let owed = std::mem::take(&mut state.counted) == 1;
                owed.then_some(Message::Input { player, current_frame, entries })
            };
        },
    },
];

fn phase(state: &State) -> Option<Phase> {
    state.episodes.current.as_ref().map(|episode| episode.phase)
}
