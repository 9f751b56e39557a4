//! A byte that is 0 or 1.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, DECODER, EACH, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "inverted",
        fault: "{reads} {it} inverted",
        at: AppliedAt::Locations(is_flag),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Json(|json, _| json.as_bool().map(|it| (!it).into()))],
    },
    Operator {
        name: "always-true",
        fault: "{reads} {it} as true",
        at: AppliedAt::Locations(is_flag),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Json(|json, _| json.as_bool().map(|_| true.into()))],
    },
    Operator {
        name: "always-false",
        fault: "{reads} {it} as false",
        at: AppliedAt::Locations(is_flag),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Json(|json, _| json.as_bool().map(|_| false.into()))],
    },
    Operator {
        name: "true-is-refused",
        fault: "refuses {it} if it is true",
        at: AppliedAt::Locations(is_flag),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| *json == Json::Bool(true))],
    },
    Operator {
        name: "false-is-refused",
        fault: "treats {it} as missing if it is false, and refuses it",
        at: AppliedAt::Locations(is_flag),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| *json == Json::Bool(false))],
    },
    Operator {
        name: "as-a-number",
        fault: "{reads} {it} as a number",
        at: AppliedAt::Locations(is_flag),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.kind = Kind::Uint)],
    },
    Operator {
        name: "as-text",
        fault: "returns {it} as a string",
        at: AppliedAt::Locations(is_flag),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Json(|json, _| Some(Json::from(json.to_string())))],
    },
    Operator {
        name: "any-is-true",
        fault: "reads every byte but 0 in {it} as true",
        at: AppliedAt::Locations(is_flag),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Byte(|it| it.min(1))],
    },
    Operator {
        name: "any-is-false",
        fault: "reads every byte but 1 in {it} as false",
        at: AppliedAt::Locations(is_flag),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "last-bit-counts",
        fault: "reads only the last bit of {it}",
        at: AppliedAt::Locations(is_flag),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Byte(|it| it & 1)],
    },
    Operator {
        name: "first-bit-counts",
        fault: "reads every byte from 128 on in {it} as true",
        at: AppliedAt::Locations(is_flag),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Byte(|it| if it < 2 { it } else { it >> 7 })],
    },
    Operator {
        name: "as-a-character",
        fault: "reads the characters 0 and 1 in {it}",
        at: AppliedAt::Locations(is_flag),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Byte(|it| if matches!(it, b'0' | b'1') { it - b'0' } else { it })],
    },
    Operator {
        name: "2-is-accepted",
        fault: "accepts 2 in {it}, as true",
        at: AppliedAt::Locations(is_flag),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Byte(|it| if it == 2 { 1 } else { it })],
    },
    Operator {
        name: "true-is-255",
        fault: "writes 255 if {it} is true",
        at: AppliedAt::Locations(is_flag),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Byte(|it| if it == 1 { 255 } else { it })],
    },
    Operator {
        name: "as-a-character-written",
        fault: "writes the character 0 or 1 for {it}",
        at: AppliedAt::Locations(is_flag),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Byte(|it| it + b'0')],
    },
    Operator {
        name: "unchecked",
        fault: "writes 0 for {it} if it is not a flag",
        at: AppliedAt::Locations(is_flag),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "converts-anything",
        fault: "writes for {it} whether JavaScript treats it as true",
        at: AppliedAt::Locations(is_flag),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| Some(is_truthy(json).into()))],
    },
    Operator {
        name: "converts-0-and-1",
        fault: "writes {it} if it is given as the number 0 or 1",
        at: AppliedAt::Locations(is_flag),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| {
            json.as_u64().filter(|it| *it < 2).map(|it| (it == 1).into())
        })],
    },
    Operator {
        name: "converts-text",
        fault: "writes {it} if it is given as the string `true` or `false`",
        at: AppliedAt::Locations(is_flag),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.as_str()?.parse::<bool>().ok().map(Json::from))],
    },
    Operator {
        name: "null-is-false",
        fault: "writes 0 for {it} if it is null",
        at: AppliedAt::Locations(is_flag),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.is_null().then(|| false.into()))],
    },
];

fn is_flag(location: &Location) -> bool {
    location.is(Kind::Flag)
}

fn is_truthy(json: &Json) -> bool {
    match json {
        Json::Null => false,
        Json::Bool(flag) => *flag,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(_) | Json::Object(_) => true,
    }
}
