//! The datagram is longer or shorter than its message.

use super::operator::{AppliedAt, DECODER, ENCODER, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Context, Mutation},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "surplus-ignored",
        fault: "accepts any bytes after {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Message(|message, _| message.ignores_surplus = true)],
    },
    Operator {
        name: "one-surplus-byte-ignored",
        fault: "accepts one byte after {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            if datagram.len() == context.full_length(datagram) + 1 {
                datagram.pop();
            }
        })],
    },
    Operator {
        name: "length-in-8-bits",
        fault: "compares only the last 8 bits of the length of {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| resize(datagram, context, 8))],
    },
    Operator {
        name: "length-in-16-bits",
        fault: "compares only the last 16 bits of the length of {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| resize(datagram, context, 16))],
    },
    Operator {
        name: "surplus-zeros-ignored",
        fault: "accepts zeros after {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            let whole = context.full_length(datagram);
            if surplus(datagram, context).iter().all(|byte| *byte == 0) {
                datagram.truncate(whole);
            }
        })],
    },
    Operator {
        name: "next-message-ignored",
        fault: "accepts another message after {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            let whole = context.full_length(datagram);
            if context.right.decode(surplus(datagram, context)).is_ok() {
                datagram.truncate(whole);
            }
        })],
    },
    Operator {
        name: "surplus-read-first",
        fault: "reads the last bytes of a longer datagram as {it}",
        at: AppliedAt::Locations(has_a_shorter_one),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            let surplus = datagram.len().saturating_sub(context.full_length(datagram));
            datagram.drain(1..=surplus);
        })],
    },
    Operator {
        name: "zeros-for-what-is-missing",
        fault: "reads zeros for what is missing of {it}",
        at: AppliedAt::Locations(has_a_shorter_one),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            let header = context.location.message().header_length();
            datagram.resize(datagram.len().max(header), 0);
            datagram.resize(datagram.len().max(context.full_length(datagram)), 0);
        })],
    },
    Operator {
        name: "one-missing-byte-ignored",
        fault: "reads 0 for the last byte of {it} if it is missing",
        at: AppliedAt::Locations(has_a_shorter_one),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            if datagram.len() + 1 == context.full_length(datagram) {
                datagram.push(0);
            }
        })],
    },
    Operator {
        name: "one-byte-more-expected",
        fault: "expects {it} to be one byte longer",
        at: AppliedAt::Locations(has_a_shorter_one),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, _| {
            datagram.truncate(datagram.len().saturating_sub(1));
        })],
    },
    Operator {
        name: "one-byte-less-expected",
        fault: "expects {it} to be one byte shorter",
        at: AppliedAt::Locations(has_a_shorter_one),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, _| datagram.push(0))],
    },
    Operator {
        name: "one-byte-more-written",
        fault: "writes a zero after {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: ENCODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, _| datagram.push(0))],
    },
    Operator {
        name: "one-byte-less-written",
        fault: "writes {it} without its last byte",
        at: AppliedAt::Locations(Location::is_message),
        sides: ENCODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, _| {
            datagram.truncate(datagram.len().saturating_sub(1));
        })],
    },
    Operator {
        name: "aligned",
        fault: "writes zeros after {it} up to a multiple of four bytes",
        at: AppliedAt::Locations(Location::is_message),
        sides: ENCODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, _| {
            datagram.resize(datagram.len().next_multiple_of(4), 0);
        })],
    },
    Operator {
        name: "written-twice",
        fault: "writes {it} twice",
        at: AppliedAt::Locations(Location::is_message),
        sides: ENCODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, _| datagram.extend_from_within(..))],
    },
    Operator {
        name: "nothing-written",
        fault: "writes nothing for {it}",
        at: AppliedAt::Locations(Location::is_message),
        sides: ENCODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, _| datagram.clear())],
    },
];

/// A message of one byte has no shorter datagram than the empty one, which has no type.
fn has_a_shorter_one(location: &Location) -> bool {
    location.is_message() && location.message().header_length() > 1
}

/// Makes the length the right one if they are the same in these last bits.
fn resize(datagram: &mut Vec<u8>, context: &Context<'_>, bits: u32) {
    let whole = context.full_length(datagram);
    if datagram.len().abs_diff(whole).is_multiple_of(1 << bits) {
        datagram.resize(whole, 0);
    }
}

/// The bytes after the end of a message.
fn surplus<'a>(datagram: &'a [u8], context: &Context<'_>) -> &'a [u8] {
    datagram.get(context.full_length(datagram)..).unwrap_or_default()
}
