//! An encoder accepts a value that is not an integer of the field, and converts it to one.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, ENCODER, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Mutation, greatest},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "unchecked",
        fault: "writes any value for {it}: too great a number modulo the size of the field, and 0 for what is not an integer",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "as-a-script-converts",
        fault: "writes what JavaScript converts {it} to, modulo the size of the field, instead of refusing it",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            Some((converted(json)? & greatest(field)).into())
        })],
    },
    Operator {
        name: "wraps-above",
        fault: "writes {it} modulo the size of the field if it is too great",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            json.as_u64().filter(|it| *it > greatest(field)).map(|it| (it & greatest(field)).into())
        })],
    },
    Operator {
        name: "wraps-below-0",
        fault: "writes {it} modulo the size of the field if it is negative",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            negative(json).map(|it| (it.cast_unsigned() & greatest(field)).into())
        })],
    },
    Operator {
        name: "clamps-above",
        fault: "writes the greatest number of the field for {it} if it is too great",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, field| {
            json.as_u64().map(|it| it.min(greatest(field)).into())
        })],
    },
    Operator {
        name: "clamps-below-0",
        fault: "writes 0 for {it} if it is negative",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| negative(json).map(|_| 0.into()))],
    },
    Operator {
        name: "without-the-sign",
        fault: "writes {it} without its sign if it is negative",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| negative(json).map(|it| it.unsigned_abs().into()))],
    },
    Operator {
        name: "cuts-fractions",
        fault: "writes {it} without its fraction",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| fraction(json).map(|it| whole(it.trunc())))],
    },
    Operator {
        name: "rounds-fractions",
        fault: "writes {it} rounded if it has a fraction",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| fraction(json).map(|it| whole(it.round())))],
    },
    Operator {
        name: "converts-text",
        fault: "writes the number if {it} is given as a string",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.as_str()?.parse::<u32>().ok().map(Json::from))],
    },
    Operator {
        name: "converts-flags",
        fault: "writes 0 or 1 for {it} if it is false or true",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.as_bool().map(|it| u8::from(it).into()))],
    },
    Operator {
        name: "null-is-0",
        fault: "writes 0 for {it} if it is null",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.is_null().then(|| 0.into()))],
    },
    Operator {
        name: "converts-lists",
        fault: "writes the element if {it} is given as a list of one",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| {
            json.as_array().filter(|it| it.len() == 1)?.first().cloned()
        })],
    },
    Operator {
        name: "objects-are-0",
        fault: "writes 0 for {it} if it is an object",
        at: AppliedAt::Locations(is_integer),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.is_object().then(|| 0.into()))],
    },
];

fn is_integer(location: &Location) -> bool {
    location.is(Kind::Uint)
}

fn negative(json: &Json) -> Option<i64> {
    json.as_i64().filter(|number| *number < 0)
}

/// A number that has a fraction.
fn fraction(json: &Json) -> Option<f64> {
    json.as_f64().filter(|number| number.fract() != 0.0)
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and has no fraction any more")]
fn whole(number: f64) -> Json {
    Json::from(number as i64)
}

/// What a `DataView` in JavaScript writes for a value, in 64 bits: that of the number to which the value is
/// converted, without its fraction, and 0 for what is not a number. `None` if there is nothing to convert.
fn converted(json: &Json) -> Option<u64> {
    if json.is_u64() {
        return json.as_u64();
    }
    let number = match json {
        Json::Bool(flag) => f64::from(u8::from(*flag)),
        Json::Number(number) => number.as_f64()?,
        Json::String(text) if text.trim().is_empty() => 0.0,
        Json::String(text) => text.trim().parse().unwrap_or(0.0),
        // A list is converted as the text of its elements with commas between them.
        Json::Array(list) => match &list[..] {
            [one] if !one.is_boolean() => return converted(one),
            _ => 0.0,
        },
        Json::Null | Json::Object(_) => 0.0,
    };
    let whole = number.trunc();
    let modulus = 2_f64.powi(64);
    if !whole.is_finite() {
        return Some(0);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 64 bits")]
    let bits = if whole < 0.0 && whole > -2_f64.powi(63) {
        (whole as i64).cast_unsigned()
    } else {
        whole.rem_euclid(modulus) as u64
    };
    Some(bits)
}
