//! A byte that is written 0 and ignored when it is read.

use rollwire_model::Kind;

use super::{At, DECODER, EACH, ENCODER, Operator};
use crate::bytes::{breaks::Breaks, change::Change, place::Place};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "checked",
        fault: "refuses a message whose {it} is not 0",
        at: At::Places(is_reserved),
        sides: DECODER,
        breaks: Breaks::Field,
        changes: &[Change::RefusesDatagram(|datagram, here| reserved(datagram, here.place) != 0)],
    },
    Operator {
        name: "part-of-the-value",
        fault: "{reads} {it} as a part of the value",
        at: At::Places(is_reserved),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.kind = Kind::Uint)],
    },
    Operator {
        name: "adds-to-the-count",
        fault: "reads {it} as the first byte of a wider count, and refuses what that makes too many",
        at: At::Places(is_reserved),
        sides: DECODER,
        breaks: Breaks::Field,
        changes: &[Change::RefusesDatagram(|datagram, here| {
            here.count(datagram) + 256 * reserved(datagram, here.place) > 255
        })],
    },
    Operator {
        name: "written-1",
        fault: "writes 1 to {it}",
        at: At::Places(is_reserved),
        sides: ENCODER,
        breaks: Breaks::ReservedWritten,
        changes: &[Change::Byte(|_it| 1)],
    },
    Operator {
        name: "written-255",
        fault: "writes 255 to {it}",
        at: At::Places(is_reserved),
        sides: ENCODER,
        breaks: Breaks::ReservedWritten,
        changes: &[Change::Byte(|_it| 255)],
    },
    Operator {
        name: "written-the-count",
        fault: "writes the number of entries to {it}",
        at: At::Places(is_reserved),
        sides: ENCODER,
        breaks: Breaks::ReservedWritten,
        changes: &[Change::Datagram(|datagram, here| {
            let count = here.count(datagram).to_be_bytes();
            here.bytes_mut(datagram).copy_from_slice(&count[count.len() - 1..]);
        })],
    },
    Operator {
        name: "written-what-was-read",
        fault: "writes to {it} what it has read there last",
        at: At::Places(is_reserved),
        sides: ENCODER,
        breaks: Breaks::ReservedWritten,
        changes: &[Change::Datagram(|datagram, here| {
            let mut read = here.before.datagram.clone();
            let read = here.bytes_mut(&mut read);
            here.bytes_mut(datagram).iter_mut().zip(read).for_each(|(byte, read)| *byte = *read);
        })],
    },
];

fn is_reserved(place: &Place) -> bool {
    place.is(Kind::Reserved)
}

/// What a datagram has in the reserved byte; 0 where it has none.
fn reserved(datagram: &[u8], place: &Place) -> usize {
    let offset = place.field().map(|field| field.offset);
    offset.and_then(|offset| datagram.get(offset)).map_or(0, |byte| usize::from(*byte))
}
