//! Two fields of which the first may not be greater.

use serde_json::Value as Json;

use super::{At, EACH, Operator};
use crate::bytes::{
    breaks::Breaks,
    change::{Change, Fields, Here},
    place::Place,
};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "inverted-is-accepted",
        fault: "{reads} {it} also where it ends before it starts",
        at: At::Places(Place::is_message),
        sides: EACH,
        breaks: Breaks::Ordered,
        changes: &[UNORDERED],
    },
    Operator {
        name: "inverted-is-turned-around",
        fault: "{reads} start and end of {it} in ascending order",
        at: At::Places(Place::is_message),
        sides: EACH,
        breaks: Breaks::Ordered,
        changes: &[
            UNORDERED,
            Change::Fields(|fields, here| {
                if let Some((first, last)) =
                    range(fields, here).filter(|(first, last)| first > last)
                {
                    set(fields, here, last, first);
                }
            }),
        ],
    },
    Operator {
        name: "inverted-is-one-frame",
        fault: "{reads} an {it} that ends before it starts as one frame",
        at: At::Places(Place::is_message),
        sides: EACH,
        breaks: Breaks::Ordered,
        changes: &[
            UNORDERED,
            Change::Fields(|fields, here| {
                if let Some((first, _)) = range(fields, here).filter(|(first, last)| first > last) {
                    set(fields, here, first, first);
                }
            }),
        ],
    },
    Operator {
        name: "one-frame-is-refused",
        fault: "refuses an {it} that starts where it ends",
        at: At::Places(Place::is_message),
        sides: EACH,
        breaks: Breaks::Ordered,
        changes: &[Change::RefusesFields(|fields, here| {
            range(fields, here).is_some_and(|(first, last)| first == last)
        })],
    },
    Operator {
        name: "across-the-middle-is-refused",
        fault: "compares start and end of {it} as signed numbers",
        at: At::Places(Place::is_message),
        sides: EACH,
        breaks: Breaks::Ordered,
        changes: &[
            UNORDERED,
            Change::RefusesFields(|fields, here| {
                range(fields, here).is_some_and(|it| signed(it.0) > signed(it.1))
            }),
        ],
    },
    Operator {
        name: "inverted-by-1-is-accepted",
        fault: "{reads} an {it} that ends just before it starts, as one of no frame",
        at: At::Places(Place::is_message),
        sides: EACH,
        breaks: Breaks::Ordered,
        changes: &[
            UNORDERED,
            Change::RefusesFields(|fields, here| {
                range(fields, here).is_some_and(|(first, last)| first > last + 1)
            }),
        ],
    },
];

/// Nobody looks at the order.
const UNORDERED: Change = Change::Message(|message, _| message.ordered = None);

fn range(fields: &Fields, here: &Here<'_>) -> Option<(u64, u64)> {
    let ordered = here.place.message().ordered.as_ref()?;
    let number = |name: &String| fields.get(name).and_then(Json::as_u64);
    Some((number(&ordered.first)?, number(&ordered.last)?))
}

fn set(fields: &mut Fields, here: &Here<'_>, first: u64, last: u64) {
    if let Some(ordered) = &here.place.message().ordered {
        fields.insert(ordered.first.clone(), first.into());
        fields.insert(ordered.last.clone(), last.into());
    }
}

/// The number that the last four bytes are, read as signed.
fn signed(number: u64) -> i32 {
    let [.., a, b, c, d] = number.to_be_bytes();
    i32::from_be_bytes([a, b, c, d])
}
