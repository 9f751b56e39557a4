//! The number of entries is not what the count says, or the count not what is written.

use rollwire_model::Kind;

use super::{At, DECODER, ENCODER, Operator};
use crate::bytes::{
    breaks::Breaks,
    change::{Change, Here},
    place::Place,
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "ignored",
        fault: "reads as many entries as there are, whatever {it} says",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            count_what_is_there(datagram, here, usize::MAX);
        })],
    },
    Operator {
        name: "at-most-what-is-there",
        fault: "reads as many entries as there are, where {it} says more",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            count_what_is_there(datagram, here, here.count(datagram));
        })],
    },
    Operator {
        name: "one-more-read",
        fault: "reads one entry more than {it} says",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| here.recount(datagram, |it| it + 1))],
    },
    Operator {
        name: "one-less-read",
        fault: "reads one entry less than {it} says",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| {
            here.recount(datagram, |it| it.saturating_sub(1));
        })],
    },
    Operator {
        name: "one-more-written",
        fault: "writes one more to {it}",
        at: At::Places(is_count),
        sides: ENCODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| here.recount(datagram, |it| it + 1))],
    },
    Operator {
        name: "one-less-written",
        fault: "writes one less to {it}",
        at: At::Places(is_count),
        sides: ENCODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| {
            here.recount(datagram, |it| it.saturating_sub(1));
        })],
    },
    Operator {
        name: "always-0-written",
        fault: "writes 0 to {it}",
        at: At::Places(is_count),
        sides: ENCODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| here.set_count(datagram, 0))],
    },
    Operator {
        name: "always-1-written",
        fault: "writes 1 to {it}",
        at: At::Places(is_count),
        sides: ENCODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| here.set_count(datagram, 1))],
    },
    Operator {
        name: "bytes-written",
        fault: "writes the number of bytes of all entries to {it}",
        at: At::Places(is_count),
        sides: ENCODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| here.recount(datagram, |it| it * each(here)))],
    },
    Operator {
        name: "bytes-read",
        fault: "reads {it} as the number of bytes of all entries",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::Field,
        changes: &[Change::Datagram(|datagram, here| here.recount(datagram, |it| it / each(here)))],
    },
    Operator {
        name: "last-four-bits",
        fault: "reads only the last four bits of {it}",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::WrongLength,
        changes: &[Change::Datagram(|datagram, here| here.recount(datagram, |it| it & 0xf))],
    },
    Operator {
        name: "bad-count-repaired",
        fault: "reads as many entries as there may be, where {it} is bad and the length another one",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::WrongLength,
        changes: &[Change::Datagram(|datagram, here| {
            if let Some((least, most)) = bad_with_another_length(datagram, here) {
                here.recount(datagram, |it| it.clamp(least, most));
                datagram.resize(here.whole(datagram), 0);
            }
        })],
    },
    Operator {
        name: "bad-count-ignored",
        fault: "reads as many entries as there are, where {it} is bad",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::WrongLength,
        changes: &[Change::Datagram(|datagram, here| {
            if bad_with_another_length(datagram, here).is_some() {
                count_what_is_there(datagram, here, usize::MAX);
            }
        })],
    },
    Operator {
        name: "zero-is-checked-last",
        fault: "accepts anything behind a count of 0 as no entry",
        at: At::Places(is_count),
        sides: DECODER,
        breaks: Breaks::WrongLength,
        changes: &[
            Change::Field(|field| field.limits.iter_mut().for_each(|limit| limit.min = 0)),
            Change::Datagram(|datagram, here| {
                if here.count(datagram) == 0 {
                    datagram.truncate(here.whole(datagram));
                }
            }),
        ],
    },
];

fn is_count(place: &Place) -> bool {
    place.is(Kind::Count)
}

/// The size of an entry.
fn each(here: &Here<'_>) -> usize {
    let message = here.place.message();
    (message.length_with(1) - message.length_with(0)).max(1)
}

/// Sets the count to the whole entries that are there, at most so many, and cuts what is left of one.
fn count_what_is_there(datagram: &mut Vec<u8>, here: &Here<'_>, most: usize) {
    let header = here.place.message().header_length();
    let count = datagram.len().saturating_sub(header) / each(here);
    if count <= most {
        here.set_count(datagram, count);
        datagram.truncate(header + count * each(here));
    }
}

/// The limits, where a whole header has a count that is beyond them and does not fit the length.
fn bad_with_another_length(datagram: &[u8], here: &Here<'_>) -> Option<(usize, usize)> {
    let (least, most) = here.limits()?;
    let count = here.count(datagram);
    let may = here.may().unwrap_or(most);
    let bad = datagram.len() >= here.place.message().header_length()
        && !(least..=may).contains(&count)
        && datagram.len() != here.whole(datagram);
    bad.then_some((least, most))
}
