//! Two fields of which the first may not be greater.

use serde_json::Value as Json;

use super::operator::{AppliedAt, EACH, Operator};
use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutation::{Context, Fields, Mutation},
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "inverted-is-accepted",
        fault: "{reads} {it} even if it ends before it starts",
        at: AppliedAt::Locations(Location::is_message),
        sides: EACH,
        breaks: BrokenRule::Ordered,
        mutations: &[UNORDERED],
    },
    Operator {
        name: "inverted-is-turned-around",
        fault: "{reads} start and end of {it} in ascending order",
        at: AppliedAt::Locations(Location::is_message),
        sides: EACH,
        breaks: BrokenRule::Ordered,
        mutations: &[
            UNORDERED,
            Mutation::Fields(|fields, context| {
                if let Some((first, last)) =
                    range(fields, context).filter(|(first, last)| first > last)
                {
                    set(fields, context, last, first);
                }
            }),
        ],
    },
    Operator {
        name: "inverted-is-one-frame",
        fault: "{reads} an {it} that ends before it starts as one frame",
        at: AppliedAt::Locations(Location::is_message),
        sides: EACH,
        breaks: BrokenRule::Ordered,
        mutations: &[
            UNORDERED,
            Mutation::Fields(|fields, context| {
                if let Some((first, _)) =
                    range(fields, context).filter(|(first, last)| first > last)
                {
                    set(fields, context, first, first);
                }
            }),
        ],
    },
    Operator {
        name: "one-frame-is-refused",
        fault: "refuses an {it} that starts where it ends",
        at: AppliedAt::Locations(Location::is_message),
        sides: EACH,
        breaks: BrokenRule::Ordered,
        mutations: &[Mutation::RefusesFields(|fields, context| {
            range(fields, context).is_some_and(|(first, last)| first == last)
        })],
    },
    Operator {
        name: "across-the-middle-is-refused",
        fault: "compares start and end of {it} as signed numbers",
        at: AppliedAt::Locations(Location::is_message),
        sides: EACH,
        breaks: BrokenRule::Ordered,
        mutations: &[
            UNORDERED,
            Mutation::RefusesFields(|fields, context| {
                range(fields, context).is_some_and(|it| signed(it.0) > signed(it.1))
            }),
        ],
    },
    Operator {
        name: "inverted-by-1-is-accepted",
        fault: "{reads} an {it} that ends one frame before it starts, as an empty one",
        at: AppliedAt::Locations(Location::is_message),
        sides: EACH,
        breaks: BrokenRule::Ordered,
        mutations: &[
            UNORDERED,
            Mutation::RefusesFields(|fields, context| {
                range(fields, context).is_some_and(|(first, last)| first > last + 1)
            }),
        ],
    },
];

/// The order is not checked.
const UNORDERED: Mutation = Mutation::Message(|message, _| message.ordered = None);

fn range(fields: &Fields, context: &Context<'_>) -> Option<(u64, u64)> {
    let ordered = context.location.message().ordered.as_ref()?;
    let number = |name: &String| fields.get(name).and_then(Json::as_u64);
    Some((number(&ordered.first)?, number(&ordered.last)?))
}

fn set(fields: &mut Fields, context: &Context<'_>, first: u64, last: u64) {
    if let Some(ordered) = &context.location.message().ordered {
        fields.insert(ordered.first.clone(), first.into());
        fields.insert(ordered.last.clone(), last.into());
    }
}

/// The number that the last four bytes are, read as signed.
fn signed(number: u64) -> i32 {
    let [.., a, b, c, d] = number.to_be_bytes();
    i32::from_be_bytes([a, b, c, d])
}
