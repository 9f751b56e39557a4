//! Something is left over from the message before, of the same type.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::{At, DECODER, ENCODER, Operator};
use crate::bytes::{
    breaks::Breaks,
    change::{Change, Fields, Here},
    place::Place,
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "left-over-when-read",
        fault: "reads {it} as it was in the message before",
        at: At::Places(is_held),
        sides: DECODER,
        breaks: Breaks::Field,
        changes: &[Change::Fields(|fields, here| keep(fields, here, here.before.read.as_ref()))],
    },
    Operator {
        name: "left-over-when-written",
        fault: "writes {it} as it was in the message before",
        at: At::Places(is_held),
        sides: ENCODER,
        breaks: Breaks::Field,
        changes: &[Change::Fields(|fields, here| keep(fields, here, here.before.given.as_ref()))],
    },
    Operator {
        name: "added-to-those-read",
        fault: "reads {it} behind those of the message before",
        at: At::Places(|it| it.is(Kind::Entries)),
        sides: DECODER,
        breaks: Breaks::Field,
        changes: &[Change::Fields(|fields, here| add(fields, here, here.before.read.as_ref()))],
    },
    Operator {
        name: "added-to-those-written",
        fault: "writes {it} behind those of the message before",
        at: At::Places(|it| it.is(Kind::Entries)),
        sides: ENCODER,
        breaks: Breaks::Field,
        changes: &[Change::Fields(|fields, here| add(fields, here, here.before.given.as_ref()))],
    },
    Operator {
        name: "buffer-not-cut",
        fault: "writes {it} over a longer one, and sends the whole buffer",
        at: At::Places(|it| it.is_message() && it.message().field_of(Kind::Entries).is_some()),
        sides: ENCODER,
        breaks: Breaks::Length,
        changes: &[Change::Datagram(|datagram, here| {
            let rest = here.before.written.get(datagram.len()..);
            datagram.extend_from_slice(rest.unwrap_or_default());
        })],
    },
    Operator {
        name: "last-instead-of-refusal",
        fault: "gives the {it} before again, where it has to refuse one",
        at: At::Places(Place::is_message),
        sides: DECODER,
        breaks: Breaks::Length,
        changes: &[Change::InsteadOfRefusal(|here| here.before.read.clone())],
    },
];

/// Whether the value holds something at this place.
fn is_held(place: &Place) -> bool {
    let kind = place.field().filter(|_| !place.is_part()).map(|field| field.kind);
    kind.is_some_and(|kind| !matches!(kind, Kind::Type | Kind::Count | Kind::Reserved))
}

/// The field as it was before.
fn keep(fields: &mut Fields, here: &Here<'_>, before: Option<&Fields>) {
    let Some(field) = here.place.field() else { return };
    if let Some(kept) = before.and_then(|before| before.get(&field.name)) {
        fields.insert(field.name.clone(), kept.clone());
    }
}

/// The entries before, then those that are there.
fn add(fields: &mut Fields, here: &Here<'_>, before: Option<&Fields>) {
    let Some(field) = here.place.field() else { return };
    let list = fields.get_mut(&field.name).and_then(Json::as_array_mut);
    let before = before.and_then(|before| before.get(&field.name)).and_then(Json::as_array);
    if let (Some(list), Some(before)) = (list, before) {
        list.splice(..0, before.iter().cloned());
    }
}
