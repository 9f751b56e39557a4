//! The golden vectors: their format, what they cover, and how they are made.
//!
//! The cases of source `model` are made by [`generated`]; those of source `hand` and `recorded` live in
//! the files under `vectors/codec/` alone, and [`VectorSet::regenerated`] keeps them as they stand.

pub mod case;
mod coverage;
mod family;
mod generate;
mod large;
mod print;
mod set;

pub use self::{
    case::{Alternative, Case, CaseFile, CheckKind, Source},
    coverage::{RuleCoverage, coverage},
    generate::generated,
    large::large_cases,
    print::pretty,
    set::{SetError, VectorSet},
};
