//! SYNC: inputs are sent, repeated, received and confirmed.

use crate::peer::{
    message::InputEntry,
    state::{Inputs, State},
};

/// The rules of SYNC.
#[derive(Clone, Copy, Debug)]
pub struct SyncRules {
    /// SYNC-1, SYNC-2: whether an act for a frame with an action counts.
    pub takes: fn(&State, InputEntry) -> bool,
    /// SYNC-2: what is done with an act that does not count.
    pub takes_not: fn(&mut State, InputEntry),
    /// SYNC-1: keeps the own entry.
    pub keeps: fn(&mut State, InputEntry),
    /// SYNC-1: how many times the INPUT of an act is handed over.
    pub copies: fn(&State) -> usize,
    /// SYNC-3: the entries of an INPUT.
    pub window: fn(&State) -> Vec<InputEntry>,
    /// SYNC-3: the player of an INPUT.
    pub player: fn(&State) -> u16,
    /// SYNC-3: the current frame of an INPUT with these entries.
    pub current_frame: fn(&State, &[InputEntry]) -> u32,
    /// SYNC-4: what follows for an own frame when the channel is not open.
    pub unsent: fn(&mut State, u32),
    /// SYNC-4: whether an opening sends an INPUT.
    pub opening_sends: fn(&State) -> bool,
    /// SYNC-5: what follows for an own frame when its INPUT is refused.
    pub refused: fn(&mut State, u32),
    /// SYNC-6: whether inputs of this player are those of the partner.
    pub is_partner: fn(&State, u16) -> bool,
    /// SYNC-7: the entries of a datagram that are looked at.
    pub reads: fn(&State, &[InputEntry]) -> Vec<InputEntry>,
    /// SYNC-8: stores an entry.
    pub stores: fn(&mut State, InputEntry),
    /// SYNC-9: whether an entry is kept, by the base before the datagram.
    pub admits: fn(&State, i64, u32) -> bool,
    /// SYNC-10: what `current_frame` changes.
    pub trusts: fn(&mut State, u32),
    /// SYNC-11: the confirmed frame.
    pub confirms: fn(&State) -> Option<u32>,
    /// SYNC-12: drops what the confirmed frame has reached.
    pub drops: fn(&mut State),
    /// SYNC-13: a reset.
    pub resets: fn(&mut State),
}

impl SyncRules {
    /// The rules as the specification has them.
    pub const SPECIFIED: Self = Self {
        takes: |state, (frame, _)| state.inputs.next == Some(frame),
        takes_not: |_, _| {},
        keeps,
        copies: |_| 1,
        window,
        player: |state| u16::from(state.setup.local),
        current_frame: |_, entries| entries.last().map_or(0, |entry| entry.0),
        unsent: |_, _| {},
        opening_sends: |_| false,
        refused: |_, _| {},
        is_partner: |state, player| player == state.setup.partner(),
        reads: |_, entries| entries.to_vec(),
        stores: |state, (frame, action)| {
            state.inputs.held.entry(frame).or_insert(action);
        },
        admits: |state, base, frame| {
            let beyond = i64::from(frame) - base;
            (1..=i64::from(state.parameters.ahead)).contains(&beyond)
        },
        trusts: |_, _| {},
        confirms,
        drops: |state| {
            let base = state.base();
            state.inputs.held.retain(|frame, _| i64::from(*frame) > base);
        },
        resets,
    };
}

/// SYNC-1, CATCHUP-10
fn keeps(state: &mut State, entry: InputEntry) {
    state.inputs.own.push(entry);
    state.inputs.next = entry.0.checked_add(1);
    state.inputs.untold.insert(entry.0);
    let surplus = state.inputs.own.len().saturating_sub(state.parameters.kept as usize);
    for (frame, _) in state.inputs.own.drain(..surplus) {
        state.inputs.untold.remove(&frame);
    }
}

/// SYNC-3
fn window(state: &State) -> Vec<InputEntry> {
    let own = &state.inputs.own;
    own[own.len().saturating_sub(usize::from(state.parameters.redundancy))..].to_vec()
}

/// SYNC-11
fn confirms(state: &State) -> Option<u32> {
    let own = state.inputs.own.last().map(|entry| i64::from(entry.0));
    let mut frame = state.base();
    let is_known =
        |frame: i64| u32::try_from(frame).is_ok_and(|it| state.inputs.held.contains_key(&it));
    while own.is_some_and(|own| frame < own) && is_known(frame + 1) {
        frame += 1;
    }
    u32::try_from(frame).ok().filter(|_| frame > state.setup.base())
}

/// SYNC-13
fn resets(state: &mut State) {
    state.inputs = Inputs { next: Some(state.setup.first_frame), ..Default::default() };
}
