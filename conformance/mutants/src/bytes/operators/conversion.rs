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
