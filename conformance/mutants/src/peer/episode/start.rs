//! Wrong peers of EPISODE: how an episode starts.

use rollwire_model::peer::{Episode, EpisodeRules, Hashes, Message, Phase, Start};

use crate::peer::{
    mutant::Mutant,
    view::{compares_part, current, phase},
};

const RIGHT: EpisodeRules = EpisodeRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "starts-alone-early",
        rule: "EPISODE-4",
        fault: "starts alone 4,999 ms after the `ready`",
        edit: |rules| {
            rules.episode.alone = |state| Some(state.clock + 4_999);
        },
    },
    Mutant {
        name: "starts-alone-late",
        rule: "EPISODE-4",
        fault: "starts alone 5,001 ms after the `ready`",
        edit: |rules| {
            rules.episode.alone = |state| Some(state.clock + 5_001);
        },
    },
    Mutant {
        name: "never-starts-alone",
        rule: "EPISODE-4",
        fault: "waits for the READY of its partner without limit",
        edit: |rules| {
            rules.episode.alone = |_| None;
        },
    },
    Mutant {
        name: "starts-alone-after-the-opening",
        rule: "EPISODE-4",
        fault: "counts the 5,000 ms until a start alone from the opening",
        edit: |rules| {
            rules.episode.alone = |state| {
                let from = state.opened.filter(|_| current(state).is_none());
                Some((from.unwrap_or(state.clock) + 5_000).max(state.clock))
            };
        },
    },
    Mutant {
        name: "starts-alone-after-the-first-ready",
        rule: "EPISODE-4",
        fault: "starts a later episode alone 5,000 ms after it was created",
        edit: |rules| {
            rules.episode.alone = |state| {
                let later = current(state).is_some();
                Some(if later { 5_000.max(state.clock) } else { state.clock + 5_000 })
            };
        },
    },
    Mutant {
        name: "an-early-ready-does-not-start",
        rule: "EPISODE-4",
        fault: "does not start with a READY that came before the own `ready`",
        edit: |rules| {
            rules.episode.kept_ready = |state| {
                let kept = (RIGHT.kept_ready)(state);
                state.counted = u64::from(kept.is_some());
                kept
            };
            rules.episode.starts = |state| state.counted == 0 && (RIGHT.starts)(state);
        },
    },
    Mutant {
        name: "does-not-start-while-closed",
        rule: "EPISODE-4",
        fault: "does not start with a READY that arrives while the channel is closed",
        edit: |rules| {
            rules.episode.starts = |state| (RIGHT.starts)(state) && state.opened.is_some();
        },
    },
    Mutant {
        name: "a-late-ready-makes-both",
        rule: "EPISODE-4",
        fault: "takes a start alone for a start of both when the READY comes",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let is_current = (RIGHT.hears_ready)(state, number, hash);
                if let (true, Some(episode)) = (is_current, &mut state.episodes.current)
                    && episode.start.is_some()
                    && episode.phase == Phase::Playing
                {
                    episode.start = Some(Start::Both);
                }
                is_current
            };
        },
    },
    Mutant {
        name: "a-start-at-the-last-moment-is-alone",
        rule: "EPISODE-4",
        fault: "starts as alone with a READY that comes in the last second",
        edit: |rules| {
            rules.episode.started = |state, start| {
                let late = current(state).and_then(|it| it.alone_at);
                let late = late.is_some_and(|at| at < state.clock + 1_000);
                if late { Start::Alone } else { start }
            };
        },
    },
    Mutant {
        name: "waits-for-an-equal-hash",
        rule: "EPISODE-5",
        fault: "does not start if the hashes differ",
        edit: |rules| {
            rules.episode.starts =
                |state| current(state).is_some_and(|it| it.partner_hash == Some(it.hash));
        },
    },
    Mutant {
        name: "reports-no-difference",
        rule: "EPISODE-5",
        fault: "does not say that two hashes differ",
        edit: |rules| {
            rules.episode.compares =
                |state| (RIGHT.compares)(state).filter(|hashes| *hashes == Hashes::Equal);
        },
    },
    Mutant {
        name: "compares-the-start-of-a-hash",
        rule: "EPISODE-5",
        fault: "compares the first four digits of the hashes",
        edit: |rules| {
            rules.episode.compares = |state| compares_part(state, 0..4);
        },
    },
    Mutant {
        name: "compares-the-end-of-a-hash",
        rule: "EPISODE-5",
        fault: "compares the last four digits of the hashes",
        edit: |rules| {
            rules.episode.compares = |state| compares_part(state, 4..8);
        },
    },
    Mutant {
        name: "compares-nothing-after-a-start-alone",
        rule: "EPISODE-5",
        fault: "compares no hashes after a start alone",
        edit: |rules| {
            rules.episode.compares = |state| {
                let alone = current(state).is_some_and(|it| it.start == Some(Start::Alone));
                (RIGHT.compares)(state).filter(|_| !alone)
            };
        },
    },
    Mutant {
        name: "compares-every-ready",
        rule: "EPISODE-5",
        fault: "compares each READY anew",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let is_current = (RIGHT.hears_ready)(state, number, hash);
                if let (true, Some(episode)) = (is_current, &mut state.episodes.current)
                    && episode.partner_hash != Some(hash)
                {
                    (episode.partner_hash, episode.hashes) = (Some(hash), None);
                }
                is_current
            };
        },
    },
    Mutant {
        name: "compares-no-early-ready",
        rule: "EPISODE-5",
        fault: "does not compare the hash of an early READY",
        edit: |rules| {
            rules.episode.kept_ready = |state| {
                let kept = (RIGHT.kept_ready)(state);
                state.counted = u64::from(kept.is_some());
                kept
            };
            rules.episode.compares = |state| (RIGHT.compares)(state).filter(|_| state.counted == 0);
        },
    },
    Mutant {
        name: "answers-nine-readys",
        rule: "EPISODE-6",
        fault: "answers nine READYs of an episode at most",
        edit: |rules| {
            rules.episode.answers_ready = |state, starts| {
                let answered = current(state).map_or(0, |it| it.readys_answered);
                (RIGHT.answers_ready)(state, starts) && answered < 9
            };
        },
    },
    Mutant {
        name: "answers-eleven-readys",
        rule: "EPISODE-6",
        fault: "answers eleven READYs of an episode",
        edit: |rules| {
            rules.episode.answers_ready = |state, starts| {
                let answered = current(state).map_or(0, |it| it.readys_answered);
                !starts && phase(state) != Some(Phase::Waiting) && answered < 11
            };
        },
    },
    Mutant {
        name: "answers-every-ready",
        rule: "EPISODE-6",
        fault: "answers READYs without limit",
        edit: |rules| {
            rules.episode.answers_ready =
                |state, starts| !starts && phase(state) != Some(Phase::Waiting);
        },
    },
    Mutant {
        name: "answers-no-ready",
        rule: "EPISODE-6",
        fault: "answers no READY after the start",
        edit: |rules| {
            rules.episode.answers_ready = |_, _| false;
        },
    },
    Mutant {
        name: "answers-no-ready-after-a-start-alone",
        rule: "EPISODE-6",
        fault: "answers no READY after a start alone",
        edit: |rules| {
            rules.episode.answers_ready = |state, starts| {
                let alone = current(state).is_some_and(|it| it.start == Some(Start::Alone));
                (RIGHT.answers_ready)(state, starts) && !alone
            };
        },
    },
    Mutant {
        name: "answers-readys-in-a-game-alone",
        rule: "EPISODE-6",
        fault: "answers no READY when it is ending or the episode is complete",
        edit: |rules| {
            rules.episode.answers_ready = |state, starts| {
                (RIGHT.answers_ready)(state, starts) && phase(state) == Some(Phase::Playing)
            };
        },
    },
    Mutant {
        name: "answers-a-ready-twice",
        rule: "EPISODE-6",
        fault: "answers a READY with two of its own if the hashes differ",
        edit: |rules| {
            rules.episode.ready_copies = |state| {
                let different =
                    current(state).is_some_and(|it| it.hashes == Some(Hashes::Different));
                if different { 2 } else { 1 }
            };
        },
    },
    Mutant {
        name: "answers-the-ready-that-starts",
        rule: "EPISODE-6",
        fault: "answers the READY that starts a later episode",
        edit: |rules| {
            rules.episode.answers_ready = |state, starts| {
                let later = current(state).is_some_and(|it| it.ends.number > 0);
                starts && later || (RIGHT.answers_ready)(state, starts)
            };
        },
    },
    Mutant {
        name: "counts-no-refused-answer",
        rule: "EPISODE-6",
        fault: "does not count a refused answer to a READY",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if let (Message::EpisodeReady { .. }, Some(episode)) =
                    (message, &mut state.episodes.current)
                {
                    episode.readys_answered = episode.readys_answered.saturating_sub(1);
                }
            };
        },
    },
    Mutant {
        name: "counts-readys-while-closed",
        rule: "EPISODE-6",
        fault: "counts a READY among the answered ones that comes while the channel is closed",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let is_current = (RIGHT.hears_ready)(state, number, hash);
                let closed = state.opened.is_none();
                if let (true, Some(episode)) = (is_current && closed, &mut state.episodes.current) {
                    let started = episode.phase != Phase::Waiting;
                    episode.readys_answered += u32::from(started);
                }
                is_current
            };
        },
    },
    Mutant {
        name: "counts-the-answers-of-all-episodes",
        rule: "EPISODE-6",
        fault: "counts the answered READYs of all episodes together",
        edit: |rules| {
            rules.episode.fresh = |state, episode| {
                let readys_answered = current(state).map_or(0, |last| last.readys_answered + 1);
                Episode { readys_answered, ..episode }
            };
        },
    },
];
