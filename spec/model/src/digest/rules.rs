//! What a state is, and how its structure is written: DIGEST-1 to DIGEST-5, and the bounds.

use super::tree::State;

/// DIGEST-2
pub(super) fn may_be_outermost(state: &State) -> bool {
    matches!(state, State::List(_) | State::Object(_))
}

/// DIGEST-3
pub(super) const DEEPEST: usize = 100;

/// DIGEST-23
pub(super) const MOST_DIGITS: usize = 4300;

/// DIGEST-5
pub(super) fn word(flag: Option<bool>) -> &'static str {
    match flag {
        None => "null",
        Some(true) => "true",
        Some(false) => "false",
    }
}

/// DIGEST-5: all of them, in their order.
pub(super) fn elements(elements: Vec<String>) -> Vec<String> {
    elements
}

/// DIGEST-8: the separators after an element or a member, and after a key.
pub(super) const TIGHT: [&str; 2] = [",", ":"];

/// DIGEST-9: the same, in the 8-digit form.
pub(super) const SPACED: [&str; 2] = [", ", ": "];
