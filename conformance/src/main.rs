//! `rollwire`: the command line. Everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(rollwire_conformance::cli::main().code())
}
