//! Type bytes and revisions.

use rollwire_model::{Kind, Layout};

use super::operator::{AppliedAt, DECODER, EACH, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "first-bit-set",
        fault: "{reads} {it} with its first bit set",
        at: AppliedAt::Locations(is_type),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Message(|message, _| message.type_byte |= 0x80)],
    },
    Operator {
        name: "next-type",
        fault: "{reads} {it} as one more than it is",
        at: AppliedAt::Locations(is_type),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Message(|message, _| {
            message.type_byte = message.type_byte.wrapping_add(1);
        })],
    },
    Operator {
        name: "previous-type",
        fault: "{reads} {it} as one less than it is",
        at: AppliedAt::Locations(is_type),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Message(|message, _| {
            message.type_byte = message.type_byte.wrapping_sub(1);
        })],
    },
    Operator {
        name: "digits-exchanged",
        fault: "{reads} {it} with its two hex digits swapped",
        at: AppliedAt::Locations(|it| is_type(it) && has_two_digits(it)),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Message(|message, _| {
            message.type_byte = message.type_byte.rotate_left(4);
        })],
    },
    Operator {
        name: "zero-written",
        fault: "writes 0 to {it}",
        at: AppliedAt::Locations(is_type),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| context.bytes_mut(datagram).fill(0))],
    },
    Operator {
        name: "unknown",
        fault: "does not know {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: EACH,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Message(|message, _| message.since = u8::MAX)],
    },
    Operator {
        name: "one-revision-late",
        fault: "knows {it} one revision late",
        at: AppliedAt::Locations(came_later),
        sides: EACH,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Message(|message, _| message.since = message.since.wrapping_add(1))],
    },
    Operator {
        name: "one-revision-early",
        fault: "knows {it} one revision early",
        at: AppliedAt::Locations(came_later),
        sides: EACH,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Message(|message, _| message.since = message.since.wrapping_sub(1))],
    },
    Operator {
        name: "all-revisions",
        fault: "knows the messages of later revisions",
        at: AppliedAt::Once,
        sides: EACH,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Layout(|layout| {
            layout.messages.iter_mut().for_each(|it| it.since = 1);
        })],
    },
    Operator {
        name: "first-bit-ignored",
        fault: "reads a type without its first bit",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Received(|datagram, _| masked(datagram, 0x7f))],
    },
    Operator {
        name: "first-three-bits-ignored",
        fault: "reads a type without its first three bits",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Received(|datagram, _| masked(datagram, 0x1f))],
    },
    Operator {
        name: "fifth-bit-ignored",
        fault: "reads a type without the bit that distinguishes later types from the first ones",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Received(|datagram, _| masked(datagram, 0xef))],
    },
    Operator {
        name: "below-is-taken",
        fault: "treats an unknown type as the next lower one",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Received(|datagram, layout| {
            take_for(datagram, layout, |types, unknown| types.filter(|it| *it < unknown).max());
        })],
    },
    Operator {
        name: "above-is-taken",
        fault: "treats an unknown type as the next greater one",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Received(|datagram, layout| {
            take_for(datagram, layout, |types, unknown| types.filter(|it| *it > unknown).min());
        })],
    },
    Operator {
        name: "unknown-is-keepalive",
        fault: "accepts unknown types as KEEPALIVE",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Received(|datagram, layout| {
            if take_for(datagram, layout, |_, _| Some(0x04)) {
                datagram.truncate(1);
            }
        })],
    },
    Operator {
        name: "as-a-character",
        fault: "treats the character code of a digit as the type with that number",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Received(|datagram, layout| {
            take_for(datagram, layout, |_, unknown| unknown.checked_sub(b'0'));
        })],
    },
    Operator {
        name: "empty-is-keepalive",
        fault: "accepts an empty datagram as KEEPALIVE",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Empty,
        mutations: &[Mutation::Received(|datagram, _| {
            if datagram.is_empty() {
                datagram.push(0x04);
            }
        })],
    },
    Operator {
        name: "empty-is-ping",
        fault: "accepts an empty datagram as PING of 0",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Empty,
        mutations: &[Mutation::Received(|datagram, _| {
            if datagram.is_empty() {
                datagram.extend([0x02, 0, 0, 0, 0, 0, 0, 0, 0]);
            }
        })],
    },
    Operator {
        name: "one-byte-is-refused",
        fault: "refuses a datagram of one byte as empty",
        at: AppliedAt::Once,
        sides: DECODER,
        breaks: BrokenRule::Empty,
        mutations: &[Mutation::Received(|datagram, _| {
            if datagram.len() == 1 {
                datagram.clear();
            }
        })],
    },
];

fn is_type(location: &Location) -> bool {
    location.is(Kind::Type)
}

/// Whether the two digits of the type byte differ.
fn has_two_digits(location: &Location) -> bool {
    let type_byte = location.message().type_byte;
    type_byte != type_byte.rotate_left(4)
}

/// Whether the first revision was without the message.
fn came_later(location: &Location) -> bool {
    location.is_message() && location.message().since > 1
}

fn masked(datagram: &mut [u8], mask: u8) {
    datagram.iter_mut().take(1).for_each(|it| *it &= mask);
}

/// Replaces a type byte that no revision has; returns whether it did.
fn take_for(
    datagram: &mut [u8],
    layout: &Layout,
    other: fn(&mut dyn Iterator<Item = u8>, u8) -> Option<u8>,
) -> bool {
    let mut types = layout.messages.iter().map(|it| it.type_byte);
    let Some(first) = datagram.first_mut() else { return false };
    if types.clone().any(|it| it == *first) {
        return false;
    }
    let other = other(&mut types, *first);
    if let Some(other) = other {
        *first = other;
    }
    other.is_some()
}
