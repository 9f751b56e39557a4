//! The implementations of this repository against each other.

use crate::support::{NODE, Outcome, PYTHON, Test, adapters, ensure, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![trial("every_pair_gets_along", &[&NODE, &PYTHON], every_pair_gets_along)]
}

fn every_pair_gets_along() -> Outcome {
    let adapter = |name: &str, program: &str, file: &str| {
        format!("{name}={program} '{}'", adapters().join(file).display())
    };
    let javascript = adapter("javascript", "node", "javascript/adapter.mjs");
    let python = adapter("python", "python3", "python/adapter.py");
    let peers = ["--builtin", "--peer", &javascript, "--peer", &python, "--games", "2"];
    let finished = run(&mut rollwire(&[&["interop"], &peers[..]].concat()))?.exits(0)?;
    let end = "128 games of 16 pairs, all as they must be\n";
    ensure(finished.stdout.ends_with(end), || finished.stdout.clone())
}
