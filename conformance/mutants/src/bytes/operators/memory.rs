//! Data of the previous message of the same type is left over.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, DECODER, ENCODER, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Context, Fields, Mutation},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "left-over-when-read",
        fault: "reads {it} as it was in the previous message",
        at: AppliedAt::Locations(is_held),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Fields(|fields, context| {
            keep(fields, context, context.previous.read.as_ref());
        })],
    },
    Operator {
        name: "left-over-when-written",
        fault: "writes {it} as it was in the previous message",
        at: AppliedAt::Locations(is_held),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Fields(|fields, context| {
            keep(fields, context, context.previous.given.as_ref());
        })],
    },
    Operator {
        name: "added-to-those-read",
        fault: "reads {it} after those of the previous message",
        at: AppliedAt::Locations(|it| it.is(Kind::Entries)),
        sides: DECODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Fields(|fields, context| {
            add(fields, context, context.previous.read.as_ref());
        })],
    },
    Operator {
        name: "added-to-those-written",
        fault: "writes {it} after those of the previous message",
        at: AppliedAt::Locations(|it| it.is(Kind::Entries)),
        sides: ENCODER,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Fields(|fields, context| {
            add(fields, context, context.previous.given.as_ref());
        })],
    },
    Operator {
        name: "buffer-not-cut",
        fault: "writes {it} into a buffer that holds a longer one, and sends the whole buffer",
        at: AppliedAt::Locations(|it| {
            it.is_message() && it.message().field_of(Kind::Entries).is_some()
        }),
        sides: ENCODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::Datagram(|datagram, context| {
            let rest = context.previous.written.get(datagram.len()..);
            datagram.extend_from_slice(rest.unwrap_or_default());
        })],
    },
    Operator {
        name: "last-instead-of-refusal",
        fault: "returns the previous {it} instead of refusing one",
        at: AppliedAt::Locations(Location::is_message),
        sides: DECODER,
        breaks: BrokenRule::Length,
        mutations: &[Mutation::InsteadOfRefusal(|context| context.previous.read.clone())],
    },
];

/// Whether the value holds something at this place.
fn is_held(location: &Location) -> bool {
    let kind = location.field().filter(|_| !location.is_part()).map(|field| field.kind);
    kind.is_some_and(|kind| !matches!(kind, Kind::Type | Kind::Count | Kind::Reserved))
}

/// The field of the previous message.
fn keep(fields: &mut Fields, context: &Context<'_>, before: Option<&Fields>) {
    let Some(field) = context.location.field() else { return };
    if let Some(kept) = before.and_then(|before| before.get(&field.name)) {
        fields.insert(field.name.clone(), kept.clone());
    }
}

/// The entries of the previous message, then the entries of this one.
fn add(fields: &mut Fields, context: &Context<'_>, before: Option<&Fields>) {
    let Some(field) = context.location.field() else { return };
    let list = fields.get_mut(&field.name).and_then(Json::as_array_mut);
    let before = before.and_then(|before| before.get(&field.name)).and_then(Json::as_array);
    if let (Some(list), Some(before)) = (list, before) {
        list.splice(..0, before.iter().cloned());
    }
}
