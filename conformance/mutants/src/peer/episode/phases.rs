//! Wrong peers of EPISODE: what counts when.

use rollwire_model::peer::{EpisodeRules, Message, Phase, Start};

use crate::peer::{
    mutant::Mutant,
    view::{current, phase},
};

const RIGHT: EpisodeRules = EpisodeRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "acts-before-the-first-ready",
        rule: "EPISODE-12",
        fault: "takes an act before the first `ready`",
        edit: |rules| {
            rules.episode.acts = |state| (RIGHT.acts)(state) || phase(state).is_none();
        },
    },
    Mutant {
        name: "acts-while-waiting",
        rule: "EPISODE-12",
        fault: "takes an act while it waits",
        edit: |rules| {
            rules.episode.acts =
                |state| (RIGHT.acts)(state) || phase(state) == Some(Phase::Waiting);
        },
    },
    Mutant {
        name: "acts-no-more-while-ending",
        rule: "EPISODE-12",
        fault: "takes no act while it is ending",
        edit: |rules| {
            rules.episode.acts = |state| (RIGHT.acts)(state) && phase(state) != Some(Phase::Ending);
        },
    },
    Mutant {
        name: "acts-when-complete",
        rule: "EPISODE-12",
        fault: "takes an act when the episode is complete",
        edit: |rules| {
            rules.episode.acts =
                |state| (RIGHT.acts)(state) || phase(state) == Some(Phase::Complete);
        },
    },
    Mutant {
        name: "acts-only-with-a-partner",
        rule: "EPISODE-12",
        fault: "takes no act after a start alone",
        edit: |rules| {
            rules.episode.acts = |state| {
                (RIGHT.acts)(state)
                    && current(state).is_some_and(|it| it.start != Some(Start::Alone))
            };
        },
    },
    Mutant {
        name: "takes-inputs-before-the-first-ready",
        rule: "EPISODE-13",
        fault: "takes inputs before the first `ready`",
        edit: |rules| {
            rules.episode.admits =
                |state, frame| (RIGHT.admits)(state, frame) || phase(state).is_none();
        },
    },
    Mutant {
        name: "takes-inputs-when-complete",
        rule: "EPISODE-13",
        fault: "takes inputs when the episode is complete",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame) || phase(state) == Some(Phase::Complete)
            };
        },
    },
    Mutant {
        name: "takes-inputs-one-frame-too-few",
        rule: "EPISODE-13",
        fault: "takes inputs up to 127 frames beyond the first while it waits",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame)
                    && (phase(state) != Some(Phase::Waiting)
                        || frame <= state.setup.first_frame.saturating_add(127))
            };
        },
    },
    Mutant {
        name: "takes-inputs-one-frame-too-many",
        rule: "EPISODE-13",
        fault: "takes inputs up to 129 frames beyond the first while it waits",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame)
                    || phase(state) == Some(Phase::Waiting)
                        && frame <= state.setup.first_frame.saturating_add(129)
            };
        },
    },
    Mutant {
        name: "takes-no-inputs-while-waiting",
        rule: "EPISODE-13",
        fault: "takes no inputs while it waits",
        edit: |rules| {
            rules.episode.admits =
                |state, frame| (RIGHT.admits)(state, frame) && phase(state) != Some(Phase::Waiting);
        },
    },
    Mutant {
        name: "takes-all-inputs-while-waiting",
        rule: "EPISODE-13",
        fault: "takes all inputs while it waits",
        edit: |rules| {
            rules.episode.admits =
                |state, frame| (RIGHT.admits)(state, frame) || phase(state) == Some(Phase::Waiting);
        },
    },
    Mutant {
        name: "counts-early-inputs-from-zero",
        rule: "EPISODE-13",
        fault: "takes inputs up to frame 128 while it waits, whatever the first frame is",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame)
                    && (phase(state) != Some(Phase::Waiting) || frame <= 128)
            };
        },
    },
    Mutant {
        name: "wraps-the-bound-of-early-inputs",
        rule: "EPISODE-13",
        fault: "takes no inputs while it waits if the first frame plus 128 does not fit into 32 bits",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame)
                    && (phase(state) != Some(Phase::Waiting)
                        || state.setup.first_frame.checked_add(128).is_some())
            };
        },
    },
    Mutant {
        name: "bounds-inputs-in-a-game",
        rule: "EPISODE-13",
        fault: "takes inputs up to 128 frames beyond the first while it is playing",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame)
                    && (phase(state) != Some(Phase::Playing)
                        || frame <= state.setup.first_frame.saturating_add(128))
            };
        },
    },
    Mutant {
        name: "takes-no-inputs-while-ending",
        rule: "EPISODE-13",
        fault: "takes no inputs while it is ending",
        edit: |rules| {
            rules.episode.admits =
                |state, frame| (RIGHT.admits)(state, frame) && phase(state) != Some(Phase::Ending);
        },
    },
    Mutant {
        name: "takes-any-response",
        rule: "EPISODE-13",
        fault: "takes the entries of an INPUT_RESPONSE in every phase",
        edit: |rules| {
            rules.catch_up.hears = |state, player| player == state.setup.partner();
            rules.episode.admits_response = |_| true;
            rules.common.reads = |model, state, datagram| {
                let message = Message::read(model, datagram)?;
                state.counted = u64::from(matches!(message, Message::InputResponse { .. }));
                Some(message)
            };
            rules.episode.admits =
                |state, frame| (RIGHT.admits)(state, frame) || state.counted == 1;
        },
    },
    Mutant {
        name: "takes-responses-while-waiting",
        rule: "EPISODE-13",
        fault: "takes the entries of an INPUT_RESPONSE while it waits",
        edit: |rules| {
            rules.episode.admits_response = |_| true;
        },
    },
    Mutant {
        name: "takes-no-response-while-ending",
        rule: "CATCHUP-11",
        fault: "takes no INPUT_RESPONSE while it is ending",
        edit: |rules| {
            rules.episode.admits_response =
                |state| (RIGHT.admits_response)(state) && phase(state) != Some(Phase::Ending);
        },
    },
    Mutant {
        name: "takes-inputs-though-the-partner-may-still-play",
        rule: "EPISODE-13",
        fault: "takes inputs while it waits, though the partner has not ended the last episode",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                let mut ended = state.clone();
                ended.episodes.previous = None;
                (RIGHT.admits)(&ended, frame)
            };
        },
    },
    Mutant {
        name: "takes-no-inputs-after-a-late-end",
        rule: "EPISODE-13",
        fault: "takes no inputs while it waits if the end of the last episode was not agreed",
        edit: |rules| {
            rules.episode.completes = |state| {
                let agreed = current(state).and_then(|it| it.agreed) == Some(true);
                state.counted = u64::from(!agreed);
            };
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame)
                    && (phase(state) != Some(Phase::Waiting) || state.counted == 0)
            };
        },
    },
    Mutant {
        name: "takes-no-inputs-until-an-end-is-heard",
        rule: "EPISODE-13",
        fault: "takes no inputs before the partner has ended the last episode, in a game too",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                (RIGHT.admits)(state, frame)
                    && state.episodes.previous.is_none_or(|ends| ends.heard)
            };
        },
    },
    Mutant {
        name: "takes-hashes-though-the-partner-may-still-play",
        rule: "EPISODE-13",
        fault: "takes hashes while it waits, though the partner has not ended the last episode",
        edit: |rules| {
            rules.episode.admits_hash = |state, frame| {
                let mut ended = state.clone();
                ended.episodes.previous = None;
                (RIGHT.admits_hash)(&ended, frame)
            };
        },
    },
    Mutant {
        name: "empties-early-inputs-at-the-start",
        rule: "EPISODE-13",
        fault: "empties the inputs that came while it waited when the episode starts",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let is_current = (RIGHT.hears_ready)(state, number, hash);
                if is_current && phase(state) == Some(Phase::Waiting) {
                    state.inputs.held.clear();
                }
                is_current
            };
        },
    },
    Mutant {
        name: "takes-hashes-before-the-first-ready",
        rule: "EPISODE-13",
        fault: "takes hashes before the first `ready`",
        edit: |rules| {
            rules.episode.admits_hash =
                |state, frame| (RIGHT.admits_hash)(state, frame) || phase(state).is_none();
        },
    },
    Mutant {
        name: "takes-hashes-when-complete",
        rule: "EPISODE-13",
        fault: "takes hashes when the episode is complete",
        edit: |rules| {
            rules.episode.admits_hash = |state, frame| {
                (RIGHT.admits_hash)(state, frame) || phase(state) == Some(Phase::Complete)
            };
        },
    },
    Mutant {
        name: "takes-all-hashes-while-waiting",
        rule: "EPISODE-13",
        fault: "takes all hashes while it waits",
        edit: |rules| {
            rules.episode.admits_hash = |state, frame| {
                (RIGHT.admits_hash)(state, frame) || phase(state) == Some(Phase::Waiting)
            };
        },
    },
    Mutant {
        name: "takes-no-hashes-while-waiting",
        rule: "EPISODE-13",
        fault: "takes no hashes while it waits",
        edit: |rules| {
            rules.episode.admits_hash = |state, frame| {
                (RIGHT.admits_hash)(state, frame) && phase(state) != Some(Phase::Waiting)
            };
        },
    },
    Mutant {
        name: "bounds-hashes-in-a-game",
        rule: "EPISODE-13",
        fault: "takes hashes up to 128 frames beyond the first while it is playing",
        edit: |rules| {
            rules.episode.admits_hash = |state, frame| {
                (RIGHT.admits_hash)(state, frame)
                    && (phase(state) != Some(Phase::Playing)
                        || frame <= state.setup.first_frame.saturating_add(128))
            };
        },
    },
    Mutant {
        name: "the-completion-empties-the-exchange",
        rule: "EPISODE-15",
        fault: "empties the exchange when the episode is complete",
        edit: |rules| {
            rules.episode.completion_resets = |_| true;
        },
    },
    Mutant {
        name: "a-completion-alone-empties-the-exchange",
        rule: "EPISODE-15",
        fault: "empties the exchange when the episode is complete and its end is not agreed",
        edit: |rules| {
            rules.episode.completion_resets =
                |state| current(state).is_some_and(|it| it.agreed == Some(false));
        },
    },
    Mutant {
        name: "a-completion-in-time-empties-the-exchange",
        rule: "EPISODE-15",
        fault: "empties the exchange when the episode is complete and its end is agreed",
        edit: |rules| {
            rules.episode.completion_resets =
                |state| current(state).is_some_and(|it| it.agreed == Some(true));
        },
    },
];
