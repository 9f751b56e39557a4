//! Wrong peers: the model's tables of rules with one rule replaced.
//!
//! A file for each chapter. As with wrong exchanges, many break their rule only in some situations.

mod catchup;
mod common;
mod episode;
mod episode_complete;
mod episode_end;
mod episode_phases;
mod episode_start;
mod episode_view;
mod focus;
mod live;
mod live_answers;
mod live_kept;
mod live_round_trips;
mod sync;
mod valid;
mod valid_answers;
mod valid_end;
mod valid_proof;

use rollwire_model::peer::Behaviour;

use crate::rule_table;

/// A peer with one rule replaced.
pub type Mutant = rule_table::Mutant<Behaviour>;

/// The rules for which no scenario fails only because of them, and why there cannot be one.
pub const INSEPARABLE: [(&str, &str); 0] = [];

/// Every wrong peer, in the order of the chapters.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    [
        common::MUTANTS,
        sync::MUTANTS,
        live::MUTANTS,
        live_answers::MUTANTS,
        live_round_trips::MUTANTS,
        live_kept::MUTANTS,
        valid::MUTANTS,
        valid_answers::MUTANTS,
        valid_proof::MUTANTS,
        valid_end::MUTANTS,
        episode::MUTANTS,
        episode_start::MUTANTS,
        episode_end::MUTANTS,
        episode_complete::MUTANTS,
        episode_phases::MUTANTS,
        catchup::MUTANTS,
        focus::MUTANTS,
    ]
    .concat()
}
