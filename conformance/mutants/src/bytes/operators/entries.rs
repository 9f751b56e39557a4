//! The list of entries is changed, or its entries change other fields.

use rollwire_model::Kind;
use serde_json::{Value as Json, json};

use super::operator::{AppliedAt, EACH, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Context, Fields, Mutation},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "first-dropped",
        fault: "{reads} {it} without the first one",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| drop(list.drain(..list.len().min(1))))],
    },
    Operator {
        name: "last-dropped",
        fault: "{reads} {it} without the last one",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.truncate(list.len().saturating_sub(1)))],
    },
    Operator {
        name: "last-of-several-dropped",
        fault: "{reads} {it} without the last one if there are several",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.truncate(list.len().saturating_sub(1).max(1)))],
    },
    Operator {
        name: "first-only",
        fault: "{reads} only the first one of {it}",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.truncate(1))],
    },
    Operator {
        name: "last-only",
        fault: "{reads} only the last one of {it}",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| drop(list.drain(..list.len().saturating_sub(1))))],
    },
    Operator {
        name: "last-doubled",
        fault: "{reads} the last one of {it} twice",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.extend(list.last().cloned()))],
    },
    Operator {
        name: "reversed",
        fault: "{reads} {it} in reverse order",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.reverse())],
    },
    Operator {
        name: "rotated",
        fault: "{reads} the first one of {it} last",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            let count = list.len().min(1);
            list.rotate_left(count);
        })],
    },
    Operator {
        name: "sorted",
        fault: "{reads} {it} by ascending frame",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.sort_by_key(frame))],
    },
    Operator {
        name: "sorted-descending",
        fault: "{reads} {it} by descending frame",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.sort_by_key(|it| std::cmp::Reverse(frame(it))))],
    },
    Operator {
        name: "repeats-removed",
        fault: "{reads} {it} without repeats",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.dedup())],
    },
    Operator {
        name: "first-of-a-frame",
        fault: "{reads} only the first one of {it} for each frame",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.dedup_by_key(|it| frame(it)))],
    },
    Operator {
        name: "last-of-a-frame",
        fault: "{reads} only the last one of {it} for each frame",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            list.reverse();
            list.dedup_by_key(|it| frame(it));
            list.reverse();
        })],
    },
    Operator {
        name: "frames-count-on",
        fault: "{reads} {it} as if each frame were one more than the previous one",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| count_on(list))],
    },
    Operator {
        name: "nothing-pressed-dropped",
        fault: "{reads} {it} without those whose action is 0",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| list.retain(|it| it["action"] != json!(0)))],
    },
    Operator {
        name: "newer-than-the-frame-dropped",
        fault: "{reads} {it} without those after the frame of the message",
        at: AppliedAt::Locations(has_a_frame_before_its_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Fields(|fields, context| {
            let now = name_of_the_frame(context.location)
                .and_then(|it| fields.get(it))
                .and_then(Json::as_u64);
            let entries = context.location.field().and_then(|it| fields.get_mut(&it.name));
            if let (Some(now), Some(list)) = (now, entries.and_then(Json::as_array_mut)) {
                list.retain(|it| frame(it).is_none_or(|it| it <= now));
            }
        })],
    },
    Operator {
        name: "from-the-entries",
        fault: "{reads} {it} as the frame of the last entry",
        at: AppliedAt::Locations(is_a_frame_before_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::Fields(|fields, context| {
            let last = entries(fields, context).and_then(|list| list.last()).and_then(frame);
            if let (Some(field), Some(last)) = (context.location.field(), last) {
                fields.insert(field.name.clone(), last.into());
            }
        })],
    },
    Operator {
        name: "not-before-the-entries",
        fault: "refuses entries after {it}",
        at: AppliedAt::Locations(is_a_frame_before_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::RefusesFields(|fields, context| {
            let now =
                context.location.field().and_then(|it| fields.get(&it.name)).and_then(Json::as_u64);
            let mut entries = entries(fields, context).into_iter().flatten();
            now.is_some_and(|now| entries.any(|it| frame(it).is_some_and(|it| it > now)))
        })],
    },
];

fn is_entries(location: &Location) -> bool {
    location.is(Kind::Entries)
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

/// The name of the field of the message that is as wide as an entry's frame, if there is one.
fn name_of_the_frame(location: &Location) -> Option<&str> {
    let width = location.message().field_of(Kind::Entries)?.entry.first()?.size;
    let fields = location.message().fields.iter();
    let mut wide = fields.filter(|it| it.kind == Kind::Uint && it.size == width);
    wide.next().map(|field| &*field.name)
}

fn has_a_frame_before_its_entries(location: &Location) -> bool {
    is_entries(location) && name_of_the_frame(location).is_some()
}

fn is_a_frame_before_entries(location: &Location) -> bool {
    let name = location.field().filter(|_| !location.is_part()).map(|field| &*field.name);
    name.is_some() && name == name_of_the_frame(location)
}

fn entries<'a>(fields: &'a Fields, context: &Context<'_>) -> Option<&'a Vec<Json>> {
    let name = &context.location.message().field_of(Kind::Entries)?.name;
    fields.get(name)?.as_array()
}
