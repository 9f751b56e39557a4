//! Wrong digests: `rollwire fuzz` finds each of them and shrinks the state that shows it to a few
//! characters.

use rollwire_conformance::vectors::VectorSet;

use super::fuzz;
use crate::support::{Outcome, Test, ensure, rollwire, run, trial};

/// The cases within which each of them is found; few of the cases are digests.
const CASES: &str = "5000";

/// Mutants of the digest, and a state that shows each: what is found is no longer.
static SHORTEST: [(&str, &str); 14] = [
    ("drops-null", "[1e800]"),
    ("escapes-slashes", r#"["\/"]"#),
    ("exponent-of-one-digit", "[9e-7]"),
    ("first-duplicate-wins", r#"{"":9,"":0}"#),
    ("half-up", "[0.00048828125]"),
    ("integers-through-doubles", "[20000000000000050]"),
    ("negative-zero-kept", "[-0]"),
    ("numeric-keys-first", r#"{"":0,"0":0}"#),
    ("objects-only", "[]"),
    ("raw-utf-8", r#"{"\u00E9":0}"#),
    ("sorts-arrays", r#"[0,""]"#),
    ("unsorted", r#"{"a":0,"":0}"#),
    ("utf-16-key-order", r#"{"\ud83d\ude00":"","｡":""}"#),
    ("zero-with-a-point", "[0]"),
];

pub(super) fn trials() -> impl Iterator<Item = Test> {
    SHORTEST.iter().map(|(mutant, state)| {
        trial(format!("wrong_digest::{mutant}"), &[], || is_found_and_shrunk(mutant, state))
    })
}

fn is_found_and_shrunk(mutant: &str, shortest: &str) -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("found.json");
    let path = file.display().to_string();
    let adapter = [env!("CARGO_BIN_EXE_rollwire"), "adapter", "--mutant", mutant];
    fuzz(&["--cases", CASES, "--write", &path], &adapter)?.exits(1)?;

    let found = VectorSet::load(&[file])?;
    let states: Vec<&str> = found.digests().map(|case| &*case.state).collect();
    let size = |state: &str| state.chars().count();
    let is_short = matches!(states[..], [state] if size(state) <= size(shortest));
    ensure(is_short, || format!("{states:?}, which is longer than {shortest:?}"))?;

    // The file shows the fault again, and the specified digest passes it.
    let check = ["check", "--vectors", &path];
    run(rollwire(&check).arg("--").args(adapter))?.exits(1)?;
    run(rollwire(&check).arg("--builtin"))?.exits(0).map(drop)
}
