//! Wrong peers: the model's tables of rules with one rule replaced.
//!
//! A file for each chapter. As with wrong exchanges, many break their rule only in some situations.

mod catchup;
mod common;
mod episode;
mod focus;
mod live;
mod mutant;
mod sync;
mod valid;
mod view;

pub use self::mutant::Mutant;

/// The rules for which no scenario fails only because of them, and why there cannot be one.
pub const INSEPARABLE: [(&str, &str); 0] = [];

/// Every wrong peer, in the order of the chapters.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    [
        common::MUTANTS,
        sync::acting::MUTANTS,
        sync::sending::MUTANTS,
        sync::receiving::MUTANTS,
        sync::confirming::MUTANTS,
        live::pings::MUTANTS,
        live::answers::MUTANTS,
        live::round_trips::MUTANTS,
        live::kept::MUTANTS,
        valid::pings::MUTANTS,
        valid::answers::MUTANTS,
        valid::proof::MUTANTS,
        valid::end::MUTANTS,
        episode::begin::MUTANTS,
        episode::start::MUTANTS,
        episode::end::MUTANTS,
        episode::complete::MUTANTS,
        episode::answers::MUTANTS,
        episode::phases::MUTANTS,
        catchup::asking::MUTANTS,
        catchup::ending::MUTANTS,
        catchup::answering::MUTANTS,
        catchup::telling::MUTANTS,
        focus::MUTANTS,
    ]
    .concat()
}
