//! A double as JSON: returned in another form, or accepted in another form.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, DECODER, EACH, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "as-characters",
        fault: "{reads} the bytes of {it} as characters",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.kind = Kind::TextHash)],
    },
    Operator {
        name: "as-a-number",
        fault: "returns {it} as a number",
        at: AppliedAt::Locations(is_double),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Json(|json, _| {
            Some(bits_of(json).map_or(Json::Null, |bits| f64::from_bits(bits).into()))
        })],
    },
    Operator {
        name: "upper-case",
        fault: "returns {it} in upper-case digits",
        at: AppliedAt::Locations(is_double),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Text(|text, _| text.to_ascii_uppercase())],
    },
    Operator {
        name: "unchecked",
        fault: "writes zero for {it} if it is not a double",
        at: AppliedAt::Locations(is_double),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "converts-numbers",
        fault: "writes {it} if it is given as a number",
        at: AppliedAt::Locations(is_double),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.as_f64().map(digits))],
    },
    Operator {
        name: "null-is-zero",
        fault: "writes zero for {it} if it is null",
        at: AppliedAt::Locations(is_double),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| json.is_null().then(|| digits(0.0)))],
    },
    Operator {
        name: "missing-is-nan",
        fault: "writes NaN for {it} if it is not a string",
        at: AppliedAt::Locations(is_double),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| (!json.is_string()).then(|| digits(f64::NAN)))],
    },
    Operator {
        name: "converts-flags",
        fault: "writes 0 or 1 for {it} if it is false or true",
        at: AppliedAt::Locations(is_double),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| {
            json.as_bool().map(|it| digits(f64::from(u8::from(it))))
        })],
    },
    Operator {
        name: "converts-lists",
        fault: "writes the element if {it} is given as a list of one",
        at: AppliedAt::Locations(is_double),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::Json(|json, _| {
            json.as_array().filter(|it| it.len() == 1)?.first().cloned()
        })],
    },
];

fn is_double(location: &Location) -> bool {
    location.is(Kind::Double)
}

fn bits_of(json: &Json) -> Option<u64> {
    json.as_str().and_then(|text| u64::from_str_radix(text, 16).ok())
}

fn digits(number: f64) -> Json {
    Json::from(format!("{:016x}", number.to_bits()))
}
