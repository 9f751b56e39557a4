//! Changes of a text, of its strings and of its keys, as a wrong reader makes them.

use rollwire_model::digest::{Member, State, Units};

/// The text with other characters outside its strings. The change is told the character before.
pub(super) fn outside(text: &str, change: impl Fn(char, char) -> Option<char>) -> String {
    let (mut is_string, mut before) = (false, ' ');
    let changed = |it: char| {
        let was_string = is_string;
        if it == '"' && !(is_string && before == '\\') {
            is_string = !is_string;
        }
        let kept = if was_string || is_string { Some(it) } else { change(before, it) };
        // Two backslashes are one character.
        before = if was_string && before == '\\' && it == '\\' { ' ' } else { it };
        kept
    };
    text.chars().filter_map(changed).collect()
}

/// The text with other characters within its strings.
pub(super) fn inside(text: &str, change: impl Fn(char) -> char) -> String {
    let mut is_string = false;
    let changed = |it: char| {
        is_string ^= it == '"';
        if is_string { change(it) } else { it }
    };
    text.chars().map(changed).collect()
}

/// The text with other digits in its escapes of four digits. The change is told the place of a digit.
pub(super) fn in_escapes(text: &str, change: impl Fn(usize, char) -> char) -> String {
    let mut left = 0;
    let mut before = ' ';
    let changed = |it: char| {
        if left > 0 {
            left -= 1;
            return change(3 - left, it);
        }
        if before == '\\' && it == 'u' {
            left = 4;
        }
        before = it;
        it
    };
    text.chars().map(changed).collect()
}

/// The state with other string values. Keys stay as they are.
pub(super) fn with_strings(state: State, change: &dyn Fn(Units) -> Units) -> State {
    let inner = |state| with_strings(state, change);
    match state {
        State::Text(units) => State::Text(change(units)),
        State::List(elements) => State::List(elements.into_iter().map(inner).collect()),
        State::Object(members) => {
            State::Object(members.into_iter().map(|(key, value)| (key, inner(value))).collect())
        }
        other => other,
    }
}

/// A key up to its first NUL.
pub(super) fn before_nul(units: &[u16]) -> &[u16] {
    units.split(|unit| *unit == 0).next().unwrap_or_default()
}

/// The units with a replacement character for each lone surrogate.
pub(super) fn replaced(units: &[u16]) -> Units {
    String::from_utf16_lossy(units).encode_utf16().collect()
}

/// The last one of the members whose keys are the same after a change.
pub(super) fn last_of_each(members: &[Member], change: fn(&[u16]) -> Units) -> Vec<Member> {
    let is_last = |(at, (key, _)): &(usize, &Member)| {
        members[at + 1..].iter().all(|(later, _)| change(later) != change(key))
    };
    members.iter().enumerate().filter(is_last).map(|(_, member)| member.clone()).collect()
}
