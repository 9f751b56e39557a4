//! Decoding or encoding changes the bits of a double.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, EACH, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "minus-zero-is-zero",
        fault: "{reads} minus zero in {it} as zero",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| if bits == SIGN { 0 } else { bits })],
    },
    Operator {
        name: "zero-is-none",
        fault: "treats {it} as missing if it is zero, and refuses it",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| holds(json, |bits| bits & !SIGN == 0))],
    },
    Operator {
        name: "without-the-sign",
        fault: "{reads} {it} without its sign",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| bits & !SIGN)],
    },
    Operator {
        name: "negative-is-refused",
        fault: "refuses a negative number in {it}",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| holds(json, |bits| f64::from_bits(bits) < 0.0))],
    },
    Operator {
        name: "last-bit-lost",
        fault: "{reads} {it} without its last bit",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| bits & !1)],
    },
    Operator {
        name: "last-bit-flipped",
        fault: "{reads} {it} with its last bit flipped",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| bits ^ 1)],
    },
    Operator {
        name: "first-bit-flipped",
        fault: "{reads} {it} with its first bit flipped",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| bits ^ SIGN)],
    },
    Operator {
        name: "words-exchanged",
        fault: "{reads} the two words of {it} in reverse order",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| bits.rotate_left(32))],
    },
    Operator {
        name: "subnormals-are-zero",
        fault: "{reads} a subnormal number in {it} as zero",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| {
            if f64::from_bits(bits).is_subnormal() { bits & SIGN } else { bits }
        })],
    },
    Operator {
        name: "infinity-is-refused",
        fault: "refuses an infinity in {it}",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| {
            holds(json, |bits| f64::from_bits(bits).is_infinite())
        })],
    },
    Operator {
        name: "infinity-is-greatest",
        fault: "{reads} an infinity in {it} as the greatest finite number",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| {
            if f64::from_bits(bits).is_infinite() { bits - 1 } else { bits }
        })],
    },
    Operator {
        name: "through-f32",
        fault: "{reads} {it} through a single-precision number",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(through_f32)],
    },
    Operator {
        name: "whole-milliseconds",
        fault: "{reads} {it} rounded to whole milliseconds",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| changed(bits, f64::round))],
    },
    Operator {
        name: "microseconds",
        fault: "{reads} {it} rounded to three decimal places",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| changed(bits, |it| (it * 1000.0).round() / 1000.0))],
    },
    Operator {
        name: "as-an-integer",
        fault: "{reads} {it} through a signed 64-bit integer",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| changed(bits, through_integer))],
    },
    Operator {
        name: "fifteen-digits",
        fault: "{reads} {it} through text of fifteen digits",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| {
            changed(bits, |it| format!("{it:.14e}").parse().unwrap_or(it))
        })],
    },
    Operator {
        name: "in-seconds",
        fault: "{reads} {it} in seconds",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Bits(|bits| changed(bits, |it| it / 1000.0))],
    },
    Operator {
        name: "bits-as-an-integer",
        fault: "{reads} the bits of {it} as an integer",
        at: AppliedAt::Locations(is_double),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.kind = Kind::Uint)],
    },
];

const SIGN: u64 = 1 << 63;

fn is_double(location: &Location) -> bool {
    location.is(Kind::Double)
}

fn holds(json: &Json, is: fn(u64) -> bool) -> bool {
    json.as_str().and_then(|text| u64::from_str_radix(text, 16).ok()).is_some_and(is)
}

/// Arithmetic on a finite number; other numbers stay unchanged.
fn changed(bits: u64, change: fn(f64) -> f64) -> u64 {
    let number = f64::from_bits(bits);
    if number.is_finite() { change(number).to_bits() } else { bits }
}

#[expect(clippy::cast_possible_truncation, reason = "what is lost is the fault")]
fn through_f32(bits: u64) -> u64 {
    let number = f64::from_bits(bits);
    if number.is_nan() { bits } else { f64::from(number as f32).to_bits() }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "what is lost is the fault"
)]
fn through_integer(number: f64) -> f64 {
    number as i64 as f64
}
