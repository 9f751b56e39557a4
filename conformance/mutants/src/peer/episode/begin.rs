//! Wrong peers of EPISODE: how an episode begins.

use rollwire_model::{
    exchange::How,
    peer::{Episode, EpisodeRules, Message, Phase},
};

use crate::peer::{
    mutant::Mutant,
    view::{current, of_current, phase, stop_readys},
};

const RIGHT: EpisodeRules = EpisodeRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "begins-again-while-waiting",
        rule: "EPISODE-1",
        fault: "begins another episode at a `ready` while it waits",
        edit: |rules| {
            rules.episode.begins =
                |state| (RIGHT.begins)(state) || phase(state) == Some(Phase::Waiting);
        },
    },
    Mutant {
        name: "begins-again-while-playing",
        rule: "EPISODE-1",
        fault: "begins the next episode at a `ready` while it is playing",
        edit: |rules| {
            rules.episode.begins =
                |state| (RIGHT.begins)(state) || phase(state) == Some(Phase::Playing);
        },
    },
    Mutant {
        name: "begins-again-while-ending",
        rule: "EPISODE-1",
        fault: "begins the next episode at a `ready` while it is ending",
        edit: |rules| {
            rules.episode.begins =
                |state| (RIGHT.begins)(state) || phase(state) == Some(Phase::Ending);
        },
    },
    Mutant {
        name: "begins-nothing-after-an-end-alone",
        rule: "EPISODE-1",
        fault: "begins no episode after one whose end is not agreed",
        edit: |rules| {
            rules.episode.begins = |state| {
                let alone = current(state).is_some_and(|it| it.agreed == Some(false));
                (RIGHT.begins)(state) && !alone
            };
        },
    },
    Mutant {
        name: "counts-agreed-episodes",
        rule: "EPISODE-1",
        fault: "counts only episodes whose end is agreed",
        edit: |rules| {
            rules.episode.number = |state| {
                let alone = current(state).is_some_and(|it| it.agreed == Some(false));
                (RIGHT.number)(state) - u32::from(alone)
            };
        },
    },
    Mutant {
        name: "never-counts-episodes",
        rule: "EPISODE-1",
        fault: "gives every episode the number 0",
        edit: |rules| {
            rules.episode.number = |_| 0;
        },
    },
    Mutant {
        name: "keeps-the-inputs-of-the-last-episode",
        rule: "EPISODE-1",
        fault: "empties inputs and exchange only before the first episode",
        edit: |rules| {
            rules.episode.empties = |state| current(state).is_none();
        },
    },
    Mutant {
        name: "keeps-the-end-of-the-last-episode",
        rule: "EPISODE-1",
        fault: "begins an episode with the end of the last one",
        edit: |rules| {
            rules.episode.fresh = |state, episode| match current(state) {
                Some(last) => Episode { end: last.end, agreed: last.agreed, ..episode },
                None => episode,
            };
        },
    },
    Mutant {
        name: "keeps-the-comparison-of-the-last-episode",
        rule: "EPISODE-1",
        fault: "begins an episode with the comparison of the last one",
        edit: |rules| {
            rules.episode.fresh = |state, episode| {
                let hashes = current(state).and_then(|last| last.hashes);
                Episode { hashes, ..episode }
            };
        },
    },
    Mutant {
        name: "tells-the-episode-itself",
        rule: "EPISODE-2",
        fault: "writes the number of a later episode into its READY, and not the number plus one",
        edit: |rules| {
            rules.episode.ready_number = |number| number.max(1);
        },
    },
    Mutant {
        name: "repeats-no-ready",
        rule: "EPISODE-2",
        fault: "does not repeat its READY",
        edit: |rules| {
            rules.episode.ready_again = |_, _| None;
        },
    },
    Mutant {
        name: "repeats-a-ready-late",
        rule: "EPISODE-2",
        fault: "repeats its READY every 501 ms",
        edit: |rules| {
            rules.episode.ready_again = |_, time| Some(time + 501);
        },
    },
    Mutant {
        name: "repeats-a-ready-three-times",
        rule: "EPISODE-2",
        fault: "repeats its READY three times at most",
        edit: |rules| {
            rules.episode.ready_again = |state, time| {
                // While the episode begins it is not the current one yet.
                let begun = current(state).and_then(|it| it.alone_at).map(|at| at - 5_000);
                let last = begun.is_some_and(|begun| time >= begun + 1_500);
                (RIGHT.ready_again)(state, time).filter(|_| !last)
            };
        },
    },
    Mutant {
        name: "repeats-no-refused-ready",
        rule: "EPISODE-2",
        fault: "does not repeat a READY that was refused",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if let (Message::EpisodeReady { .. }, How::False) = (message, how) {
                    stop_readys(state);
                }
            };
        },
    },
    Mutant {
        name: "repeats-no-ready-after-an-error",
        rule: "EPISODE-2",
        fault: "does not repeat a READY whose send ended with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if let (Message::EpisodeReady { .. }, How::Throw) = (message, how) {
                    stop_readys(state);
                }
            };
        },
    },
    Mutant {
        name: "repeats-no-ready-of-a-closed-channel",
        rule: "EPISODE-2",
        fault: "does not repeat a READY if the channel was not open at the `ready`",
        edit: |rules| {
            rules.episode.ready_again =
                |state, time| (RIGHT.ready_again)(state, time).filter(|_| state.opened.is_some());
        },
    },
    Mutant {
        name: "repeats-its-ready-after-a-start-alone",
        rule: "EPISODE-2",
        fault: "goes on with its READYs after a start alone",
        edit: |rules| {
            rules.episode.ready_after_start = |state| {
                let alone = current(state).is_some_and(|it| it.partner_hash.is_none());
                alone.then_some(state.clock + 500)
            };
        },
    },
    Mutant {
        name: "repeats-its-ready-after-any-start",
        rule: "EPISODE-2",
        fault: "goes on with its READYs after a start of both if it is player 1",
        edit: |rules| {
            rules.episode.ready_after_start = |state| {
                let both = current(state).is_some_and(|it| it.partner_hash.is_some());
                (both && state.setup.local == 1).then_some(state.clock + 500)
            };
        },
    },
    Mutant {
        name: "takes-any-ready",
        rule: "EPISODE-3",
        fault: "takes a READY of any episode for the current one",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let number = if number > 3 { of_current(state) } else { number };
                (RIGHT.hears_ready)(state, number, hash)
            };
        },
    },
    Mutant {
        name: "takes-the-next-ready-for-this",
        rule: "EPISODE-3",
        fault: "takes a READY of the next episode for the current one",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let of_current = of_current(state);
                let is_next = phase(state) == Some(Phase::Waiting) && number == of_current + 1;
                (RIGHT.hears_ready)(state, if is_next { of_current } else { number }, hash)
            };
        },
    },
    Mutant {
        name: "takes-the-last-ready-for-this",
        rule: "EPISODE-3",
        fault: "takes a READY of the last episode for the current one",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let of_current = of_current(state);
                let is_last =
                    phase(state) == Some(Phase::Waiting) && number.wrapping_add(1) == of_current;
                (RIGHT.hears_ready)(state, if is_last { of_current } else { number }, hash)
            };
        },
    },
    Mutant {
        name: "loses-a-ready-before-the-first",
        rule: "EPISODE-3",
        fault: "loses a READY that comes before the first `ready`",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                state.episodes.current.is_some() && (RIGHT.hears_ready)(state, number, hash)
            };
        },
    },
    Mutant {
        name: "loses-a-ready-before-the-next",
        rule: "EPISODE-3",
        fault: "loses a READY of the next episode that comes during this one",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let kept = state.episodes.next_ready;
                let is_current = (RIGHT.hears_ready)(state, number, hash);
                if state.episodes.current.is_some() {
                    state.episodes.next_ready = kept;
                }
                is_current
            };
        },
    },
    Mutant {
        name: "keeps-the-newest-early-ready",
        rule: "EPISODE-3",
        fault: "keeps the newest READY of the next episode, and not the first",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                if number == of_current(state) + 1 {
                    state.episodes.next_ready = None;
                }
                (RIGHT.hears_ready)(state, number, hash)
            };
        },
    },
    Mutant {
        name: "keeps-any-early-ready",
        rule: "EPISODE-3",
        fault: "keeps a READY of any later episode for the next one",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let next = of_current(state) + 1;
                let early = state.episodes.current.is_none() && number > next;
                (RIGHT.hears_ready)(state, if early { next } else { number }, hash)
            };
        },
    },
    Mutant {
        name: "keeps-an-early-ready-for-good",
        rule: "EPISODE-3",
        fault: "lets an early READY start every later episode",
        edit: |rules| {
            rules.episode.kept_ready = |state| state.episodes.next_ready;
        },
    },
    Mutant {
        name: "answers-an-old-ready",
        rule: "EPISODE-3",
        fault: "answers a READY of the last episode",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let is_last = number.wrapping_add(1) == of_current(state) && number > 0;
                is_last && phase(state) == Some(Phase::Playing)
                    || (RIGHT.hears_ready)(state, number, hash)
            };
        },
    },
    Mutant {
        name: "hears-no-ready-after-the-end",
        rule: "EPISODE-3",
        fault: "does not hear a READY that comes when the episode is complete",
        edit: |rules| {
            rules.episode.hears_ready = |state, number, hash| {
                let late = phase(state) == Some(Phase::Complete)
                    && current(state).is_some_and(|it| it.partner_hash.is_none());
                !late && (RIGHT.hears_ready)(state, number, hash)
            };
        },
    },
];
