//! Wrong peers of EPISODE: when an episode is complete.

use rollwire_model::peer::{EpisodeRules, Phase, SyncRules};

use crate::peer::{mutant::Mutant, view::current};

const RIGHT: EpisodeRules = EpisodeRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "waits-for-the-time-anyway",
        rule: "EPISODE-10",
        fault: "completes with a later input or act only when the time is over",
        edit: |rules| {
            rules.episode.is_confirmed = |state| {
                let at_once = current(state).and_then(|it| it.complete_at);
                (RIGHT.is_confirmed)(state) && at_once == Some(state.clock + 500)
            };
        },
    },
    Mutant {
        name: "waits-though-all-is-confirmed",
        rule: "EPISODE-10",
        fault: "waits for its time if all frames were confirmed before the agreement",
        edit: |rules| {
            rules.episode.is_confirmed = |state| {
                let at_once = current(state).and_then(|it| it.complete_at);
                let confirmed = state.inputs.confirmed.is_some();
                (RIGHT.is_confirmed)(state) && !(confirmed && at_once == Some(state.clock + 500))
            };
        },
    },
    Mutant {
        name: "completes-one-frame-early",
        rule: "EPISODE-10",
        fault: "completes when one frame below the end is not confirmed",
        edit: |rules| {
            rules.episode.is_confirmed = |state| {
                let end = current(state).and_then(|it| it.end);
                let near = end.is_some_and(|end| state.base() >= i64::from(end) - 2);
                near && state.inputs.confirmed.is_some() || (RIGHT.is_confirmed)(state)
            };
        },
    },
    Mutant {
        name: "completes-one-frame-late",
        rule: "EPISODE-10",
        fault: "completes only when the frame at the end is confirmed",
        edit: |rules| {
            rules.episode.is_confirmed =
                |state| (RIGHT.is_confirmed)(state) && state.inputs.confirmed.is_none();
        },
    },
    Mutant {
        name: "completes-anyway-early",
        rule: "EPISODE-10",
        fault: "completes 499 ms after both ENDs are known",
        edit: |rules| {
            rules.episode.completes_anyway = |state| Some(state.clock + 499);
        },
    },
    Mutant {
        name: "completes-anyway-late",
        rule: "EPISODE-10",
        fault: "completes 501 ms after both ENDs are known",
        edit: |rules| {
            rules.episode.completes_anyway = |state| Some(state.clock + 501);
        },
    },
    Mutant {
        name: "waits-for-the-hole",
        rule: "EPISODE-10",
        fault: "waits without limit for inputs below the agreed end",
        edit: |rules| {
            rules.episode.completes_anyway = |_| None;
        },
    },
    Mutant {
        name: "completes-after-the-own-end",
        rule: "EPISODE-10",
        fault: "counts the 500 ms from its own `ended`",
        edit: |rules| {
            rules.episode.completes_anyway = |state| {
                let alone = current(state).and_then(|it| it.complete_at);
                Some(alone.map_or(state.clock, |at| at.saturating_sub(1_500)).max(state.clock))
            };
        },
    },
    Mutant {
        name: "completes-after-the-partners-end",
        rule: "EPISODE-10",
        fault: "counts the 500 ms from the END of the partner",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                (RIGHT.hears_end)(state, frame, number);
                state.counted = state.clock;
            };
            rules.episode.completes_anyway = |state| Some(state.counted + 500);
        },
    },
    Mutant {
        name: "confirms-the-end",
        rule: "EPISODE-10",
        fault: "takes all frames below the end for confirmed when the episode is complete",
        edit: |rules| {
            rules.episode.completes = |state| {
                let agreed = current(state).filter(|it| it.agreed == Some(true));
                let last = agreed.and_then(|it| it.end?.checked_sub(1));
                state.inputs.confirmed = state.inputs.confirmed.max(last);
            };
        },
    },
    Mutant {
        name: "never-reaches-an-end-at-the-first-frame",
        rule: "EPISODE-10",
        fault: "waits for its time if the end is at a first frame that is not 0",
        edit: |rules| {
            rules.episode.is_confirmed = |state| {
                let end = current(state).and_then(|it| it.end);
                let first = state.setup.first_frame;
                (RIGHT.is_confirmed)(state) && !(first > 0 && end == Some(first))
            };
        },
    },
    Mutant {
        name: "never-reaches-an-end-below-the-first-frame",
        rule: "EPISODE-10",
        fault: "waits for its time if the end is below the first frame",
        edit: |rules| {
            rules.episode.is_confirmed = |state| {
                let end = current(state).and_then(|it| it.end);
                (RIGHT.is_confirmed)(state) && end.is_none_or(|it| it >= state.setup.first_frame)
            };
        },
    },
    Mutant {
        name: "completes-alone-early",
        rule: "EPISODE-11",
        fault: "completes 1,999 ms after an `ended` without an END of the partner",
        edit: |rules| {
            rules.episode.completes_alone = |state| Some(state.clock + 1_999);
        },
    },
    Mutant {
        name: "completes-alone-late",
        rule: "EPISODE-11",
        fault: "completes 2,001 ms after an `ended` without an END of the partner",
        edit: |rules| {
            rules.episode.completes_alone = |state| Some(state.clock + 2_001);
        },
    },
    Mutant {
        name: "never-completes-alone",
        rule: "EPISODE-11",
        fault: "waits without limit for the END of the partner",
        edit: |rules| {
            rules.episode.completes_alone = |_| None;
        },
    },
    Mutant {
        name: "agrees-without-a-partner",
        rule: "EPISODE-11",
        fault: "takes its own end for agreed though the partner has told none",
        edit: |rules| {
            rules.episode.agreed_alone = |_| true;
        },
    },
    Mutant {
        name: "agrees-after-the-completion",
        rule: "EPISODE-11",
        fault: "agrees on an END that comes after it has completed alone",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                (RIGHT.hears_end)(state, frame, number);
                if let Some(episode) = &mut state.episodes.current
                    && episode.ends.number == number
                    && episode.agreed == Some(false)
                {
                    episode.end = episode.end.min(Some(frame));
                    episode.agreed = Some(true);
                }
            };
        },
    },
    Mutant {
        name: "keeps-the-time-of-an-end-alone",
        rule: "EPISODE-11",
        fault: "still completes 2,000 ms after the `ended` though an END came in the last 100 ms",
        edit: |rules| {
            rules.episode.completes_anyway = |state| {
                let alone = current(state).and_then(|it| it.complete_at);
                let soon = alone.filter(|at| *at < state.clock + 50 && *at > state.clock);
                soon.or((RIGHT.completes_anyway)(state))
            };
        },
    },
    Mutant {
        name: "completes-alone-when-confirmed",
        rule: "EPISODE-11",
        fault: "completes without an END of the partner when all frames are confirmed",
        edit: |rules| {
            rules.sync.drops = |state| {
                (SyncRules::SPECIFIED.drops)(state);
                let base = state.base();
                let clock = state.clock;
                if let Some(episode) = &mut state.episodes.current
                    && let Some(own) = episode.ends.own.filter(|_| episode.end.is_none())
                    && base >= i64::from(own) - 1
                {
                    (episode.end, episode.agreed) = (Some(own), Some(false));
                    (episode.phase, episode.complete_at) = (Phase::Complete, None);
                    episode.end_at = episode.end_at.filter(|at| *at < clock);
                }
            };
        },
    },
];
