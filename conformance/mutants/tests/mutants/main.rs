//! Implementations that are wrong on purpose: each is caught, by a case about the rule that it breaks.

mod adapter;
mod bytes;
mod diagnosis;
mod digest;
mod exchange_matrix;
mod exchange_random;
mod fuzz;
mod headline;
mod lasting_matrix;
mod matrices;
mod peer_matrix;
mod peer_random;
mod unknown_faults;
mod written;

use std::sync::LazyLock;

use rollwire_conformance::vectors::VectorSet;
use rollwire_model::vectors::{Case, Scenario, long_scenarios};
use rollwire_mutants::bytes::{Matrix, mutants};

/// The published cases about bytes.
static CASES: LazyLock<Vec<Case>> =
    LazyLock::new(|| VectorSet::builtin().unwrap().bytes().cloned().collect());

/// The published scenarios of exchanges, and those that are too long to be stored.
static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let builtin = VectorSet::builtin().unwrap();
    let is_asked = |it: &&Scenario| it.peer.is_none() && !it.lasts();
    let of_exchanges = builtin.scenarios().filter(is_asked);
    of_exchanges.cloned().chain(long_scenarios()).collect()
});

/// The published scenarios of exchanges whose hashes last.
static LASTING_SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let builtin = VectorSet::builtin().unwrap();
    builtin.scenarios().filter(|scenario| scenario.lasts()).cloned().collect()
});

/// The published scenarios of peers.
static PEER_SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let builtin = VectorSet::builtin().unwrap();
    builtin.scenarios().filter(|scenario| scenario.peer.is_some()).cloned().collect()
});

static MATRIX: LazyLock<Matrix> = LazyLock::new(|| Matrix::new(mutants(), &CASES));
