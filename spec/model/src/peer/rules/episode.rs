//! EPISODE: episodes begin and end at both peers.

use crate::peer::{
    message::Message,
    state::{Episode, Hashes, Phase, Start, State},
};

/// EPISODE-2: milliseconds between two READYs.
pub(in crate::peer) const READY_REPEAT: u64 = 500;
/// EPISODE-4: milliseconds from a `ready` to a start alone.
pub(in crate::peer) const ALONE: u64 = 5_000;
/// EPISODE-6: the most answers to READYs in an episode.
pub(in crate::peer) const READY_ANSWERS: u32 = 10;
/// EPISODE-10: milliseconds from the second END to the completion.
pub(in crate::peer) const CONFIRMATION: u64 = 500;
/// EPISODE-11: milliseconds from an `ended` to the completion without the partner's END.
pub(in crate::peer) const PARTNER_END: u64 = 2_000;
/// EPISODE-13: how many frames beyond the first are kept before the start.
pub(in crate::peer) const EARLY: u32 = 128;
/// EPISODE-14: milliseconds for which an own END is not followed by an answer.
pub(in crate::peer) const END_PAUSE: u64 = 250;
/// EPISODE-14: the most answers to repeated ENDs of an episode.
pub(in crate::peer) const END_ANSWERS: u32 = 8;

/// The rules of EPISODE.
#[derive(Clone, Copy, Debug)]
pub struct EpisodeRules {
    /// EPISODE-1: whether a `ready` counts.
    pub begins: fn(&State) -> bool,
    /// EPISODE-1: the number of the episode that begins.
    pub number: fn(&State) -> u32,
    /// EPISODE-1: whether a beginning empties inputs and exchange.
    pub empties: fn(&State) -> bool,
    /// EPISODE-1: an episode that begins, while the one before is still the current one.
    pub fresh: fn(&State, Episode) -> Episode,
    /// EPISODE-2: the number in the READY of an episode.
    pub ready_number: fn(u32) -> u32,
    /// EPISODE-2: when the READY is repeated after a time.
    pub ready_again: fn(&State, u64) -> Option<u64>,
    /// EPISODE-2: when the READY is repeated after the start.
    pub ready_after_start: fn(&State) -> Option<u64>,
    /// EPISODE-3: takes in a READY, by its number and hash; whether it is for the current episode.
    pub hears_ready: fn(&mut State, u32, [u8; 8]) -> bool,
    /// EPISODE-3: the kept READY for an episode that begins.
    pub kept_ready: fn(&mut State) -> Option<[u8; 8]>,
    /// EPISODE-4: whether a waiting episode starts, now that the partner's READY is known.
    pub starts: fn(&State) -> bool,
    /// EPISODE-4: when it starts alone.
    pub alone: fn(&State) -> Option<u64>,
    /// EPISODE-4: how it starts.
    pub started: fn(&State, Start) -> Start,
    /// EPISODE-5: how the hashes compare, if both are known.
    pub compares: fn(&State) -> Option<Hashes>,
    /// EPISODE-6: whether a READY of the current episode is answered; `started` by this very READY.
    pub answers_ready: fn(&State, bool) -> bool,
    /// EPISODE-6: the number of READYs that answer one.
    pub ready_copies: fn(&State) -> usize,
    /// EPISODE-7: whether an `ended` counts.
    pub ends: fn(&State) -> bool,
    /// EPISODE-7: the episode of an END that is sent though the `ended` does not count.
    pub ended_in_vain: fn(&State) -> Option<u32>,
    /// EPISODE-7: the END of an episode, by its frame and number.
    pub end_message: fn(u32, u32) -> Message,
    /// EPISODE-7: when the END is repeated after a time.
    pub end_again: fn(&State, u64) -> Option<u64>,
    /// EPISODE-8: takes in an END, by its frame and episode.
    pub hears_end: fn(&mut State, u32, u32),
    /// EPISODE-9: the end that two ENDs give, the own one first.
    pub agrees: fn(u32, u32) -> u32,
    /// EPISODE-9: what an agreed end removes.
    pub cuts: fn(&mut State, u32),
    /// EPISODE-9, EPISODE-13: whether an entry of this frame is stored now.
    pub admits: fn(&State, u32) -> bool,
    /// EPISODE-13: whether an INPUT_RESPONSE counts now.
    pub admits_response: fn(&State) -> bool,
    /// EPISODE-13: whether a hash of this frame is stored now.
    pub admits_hash: fn(&State, u32) -> bool,
    /// EPISODE-10: whether all frames below the agreed end are confirmed.
    pub is_confirmed: fn(&State) -> bool,
    /// EPISODE-10: when it completes after both ENDs are known.
    pub completes_anyway: fn(&State) -> Option<u64>,
    /// EPISODE-10: what the completion does to the inputs.
    pub completes: fn(&mut State),
    /// EPISODE-11: when it completes without the partner's END.
    pub completes_alone: fn(&State) -> Option<u64>,
    /// EPISODE-11: whether the end is agreed that the partner has not told.
    pub agreed_alone: fn(&State) -> bool,
    /// EPISODE-12: whether an act counts.
    pub acts: fn(&State) -> bool,
    /// EPISODE-14: the own END that answers an END of an episode, if one does.
    pub answers_end: fn(&mut State, u32) -> Option<u32>,
    /// EPISODE-15: whether a completion resets the exchange.
    pub completion_resets: fn(&State) -> bool,
}

