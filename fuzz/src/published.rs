//! The published vectors, as seeds and targets need them.

use std::borrow::Cow;

use rollwire_conformance::vectors::VectorSet;
use rollwire_model::{
    Grade, Model, Outcome, Value,
    exchange::Stimulus,
    vectors::{Case, CheckKind},
};

/// The published set.
pub(crate) fn set() -> &'static VectorSet {
    VectorSet::builtin().expect("the published set is complete")
}

/// The cases about bytes that apply to this revision.
fn cases(model: &Model) -> impl Iterator<Item = &'static Case> {
    let revision = model.revision();
    set().bytes().filter(move |case| case.applies_to(revision))
}

/// The value of every case that has one.
pub(crate) fn values(model: &Model) -> impl Iterator<Item = Value> {
    cases(model).filter_map(|case| case.whole_value().map(Cow::into_owned))
}

/// The graded outcomes of every check about bytes.
pub(crate) fn outcomes(model: &Model) -> impl Iterator<Item = Vec<(Grade, Outcome)>> {
    cases(model)
        .flat_map(|case| case.checks.iter().map(move |kind: &CheckKind| case.outcomes(*kind)))
}

/// The stimuli of every scenario.
pub(crate) fn scenarios() -> impl Iterator<Item = Vec<Stimulus>> {
    set().scenarios().map(|scenario| scenario.stimuli().cloned().collect())
}
