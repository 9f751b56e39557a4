//! The implementations of this repository against each other.

use crate::support::{NODE, Outcome, PYTHON, Test, adapters, ensure, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("every_pair_gets_along", &[&NODE, &PYTHON], every_pair_gets_along),
        trial("the_document_shows_what_deployed_peers_break", &[&NODE], deployed_peers),
    ]
}

fn every_pair_gets_along() -> Outcome {
    let adapter = |name: &str, program: &str, file: &str| {
        format!("{name}={program} '{}'", adapters().join(file).display())
    };
    let javascript = adapter("javascript", "node", "javascript/adapter.mjs");
    let python = adapter("python", "python3", "python/adapter.py");
    let peers = [
        "--builtin",
        "--peer",
        &javascript,
        "--peer",
        &python,
        "--games",
        "2",
        "--deadline",
        "30m",
    ];
    let finished = run(&mut rollwire(&[&["interop"], &peers[..]].concat()))?.exits(0)?;
    let end = "128 games of 16 pairs, all as they must be\n";
    ensure(finished.stdout.ends_with(end), || finished.stdout.clone())
}

/// The matrix of the stand-in, as the document shows it.
fn deployed_peers() -> Outcome {
    let stand_in = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/browser/adapter.mjs");
    let peer = format!("deployed=node '{stand_in}'");
    let arguments =
        ["interop", "--peer", &peer, "--games", "20", "--deadline", "30m", "--format", "markdown"];
    let matrix = run(&mut rollwire(&arguments))?.exits(1)?.stdout;
    let document = include_str!("../../../interop/README.md");
    let is_shown = |line: &&str| line.starts_with('|') || line.contains(" with ");
    let missing = matrix.lines().filter(is_shown).find(|line| !document.contains(*line));
    ensure(missing.is_none(), || format!("{missing:?} of\n{matrix}"))
}
