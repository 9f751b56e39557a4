//! `rollwire selftest`: runs the kit against implementations that are wrong on purpose.
//!
//! One file for each family. Each prints its results and returns whether the kit noticed every fault.
//! `surroundings` finds what a misbehaving adapter leaves behind.

mod adapters;
mod bytes;
mod diagnosis;
mod digest;
mod scenarios;
mod surroundings;

use std::io::Write;

use rollwire_conformance::{vectors::VectorSet, verdict::Exit};
use rollwire_model::vectors::{Case, DigestCase, Scenario, long_scenarios};

use crate::{
    args::{Part, Selftest},
    failure::Failure,
    terminal,
};

pub(crate) fn run(arguments: &Selftest) -> Result<Exit, Failure> {
    let vectors = VectorSet::builtin()?;
    let cases: Vec<Case> = vectors.bytes().cloned().collect();
    let scenarios: Vec<Scenario> = vectors.scenarios().cloned().chain(long_scenarios()).collect();
    let digests: Vec<DigestCase> = vectors.digests().cloned().collect();
    let mut out = terminal::stdout();
    let mut all_noticed = true;
    let parts =
        [Part::Bytes, Part::Exchange, Part::Peer, Part::Digest, Part::Diagnosis, Part::Adapters];
    for part in parts {
        if !arguments.parts.is_empty() && !arguments.parts.contains(&part) {
            continue;
        }
        all_noticed &= match part {
            Part::Bytes => bytes::run(arguments, &cases, &mut out)?,
            Part::Exchange => scenarios::run_exchanges(arguments, &scenarios, &mut out)?,
            Part::Peer => scenarios::run_peers(arguments, &scenarios, &mut out)?,
            Part::Digest => digest::run(arguments, &digests, &mut out)?,
            Part::Diagnosis => diagnosis::run_all(arguments, vectors, &mut out)?,
            Part::Adapters => adapters::run(arguments, &mut out)?,
        };
        // Shows these results while the next part runs.
        out.flush()?;
    }
    Ok(if all_noticed { Exit::Conforms } else { Exit::Failed })
}
