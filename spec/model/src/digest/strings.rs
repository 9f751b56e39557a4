//! Strings: DIGEST-10 to DIGEST-13.

/// DIGEST-10: the letter after the backslash, for the units that have one.
pub(super) fn short_escape(unit: u16) -> Option<char> {
    let (_, letter) = SHORT.into_iter().find(|(character, _)| *character as u16 == unit)?;
    Some(letter)
}

const SHORT: [(char, char); 7] = [
    ('"', '"'),
    ('\\', '\\'),
    ('\u{8}', 'b'),
    ('\u{c}', 'f'),
    ('\n', 'n'),
    ('\r', 'r'),
    ('\t', 't'),
];

/// DIGEST-11: whether a unit is written as itself.
pub(super) fn is_plain(unit: u16) -> bool {
    (0x20..=0x7e).contains(&unit)
}

/// DIGEST-12
pub(super) fn long_escape(units: &[u16]) -> String {
    units.iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// DIGEST-13: a lone surrogate is kept as it is.
pub(super) fn lone(unit: u16) -> u16 {
    unit
}

/// Whether some units contain a lone surrogate.
pub(super) fn has_lone(units: &[u16]) -> bool {
    char::decode_utf16(units.iter().copied()).any(|character| character.is_err())
}
