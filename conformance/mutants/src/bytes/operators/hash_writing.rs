//! Text that is no hash is written as one.
//!
//! Many writers of hex digits take a little more than that: a sign, a blank, a prefix, a digit of another
//! script; and make up what is missing.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, Operator, ENCODER};
use crate::bytes::{broken_rule::BrokenRule, mutation::Mutation, location::Location};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "unchecked",
        fault: "writes whatever text {it} is: padded with zero bytes, cut, or 0 for what is no digit",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "padded-with-zeros",
        fault: "writes zeros after {it}, where it is too short",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| format!("{text:0<digits$}"))],
    },
    Operator {
        name: "zeros-before",
        fault: "writes zeros before {it}, where it is too short",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| format!("{text:0>digits$}"))],
    },
    Operator {
        name: "repeated",
        fault: "writes {it} again until there are enough digits, where it is too short",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| {
            if text.is_empty() || text.len() >= digits {
                text.to_owned()
            } else {
                text.chars().cycle().take(digits).collect()
            }
        })],
    },
    Operator {
        name: "end-cut",
        fault: "cuts the end of {it}, where it is too long",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| text.chars().take(digits).collect())],
    },
    Operator {
        name: "beginning-cut",
        fault: "cuts the beginning of {it}, where it is too long",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(last)],
    },
    Operator {
        name: "prefix-skipped",
        fault: "skips 0x before {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| text.trim_start_matches("0x").to_owned())],
    },
    Operator {
        name: "blanks-cut",
        fault: "cuts blanks and line ends around {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| {
            if text.len() > digits { text.trim().to_owned() } else { text.to_owned() }
        })],
    },
    Operator {
        name: "blanks-are-0",
        fault: "writes 0 for a blank in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| text.replace(' ', "0"))],
    },
    Operator {
        name: "signs-are-0",
        fault: "writes 0 for a sign before {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| with_zeros(text, |it| matches!(it, '+' | '-')))],
    },
    Operator {
        name: "underscores-are-0",
        fault: "writes 0 for an underscore in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| text.replace('_', "0"))],
    },
    Operator {
        name: "edges-are-0",
        fault: "writes 0 for the characters beside the ranges of digits in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| {
            with_zeros(text, |it| matches!(it, '/' | ':' | '@' | 'G' | '`' | 'g'))
        })],
    },
    Operator {
        name: "other-letters-are-0",
        fault: "writes 0 for a letter beyond f in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| {
            with_zeros(text, |it| it.is_ascii_alphabetic() && !it.is_ascii_hexdigit())
        })],
    },
    Operator {
        name: "control-characters-are-0",
        fault: "writes 0 for a control character in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| with_zeros(text, char::is_control))],
    },
    Operator {
        name: "other-digits-are-0",
        fault: "writes 0 for a digit of another script in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| {
            with_zeros(text, |it| !it.is_ascii() && it.is_numeric())
        })],
    },
    Operator {
        name: "counts-bytes",
        fault: "takes {it} for right where it has the right length as UTF-8, and writes 0 for what is no digit",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| {
            if text.len() == digits {
                text.bytes()
                    .map(|it| if it.is_ascii_hexdigit() { char::from(it) } else { '0' })
                    .collect()
            } else {
                text.to_owned()
            }
        })],
    },
    Operator {
        name: "upper-case-is-0",
        fault: "writes 0 for an upper-case digit in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Text(|text, _| with_zeros(text, |it| it.is_ascii_uppercase()))],
    },
    Operator {
        name: "upper-case-is-digits",
        fault: "writes the digit for an upper-case letter in {it} that has the same last bits",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Text(|text, _| without_the_letter_bit(text))],
    },
    Operator {
        name: "upper-case-kept",
        fault: "writes {it} in upper case, where it is given so",
        at: AppliedAt::Locations(|it| it.is(Kind::TextHash)),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Written(|datagram, value, context| {
            let name = context.location.field().map(|field| &field.name);
            let text = name.and_then(|name| value.fields.get(name)).and_then(Json::as_str);
            let bytes = context.bytes_mut(datagram).iter_mut();
            bytes
                .zip(text.unwrap_or_default().bytes())
                .for_each(|(written, given)| *written = given);
        })],
    },
    Operator {
        name: "upper-case-refused",
        fault: "refuses upper case in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Refuses(|json, _| !only(json, |it| !it.is_ascii_uppercase()))],
    },
];

fn is_hash(location: &Location) -> bool {
    location.is(Kind::RawHash) || location.is(Kind::TextHash)
}

/// Whether a text has only such characters; what is no text has.
fn only(json: &Json, is: fn(char) -> bool) -> bool {
    json.as_str().is_none_or(|text| text.chars().all(is))
}

fn with_zeros(text: &str, is: fn(char) -> bool) -> String {
    text.chars().map(|it| if is(it) { '0' } else { it }).collect()
}

/// `A` to `F` as `1` to `6`: what a table of digits says that looks at the last four bits.
fn without_the_letter_bit(text: &str) -> String {
    let digit = |it: char| match it {
        'A'..='F' => char::from_digit(u32::from(it) & 0xf, 16).unwrap_or(it),
        _ => it,
    };
    text.chars().map(digit).collect()
}

/// The last characters of a text.
fn last(text: &str, count: usize) -> String {
    let surplus = text.chars().count().saturating_sub(count);
    text.chars().skip(surplus).collect()
}
