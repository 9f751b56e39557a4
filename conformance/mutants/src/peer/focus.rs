//! Wrong peers of FOCUS.

use rollwire_model::peer::{FocusRules, Message};

use super::mutant::Mutant;

const RIGHT: FocusRules = FocusRules::SPECIFIED;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "tells-no-change",
        rule: "FOCUS-1",
        fault: "tells no change of its page",
        edit: |rules| rules.focus.tells = |_| Vec::new(),
    },
    Mutant {
        name: "tells-only-that-it-is-hidden",
        rule: "FOCUS-1",
        fault: "does not tell that its page is shown again",
        edit: |rules| {
            rules.focus.tells =
                |state| if state.focus.shown { Vec::new() } else { (RIGHT.tells)(state) };
        },
    },
    Mutant {
        name: "tells-twice-that-it-is-shown",
        rule: "FOCUS-1",
        fault: "tells twice that its page is shown again",
        edit: |rules| {
            rules.focus.tells = |state| {
                let state_and_frame = (state.focus.shown, state.focus.frame);
                vec![state_and_frame; 1 + usize::from(state.focus.shown)]
            };
        },
    },
    Mutant {
        name: "tells-no-change-at-frame-0",
        rule: "FOCUS-1",
        fault: "tells no change at frame 0",
        edit: |rules| {
            rules.focus.tells =
                |state| if state.focus.frame == 0 { Vec::new() } else { (RIGHT.tells)(state) };
        },
    },
    Mutant {
        name: "tells-the-newest-own-frame",
        rule: "FOCUS-1",
        fault: "tells the frame of its newest act, once there is one",
        edit: |rules| {
            rules.focus.tells = |state| {
                let newest = state.inputs.own.last().map(|entry| entry.0);
                vec![(state.focus.shown, newest.unwrap_or(state.focus.frame))]
            };
        },
    },
    Mutant {
        name: "tells-16-bits-of-the-frame",
        rule: "FOCUS-1",
        fault: "tells the low 16 bits of the frame",
        edit: |rules| {
            rules.focus.tells = |state| vec![(state.focus.shown, state.focus.frame & 0xffff)];
        },
    },
    Mutant {
        name: "tells-a-page-only-in-an-episode",
        rule: "FOCUS-1",
        fault: "tells no change of its page before the first `ready`",
        edit: |rules| {
            rules.focus.tells = |state| {
                let plays = state.episodes.current.is_some();
                if plays { (RIGHT.tells)(state) } else { Vec::new() }
            };
        },
    },
    Mutant {
        name: "tells-that-a-shown-page-is-shown",
        rule: "FOCUS-2",
        fault: "tells a `focus` that says again that the page is shown",
        edit: |rules| rules.focus.changes = |state, shown| shown || state.focus.shown,
    },
    Mutant {
        name: "tells-that-a-hidden-page-is-hidden",
        rule: "FOCUS-2",
        fault: "tells a `focus` that says again that the page is hidden",
        edit: |rules| rules.focus.changes = |state, shown| !shown || !state.focus.shown,
    },
    Mutant {
        name: "tells-the-first-focus",
        rule: "FOCUS-2",
        fault: "tells the first `focus`, also if the page was shown before",
        edit: |rules| {
            rules.focus.same = |state, _| state.counted = 1;
            rules.focus.changes = |state, shown| {
                let is_first = state.counted == 0 && state.focus.frame == 0 && state.focus.shown;
                is_first || (RIGHT.changes)(state, shown)
            };
        },
    },
    Mutant {
        name: "forgets-that-it-is-hidden",
        rule: "FOCUS-2",
        fault: "takes the next `focus` for a change after one that has changed nothing",
        edit: |rules| {
            rules.focus.same = |state, _| state.counted = 1;
            rules.focus.changes =
                |state, shown| state.counted == 1 || (RIGHT.changes)(state, shown);
        },
    },
    Mutant {
        name: "tells-nothing-at-an-opening",
        rule: "FOCUS-3",
        fault: "tells nothing at an opening",
        edit: |rules| rules.focus.opening_tells = |_| false,
    },
    Mutant {
        name: "tells-at-an-opening-only-that-it-is-hidden",
        rule: "FOCUS-3",
        fault: "tells at an opening that the page is hidden, and not that it is shown again",
        edit: |rules| rules.focus.opening_tells = |state| !state.focus.shown,
    },
    Mutant {
        name: "tells-at-an-opening-only-what-is-new",
        rule: "FOCUS-3",
        fault: "does not tell at an opening that the page is hidden if it was told before",
        edit: |rules| rules.focus.opening_tells = |state| state.focus.shown != state.focus.told,
    },
    Mutant {
        name: "tells-at-every-opening",
        rule: "FOCUS-3",
        fault: "tells at every opening what its page is, as long as it is neither validated nor in an episode",
        edit: |rules| {
            rules.focus.closes = |state| state.counted = 1;
            rules.focus.opening_tells = |state| {
                let is_new = state.episodes.current.is_none() && !state.validation.is_validated();
                is_new && state.counted == 1 || (RIGHT.opening_tells)(state)
            };
        },
    },
    Mutant {
        name: "tells-at-an-opening-the-frame-of-any-focus",
        rule: "FOCUS-3",
        fault: "tells at an opening the frame of the last `focus`, also if it changed nothing",
        edit: |rules| rules.focus.same = |state, frame| state.focus.frame = frame,
    },
    Mutant {
        name: "tells-at-an-opening-the-newest-own-frame",
        rule: "FOCUS-3",
        fault: "tells at an opening the frame of its newest act, once there is one",
        edit: |rules| {
            rules.focus.opening_states = |state| {
                let newest = state.inputs.own.last().map(|entry| entry.0);
                vec![(state.focus.shown, newest.unwrap_or(state.focus.frame))]
            };
        },
    },
    Mutant {
        name: "tells-both-states-at-an-opening",
        rule: "FOCUS-3",
        fault: "tells at an opening that the page was hidden before it tells that it is shown",
        edit: |rules| {
            rules.focus.opening_states = |state| {
                let mut states = (RIGHT.opening_states)(state);
                if state.focus.shown {
                    states.insert(0, (false, state.focus.frame));
                }
                states
            };
        },
    },
    Mutant {
        name: "a-closing-forgets-what-was-told",
        rule: "FOCUS-3",
        fault: "takes the partner for one that was told nothing when the channel closes",
        edit: |rules| rules.focus.closes = |state| state.focus.told = true,
    },
    Mutant {
        name: "hears-only-rising-frames",
        rule: "FOCUS-4",
        fault: "drops a FOCUS_STATE whose frame is lower than that of the one before",
        edit: |rules| {
            rules.focus.hears = |state, shown, frame| {
                if u64::from(frame) >= state.counted {
                    state.counted = frame.into();
                    state.focus.partner = shown;
                }
            };
        },
    },
    Mutant {
        name: "hears-each-frame-once",
        rule: "FOCUS-4",
        fault: "drops a FOCUS_STATE with the same frame as the one before",
        edit: |rules| {
            rules.focus.hears = |state, shown, frame| {
                if u64::from(frame) + 1 != state.counted {
                    state.counted = u64::from(frame) + 1;
                    state.focus.partner = shown;
                }
            };
        },
    },
    Mutant {
        name: "toggles-the-page-of-the-partner",
        rule: "FOCUS-4",
        fault: "takes every FOCUS_STATE for a change",
        edit: |rules| rules.focus.hears = |state, _, _| state.focus.partner = !state.focus.partner,
    },
    Mutant {
        name: "hears-only-that-the-partner-is-hidden",
        rule: "FOCUS-4",
        fault: "does not hear that the partner's page is shown again",
        edit: |rules| {
            rules.focus.hears =
                |state, shown, _| state.focus.partner = state.focus.partner && shown;
        },
    },
    Mutant {
        name: "hears-nothing-of-frame-0",
        rule: "FOCUS-4",
        fault: "drops a FOCUS_STATE of frame 0",
        edit: |rules| {
            rules.focus.hears = |state, shown, frame| {
                if frame > 0 {
                    state.focus.partner = shown;
                }
            };
        },
    },
    Mutant {
        name: "hears-no-page-while-its-own-is-hidden",
        rule: "FOCUS-4",
        fault: "drops a FOCUS_STATE while its own page is hidden",
        edit: |rules| {
            rules.focus.hears = |state, shown, _| {
                if state.focus.shown {
                    state.focus.partner = shown;
                }
            };
        },
    },
    Mutant {
        name: "an-opening-leaves-the-partner-hidden",
        rule: "FOCUS-5",
        fault: "still takes the partner's page for hidden after an opening",
        edit: |rules| rules.focus.opens = |_| {},
    },
    Mutant {
        name: "a-closing-shows-the-partner",
        rule: "FOCUS-5",
        fault: "takes the partner's page for shown when the channel closes",
        edit: |rules| rules.focus.closes = |state| state.focus.partner = true,
    },
    Mutant {
        name: "a-closing-hides-the-partner",
        rule: "FOCUS-5",
        fault: "takes the partner's page for hidden when the channel closes while the own one is",
        edit: |rules| {
            rules.focus.closes = |state| {
                state.focus.partner = state.focus.partner && state.focus.shown;
            };
        },
    },
    Mutant {
        name: "the-second-opening-leaves-the-partner-hidden",
        rule: "FOCUS-5",
        fault: "still takes the partner's page for hidden after its second reconnection",
        edit: |rules| {
            rules.focus.opens = |state| {
                if state.counted < 2 {
                    (RIGHT.opens)(state);
                }
            };
            rules.focus.closes = |state| state.counted += 1;
        },
    },
    Mutant {
        name: "throws-inputs-away-while-the-partner-is-hidden",
        rule: "FOCUS-6",
        fault: "throws INPUTs away while the partner's page is hidden",
        edit: |rules| {
            rules.focus.is_awake = |state, message| {
                state.focus.partner || !matches!(message, Some(Message::Input { .. }))
            };
        },
    },
    Mutant {
        name: "throws-inputs-away-while-it-is-hidden",
        rule: "FOCUS-6",
        fault: "throws INPUTs away while its own page is hidden",
        edit: |rules| {
            rules.focus.is_awake = |state, message| {
                state.focus.shown || !matches!(message, Some(Message::Input { .. }))
            };
        },
    },
    Mutant {
        name: "sleeps-while-it-is-hidden",
        rule: "FOCUS-6",
        fault: "hears nothing but INPUTs and FOCUS_STATEs while its own page is hidden",
        edit: |rules| {
            rules.focus.is_awake = |state, message| {
                let is_heard = matches!(
                    message,
                    None | Some(Message::Input { .. } | Message::FocusState { .. })
                );
                state.focus.shown || is_heard
            };
        },
    },
    Mutant {
        name: "does-not-act-while-the-partner-is-hidden",
        rule: "FOCUS-6",
        fault: "takes no act while the partner's page is hidden",
        edit: |rules| {
            rules.focus.is_awake = |state, message| message.is_some() || state.focus.partner;
        },
    },
    Mutant {
        name: "does-not-act-while-it-is-hidden",
        rule: "FOCUS-6",
        fault: "takes no act while its own page is hidden",
        edit: |rules| {
            rules.focus.is_awake = |state, message| message.is_some() || state.focus.shown;
        },
    },
    Mutant {
        name: "answers-no-request-while-the-partner-is-hidden",
        rule: "FOCUS-6",
        fault: "answers no INPUT_REQUEST while the partner's page is hidden",
        edit: |rules| {
            rules.focus.is_awake = |state, message| {
                let is_request = matches!(message, Some(Message::InputRequest { .. }));
                state.focus.partner || !is_request
            };
        },
    },
    Mutant {
        name: "hears-no-end-while-it-is-hidden",
        rule: "FOCUS-6",
        fault: "drops an EPISODE_END while its own page is hidden",
        edit: |rules| {
            rules.focus.is_awake = |state, message| {
                let is_end = matches!(message, Some(Message::EpisodeEnd { .. }));
                state.focus.shown || !is_end
            };
        },
    },
    Mutant {
        name: "tries-a-focus-state-again",
        rule: "FOCUS-7",
        fault: "sends a refused FOCUS_STATE again at the next stimulus",
        edit: |rules| {
            rules.focus.refused = |state| state.counted = 1;
            rules.common.tries_again = |state| {
                let owed = std::mem::take(&mut state.counted) == 1;
                let (focused, frame) = (state.focus.shown, state.focus.frame);
                owed.then_some(Message::FocusState { focused, frame })
            };
        },
    },
    Mutant {
        name: "tries-a-focus-state-again-in-time",
        rule: "FOCUS-7",
        fault: "sends a refused FOCUS_STATE again when a second has passed",
        edit: |rules| {
            rules.focus.refused = |state| state.counted = state.clock + 1_000;
            rules.common.tries_again = |state| {
                let owed = state.counted > 0 && state.clock >= state.counted;
                let (focused, frame) = (state.focus.shown, state.focus.frame);
                if owed {
                    state.counted = 0;
                }
                owed.then_some(Message::FocusState { focused, frame })
            };
        },
    },
    Mutant {
        name: "counts-a-refused-state-as-told",
        rule: "FOCUS-7",
        fault: "does not tell at the next opening what was refused",
        edit: |rules| rules.focus.refused = |state| state.focus.told = state.focus.shown,
    },
    Mutant {
        name: "a-refusal-takes-the-change-back",
        rule: "FOCUS-7",
        fault: "takes a change for undone whose FOCUS_STATE is refused",
        edit: |rules| rules.focus.refused = |state| state.focus.shown = !state.focus.shown,
    },
];
