//! Wrong exchanges whose hashes last: the rules of this variant with one rule replaced.
//!
//! They are compared with an exchange that sends each hash twice: what becomes of a second send shows
//! only there.

mod detection;
mod mutant;
mod queue;

pub use self::mutant::{Lasting, Mutant};

/// The rules for which no scenario fails only because of them, and why there cannot be one.
pub const INSEPARABLE: [(&str, &str); 2] = [
    (
        "DETECT-17",
        "what is verified follows from a comparison, and what that leaves in the map (DETECT-16) shows too",
    ),
    (
        "DETECT-18",
        "an event follows from a comparison, and what that leaves in the map (DETECT-16) shows too",
    ),
];

/// Every wrong exchange whose hashes last, in the order of the rules.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    [queue::MUTANTS, detection::MUTANTS].concat()
}
