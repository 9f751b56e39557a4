//! The operators: each is one way to be wrong, and is applied at every location where it can be.
//!
//! | file | story |
//! |---|---|
//! | `position` | a field has another offset or size |
//! | `integer` | an integer is read or written as another one |
//! | `conversion` | an encoder accepts a value that is not such an integer |
//! | `timestamp`, `nan`, `timestamp_json` | the bits of a double change |
//! | `hash` | a hash is treated as something else |
//! | `hash_reading`, `hash_writing` | a value that is not a hash is read or written as one |
//! | `hash_characters` | blanks, signs and digits of other scripts, at one place and not at another |
//! | `flag`, `reserved` | the two bytes of which not all bits are used |
//! | `count`, `limit` | how many entries there are, and how many there may be |
//! | `entries`, `some_entries` | the list of entries, and entries that are treated unlike the others |
//! | `length` | the datagram is longer or shorter than its message |
//! | `constant`, `name` | type bytes and revisions, names |
//! | `range` | two fields in order |
//! | `memory` | data of the previous message is left over |

mod constant;
mod conversion;
mod count;
mod entries;
mod flag;
mod hash;
mod hash_characters;
mod hash_reading;
mod hash_writing;
mod integer;
mod length;
mod limit;
mod memory;
mod name;
mod nan;
mod operator;
mod position;
mod range;
mod reserved;
mod some_entries;
mod timestamp;
mod timestamp_json;

use std::sync::Arc;

use rollwire_model::Layout;

use self::operator::AppliedAt;
use super::{
    location::Location,
    mutant::{Mutant, Side},
};

pub use self::operator::Operator;

/// Every operator.
pub fn all() -> impl Iterator<Item = &'static Operator> {
    let files: [&'static [Operator]; 21] = [
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
        hash_characters::OPERATORS,
        flag::OPERATORS,
        count::OPERATORS,
        limit::OPERATORS,
        reserved::OPERATORS,
        entries::OPERATORS,
        some_entries::OPERATORS,
        range::OPERATORS,
        memory::OPERATORS,
    ];
    files.into_iter().flatten()
}

/// Every mutant of every operator.
pub(super) fn apply(layout: &Layout) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for location in Location::all(layout).into_iter().map(Arc::new) {
        for operator in all() {
            if matches!(operator.at, AppliedAt::Locations(applies) if applies(&location)) {
                let made = |side: &Side| operator.mutant(layout, Some(&location), *side);
                mutants.extend(operator.sides.iter().filter_map(made));
            }
        }
    }
    for operator in all().filter(|operator| matches!(operator.at, AppliedAt::Once)) {
        mutants
            .extend(operator.sides.iter().filter_map(|side| operator.mutant(layout, None, *side)));
    }
    for mutant in &mut mutants {
        mutant.remembers = memory::OPERATORS.iter().any(|it| it.name == mutant.operator)
            || mutant.operator == reserved::WRITTEN_WHAT_WAS_READ;
    }
    mutants
}
