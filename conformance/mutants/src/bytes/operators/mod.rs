//! The operators: each one way to be wrong, applied wherever it can be.
//!
//! | file | story |
//! |---|---|
//! | `position` | a field lies elsewhere, or has another size |
//! | `integer` | an integer is read or written as another one |
//! | `conversion` | an encoder takes what is no such integer |
//! | `timestamp`, `nan`, `timestamp_json` | the bits of a double do not survive |
//! | `hash` | a hash is taken for something else |
//! | `hash_reading`, `hash_writing` | what is no hash is read or written as one |
//! | `flag`, `reserved` | the two bytes that hold less than a byte |
//! | `count`, `limit` | how many entries there are, and how many there may be |
//! | `entries` | the list of entries |
//! | `length` | the datagram is longer or shorter than its message |
//! | `constant`, `name` | type bytes and revisions, names |
//! | `range` | two fields in order |
//! | `memory` | something is left over from the message before |

mod constant;
mod conversion;
mod count;
mod entries;
mod flag;
mod hash;
mod hash_reading;
mod hash_writing;
mod integer;
mod length;
mod limit;
mod memory;
mod name;
mod nan;
mod position;
mod range;
mod reserved;
mod timestamp;
mod timestamp_json;

use std::sync::Arc;

use rollwire_model::Layout;

use super::{Mutant, Side, breaks::Breaks, change::Change, place::Place};

const EACH: &[Side] = &[Side::Decoder, Side::Encoder, Side::Both];
const DECODER: &[Side] = &[Side::Decoder];
const ENCODER: &[Side] = &[Side::Encoder];

/// One way to be wrong.
#[derive(Debug)]
pub struct Operator {
    /// A slug: what is done, in a few words.
    pub name: &'static str,
    /// A sentence without a period; `{it}` stands for the place, `{reads}` for what the side does.
    pub fault: &'static str,
    at: At,
    sides: &'static [Side],
    breaks: Breaks,
    changes: &'static [Change],
}

/// Where an operator is applied.
#[derive(Clone, Copy, Debug)]
enum At {
    /// At every message and field for which this holds.
    Places(fn(&Place) -> bool),
    /// Once, before it is known which message it is.
    Once,
}

impl Operator {
    /// The mutant that this operator makes; none where it cannot be applied.
    fn mutant(&self, layout: &Layout, place: Option<&Arc<Place>>, side: Side) -> Option<Mutant> {
        let rule = self.breaks.rule(place.map(|place| &**place), side)?;
        let slug = place.map_or_else(|| "wire".to_owned(), |place| place.slug());
        let words = place.map_or_else(String::new, |place| place.words());
        let mut mutant = Mutant {
            name: format!("{slug}/{}/{side}", self.name),
            operator: self.name,
            rule,
            fault: self.fault.replace("{reads}", side.verb()).replace("{it}", &words),
            side,
            place: place.cloned(),
            changes: self.changes,
            types: Vec::new(),
        };
        if let Some(place) = place {
            let name = &place.message().name;
            let mut edited = layout.clone();
            mutant.edit(&mut edited);
            let messages = [layout, &edited].into_iter().filter_map(|it| it.message(name));
            mutant.types = messages.map(|message| message.type_byte).collect();
        }
        Some(mutant)
    }
}

/// Every operator.
pub fn all() -> impl Iterator<Item = &'static Operator> {
    let files: [&'static [Operator]; 19] = [
        constant::OPERATORS,
        name::OPERATORS,
        length::OPERATORS,
        position::OPERATORS,
        integer::OPERATORS,
        conversion::OPERATORS,
        timestamp::OPERATORS,
        nan::OPERATORS,
        timestamp_json::OPERATORS,
        hash::OPERATORS,
        hash_reading::OPERATORS,
        hash_writing::OPERATORS,
        flag::OPERATORS,
        count::OPERATORS,
        limit::OPERATORS,
        reserved::OPERATORS,
        entries::OPERATORS,
        range::OPERATORS,
        memory::OPERATORS,
    ];
    files.into_iter().flatten()
}

/// Every mutant of every operator.
pub(super) fn apply(layout: &Layout) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for place in Place::all(layout).into_iter().map(Arc::new) {
        for operator in all() {
            if matches!(operator.at, At::Places(applies) if applies(&place)) {
                let made = |side: &Side| operator.mutant(layout, Some(&place), *side);
                mutants.extend(operator.sides.iter().filter_map(made));
            }
        }
    }
    for operator in all().filter(|operator| matches!(operator.at, At::Once)) {
        mutants
            .extend(operator.sides.iter().filter_map(|side| operator.mutant(layout, None, *side)));
    }
    mutants
}
