//! CATCHUP: holes in the inputs are asked for, and what was never sent is told.

use crate::peer::{
    message::InputEntry,
    state::{Phase, Request, State},
};

/// CATCHUP-1: how many frames above the base are looked at.
pub(in crate::peer) const LOOKED_AT: i64 = 1024;
/// CATCHUP-3: milliseconds between two requests.
pub(in crate::peer) const REPEAT: u64 = 1_000;
/// CATCHUP-5: milliseconds until a request is given up.
pub(in crate::peer) const GIVEN_UP: u64 = 3_000;
/// CATCHUP-9: the most entries of an INPUT_RESPONSE.
pub(in crate::peer) const MOST: usize = 3_275;

/// The rules of CATCHUP.
#[derive(Clone, Copy, Debug)]
pub struct CatchUpRules {
    /// CATCHUP-1: the first and the last hole.
    pub holes: fn(&State) -> Option<(u32, u32)>,
    /// CATCHUP-2: whether a `catch_up` counts.
    pub asks: fn(&State) -> bool,
    /// CATCHUP-3: when a request is repeated after a time, if it has repeats left.
    pub again: fn(&State, u64, u8) -> Option<u64>,
    /// CATCHUP-3: what a repeat asks for.
    pub repeats: fn(&State, Request) -> (u32, u32),
    /// CATCHUP-4: whether a request has no hole left.
    pub is_over: fn(&State, Request) -> bool,
    /// CATCHUP-5: when a request is given up.
    pub gives_up: fn(&State) -> u64,
    /// CATCHUP-6: what a reset, a ready and the completion of an episode do to the request.
    pub ends: fn(&mut State),
    /// CATCHUP-7: the player of an INPUT_RESPONSE.
    pub player: fn(&State) -> u16,
    /// CATCHUP-7: whether a request is answered.
    pub answers: fn(&State, &[InputEntry]) -> bool,
    /// CATCHUP-7: the number of INPUT_RESPONSEs that answer a request.
    pub copies: fn(&State) -> usize,
    /// CATCHUP-8, CATCHUP-9, CATCHUP-10: the own entries of a range.
    pub of_range: fn(&State, u32, u32) -> Vec<InputEntry>,
    /// CATCHUP-11: whether a response of this player counts.
    pub hears: fn(&State, u16) -> bool,
    /// CATCHUP-11: the entries of a response that are looked at.
    pub looks_at: fn(&mut State, &[InputEntry]) -> Vec<InputEntry>,
    /// CATCHUP-11: what else a response does.
    pub after_response: fn(&mut State),
    /// CATCHUP-12: the INPUTs that tell what was never sent, before that of an act.
    pub untold: fn(&State) -> Vec<Vec<InputEntry>>,
    /// CATCHUP-12: the player of such an INPUT.
    pub untold_player: fn(&State) -> u16,
    /// CATCHUP-12: the current frame of such an INPUT.
    pub untold_current_frame: fn(&State, &[InputEntry]) -> u32,
    /// CATCHUP-13: whether the others are tried after a refused one.
    pub goes_on: fn(&State) -> bool,
    /// CATCHUP-14: entries were in an accepted INPUT.
    pub tells: fn(&mut State, &[InputEntry]),
}

impl CatchUpRules {
    /// The rules as the specification has them.
    pub const SPECIFIED: Self = Self {
        holes,
        asks: |state| {
            let phase = state.episodes.current.as_ref().map(|episode| episode.phase);
            let is_on = matches!(phase, Some(Phase::Playing | Phase::Ending));
            state.request.is_none() && (!state.areas.episodes || is_on)
        },
        again: |_, time, left| (left > 0).then_some(time + REPEAT),
        repeats: |_, request| (request.start, request.end),
        is_over: |state, request| !(request.start..=request.end).any(|frame| is_hole(state, frame)),
        gives_up: |state| state.clock + GIVEN_UP,
        ends: |state| state.request = None,
        player: |state| u16::from(state.setup.local),
        answers: |_, _| true,
        copies: |_| 1,
        of_range: |state, start, end| {
            let in_range = |entry: &&InputEntry| (start..=end).contains(&entry.0);
            state.inputs.own.iter().filter(in_range).take(MOST).copied().collect()
        },
        hears: |state, player| player == state.setup.partner(),
        looks_at: |_, entries| entries.to_vec(),
        after_response: |_| {},
        untold,
        untold_player: |state| u16::from(state.setup.local),
        untold_current_frame: |_, entries| entries.last().map_or(0, |entry| entry.0),
        goes_on: |_| false,
        tells: |state, entries| {
            for (frame, _) in entries {
                state.inputs.untold.remove(frame);
            }
        },
    };
}

/// Whether a frame is above the base and not known, although it must exist: below the highest entry that
/// is held, or below an agreed end.
fn is_hole(state: &State, frame: u32) -> bool {
    let held = state.inputs.held.last_key_value().map(|(highest, _)| *highest);
    let episode = state.episodes.current.as_ref().filter(|it| it.agreed == Some(true));
    let end = episode.and_then(|it| it.end);
    let exists = held.max(end).is_some_and(|above| frame < above);
    i64::from(frame) > state.base() && exists && !state.inputs.held.contains_key(&frame)
}

/// CATCHUP-1
fn holes(state: &State) -> Option<(u32, u32)> {
    let above = state.base() + 1;
    let looked_at = (above..above + LOOKED_AT).filter_map(|frame| u32::try_from(frame).ok());
    let mut holes = looked_at.filter(|frame| is_hole(state, *frame));
    let first = holes.next()?;
    Some((first, holes.next_back().unwrap_or(first)))
}

/// CATCHUP-12
fn untold(state: &State) -> Vec<Vec<InputEntry>> {
    let most = if state.revision < 7 { 5 } else { 15 };
    let window = usize::from(state.parameters.redundancy);
    let older = &state.inputs.own[..state.inputs.own.len().saturating_sub(window)];
    let (Some((first, _)), Some((last, _))) = (older.first(), older.last()) else {
        return Vec::new();
    };
    // The own entries have no gaps.
    let entry = |frame: &u32| older.get(usize::try_from(frame - first).ok()?).copied();
    let untold: Vec<InputEntry> =
        state.inputs.untold.range(first..=last).filter_map(entry).collect();
    untold.chunks(most).map(<[InputEntry]>::to_vec).collect()
}
