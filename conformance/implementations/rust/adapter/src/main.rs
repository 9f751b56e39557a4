//! The program: answers the requests of standard input on standard output.
//!
//! With `--verbose` it logs to standard error, if it was built with the feature `log`.
//! With `--lasting-hashes` or `--lasting-hashes=N` the hashes of its exchanges last, and each is
//! sent once or N times.

use std::{env, io, process::ExitCode};

use rollwire_reference_adapter::Options;

fn main() -> io::Result<ExitCode> {
    let mut options = Options::default();
    for argument in env::args_os().skip(1) {
        if argument == "--verbose" {
            #[cfg(feature = "log")]
            rollwire_reference_adapter::log_to_stderr();
            #[cfg(not(feature = "log"))]
            eprintln!("--verbose has no effect: this program was built without the feature `log`");
        }
        if let Err(error) = options.read(&argument.to_string_lossy()) {
            eprintln!("{error}");
            return Ok(ExitCode::from(2));
        }
    }
    rollwire_reference_adapter::serve_with(options, io::stdin().lock(), io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}
