//! Wrong peers of EPISODE: how an episode ends.

use rollwire_model::peer::{Episode, EpisodeRules, Message, Phase};

use crate::peer::{
    mutant::Mutant,
    view::{current, phase},
};

const RIGHT: EpisodeRules = EpisodeRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "tells-an-end-before-the-start",
        rule: "EPISODE-7",
        fault: "sends an END at an `ended` while it waits, and waits on",
        edit: |rules| {
            rules.episode.ended_in_vain = |state| {
                current(state).filter(|it| it.phase == Phase::Waiting).map(|it| it.ends.number)
            };
        },
    },
    Mutant {
        name: "ends-before-the-start",
        rule: "EPISODE-7",
        fault: "lets an `ended` count while it waits",
        edit: |rules| {
            rules.episode.ends =
                |state| (RIGHT.ends)(state) || phase(state) == Some(Phase::Waiting);
        },
    },
    Mutant {
        name: "ends-twice",
        rule: "EPISODE-7",
        fault: "lets a second `ended` move the end",
        edit: |rules| {
            rules.episode.ends = |state| (RIGHT.ends)(state) || phase(state) == Some(Phase::Ending);
        },
    },
    Mutant {
        name: "ends-what-is-complete",
        rule: "EPISODE-7",
        fault: "lets an `ended` count when the episode is complete",
        edit: |rules| {
            rules.episode.ends =
                |state| (RIGHT.ends)(state) || phase(state) == Some(Phase::Complete);
        },
    },
    Mutant {
        name: "tells-an-end-before-the-first-episode",
        rule: "EPISODE-7",
        fault: "sends an END at an `ended` before the first episode",
        edit: |rules| {
            rules.episode.ended_in_vain = |state| state.episodes.current.is_none().then_some(0);
        },
    },
    Mutant {
        name: "ends-the-first-episode",
        rule: "EPISODE-7",
        fault: "writes 0 for the episode into every END",
        edit: |rules| {
            rules.episode.end_message = |frame, _| Message::EpisodeEnd { frame, episode: 0 };
        },
    },
    Mutant {
        name: "repeats-no-end",
        rule: "EPISODE-7",
        fault: "does not repeat its END",
        edit: |rules| {
            rules.episode.end_again = |_, _| None;
        },
    },
    Mutant {
        name: "repeats-an-end-late",
        rule: "EPISODE-7",
        fault: "repeats its END every 251 ms",
        edit: |rules| {
            rules.episode.end_again = |_, time| Some(time + 251);
        },
    },
    Mutant {
        name: "repeats-an-end-three-times",
        rule: "EPISODE-7",
        fault: "repeats its END three times at most",
        edit: |rules| {
            rules.episode.end_again = |state, time| {
                let ended =
                    current(state).and_then(|it| it.complete_at).map(|at| at.saturating_sub(2_000));
                let last = ended.is_some_and(|ended| time >= ended + 750);
                (RIGHT.end_again)(state, time).filter(|_| !last)
            };
        },
    },
    Mutant {
        name: "repeats-an-end-that-is-agreed",
        rule: "EPISODE-7",
        fault: "goes on repeating its END until the episode is complete",
        edit: |rules| {
            rules.episode.cuts = |state, end| {
                (RIGHT.cuts)(state, end);
                let again = state.clock + 250;
                if let Some(episode) = &mut state.episodes.current {
                    episode.end_at = Some(again);
                }
            };
        },
    },
    Mutant {
        name: "repeats-no-refused-end",
        rule: "EPISODE-7",
        fault: "does not repeat an END that was refused",
        edit: |rules| {
            rules.common.refused = |state, message, _| {
                if let (Message::EpisodeEnd { .. }, Some(episode)) =
                    (message, &mut state.episodes.current)
                {
                    episode.end_at = None;
                }
            };
        },
    },
    Mutant {
        name: "repeats-no-end-of-a-closed-channel",
        rule: "EPISODE-7",
        fault: "does not repeat an END if the channel was not open at the `ended`",
        edit: |rules| {
            rules.episode.end_again =
                |state, time| (RIGHT.end_again)(state, time).filter(|_| state.opened.is_some());
        },
    },
    Mutant {
        name: "tells-no-end-after-the-partners",
        rule: "EPISODE-7",
        fault: "does not tell its END if that of the partner is known",
        edit: |rules| {
            rules.common.hands = |state, message| {
                let known =
                    current(state).is_some_and(|it| it.partner_end.is_some() && it.end.is_none());
                let is_end = matches!(message, Message::EpisodeEnd { .. });
                state.opened.is_some() && !(is_end && known)
            };
        },
    },
    Mutant {
        name: "takes-any-end",
        rule: "EPISODE-8",
        fault: "takes an END of any later episode for the current one",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                let of_current = current(state).map_or(0, |it| it.ends.number);
                (RIGHT.hears_end)(state, frame, number.min(of_current));
            };
        },
    },
    Mutant {
        name: "takes-the-last-end-for-this",
        rule: "EPISODE-8",
        fault: "takes an END of the last episode for the current one",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                let of_current = current(state).map_or(0, |it| it.ends.number);
                let late =
                    number.wrapping_add(1) == of_current && phase(state) == Some(Phase::Ending);
                (RIGHT.hears_end)(state, frame, number.wrapping_add(u32::from(late)));
            };
        },
    },
    Mutant {
        name: "hears-no-end-in-a-game",
        rule: "EPISODE-8",
        fault: "forgets an END that comes before the own `ended`",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                if phase(state) != Some(Phase::Playing) {
                    (RIGHT.hears_end)(state, frame, number);
                }
            };
        },
    },
    Mutant {
        name: "hears-no-end-while-waiting",
        rule: "EPISODE-8",
        fault: "forgets an END that comes before the start",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                if phase(state) != Some(Phase::Waiting) {
                    (RIGHT.hears_end)(state, frame, number);
                }
            };
        },
    },
    Mutant {
        name: "the-last-end-stays",
        rule: "EPISODE-8",
        fault: "replaces an END of the partner by a later one",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                if let Some(episode) = &mut state.episodes.current
                    && episode.ends.number == number
                {
                    episode.partner_end = None;
                }
                (RIGHT.hears_end)(state, frame, number);
            };
        },
    },
    Mutant {
        name: "an-end-stops-the-game",
        rule: "EPISODE-8",
        fault: "takes no act after the END of the partner, and completes nothing",
        edit: |rules| {
            rules.episode.acts = |state| {
                let heard = current(state).is_some_and(|it| it.partner_end.is_some());
                (RIGHT.acts)(state) && !(heard && phase(state) == Some(Phase::Playing))
            };
        },
    },
    Mutant {
        name: "keeps-an-end-before-the-first-episode",
        rule: "EPISODE-8",
        fault: "keeps an END that comes before the first `ready`",
        edit: |rules| {
            rules.episode.hears_end = |state, frame, number| {
                if state.episodes.current.is_none() {
                    state.remembered.insert(frame.into());
                }
                (RIGHT.hears_end)(state, frame, number);
            };
            rules.episode.fresh = |state, episode| {
                let kept = state.remembered.first().and_then(|it| u32::try_from(*it).ok());
                Episode { partner_end: kept, ..episode }
            };
        },
    },
    Mutant {
        name: "agrees-on-the-larger-end",
        rule: "EPISODE-9",
        fault: "agrees on the larger of two ENDs",
        edit: |rules| {
            rules.episode.agrees = u32::max;
        },
    },
    Mutant {
        name: "agrees-on-the-own-end",
        rule: "EPISODE-9",
        fault: "agrees on its own END",
        edit: |rules| {
            rules.episode.agrees = |own, _| own;
        },
    },
    Mutant {
        name: "agrees-on-the-partners-end",
        rule: "EPISODE-9",
        fault: "agrees on the END of the partner",
        edit: |rules| {
            rules.episode.agrees = |_, partner| partner;
        },
    },
    Mutant {
        name: "compares-ends-with-a-sign",
        rule: "EPISODE-9",
        fault: "compares two ENDs as signed numbers",
        edit: |rules| {
            rules.episode.agrees =
                |own, partner| own.cast_signed().min(partner.cast_signed()).cast_unsigned();
        },
    },
    Mutant {
        name: "cuts-nothing",
        rule: "EPISODE-9",
        fault: "keeps the entries beyond the agreed end",
        edit: |rules| {
            rules.episode.cuts = |_, _| {};
        },
    },
    Mutant {
        name: "cuts-behind-the-end",
        rule: "EPISODE-9",
        fault: "keeps the entry at the agreed end",
        edit: |rules| {
            rules.episode.cuts = |state, end| state.inputs.held.retain(|frame, _| *frame <= end);
        },
    },
    Mutant {
        name: "cuts-once",
        rule: "EPISODE-9",
        fault: "keeps entries beyond the agreed end that come after the agreement",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                let agreed = current(state).is_some_and(|it| it.agreed == Some(true));
                let ending = phase(state) == Some(Phase::Ending);
                agreed && ending || (RIGHT.admits)(state, frame)
            };
        },
    },
    Mutant {
        name: "cuts-before-the-agreement",
        rule: "EPISODE-9",
        fault: "drops entries beyond the partner's END before its own",
        edit: |rules| {
            rules.episode.admits = |state, frame| {
                let end = current(state).and_then(|it| it.partner_end);
                (RIGHT.admits)(state, frame) && end.is_none_or(|end| frame < end)
            };
        },
    },
];
