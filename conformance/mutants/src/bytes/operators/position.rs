//! A field has another offset, another size, or another byte order.
//!
//! An offset or a size may wrap round where several operators edit one field: an edit that moves a field
//! out of every datagram is undone.

use rollwire_model::{Endian, Kind};

use super::operator::{AppliedAt, EACH, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "little-endian",
        fault: "{reads} {it} with its bytes in reverse order",
        at: AppliedAt::Locations(is_number),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.endian = Endian::Little)],
    },
    Operator {
        name: "one-byte-early",
        fault: "{reads} {it} one byte early",
        at: AppliedAt::Locations(|it| moves(it) && starts_after(it, 0)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.offset = field.offset.wrapping_sub(1))],
    },
    Operator {
        name: "one-byte-late",
        fault: "{reads} {it} one byte late",
        at: AppliedAt::Locations(moves),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.offset = field.offset.wrapping_add(1))],
    },
    Operator {
        name: "without-the-first-byte",
        fault: "{reads} {it} without its first byte",
        at: AppliedAt::Locations(is_long),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| {
            field.offset = field.offset.wrapping_add(1);
            field.size = field.size.wrapping_sub(1);
        })],
    },
    Operator {
        name: "without-the-last-byte",
        fault: "{reads} {it} without its last byte",
        at: AppliedAt::Locations(is_long),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.size = field.size.wrapping_sub(1))],
    },
    Operator {
        name: "with-the-byte-before",
        fault: "{reads} {it} with the byte before it",
        at: AppliedAt::Locations(|it| resizes(it) && starts_after(it, 0)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| {
            field.offset = field.offset.wrapping_sub(1);
            field.size = field.size.wrapping_add(1);
        })],
    },
    Operator {
        name: "with-the-byte-after",
        fault: "{reads} {it} with the byte after it",
        at: AppliedAt::Locations(resizes),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.size = field.size.wrapping_add(1))],
    },
    Operator {
        name: "one-byte-apart",
        fault: "{reads} {it} with a byte between every two",
        at: AppliedAt::Locations(|it| it.is(Kind::Entries)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.size = field.size.wrapping_add(1))],
    },
    Operator {
        name: "overlapping",
        fault: "{reads} {it} so that each begins on the last byte of the previous one",
        at: AppliedAt::Locations(|it| it.is(Kind::Entries)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.size = field.size.wrapping_sub(1))],
    },
    Operator {
        name: "changes-places",
        fault: "{reads} {it} and the next field at each other's offset",
        at: AppliedAt::Locations(|it| {
            moves(it) && it.next().is_some_and(|next| next.kind != Kind::Entries)
        }),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Message(|message, location| {
            if let Some([context, next]) = location.with_next_mut(message) {
                next.offset = context.offset;
                context.offset += next.size;
            }
        })],
    },
];

/// The type byte and the reserved byte have operators of their own.
fn moves(location: &Location) -> bool {
    location.field().is_some_and(|field| !matches!(field.kind, Kind::Type | Kind::Reserved))
}

fn resizes(location: &Location) -> bool {
    moves(location) && !location.is(Kind::Entries)
}

fn is_long(location: &Location) -> bool {
    resizes(location) && location.field().is_some_and(|field| field.size > 1)
}

fn is_number(location: &Location) -> bool {
    [Kind::Uint, Kind::Double, Kind::Count].into_iter().any(|kind| location.is_wider(kind, 1))
}

fn starts_after(location: &Location, offset: usize) -> bool {
    location.field().is_some_and(|field| field.offset > offset)
}
