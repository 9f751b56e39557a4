//! A hash is treated as something else: raw bytes as text, text as a number.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, DECODER, EACH, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "as-the-other-layout",
        fault: "{reads} {it} in the layout of the other hash",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| {
            field.kind = if field.kind == Kind::RawHash { Kind::TextHash } else { Kind::RawHash };
        })],
    },
    Operator {
        name: "as-a-number",
        fault: "{reads} {it} as an integer",
        at: AppliedAt::Locations(|it| it.is(Kind::RawHash)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.kind = Kind::Uint)],
    },
    Operator {
        name: "as-a-number-if-it-looks-like-one",
        fault: "returns {it} as a number if its digits look like one",
        at: AppliedAt::Locations(is_hash_place),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Json(|json, _| json.as_str()?.parse::<f64>().ok().map(Json::from))],
    },
    Operator {
        name: "through-a-double",
        fault: "{reads} {it} through a double, which holds 53 bits",
        at: AppliedAt::Locations(|it| it.is(Kind::RawHash)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| through_double(text))],
    },
    Operator {
        name: "without-leading-zeros",
        fault: "returns {it} without its leading zeros",
        at: AppliedAt::Locations(is_hash_place),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| text.trim_start_matches('0').to_owned())],
    },
    Operator {
        name: "upper-case",
        fault: "returns {it} in upper case",
        at: AppliedAt::Locations(is_hash_place),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| text.to_ascii_uppercase())],
    },
    Operator {
        name: "prefixed",
        fault: "returns {it} with the prefix 0x",
        at: AppliedAt::Locations(is_hash_place),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| format!("0x{text}"))],
    },
    Operator {
        name: "bytes-reversed",
        fault: "{reads} the bytes of {it} in reverse order",
        at: AppliedAt::Locations(|it| it.is(Kind::RawHash)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| reversed(text, 2))],
    },
    Operator {
        name: "characters-reversed",
        fault: "{reads} the characters of {it} in reverse order",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| reversed(text, 1))],
    },
    Operator {
        name: "halves-exchanged",
        fault: "{reads} the two halves of {it} in reverse order",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, digits| reversed(text, digits / 2))],
    },
    Operator {
        name: "digits-exchanged",
        fault: "{reads} each two digits of {it} in reverse order",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, digits| {
            reversed(&reversed(text, 1), 2).chars().take(digits).collect()
        })],
    },
    Operator {
        name: "first-half-only",
        fault: "returns only the first half of {it}",
        at: AppliedAt::Locations(is_hash_place),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, digits| text.chars().take(digits / 2).collect())],
    },
    Operator {
        name: "first-half-twice",
        fault: "{reads} the first half of {it} twice",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(repeated)],
    },
    Operator {
        name: "zeros-are-none",
        fault: "treats {it} as missing if all its digits are 0, and refuses it",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| {
            json.as_str().is_some_and(|it| it.bytes().all(|it| it == b'0'))
        })],
    },
    Operator {
        name: "ones-are-none",
        fault: "treats {it} as missing if all its digits are f, and refuses it",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| {
            json.as_str().is_some_and(|it| it.bytes().all(|it| it == b'f'))
        })],
    },
    Operator {
        name: "always-zeros",
        fault: "{reads} {it} as zeros",
        at: AppliedAt::Locations(is_hash_place),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, digits| {
            if is_hash(text, digits) { "0".repeat(digits) } else { text.to_owned() }
        })],
    },
    Operator {
        name: "without-the-first-bit",
        fault: "{reads} {it} without its first bit",
        at: AppliedAt::Locations(|it| it.is(Kind::RawHash)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| with_number(text, |it| it & !(1 << 63)))],
    },
    Operator {
        name: "without-the-last-bit",
        fault: "{reads} {it} without its last bit",
        at: AppliedAt::Locations(|it| it.is(Kind::RawHash)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| with_number(text, |it| it & !1))],
    },
    Operator {
        name: "null-is-zeros",
        fault: "writes zeros for {it} if it is null",
        at: AppliedAt::Locations(is_hash_place),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            json.is_null().then(|| "0".repeat(field.hash_digits()).into())
        })],
    },
    Operator {
        name: "converts-numbers",
        fault: "writes the digits of a number that is given for {it}",
        at: AppliedAt::Locations(is_hash_place),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            json.as_u64().map(|it| padded(&it.to_string(), field.hash_digits()))
        })],
    },
    Operator {
        name: "converts-lists",
        fault: "writes the bytes of a list that is given for {it}",
        at: AppliedAt::Locations(is_hash_place),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            bytes(json).map(|it| padded(&it, field.hash_digits()))
        })],
    },
    Operator {
        name: "converts-flags",
        fault: "writes 0 or 1 for {it} if it is false or true",
        at: AppliedAt::Locations(is_hash_place),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            json.as_bool().map(|it| padded(&u8::from(it).to_string(), field.hash_digits()))
        })],
    },
];

fn is_hash_place(location: &Location) -> bool {
    location.is(Kind::RawHash) || location.is(Kind::TextHash)
}

fn is_hash(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The pieces of a text, each of the given length, in reverse order.
fn reversed(text: &str, each: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(each.max(1)).rev().flatten().collect()
}

/// The first half of a hash twice; other texts stay unchanged.
fn repeated(text: &str, digits: usize) -> String {
    if is_hash(text, digits) { text[..digits / 2].repeat(2) } else { text.to_owned() }
}

/// Sixteen digits as another number; other texts stay unchanged.
fn with_number(text: &str, change: fn(u64) -> u64) -> String {
    match u64::from_str_radix(text, 16) {
        Ok(number) if is_hash(text, 16) => format!("{:016x}", change(number)),
        _ => text.to_owned(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "what is lost is the fault"
)]
fn through_double(text: &str) -> String {
    with_number(text, |number| number as f64 as u64)
}

/// The bytes of a list, in hex.
fn bytes(json: &Json) -> Option<String> {
    let byte = |json: &Json| u8::try_from(json.as_u64()?).ok();
    let bytes: Vec<u8> = json.as_array()?.iter().map(byte).collect::<Option<_>>()?;
    Some(rollwire_model::hex::plain(&bytes))
}

/// Digits, padded with zeros on the left.
fn padded(text: &str, digits: usize) -> Json {
    Json::from(format!("{text:0>digits$}"))
}
