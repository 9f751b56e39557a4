//! A field lies elsewhere, has another size, or has its bytes in another order.

use rollwire_model::{Endian, Kind};

use super::{At, EACH, Operator};
use crate::bytes::{breaks::Breaks, change::Change, place::Place};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "little-endian",
        fault: "{reads} {it} with its bytes in reverse order",
        at: At::Places(is_number),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.endian = Endian::Little)],
    },
    Operator {
        name: "one-byte-early",
        fault: "{reads} {it} one byte early",
        at: At::Places(|it| moves(it) && starts_after(it, 0)),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.offset -= 1)],
    },
    Operator {
        name: "one-byte-late",
        fault: "{reads} {it} one byte late",
        at: At::Places(moves),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.offset += 1)],
    },
    Operator {
        name: "without-the-first-byte",
        fault: "{reads} {it} without its first byte",
        at: At::Places(is_long),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| {
            field.offset += 1;
            field.size -= 1;
        })],
    },
    Operator {
        name: "without-the-last-byte",
        fault: "{reads} {it} without its last byte",
        at: At::Places(is_long),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.size -= 1)],
    },
    Operator {
        name: "with-the-byte-before",
        fault: "{reads} {it} with the byte before it",
        at: At::Places(|it| resizes(it) && starts_after(it, 0)),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| {
            field.offset -= 1;
            field.size += 1;
        })],
    },
    Operator {
        name: "with-the-byte-after",
        fault: "{reads} {it} with the byte after it",
        at: At::Places(resizes),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.size += 1)],
    },
    Operator {
        name: "one-byte-apart",
        fault: "{reads} {it} with a byte between each two",
        at: At::Places(|it| it.is(Kind::Entries)),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.size += 1)],
    },
    Operator {
        name: "overlapping",
        fault: "{reads} {it} so that each begins on the last byte of the one before",
        at: At::Places(|it| it.is(Kind::Entries)),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Field(|field| field.size -= 1)],
    },
    Operator {
        name: "changes-places",
        fault: "{reads} {it} where the next field is, and that one here",
        at: At::Places(|it| moves(it) && it.next().is_some_and(|next| next.kind != Kind::Entries)),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Message(|message, place| {
            if let Some([here, next]) = place.with_next_mut(message) {
                next.offset = here.offset;
                here.offset += next.size;
            }
        })],
    },
];

/// The type byte and the reserved byte have operators of their own.
fn moves(place: &Place) -> bool {
    place.field().is_some_and(|field| !matches!(field.kind, Kind::Type | Kind::Reserved))
}

fn resizes(place: &Place) -> bool {
    moves(place) && !place.is(Kind::Entries)
}

fn is_long(place: &Place) -> bool {
    resizes(place) && place.field().is_some_and(|field| field.size > 1)
}

fn is_number(place: &Place) -> bool {
    [Kind::Uint, Kind::Double, Kind::Count].into_iter().any(|kind| place.is_wider(kind, 1))
}

fn starts_after(place: &Place, offset: usize) -> bool {
    place.field().is_some_and(|field| field.offset > offset)
}
