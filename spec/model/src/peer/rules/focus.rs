//! FOCUS: whether the two pages are shown.

use crate::peer::{message::Message, state::State};

/// The rules of FOCUS.
#[derive(Clone, Copy, Debug)]
pub struct FocusRules {
    /// FOCUS-1, FOCUS-2: whether a focus changes the own page.
    pub changes: fn(&State, bool) -> bool,
    /// FOCUS-1: the FOCUS_STATEs that tell a change.
    pub tells: fn(&State) -> Vec<(bool, u32)>,
    /// FOCUS-2: what is done with a focus that changes nothing.
    pub same: fn(&mut State, u32),
    /// FOCUS-3: whether an opening tells.
    pub opening_tells: fn(&State) -> bool,
    /// FOCUS-3: the FOCUS_STATEs of an opening that tells.
    pub opening_states: fn(&State) -> Vec<(bool, u32)>,
    /// FOCUS-3: what was accepted.
    pub told: fn(&mut State, bool),
    /// FOCUS-4: the partner's page.
    pub hears: fn(&mut State, bool, u32),
    /// FOCUS-5: an opening, for the partner's page.
    pub opens: fn(&mut State),
    /// FOCUS-5: a closing, for the partner's page.
    pub closes: fn(&mut State),
    /// FOCUS-6: whether another message is handled, or an act taken, now.
    pub is_awake: fn(&State, Option<&Message>) -> bool,
    /// FOCUS-7: whether a refused FOCUS_STATE is owed.
    pub refused: fn(&mut State),
}

impl FocusRules {
    /// The rules as the specification has them.
    pub const SPECIFIED: Self = Self {
        changes: |state, shown| state.focus.shown != shown,
        tells: |state| vec![(state.focus.shown, state.focus.frame)],
        same: |_, _| {},
        opening_tells: |state| !state.focus.shown || state.focus.shown != state.focus.told,
        opening_states: |state| vec![(state.focus.shown, state.focus.frame)],
        told: |state, shown| state.focus.told = shown,
        hears: |state, shown, _| state.focus.partner = shown,
        opens: |state| state.focus.partner = true,
        closes: |_| {},
        is_awake: |_, _| true,
        refused: |_| {},
    };
}