impl EpisodeRules {
    /// The rules as the specification has them.
    pub const SPECIFIED: Self = Self {
        begins: |state| phase(state).is_none_or(|phase| phase == Phase::Complete),
        number: |state| current(state).map_or(0, |episode| episode.ends.number + 1),
        empties: |_| true,
        fresh: |_, episode| episode,
        ready_number: |number| number + 1,
        ready_again: |_, time| Some(time + READY_REPEAT),
        ready_after_start: |_| None,
        hears_ready,
        kept_ready: |state| state.episodes.next_ready.take(),
        starts: |state| current(state).is_some_and(|episode| episode.partner_hash.is_some()),
        alone: |state| Some(state.clock + ALONE),
        started: |_, start| start,
        compares: |state| {
            let episode = current(state)?;
            let equal = episode.hash == episode.partner_hash?;
            Some(if equal { Hashes::Equal } else { Hashes::Different })
        },
        answers_ready: |state, starts| {
            let answered = current(state).map_or(0, |episode| episode.readys_answered);
            !starts && phase(state) != Some(Phase::Waiting) && answered < READY_ANSWERS
        },
        ready_copies: |_| 1,
        ends: |state| phase(state) == Some(Phase::Playing),
        ended_in_vain: |_| None,
        end_message: |frame, episode| Message::EpisodeEnd { frame, episode },
        end_again: |state, time| {
            let repeat = state.parameters.end_repeat_ms;
            (repeat > 0).then_some(time + repeat)
        },
        hears_end,
        agrees: u32::min,
        cuts: |state, end| state.inputs.held.retain(|frame, _| *frame < end),
        admits,
        admits_response: |state| phase(state) != Some(Phase::Waiting),
        admits_hash: |state, frame| {
            !state.areas.episodes || is_on(state) && is_not_early(state, frame)
        },
        is_confirmed: |state| {
            let end = current(state).and_then(|episode| episode.end);
            end.is_some_and(|end| state.base() >= i64::from(end) - 1)
        },
        completes_anyway: |state| Some(state.clock + CONFIRMATION),
        completes: |_| {},
        completes_alone: |state| Some(state.clock + PARTNER_END),
        agreed_alone: |_| false,
        acts: |state| {
            let on = matches!(phase(state), Some(Phase::Playing | Phase::Ending));
            !state.areas.episodes || on
        },
        answers_end,
        completion_resets: |_| false,
    };
}

/// The current episode.
pub(in crate::peer) fn current(state: &State) -> Option<&Episode> {
    state.episodes.current.as_ref()
}

/// The phase of the current episode.
pub(in crate::peer) fn phase(state: &State) -> Option<Phase> {
    current(state).map(|episode| episode.phase)
}

/// EPISODE-3: before the first episode, the next one has the number 1 in its READY.
fn hears_ready(state: &mut State, number: u32, hash: [u8; 8]) -> bool {
    let ready_of_current = current(state).map_or(0, |episode| episode.ends.number + 1);
    if number == ready_of_current + 1 {
        state.episodes.next_ready.get_or_insert(hash);
    }
    let Some(episode) = &mut state.episodes.current else { return false };
    let is_current = number == ready_of_current;
    if is_current {
        episode.partner_hash.get_or_insert(hash);
    }
    is_current
}

/// EPISODE-8: the first END counts, in any phase but complete.
fn hears_end(state: &mut State, frame: u32, number: u32) {
    let Some(episode) = &mut state.episodes.current else { return };
    if episode.ends.number == number && episode.phase != Phase::Complete {
        episode.partner_end.get_or_insert(frame);
    }
}

/// EPISODE-13: whether an episode is between its `ready` and its completion.
fn is_on(state: &State) -> bool {
    phase(state).is_some_and(|phase| phase != Phase::Complete)
}

/// EPISODE-13: before the start only frames near the first can be of this episode, and none while the
/// partner may still play the one before.
fn is_not_early(state: &State, frame: u32) -> bool {
    let latest = state.setup.first_frame.saturating_add(EARLY);
    let last_is_over = state.episodes.previous.is_none_or(|ends| ends.heard);
    phase(state) != Some(Phase::Waiting) || last_is_over && frame <= latest
}

/// EPISODE-9, EPISODE-13
fn admits(state: &State, frame: u32) -> bool {
    let agreed = current(state).filter(|episode| episode.agreed == Some(true));
    let is_below_the_end = agreed.and_then(|it| it.end).is_none_or(|end| frame < end);
    !state.areas.episodes || is_on(state) && is_not_early(state, frame) && is_below_the_end
}

/// EPISODE-14: only a repeat is answered, with the own END of its episode, at most eight times, and not at
/// once after another.
fn answers_end(state: &mut State, number: u32) -> Option<u32> {
    let clock = state.clock;
    let current = state.episodes.current.as_mut().map(|episode| &mut episode.ends);
    let mut ends = current.into_iter().chain(state.episodes.previous.as_mut());
    let ends = ends.find(|ends| ends.number == number)?;
    if !std::mem::replace(&mut ends.heard, true) || ends.answered >= END_ANSWERS {
        return None;
    }
    ends.own.filter(|_| ends.told_at.is_none_or(|told| clock >= told + END_PAUSE))
}
