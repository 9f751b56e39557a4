//! Wrong peers of EPISODE: when an episode is complete.

use rollwire_model::peer::{EpisodeRules, Message, Phase, SyncRules};

use crate::peer::{
    Mutant,
    view::{current, ends_of, phase},
};

const RIGHT: EpisodeRules = EpisodeRules::SPECIFIED;

pub(in crate::peer) const MUTANTS: &[Mutant] = &[
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
        name: "agrees-with-nobody",
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
    Mutant {
        name: "answers-no-repeated-end",
        rule: "EPISODE-14",
        fault: "answers no repeated END",
        edit: |rules| {
            rules.episode.answers_end = |_, _| None;
        },
    },
    Mutant {
        name: "answers-seven-ends",
        rule: "EPISODE-14",
        fault: "answers seven repeated ENDs of an episode at most",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let answered = ends_of(state, number).map_or(0, |ends| ends.answered);
                (RIGHT.answers_end)(state, number).filter(|_| answered < 7)
            };
        },
    },
    Mutant {
        name: "answers-nine-ends",
        rule: "EPISODE-14",
        fault: "answers nine repeated ENDs of an episode",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let ninth = ends_of(state, number).filter(|ends| ends.answered == 8);
                (RIGHT.answers_end)(state, number).or(ninth.and_then(|ends| ends.own))
            };
        },
    },
    Mutant {
        name: "answers-every-end",
        rule: "EPISODE-14",
        fault: "answers repeated ENDs without limit",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let more = ends_of(state, number).filter(|ends| ends.answered >= 8);
                (RIGHT.answers_end)(state, number).or(more.and_then(|ends| ends.own))
            };
        },
    },
    Mutant {
        name: "answers-no-end-of-the-last-episode",
        rule: "EPISODE-14",
        fault: "answers no repeated END of the last episode",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let is_current = current(state).is_some_and(|it| it.ends.number == number);
                (RIGHT.answers_end)(state, number).filter(|_| is_current)
            };
        },
    },
    Mutant {
        name: "answers-a-first-end-of-the-last-episode",
        rule: "EPISODE-14",
        fault: "answers the first END of the last episode",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let last =
                    state.episodes.previous.filter(|ends| ends.number == number && !ends.heard);
                (RIGHT.answers_end)(state, number).or(last.and_then(|ends| ends.own))
            };
        },
    },
    Mutant {
        name: "answers-a-first-end-when-complete",
        rule: "EPISODE-14",
        fault: "answers the first END that comes when the episode is complete",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let first = ends_of(state, number).filter(|ends| !ends.heard);
                let complete = phase(state) == Some(Phase::Complete);
                let first = first.filter(|_| complete).and_then(|ends| ends.own);
                (RIGHT.answers_end)(state, number).or(first)
            };
        },
    },
    Mutant {
        name: "hears-no-end-when-complete",
        rule: "EPISODE-14",
        fault: "does not note an END that comes when the episode is complete",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let heard = ends_of(state, number).is_some_and(|ends| ends.heard);
                let complete = phase(state) == Some(Phase::Complete);
                if complete && !heard { None } else { (RIGHT.answers_end)(state, number) }
            };
        },
    },
    Mutant {
        name: "answers-ends-with-the-agreed-one",
        rule: "EPISODE-14",
        fault: "answers a repeated END with the agreed end",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let own = (RIGHT.answers_end)(state, number)?;
                let episode = current(state).filter(|it| it.ends.number == number);
                Some(episode.and_then(|it| it.end).unwrap_or(own))
            };
        },
    },
    Mutant {
        name: "answers-the-same-end-alone",
        rule: "EPISODE-14",
        fault: "answers a repeated END only if it has the same frame",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                let known = current(state).and_then(|it| it.partner_end);
                state.counted = u64::from(known.is_some_and(|known| known != frame));
                (RIGHT.hears_end)(state, frame, number);
            };
            rules.episode.answers_end =
                |state, number| (RIGHT.answers_end)(state, number).filter(|_| state.counted == 0);
        },
    },
    Mutant {
        name: "answers-ends-without-an-own-one",
        rule: "EPISODE-14",
        fault: "answers a repeated END with a frame of 0 while it has no own one",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let repeats = ends_of(state, number).is_some_and(|it| it.heard && it.own.is_none());
                (RIGHT.answers_end)(state, number).or(repeats.then_some(0))
            };
        },
    },
    Mutant {
        name: "counts-no-refused-answer-to-an-end",
        rule: "EPISODE-14",
        fault: "does not count a refused answer to an END",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if let (Message::EpisodeEnd { .. }, Some(episode)) =
                    (message, &mut state.episodes.current)
                {
                    episode.ends.answered = episode.ends.answered.saturating_sub(1);
                }
            };
        },
    },
    Mutant {
        name: "counts-answers-anew-after-a-ready",
        rule: "EPISODE-14",
        fault: "counts the answers to ENDs of the last episode anew after a `ready`",
        edit: |rules| {
            rules.episode.kept_ready = |state| {
                if let Some(ends) = &mut state.episodes.previous {
                    ends.answered = 0;
                }
                (RIGHT.kept_ready)(state)
            };
        },
    },
    Mutant {
        name: "counts-ends-while-closed",
        rule: "EPISODE-14",
        fault: "counts a repeated END among the answered ones that comes while the channel is closed",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                let closed = state.opened.is_none();
                if let Some(episode) = &mut state.episodes.current {
                    episode.ends.answered += u32::from(closed && episode.ends.heard);
                }
                (RIGHT.hears_end)(state, frame, number);
            };
        },
    },
    Mutant {
        name: "answers-ends-of-all-episodes",
        rule: "EPISODE-14",
        fault: "answers ENDs of every earlier episode",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let older = state.episodes.previous.filter(|ends| number < ends.number);
                (RIGHT.answers_end)(state, number).or(older.and_then(|ends| ends.own))
            };
        },
    },
];
