//! The allowed number of entries is wrong, or entries are dropped so that the rest fits.

use rollwire_model::{Field, Kind};
use serde_json::json;

use super::operator::{AppliedAt, DECODER, EACH, ENCODER, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Context, Mutation},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "one-too-few",
        fault: "{reads} at most one entry less than {it} allows",
        at: AppliedAt::Locations(is_count),
        sides: EACH,
        breaks: BrokenRule::Limit,
        mutations: &[Mutation::Field(|field| {
            field.limits.iter_mut().for_each(|limit| limit.max = limit.max.wrapping_sub(1));
        })],
    },
    Operator {
        name: "one-too-many",
        fault: "reads one entry more than {it} allows",
        at: AppliedAt::Locations(|it| is_count(it) && is_narrower(it)),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Field(|field| {
            field
                .limits
                .iter_mut()
                .for_each(|limit| limit.max = limit.may.unwrap_or(limit.max) + 1);
        })],
    },
    Operator {
        name: "one-too-many-written",
        fault: "writes one entry more than {it} allows",
        at: AppliedAt::Locations(is_count),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Field(|field| {
            field.limits.iter_mut().for_each(|limit| limit.max = limit.max.wrapping_add(1));
        })],
    },
    Operator {
        name: "limit-of-the-other-revisions",
        fault: "{reads} as many entries as {it} allows in other revisions",
        at: AppliedAt::Locations(|it| is_count(it) && has_two_limits(it)),
        sides: EACH,
        breaks: BrokenRule::Limit,
        mutations: &[Mutation::Field(exchange_limits)],
    },
    Operator {
        name: "two-at-least",
        fault: "{reads} at least one entry more than {it} requires",
        at: AppliedAt::Locations(is_count),
        sides: EACH,
        breaks: BrokenRule::Limit,
        mutations: &[Mutation::Field(|field| {
            field.limits.iter_mut().for_each(|limit| limit.min += 1);
        })],
    },
    Operator {
        name: "none-is-enough",
        fault: "accepts a count of 0 in {it}",
        at: AppliedAt::Locations(|it| is_count(it) && needs_an_entry(it)),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Field(|field| {
            field.limits.iter_mut().for_each(|limit| limit.min = 0);
        })],
    },
    Operator {
        name: "none-is-enough-written",
        fault: "writes a message without an entry",
        at: AppliedAt::Locations(|it| is_count(it) && needs_an_entry(it)),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Field(|field| {
            field.limits.iter_mut().for_each(|limit| limit.min = 0);
        })],
    },
    Operator {
        name: "unchecked",
        fault: "reads as many entries as {it} says, without a limit",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "unchecked-written",
        fault: "writes any number of entries, and wraps {it}",
        at: AppliedAt::Locations(is_count),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "clamped",
        fault: "reads the greatest number of entries that is allowed if {it} says more",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::Unreadable,
        mutations: &[Mutation::Datagram(|datagram, context| {
            cut(datagram, context, context.most_accepted().unwrap_or(usize::MAX));
        })],
    },
    Operator {
        name: "clamped-in-old-revisions",
        fault: "reads the greatest number of entries that a sender may write if {it} says more",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::MayCount,
        mutations: &[Mutation::Datagram(cut_if_allowed)],
    },
    Operator {
        name: "newest-only-in-old-revisions",
        fault: "reads only the last entries, as many as a sender may write, if {it} says more",
        at: AppliedAt::Locations(is_count),
        sides: DECODER,
        breaks: BrokenRule::MayCount,
        mutations: &[Mutation::Datagram(|datagram, context| {
            if let Some((least, surplus)) = allowed_surplus(datagram, context) {
                let header = context.location.message().header_length();
                datagram.drain(header..header + surplus);
                context.set_count(datagram, least);
            }
        })],
    },
    Operator {
        name: "newest-dropped",
        fault: "drops the last entries if there are too many",
        at: AppliedAt::Locations(|it| it.is(Kind::Entries)),
        sides: ENCODER,
        breaks: BrokenRule::TooMany,
        mutations: &[Mutation::List(|list, context| {
            list.truncate(context.limits().map_or(usize::MAX, |limits| limits.1));
        })],
    },
    Operator {
        name: "oldest-dropped",
        fault: "drops the first entries if there are too many",
        at: AppliedAt::Locations(|it| it.is(Kind::Entries)),
        sides: ENCODER,
        breaks: BrokenRule::TooMany,
        mutations: &[Mutation::List(|list, context| {
            let most = context.limits().map_or(usize::MAX, |limits| limits.1);
            list.drain(..list.len().saturating_sub(most));
        })],
    },
    Operator {
        name: "filled-up",
        fault: "adds an entry of zeros if there is none",
        at: AppliedAt::Locations(|it| it.is(Kind::Entries) && needs_an_entry(it)),
        sides: ENCODER,
        breaks: BrokenRule::TooMany,
        mutations: &[Mutation::List(|list, context| {
            if list.is_empty() && context.limits().is_some_and(|limits| limits.0 > 0) {
                list.push(json!({"frame": 0, "action": 0}));
            }
        })],
    },
];

fn is_count(location: &Location) -> bool {
    location.is(Kind::Count)
}

/// Whether the field holds greater numbers than there may be entries.
fn is_narrower(location: &Location) -> bool {
    let greatest = |field: &Field| (1_u64 << (8 * field.size)) - 1;
    location
        .field()
        .is_some_and(|field| field.limits.iter().all(|limit| limit.max < greatest(field)))
}

fn has_two_limits(location: &Location) -> bool {
    location.field().is_some_and(|field| field.limits.len() > 1)
}

fn needs_an_entry(location: &Location) -> bool {
    let count = location.message().field_of(Kind::Count);
    count.is_some_and(|count| count.limits.iter().any(|limit| limit.min > 0))
}

/// The last limit for all revisions but its own, and the first one for these.
fn exchange_limits(field: &mut Field) {
    if let [first, .., last] = &mut field.limits[..] {
        std::mem::swap(&mut first.max, &mut last.max);
        first.may = None;
    }
}

/// Truncates a datagram of the right length after the given number of entries, if it has more.
fn cut(datagram: &mut Vec<u8>, context: &Context<'_>, most: usize) {
    if context.count(datagram) > most && datagram.len() == context.full_length(datagram) {
        context.set_count(datagram, most);
        datagram.truncate(context.full_length(datagram));
    }
}

/// How many entries a sender may write, and by how many bytes a datagram is longer that a receiver may still
/// accept.
fn allowed_surplus(datagram: &[u8], context: &Context<'_>) -> Option<(usize, usize)> {
    let (_, most) = context.limits()?;
    let count = context.count(datagram);
    let allowed = most < count
        && count <= context.most_accepted()?
        && datagram.len() == context.full_length(datagram);
    let message = context.location.message();
    allowed.then(|| (most, message.length_with(count) - message.length_with(most)))
}

fn cut_if_allowed(datagram: &mut Vec<u8>, context: &Context<'_>) {
    if let Some((most, _)) = allowed_surplus(datagram, context) {
        cut(datagram, context, most);
    }
}
