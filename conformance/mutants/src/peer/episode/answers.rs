//! Wrong peers of EPISODE: which ENDs they answer.

use rollwire_model::peer::{EpisodeRules, Message, Phase};

use crate::peer::{
    mutant::Mutant,
    view::{current, ends_of, phase},
};

const RIGHT: EpisodeRules = EpisodeRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
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
    Mutant {
        name: "answers-ends-without-a-pause",
        rule: "EPISODE-14",
        fault: "answers a repeated END however soon after its own one",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let soon = ends_of(state, number).filter(|it| it.heard && it.answered < 8);
                (RIGHT.answers_end)(state, number).or(soon.and_then(|ends| ends.own))
            };
        },
    },
    Mutant {
        name: "pauses-200-ms-between-ends",
        rule: "EPISODE-14",
        fault: "answers a repeated END 200 ms after its own one",
        edit: |rules| {
            rules.episode.answers_end = |state, number| {
                let clock = state.clock;
                let soon = ends_of(state, number).filter(|it| {
                    it.heard && it.answered < 8 && it.told_at.is_some_and(|at| clock >= at + 200)
                });
                (RIGHT.answers_end)(state, number).or(soon.and_then(|ends| ends.own))
            };
        },
    },
];
