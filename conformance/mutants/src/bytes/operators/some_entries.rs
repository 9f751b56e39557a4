//! Some of the entries are treated unlike the others: the first one, the last one, or those from some
//! place on.

use rollwire_model::Kind;
use serde_json::{Value as Json, json};

use super::operator::{AppliedAt, EACH, ENCODER, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Context, Mutation, greatest},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "only-first-checked",
        fault: "wraps the numbers of all entries after the first one of {it}",
        at: AppliedAt::Locations(is_entries),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| wrap(list.iter_mut().skip(1), context))],
    },
    Operator {
        name: "first-not-checked",
        fault: "wraps the numbers of the first one of {it}",
        at: AppliedAt::Locations(is_entries),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| wrap(list.iter_mut().take(1), context))],
    },
    Operator {
        name: "last-not-checked",
        fault: "wraps the numbers of the last one of {it} if there are several",
        at: AppliedAt::Locations(is_entries),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| {
            wrap(list.iter_mut().skip(1).next_back(), context);
        })],
    },
    Operator {
        name: "from-the-third-not-checked",
        fault: "wraps the numbers of {it} from the third one on",
        at: AppliedAt::Locations(is_entries),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| wrap(list.iter_mut().skip(2), context))],
    },
    Operator {
        name: "from-the-sixteenth-not-checked",
        fault: "wraps the numbers of {it} from the sixteenth one on",
        at: AppliedAt::Locations(may_be_many),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| wrap(list.iter_mut().skip(15), context))],
    },
    Operator {
        name: "beyond-a-byte-not-checked",
        fault: "wraps the numbers of {it} after the 256th one",
        at: AppliedAt::Locations(may_be_many),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| wrap(list.iter_mut().skip(256), context))],
    },
    Operator {
        name: "only-first-typed",
        fault: "writes 0 for what is not a number in all entries after the first one of {it}",
        at: AppliedAt::Locations(is_entries),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| zero(list.iter_mut().skip(1), context))],
    },
    Operator {
        name: "last-not-typed",
        fault: "writes 0 for what is not a number in the last one of {it} if there are several",
        at: AppliedAt::Locations(is_entries),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, context| {
            zero(list.iter_mut().skip(1).next_back(), context);
        })],
    },
    Operator {
        name: "later-null-is-zeros",
        fault: "writes an entry of zeros for null after the first one of {it}",
        at: AppliedAt::Locations(is_entries),
        sides: ENCODER,
        breaks: BrokenRule::Encoding,
        mutations: &[Mutation::List(|list, _| {
            list.iter_mut().skip(1).filter(|it| it.is_null()).for_each(|it| {
                *it = json!({"frame": 0, "action": 0});
            });
        })],
    },
    Operator {
        name: "later-frames-little-endian",
        fault: "{reads} the frame of all entries after the first one of {it} little-endian",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            each_number(list.iter_mut().skip(1), "frame", |it| it.swap_bytes() >> 32);
        })],
    },
    Operator {
        name: "later-actions-in-seven-bits",
        fault: "{reads} the action of all entries after the first one of {it} without its first bit",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            each_number(list.iter_mut().skip(1), "action", |it| it & 0x7f);
        })],
    },
    Operator {
        name: "first-frames-little-endian",
        fault: "{reads} the frame of the first one of {it} little-endian",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            each_number(list.iter_mut().take(1), "frame", |it| it.swap_bytes() >> 32);
        })],
    },
    Operator {
        name: "first-actions-in-seven-bits",
        fault: "{reads} the action of the first one of {it} without its first bit",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            each_number(list.iter_mut().take(1), "action", |it| it & 0x7f);
        })],
    },
    Operator {
        name: "last-frames-little-endian",
        fault: "{reads} the frame of the last one of {it} if there are several little-endian",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            each_number(list.iter_mut().skip(1).next_back(), "frame", |it| it.swap_bytes() >> 32);
        })],
    },
    Operator {
        name: "last-actions-in-seven-bits",
        fault: "{reads} the action of the last one of {it} if there are several without its first bit",
        at: AppliedAt::Locations(is_entries),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            each_number(list.iter_mut().skip(1).next_back(), "action", |it| it & 0x7f);
        })],
    },
    Operator {
        name: "sixteenth-in-seven-bits",
        fault: "{reads} the action of {it} from the sixteenth one on without its first bit",
        at: AppliedAt::Locations(may_be_many),
        sides: EACH,
        breaks: BrokenRule::Field,
        mutations: &[Mutation::List(|list, _| {
            each_number(list.iter_mut().skip(15), "action", |it| it & 0x7f);
        })],
    },
];

fn is_entries(location: &Location) -> bool {
    location.is(Kind::Entries)
}

/// A list that is longer than those of INPUT.
fn may_be_many(location: &Location) -> bool {
    let count = location.message().field_of(Kind::Count);
    let most = count.into_iter().flat_map(|count| &count.limits).map(|limit| limit.max).max();
    is_entries(location) && most.is_some_and(|most| most > 256)
}

/// Keeps the last bits of each number that its field cannot hold.
fn wrap<'a>(entries: impl IntoIterator<Item = &'a mut Json>, context: &Context<'_>) {
    for_each_part(entries, context, |json, greatest| {
        let number = json.as_i64()?;
        let wrapped = number.cast_unsigned() & greatest;
        (u64::try_from(number) != Ok(wrapped)).then(|| wrapped.into())
    });
}

/// Writes 0 for whatever is not a number.
fn zero<'a>(entries: impl IntoIterator<Item = &'a mut Json>, context: &Context<'_>) {
    for_each_part(entries, context, |json, _| (!json.is_number()).then(|| 0.into()));
}

/// Changes the parts of these entries. The change is told the greatest number of a part.
fn for_each_part<'a>(
    entries: impl IntoIterator<Item = &'a mut Json>,
    context: &Context<'_>,
    change: fn(&Json, u64) -> Option<Json>,
) {
    let Some(field) = context.location.field() else { return };
    for entry in entries {
        for part in &field.entry {
            if let Some(json) = entry.get_mut(&part.name)
                && let Some(changed) = change(json, greatest(part))
            {
                *json = changed;
            }
        }
    }
}

/// Changes a number of each of these entries, if it fits its field.
fn each_number<'a>(
    entries: impl IntoIterator<Item = &'a mut Json>,
    part: &str,
    change: fn(u64) -> u64,
) {
    for entry in entries {
        if let Some(json) = entry.get_mut(part)
            && let Some(number) = json.as_u64().filter(|it| *it <= u64::from(u32::MAX))
        {
            *json = change(number).into();
        }
    }
}
