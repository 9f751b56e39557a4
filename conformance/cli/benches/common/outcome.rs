//! How a bench begins and ends.

use std::{env, error::Error, process::ExitCode};

/// The result of a measurement.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// Runs the bench, unless it was started as a test: figures are not a test, though `cargo test --benches`
/// starts it too.
pub(crate) fn bench(report: fn() -> Outcome<()>) -> ExitCode {
    if !env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    match report() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
