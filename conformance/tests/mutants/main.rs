//! Implementations that are wrong on purpose: all of them are caught, and a real run agrees.
//!
//! What is particular to wrong exchanges is in `tests/exchange/matrix.rs`.

#[path = "../command/mod.rs"]
mod command;

mod adapter;
mod bytes;
mod process;

use std::sync::LazyLock;

use rollwire_conformance::{
    mutants::bytes::{Matrix, mutants},
    vectors::VectorSet,
};

static VECTORS: LazyLock<VectorSet> = LazyLock::new(|| VectorSet::builtin().unwrap());

static MATRIX: LazyLock<Matrix> = LazyLock::new(|| Matrix::new(mutants(), &VECTORS.cases));
