//! An integer is read or written as another one, or treated as missing.

use rollwire_model::Kind;

use super::operator::{AppliedAt, DECODER, EACH, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "signed",
        fault: "reads {it} as a signed number",
        at: AppliedAt::Locations(is_integer),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.signed = true)],
    },
    Operator {
        name: "negative",
        fault: "treats {it} as negative if its first bit is set, and refuses it",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, field| {
            json.as_u64().is_some_and(|it| it > middle(field.size))
        })],
    },
    Operator {
        name: "without-the-first-bit",
        fault: "{reads} {it} without its first bit",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, size| number & middle(size))],
    },
    Operator {
        name: "at-most-the-middle",
        fault: "{reads} {it} as the greatest signed number if it is greater",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, size| number.min(middle(size)))],
    },
    Operator {
        name: "without-the-last-bit",
        fault: "{reads} {it} without its last bit",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, _| number & !1)],
    },
    Operator {
        name: "first-bit-flipped",
        fault: "{reads} {it} with its first bit flipped",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, size| number ^ (middle(size) + 1))],
    },
    Operator {
        name: "one-more",
        fault: "{reads} {it} as one more than it is",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, size| number.wrapping_add(1) & all_ones(size))],
    },
    Operator {
        name: "one-less",
        fault: "{reads} {it} as one less than it is",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, size| number.wrapping_sub(1) & all_ones(size))],
    },
    Operator {
        name: "from-1",
        fault: "{reads} 0 in {it} as 1, as if it counted from 1",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, _| number.max(1))],
    },
    Operator {
        name: "zero-is-none",
        fault: "treats {it} as missing if it is 0, and refuses it",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, _| json.as_u64() == Some(0))],
    },
    Operator {
        name: "greatest-is-none",
        fault: "treats {it} as missing if it is the greatest number, and refuses it",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Refuses(|json, field| json.as_u64() == Some(all_ones(field.size)))],
    },
    Operator {
        name: "words-exchanged",
        fault: "{reads} the two words of {it} in reverse order",
        at: AppliedAt::Locations(|it| it.is_wider(Kind::Uint, 2)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, _| number >> 16 | (number & 0xffff) << 16)],
    },
    Operator {
        name: "last-byte-only",
        fault: "{reads} only the last byte of {it}",
        at: AppliedAt::Locations(|it| it.is_wider(Kind::Uint, 1)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, _| number & 0xff)],
    },
    Operator {
        name: "last-two-bytes-only",
        fault: "{reads} only the last two bytes of {it}",
        at: AppliedAt::Locations(|it| it.is_wider(Kind::Uint, 2)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, _| number & 0xffff)],
    },
    Operator {
        name: "through-f32",
        fault: "{reads} {it} through a single-precision number",
        at: AppliedAt::Locations(|it| it.is_wider(Kind::Uint, 2)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|number, _| through_f32(number))],
    },
    Operator {
        name: "as-text",
        fault: "returns {it} as a string",
        at: AppliedAt::Locations(is_integer),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Json(|json, _| json.is_number().then(|| json.to_string().into()))],
    },
    Operator {
        name: "always-0",
        fault: "{reads} {it} as 0",
        at: AppliedAt::Locations(is_integer),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Integer(|_, _| 0)],
    },
];

fn is_integer(location: &Location) -> bool {
    location.is(Kind::Uint)
}

/// The greatest number of a field of that many bytes.
fn all_ones(size: usize) -> u64 {
    u64::MAX >> (64 - 8 * size)
}

/// The greatest number of a signed field of that many bytes.
fn middle(size: usize) -> u64 {
    all_ones(size) >> 1
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "what is lost is the fault"
)]
fn through_f32(number: u64) -> u64 {
    (number as f32 as u64).min(u64::from(u32::MAX))
}
