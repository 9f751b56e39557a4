//! The list of entries comes out differently, or its entries change what is beside them.

use rollwire_model::Kind;
use serde_json::{Value as Json, json};

use super::{At, EACH, Operator};
use crate::bytes::{
    breaks::Breaks,
    change::{Change, Fields, Here},
    place::Place,
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "first-dropped",
        fault: "{reads} {it} without the first one",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| drop(list.drain(..list.len().min(1))))],
    },
    Operator {
        name: "last-dropped",
        fault: "{reads} {it} without the last one",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.truncate(list.len().saturating_sub(1)))],
    },
    Operator {
        name: "last-of-several-dropped",
        fault: "{reads} {it} without the last one, where there are several",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.truncate(list.len().saturating_sub(1).max(1)))],
    },
    Operator {
        name: "first-only",
        fault: "{reads} only the first one of {it}",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.truncate(1))],
    },
    Operator {
        name: "last-only",
        fault: "{reads} only the last one of {it}",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| drop(list.drain(..list.len().saturating_sub(1))))],
    },
    Operator {
        name: "last-doubled",
        fault: "{reads} the last one of {it} twice",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.extend(list.last().cloned()))],
    },
    Operator {
        name: "reversed",
        fault: "{reads} {it} in reverse order",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.reverse())],
    },
    Operator {
        name: "rotated",
        fault: "{reads} the first one of {it} last",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| {
            let count = list.len().min(1);
            list.rotate_left(count);
        })],
    },
    Operator {
        name: "sorted",
        fault: "{reads} {it} by ascending frame",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.sort_by_key(frame))],
    },
    Operator {
        name: "sorted-descending",
        fault: "{reads} {it} by descending frame",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.sort_by_key(|it| std::cmp::Reverse(frame(it))))],
    },
    Operator {
        name: "repeats-removed",
        fault: "{reads} {it} without repeats",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.dedup())],
    },
    Operator {
        name: "first-of-a-frame",
        fault: "{reads} only the first one of {it} for each frame",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.dedup_by_key(|it| frame(it)))],
    },
    Operator {
        name: "last-of-a-frame",
        fault: "{reads} only the last one of {it} for each frame",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| {
            list.reverse();
            list.dedup_by_key(|it| frame(it));
            list.reverse();
        })],
    },
    Operator {
        name: "frames-count-on",
        fault: "{reads} {it} as if each frame were one more than the one before",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| count_on(list))],
    },
    Operator {
        name: "nothing-pressed-dropped",
        fault: "{reads} {it} without those whose action is 0",
        at: At::Places(is_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::List(|list, _| list.retain(|it| it["action"] != json!(0)))],
    },
    Operator {
        name: "newer-than-the-frame-dropped",
        fault: "{reads} {it} without those after the frame of the message",
        at: At::Places(has_a_frame_before_its_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Fields(|fields, here| {
            let now =
                name_of_the_frame(here.place).and_then(|it| fields.get(it)).and_then(Json::as_u64);
            let entries = here.place.field().and_then(|it| fields.get_mut(&it.name));
            if let (Some(now), Some(list)) = (now, entries.and_then(Json::as_array_mut)) {
                list.retain(|it| frame(it).is_none_or(|it| it <= now));
            }
        })],
    },
    Operator {
        name: "from-the-entries",
        fault: "{reads} {it} as the frame of the last entry",
        at: At::Places(is_a_frame_before_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::Fields(|fields, here| {
            let last = entries(fields, here).and_then(|list| list.last()).and_then(frame);
            if let (Some(field), Some(last)) = (here.place.field(), last) {
                fields.insert(field.name.clone(), last.into());
            }
        })],
    },
    Operator {
        name: "not-before-the-entries",
        fault: "refuses entries after {it}",
        at: At::Places(is_a_frame_before_entries),
        sides: EACH,
        breaks: Breaks::Field,
        changes: &[Change::RefusesFields(|fields, here| {
            let now = here.place.field().and_then(|it| fields.get(&it.name)).and_then(Json::as_u64);
            let mut entries = entries(fields, here).into_iter().flatten();
            now.is_some_and(|now| entries.any(|it| frame(it).is_some_and(|it| it > now)))
        })],
    },
];

fn is_entries(place: &Place) -> bool {
    place.is(Kind::Entries)
}

fn frame(entry: &Json) -> Option<u64> {
    entry.get("frame").and_then(Json::as_u64)
}

fn count_on(list: &mut [Json]) {
    let Some(first) = list.first().and_then(frame) else { return };
    for (number, entry) in (first..).zip(list) {
        if let Some(frame) = entry.get_mut("frame") {
            *frame = (number & u64::from(u32::MAX)).into();
        }
    }
}

/// The name of the field of the message that is as wide as an entry's frame, where there is one.
fn name_of_the_frame(place: &Place) -> Option<&str> {
    let width = place.message().field_of(Kind::Entries)?.entry.first()?.size;
    let fields = place.message().fields.iter();
    let mut wide = fields.filter(|it| it.kind == Kind::Uint && it.size == width);
    wide.next().map(|field| &*field.name)
}

fn has_a_frame_before_its_entries(place: &Place) -> bool {
    is_entries(place) && name_of_the_frame(place).is_some()
}

fn is_a_frame_before_entries(place: &Place) -> bool {
    let name = place.field().filter(|_| !place.is_part()).map(|field| &*field.name);
    name.is_some() && name == name_of_the_frame(place)
}

fn entries<'a>(fields: &'a Fields, here: &Here<'_>) -> Option<&'a Vec<Json>> {
    let name = &here.place.message().field_of(Kind::Entries)?.name;
    fields.get(name)?.as_array()
}
