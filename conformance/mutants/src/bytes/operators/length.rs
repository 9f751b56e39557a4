//! The datagram is longer or shorter than its message.

use super::{At, DECODER, ENCODER, Operator};
use crate::bytes::{
    breaks::Breaks,
    change::{Change, Here},
    place::Place,
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "surplus-ignored",
        fault: "accepts any bytes behind {it}",
        at: At::Places(Place::is_message),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Message(|message, _| message.ignores_surplus = true)],
    },
    Operator {
        name: "one-surplus-byte-ignored",
        fault: "accepts one byte behind {it}",
        at: At::Places(Place::is_message),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            if datagram.len() == here.whole(datagram) + 1 {
                datagram.pop();
            }
        })],
    },
    Operator {
        name: "surplus-zeros-ignored",
        fault: "accepts zeros behind {it}",
        at: At::Places(Place::is_message),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            let whole = here.whole(datagram);
            if surplus(datagram, here).iter().all(|byte| *byte == 0) {
                datagram.truncate(whole);
            }
        })],
    },
    Operator {
        name: "next-message-ignored",
        fault: "accepts another message behind {it}",
        at: At::Places(Place::is_message),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            let whole = here.whole(datagram);
            if here.right.decode(surplus(datagram, here)).is_ok() {
                datagram.truncate(whole);
            }
        })],
    },
    Operator {
        name: "surplus-read-first",
        fault: "reads the last bytes of a longer datagram as {it}",
        at: At::Places(has_a_shorter_one),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            let surplus = datagram.len().saturating_sub(here.whole(datagram));
            datagram.drain(1..=surplus);
        })],
    },
    Operator {
        name: "zeros-for-what-is-missing",
        fault: "reads zeros for what is missing of {it}",
        at: At::Places(has_a_shorter_one),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            let header = here.place.message().header_length();
            datagram.resize(datagram.len().max(header), 0);
            datagram.resize(datagram.len().max(here.whole(datagram)), 0);
        })],
    },
    Operator {
        name: "one-missing-byte-ignored",
        fault: "reads 0 for the last byte of {it}, where it is missing",
        at: At::Places(has_a_shorter_one),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            if datagram.len() + 1 == here.whole(datagram) {
                datagram.push(0);
            }
        })],
    },
    Operator {
        name: "one-byte-more-expected",
        fault: "expects {it} to be one byte longer",
        at: At::Places(has_a_shorter_one),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, _| {
            datagram.truncate(datagram.len().saturating_sub(1));
        })],
    },
    Operator {
        name: "one-byte-less-expected",
        fault: "expects {it} to be one byte shorter",
        at: At::Places(has_a_shorter_one),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, _| datagram.push(0))],
    },
    Operator {
        name: "one-byte-more-written",
        fault: "writes a zero behind {it}",
        at: At::Places(Place::is_message),
        sides: ENCODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, _| datagram.push(0))],
    },
    Operator {
        name: "one-byte-less-written",
        fault: "writes {it} without its last byte",
        at: At::Places(Place::is_message),
        sides: ENCODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, _| {
            datagram.truncate(datagram.len().saturating_sub(1));
        })],
    },
    Operator {
        name: "aligned",
        fault: "writes zeros behind {it} up to a multiple of four bytes",
        at: At::Places(Place::is_message),
        sides: ENCODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, _| {
            datagram.resize(datagram.len().next_multiple_of(4), 0);
        })],
    },
    Operator {
        name: "written-twice",
        fault: "writes {it} twice",
        at: At::Places(Place::is_message),
        sides: ENCODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, _| datagram.extend_from_within(..))],
    },
    Operator {
        name: "nothing-written",
        fault: "writes nothing for {it}",
        at: At::Places(Place::is_message),
        sides: ENCODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, _| datagram.clear())],
    },
];

/// A message of one byte has no shorter datagram than the empty one, which has no type.
fn has_a_shorter_one(place: &Place) -> bool {
    place.is_message() && place.message().header_length() > 1
}

/// What is behind the end of a message.
fn surplus<'a>(datagram: &'a [u8], here: &Here<'_>) -> &'a [u8] {
    datagram.get(here.whole(datagram)..).unwrap_or_default()
}
