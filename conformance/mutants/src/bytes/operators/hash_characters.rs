//! Characters beside the digits of a hash: blanks of every kind, NUL, signs and digits of other scripts. A
//! fault may concern one place of the text, such as its end, and no other.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, DECODER, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, mutation::Mutation};

/// What the operators about encoders have in common.
const WRITING: Operator = Operator {
    name: "",
    fault: "",
    at: AppliedAt::Locations(|it| it.is(Kind::RawHash) || it.is(Kind::TextHash)),
    sides: ENCODER,
    breaks: BrokenRule::Unwritable,
    mutations: &[],
};

/// What the operators about decoders have in common.
const READING: Operator = Operator {
    at: AppliedAt::Locations(|it| it.is(Kind::TextHash)),
    sides: DECODER,
    breaks: BrokenRule::Unreadable,
    ..WRITING
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "blanks-of-unicode-cut",
        fault: "removes blanks outside ASCII around {it}",
        mutations: &[Mutation::Text(|text, _| text.trim_matches(is_other_blank).to_owned())],
        ..WRITING
    },
    Operator {
        name: "blanks-of-c-cut",
        fault: "removes vertical tabs and form feeds around {it}",
        mutations: &[Mutation::Text(|text, _| text.trim_matches(['\u{b}', '\u{c}']).to_owned())],
        ..WRITING
    },
    Operator {
        name: "blanks-of-unicode-are-0",
        fault: "writes 0 for a blank outside ASCII in {it}",
        mutations: &[Mutation::Text(|text, _| replaced(text, |_, it| is_other_blank(it)))],
        ..WRITING
    },
    Operator {
        name: "blanks-of-c-are-0",
        fault: "writes 0 for a vertical tab or a form feed in {it}",
        mutations: &[Mutation::Text(|text, _| {
            replaced(text, |_, it| matches!(it, '\u{b}' | '\u{c}'))
        })],
        ..WRITING
    },
    Operator {
        name: "inner-blanks-removed",
        fault: "removes blanks within {it}",
        mutations: &[Mutation::Text(|text, _| text.replace(char::is_whitespace, ""))],
        ..WRITING
    },
    Operator {
        name: "byte-order-mark-cut",
        fault: "removes a byte order mark before {it}",
        mutations: &[Mutation::Text(|text, _| text.trim_start_matches('\u{feff}').to_owned())],
        ..WRITING
    },
    Operator {
        name: "ends-at-nul",
        fault: "reads {it} up to a NUL",
        mutations: &[Mutation::Text(|text, _| {
            text.split('\0').next().unwrap_or_default().to_owned()
        })],
        ..WRITING
    },
    Operator {
        name: "nul-removed",
        fault: "removes every NUL in {it}",
        mutations: &[Mutation::Text(|text, _| text.replace('\0', ""))],
        ..WRITING
    },
    Operator {
        name: "sign-removed",
        fault: "removes a sign before {it}",
        mutations: &[Mutation::Text(|text, _| text.trim_start_matches(['+', '-']).to_owned())],
        ..WRITING
    },
    Operator {
        name: "signs-of-bytes-are-0",
        fault: "writes 0 for a sign before a digit within {it}",
        mutations: &[Mutation::Text(|text, _| {
            replaced(text, |at, it| at > 0 && matches!(it, '+' | '-'))
        })],
        ..WRITING
    },
    Operator {
        name: "separators-removed",
        fault: "removes underscores, apostrophes and percent signs within {it}",
        mutations: &[Mutation::Text(|text, _| text.replace(['_', '\'', '%'], ""))],
        ..WRITING
    },
    Operator {
        name: "suffix-cut",
        fault: "removes the suffix of an integer type after {it}",
        mutations: &[Mutation::Text(|text, _| text.trim_end_matches(['h', 'n', 'L']).to_owned())],
        ..WRITING
    },
    Operator {
        name: "fraction-cut",
        fault: "removes a point and a zero after {it}",
        mutations: &[Mutation::Text(|text, _| text.trim_end_matches(".0").to_owned())],
        ..WRITING
    },
    Operator {
        name: "number-sign-skipped",
        fault: "skips a number sign before {it}",
        mutations: &[Mutation::Text(|text, _| text.trim_start_matches('#').to_owned())],
        ..WRITING
    },
    Operator {
        name: "later-digits-of-other-scripts-are-0",
        fault: "writes 0 for a digit of another script in {it}, except for the first one",
        mutations: &[Mutation::Text(|text, _| {
            replaced(text, |at, it| at > 0 && !it.is_ascii() && it.is_numeric())
        })],
        ..WRITING
    },
    Operator {
        name: "fullwidth-letters-are-0",
        fault: "writes 0 for a fullwidth letter in {it}",
        mutations: &[Mutation::Text(|text, _| {
            replaced(text, |_, it| matches!(it, '\u{ff21}'..='\u{ff5a}'))
        })],
        ..WRITING
    },
    Operator {
        name: "only-first-checked",
        fault: "writes 0 for what is not a digit in {it}, except for the first character",
        mutations: &[Mutation::Text(|text, _| {
            replaced(text, |at, it| at > 0 && !it.is_ascii_hexdigit())
        })],
        ..WRITING
    },
    Operator {
        name: "last-not-checked",
        fault: "writes 0 for what is not a digit at the end of {it}",
        mutations: &[Mutation::Text(|text, _| with_any_end(text))],
        ..WRITING
    },
    Operator {
        name: "blanks-of-c-accepted",
        fault: "accepts vertical tabs and form feeds in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |_, it| matches!(it, '\u{b}' | '\u{c}'))),
        ],
        ..READING
    },
    Operator {
        name: "blanks-of-latin-accepted",
        fault: "accepts the blanks of Latin-1 in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |_, it| matches!(it, '\u{85}' | '\u{a0}'))),
        ],
        ..READING
    },
    Operator {
        name: "blanks-of-ascii-accepted",
        fault: "accepts tabs and line ends in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |_, it| matches!(it, '\t' | '\r' | '\n'))),
        ],
        ..READING
    },
    Operator {
        name: "nul-accepted",
        fault: "accepts NUL in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |_, it| it == '\0')),
        ],
        ..READING
    },
    Operator {
        name: "signs-accepted",
        fault: "accepts signs and underscores in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |_, it| matches!(it, '+' | '-' | '_'))),
        ],
        ..READING
    },
    Operator {
        name: "only-first-checked",
        fault: "checks only the first character of {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |at, _| at > 0)),
        ],
        ..READING
    },
    Operator {
        name: "first-not-checked",
        fault: "checks all characters but the first one of {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |at, _| at == 0)),
        ],
        ..READING
    },
    Operator {
        name: "last-not-checked",
        fault: "checks all characters but the last one of {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |at, _| at == 7)),
        ],
        ..READING
    },
    Operator {
        name: "inner-not-checked",
        fault: "checks only the first and the last character of {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !all(json, |at, _| (1..7).contains(&at))),
        ],
        ..READING
    },
];

/// A blank that is not one of ASCII.
fn is_other_blank(character: char) -> bool {
    character.is_whitespace() && !character.is_ascii()
}

/// The text with 0 for some characters. Whether it is one of them may depend on its place.
fn replaced(text: &str, is: fn(usize, char) -> bool) -> String {
    text.chars().enumerate().map(|(at, it)| if is(at, it) { '0' } else { it }).collect()
}

/// The text with 0 for its last character if that is not a digit.
fn with_any_end(text: &str) -> String {
    match text.char_indices().next_back().filter(|(_, last)| !last.is_ascii_hexdigit()) {
        Some((at, _)) => format!("{}0", &text[..at]),
        None => text.to_owned(),
    }
}

/// Whether every character that is not a digit in lower case is one of these; a value that is not text has no
/// such characters.
fn all(json: &Json, is: fn(usize, char) -> bool) -> bool {
    let digit = |it: char| it.is_ascii_digit() || matches!(it, 'a'..='f');
    json.as_str()
        .is_none_or(|text| text.chars().enumerate().all(|(at, it)| digit(it) || is(at, it)))
}
