//! A byte that is written as 0 and ignored when it is read.

use rollwire_model::Kind;

use super::operator::{AppliedAt, DECODER, EACH, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

/// What this operator writes depends on what was read before.
pub(super) const WRITTEN_WHAT_WAS_READ: &str = "written-what-was-read";

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "checked",
        fault: "refuses a message whose {it} is not 0",
        at: AppliedAt::Locations(is_reserved),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::RefusesDatagram(|datagram, context| {
            reserved(datagram, context.location) != 0
        })],
    },
    Operator {
        name: "part-of-the-value",
        fault: "{reads} {it} as a part of the value",
        at: AppliedAt::Locations(is_reserved),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Field(|field| field.kind = Kind::Uint)],
    },
    Operator {
        name: "adds-to-the-count",
        fault: "reads {it} as the first byte of a wider count, and then misses entries",
        at: AppliedAt::Locations(is_reserved),
        sides: DECODER,
        breaks: BrokenRule::Field,
        // A count of at least 256 needs more bytes than any valid datagram has.
        mutations: &[Mutation::Datagram(|datagram, context| {
            if reserved(datagram, context.location) != 0 {
                datagram.truncate(1);
            }
        })],
    },
    Operator {
        name: "written-1",
        fault: "writes 1 to {it}",
        at: AppliedAt::Locations(is_reserved),
        sides: ENCODER,
        breaks: BrokenRule::ReservedWritten,
        mutations: &[Mutation::Byte(|_it| 1)],
    },
    Operator {
        name: "written-255",
        fault: "writes 255 to {it}",
        at: AppliedAt::Locations(is_reserved),
        sides: ENCODER,
        breaks: BrokenRule::ReservedWritten,
        mutations: &[Mutation::Byte(|_it| 255)],
    },
    Operator {
        name: "written-the-count",
        fault: "writes the number of entries to {it}",
        at: AppliedAt::Locations(is_reserved),
        sides: ENCODER,
        breaks: BrokenRule::ReservedWritten,
        mutations: &[Mutation::Datagram(|datagram, context| {
            let count = context.count(datagram).to_be_bytes();
            context.bytes_mut(datagram).copy_from_slice(&count[count.len() - 1..]);
        })],
    },
    Operator {
        name: WRITTEN_WHAT_WAS_READ,
        fault: "writes to {it} what it read there last",
        at: AppliedAt::Locations(is_reserved),
        sides: ENCODER,
        breaks: BrokenRule::ReservedWritten,
        mutations: &[Mutation::Datagram(|datagram, context| {
            let mut read = context.previous.datagram.clone();
            let read = context.bytes_mut(&mut read);
            context.bytes_mut(datagram).iter_mut().zip(read).for_each(|(byte, read)| *byte = *read);
        })],
    },
];

fn is_reserved(location: &Location) -> bool {
    location.is(Kind::Reserved)
}

/// The reserved byte of a datagram; 0 if the datagram is too short.
fn reserved(datagram: &[u8], location: &Location) -> usize {
    let offset = location.field().map(|field| field.offset);
    offset.and_then(|offset| datagram.get(offset)).map_or(0, |byte| usize::from(*byte))
}
