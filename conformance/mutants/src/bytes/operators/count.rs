//! The number of entries that is read differs from the count, or the count that is written is wrong.

use rollwire_model::Kind;

use super::operator::{AppliedAt, DECODER, ENCODER, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Context, Mutation},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "ignored",
        fault: "reads all entries that are there, and ignores {it}",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            count_what_is_there(datagram, context, usize::MAX);
        })],
    },
    Operator {
        name: "at-most-what-is-there",
        fault: "reads all entries that are there if {it} says more",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            count_what_is_there(datagram, context, context.count(datagram));
        })],
    },
    Operator {
        name: "one-more-read",
        fault: "reads one entry more than {it} says",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| {
            context.recount(datagram, |it| it + 1);
        })],
    },
    Operator {
        name: "one-less-read",
        fault: "reads one entry less than {it} says",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| {
            context.recount(datagram, |it| it.saturating_sub(1));
        })],
    },
    Operator {
        name: "one-more-written",
        fault: "writes one more to {it}",
        at: AppliedAt::Locations(is_count),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| {
            context.recount(datagram, |it| it + 1);
        })],
    },
    Operator {
        name: "one-less-written",
        fault: "writes one less to {it}",
        at: AppliedAt::Locations(is_count),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| {
            context.recount(datagram, |it| it.saturating_sub(1));
        })],
    },
    Operator {
        name: "always-0-written",
        fault: "writes 0 to {it}",
        at: AppliedAt::Locations(is_count),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| context.set_count(datagram, 0))],
    },
    Operator {
        name: "always-1-written",
        fault: "writes 1 to {it}",
        at: AppliedAt::Locations(is_count),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| context.set_count(datagram, 1))],
    },
    Operator {
        name: "bytes-written",
        fault: "writes the number of bytes of all entries to {it}",
        at: AppliedAt::Locations(is_count),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| {
            context.recount(datagram, |it| it * each(context));
        })],
    },
    Operator {
        name: "bytes-read",
        fault: "reads {it} as the number of bytes of all entries",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Datagram(|datagram, context| {
            context.recount(datagram, |it| it / each(context));
        })],
    },
    Operator {
        name: "last-four-bits",
        fault: "reads only the last four bits of {it}",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::WrongLength,
        mutations: &[Mutation::Datagram(|datagram, context| {
            context.recount(datagram, |it| it & 0xf);
        })],
    },
    Operator {
        name: "bad-count-repaired",
        fault: "reads at most the allowed number of entries if {it} is out of range and does not match the length",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::WrongLength,
        mutations: &[Mutation::Datagram(|datagram, context| {
            if let Some((least, most)) = bad_with_another_length(datagram, context) {
                context.recount(datagram, |it| it.clamp(least, most));
                datagram.resize(context.full_length(datagram), 0);
            }
        })],
    },
    Operator {
        name: "bad-count-ignored",
        fault: "reads all entries that are there if {it} is out of range",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::WrongLength,
        mutations: &[Mutation::Datagram(|datagram, context| {
            if bad_with_another_length(datagram, context).is_some() {
                count_what_is_there(datagram, context, usize::MAX);
            }
        })],
    },
    Operator {
        name: "zero-is-checked-last",
        fault: "accepts any bytes after a count of 0",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::WrongLength,
        mutations: &[
            Mutation::Field(|field| field.limits.iter_mut().for_each(|limit| limit.min = 0)),
            Mutation::Datagram(|datagram, context| {
                if context.count(datagram) == 0 {
                    datagram.truncate(context.full_length(datagram));
                }
            }),
        ],
    },
];

fn is_count(location: &Location) -> bool {
    location.is(Kind::Count)
}

/// The size of an entry.
fn each(context: &Context<'_>) -> usize {
    let message = context.location.message();
    (message.length_with(1) - message.length_with(0)).max(1)
}

/// Sets the count to the number of complete entries, up to a limit, and removes the rest of the datagram.
fn count_what_is_there(datagram: &mut Vec<u8>, context: &Context<'_>, most: usize) {
    let header = context.location.message().header_length();
    let count = datagram.len().saturating_sub(header) / each(context);
    if count <= most {
        context.set_count(datagram, count);
        datagram.truncate(header + count * each(context));
    }
}

/// The limits, where a whole header has a count that is beyond them and does not fit the length.
fn bad_with_another_length(datagram: &[u8], context: &Context<'_>) -> Option<(usize, usize)> {
    let (least, most) = context.limits()?;
    let count = context.count(datagram);
    let may = context.most_accepted().unwrap_or(most);
    let bad = datagram.len() >= context.location.message().header_length()
        && !(least..=may).contains(&count)
        && datagram.len() != context.full_length(datagram);
    bad.then_some((least, most))
}
