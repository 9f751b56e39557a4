//! A NaN becomes another NaN, or another number.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, EACH, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "nan-is-refused",
        fault: "refuses NaN in {it}",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| is_nan(json))],
    },
    Operator {
        name: "nan-is-zero",
        fault: "{reads} NaN in {it} as zero",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| if f64::from_bits(bits).is_nan() { 0 } else { bits })],
    },
    Operator {
        name: "nan-is-one",
        fault: "{reads} every NaN in {it} as the same one",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Payload,
        mutations: &[Mutation::Bits(
            |bits| if f64::from_bits(bits).is_nan() { QUIET } else { bits },
        )],
    },
    Operator {
        name: "nan-without-sign",
        fault: "{reads} NaN in {it} without its sign",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Payload,
        mutations: &[Mutation::Bits(|bits| {
            if f64::from_bits(bits).is_nan() { bits & !SIGN } else { bits }
        })],
    },
    Operator {
        name: "nan-is-quiet",
        fault: "{reads} a signalling NaN in {it} as a quiet one",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Payload,
        mutations: &[Mutation::Bits(|bits| {
            if f64::from_bits(bits).is_nan() { bits | QUIET } else { bits }
        })],
    },
    Operator {
        name: "nan-keeps-half-its-payload",
        fault: "{reads} NaN in {it} without the last four bytes of its payload",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Payload,
        mutations: &[Mutation::Bits(|bits| {
            if f64::from_bits(bits).is_nan() { (bits | QUIET) >> 32 << 32 } else { bits }
        })],
    },
];

const SIGN: u64 = 1 << 63;

/// The NaN that every implementation keeps, and the bit that makes a NaN quiet.
const QUIET: u64 = 0x7ff8_0000_0000_0000;

fn is_double(location: &Location) -> bool {
    location.is(Kind::Double)
}

fn is_nan(json: &Json) -> bool {
    let bits = json.as_str().and_then(|text| u64::from_str_radix(text, 16).ok());
    bits.is_some_and(|bits| f64::from_bits(bits).is_nan())
}
