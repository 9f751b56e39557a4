//! Characters that are not a hash are read as one.
//!
//! Many readers of hex digits accept a little more: upper case, a space, or a character next to a range of
//! digits, because of <= instead of <.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, DECODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, mutation::Mutation};

/// The members that all of these operators have in common.
const READING: Operator = Operator {
    name: "",
    fault: "",
    at: AppliedAt::Locations(|it| it.is(Kind::TextHash)),
    sides: DECODER,
    breaks: BrokenRule::Unreadable,
    mutations: &[],
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "unchecked",
        fault: "accepts any bytes in {it}",
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
        ..READING
    },
    Operator {
        name: "zeros-cut",
        fault: "accepts {it} padded with zero bytes, and removes them",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Text(|text, _| text.trim_end_matches('\0').to_owned()),
            Mutation::Refuses(|json, _| !only(json, |it| it.is_ascii_hexdigit())),
        ],
        ..READING
    },
    Operator {
        name: "blanks-cut",
        fault: "accepts spaces around {it}, and removes them",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Text(|text, _| text.trim().to_owned()),
            Mutation::Refuses(|json, _| !only(json, |it| it.is_ascii_hexdigit())),
        ],
        ..READING
    },
    Operator {
        name: "lower-cased",
        fault: "accepts upper case in {it}, and returns lower case",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !only(json, |it| it.is_ascii_hexdigit())),
            Mutation::Text(|text, _| text.to_ascii_lowercase()),
        ],
        ..READING
    },
    Operator {
        name: "upper-case-accepted",
        fault: "accepts upper case in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !only(json, |it| it.is_ascii_hexdigit())),
        ],
        ..READING
    },
    Operator {
        name: "letters-accepted",
        fault: "accepts all letters and digits in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !only(json, |it| it.is_ascii_alphanumeric())),
        ],
        ..READING
    },
    Operator {
        name: "edges-accepted",
        fault: "accepts the characters next to the ranges 0 to 9 and a to f in {it}",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Refuses(|json, _| !only(json, |it| matches!(it, '/'..=':' | '`'..='g'))),
        ],
        ..READING
    },
    Operator {
        name: "edges-refused",
        fault: "refuses 0, 9, a and f in {it}",
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| {
            !only(json, |it| !matches!(it, '0' | '9' | 'a' | 'f'))
        })],
        ..READING
    },
    Operator {
        name: "letters-refused",
        fault: "accepts only digits in {it}",
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| !only(json, |it| it.is_ascii_digit()))],
        ..READING
    },
    Operator {
        name: "seven-bits",
        fault: "reads {it} without the first bit of each byte",
        mutations: &[Mutation::Byte(|it| it & 0x7f)],
        ..READING
    },
    Operator {
        name: "other-bytes-are-0",
        fault: "reads 0 for a character in {it} that is not a digit",
        mutations: &[Mutation::Byte(|it| {
            if matches!(it, b'0'..=b'9' | b'a'..=b'f') { it } else { b'0' }
        })],
        ..READING
    },
    Operator {
        name: "as-utf-8",
        fault: "reads {it} as UTF-8, with a replacement character for invalid bytes",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Text(|text, _| as_utf_8(text)),
        ],
        ..READING
    },
    Operator {
        name: "as-hex-of-any-bytes",
        fault: "returns the hex digits of the bytes if {it} is not text",
        mutations: &[
            Mutation::Field(|field| field.unchecked = true),
            Mutation::Text(|text, _| hex_if_no_text(text)),
        ],
        ..READING
    },
];

/// Whether a text has only such characters; a value that is not text counts as having only such characters.
fn only(json: &Json, is: fn(char) -> bool) -> bool {
    json.as_str().is_none_or(|text| text.chars().all(is))
}

/// The bytes that the characters U+0000 to U+00FF stand for.
fn bytes(text: &str) -> Vec<u8> {
    text.chars().filter_map(|it| u8::try_from(u32::from(it)).ok()).collect()
}

fn as_utf_8(text: &str) -> String {
    String::from_utf8_lossy(&bytes(text)).into_owned()
}

fn hex_if_no_text(text: &str) -> String {
    let is_text = text.chars().all(|it| it.is_ascii_graphic());
    if is_text { text.to_owned() } else { rollwire_model::hex::plain(&bytes(text)) }
}
