//! The golden vectors: their format, what they cover, and how they are generated.
//!
//! The cases of source `model` come from [`generated`]; those of source `hand` and `recorded` are
//! stored in the files under `vectors/` alone, and [`VectorSet::regenerated`] keeps them.

pub mod case;
mod coverage;
mod digest;
mod family;
mod generate;
mod large;
mod large_digests;
mod long;
mod long_scenarios;
mod print;
mod scenario;
mod scenes;
mod set;

pub use crate::check::CheckKind;

pub use self::{
    case::{Alternative, Case, CaseFile, Source},
    coverage::{RuleCoverage, coverage},
    digest::{DigestAlternative, DigestCase, DigestFile, DigestKind},
    generate::{exchange::generated_scenarios, generated, peer::generated_peer_scenarios},
    large::large_cases,
    large_digests::large_digests,
    long::LongValue,
    long_scenarios::long_scenarios,
    print::pretty,
    scenario::{Expectation, Precondition, Scenario, ScenarioFile, ScenarioKind, Step},
    set::{SetError, VectorSet},
};
