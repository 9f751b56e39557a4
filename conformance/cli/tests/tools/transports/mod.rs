//! Adapters that are not started: at the other end of a connection, or known by their answers alone.
//! And `check --failed`, which needs an event file instead of a filter.

mod failed;
mod hostile;
mod offline;
mod peer;
mod tampered;
mod tcp;

use std::path::Path;

use crate::support::{Finished, Outcome, Test, ensure, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    let all = [tcp::trials(), hostile::trials(), offline::trials(), tampered::trials()];
    all.into_iter().flatten().chain(failed::trials()).collect()
}

/// A test that needs nothing but this crate, and its name.
type Plain = (&'static str, fn() -> Outcome);

fn plain(tests: &[Plain]) -> Vec<Test> {
    tests.iter().map(|(name, test)| trial(*name, &[], *test)).collect()
}

/// Runs rollwire in a folder, and demands the exit code.
fn rollwire_in(
    folder: &Path,
    arguments: &[&str],
    code: i32,
) -> Result<Finished, libtest_mimic::Failed> {
    let mut command = rollwire(arguments);
    run(command.current_dir(folder).env("NO_COLOR", "1"))?.exits(code)
}

/// Demands that a text holds another.
fn holds(text: &str, part: &str) -> Outcome {
    ensure(text.contains(part), || format!("`{part}` is not in\n{text}"))
}

/// Demands that a text does not hold another.
fn lacks(text: &str, part: &str) -> Outcome {
    ensure(!text.contains(part), || format!("`{part}` is in\n{text}"))
}
