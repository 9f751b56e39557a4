//! Regenerates the golden vectors under `vectors/`.
//!
//! ```text
//! cargo run -p rollwire-model --bin generate-vectors              write what has changed
//! cargo run -p rollwire-model --bin generate-vectors -- --check   write nothing, exit 1 on a difference
//! ```

use std::{env, path::Path, process::ExitCode};

use rollwire_model::vectors::{SetError, VectorSet};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: generate-vectors [--check]");
            return ExitCode::from(2);
        }
    };
    match run(check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("generate-vectors: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the files under `vectors/` are up to date, or were updated.
fn run(check: bool) -> Result<bool, SetError> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors");
    let committed = VectorSet::read(&directory)?;
    let made = committed.regenerated()?;
    let differences = committed.differences(&made);
    for path in &differences {
        println!(
            "vectors/{path}: {}",
            if check { "differs from what the generator writes" } else { "written" }
        );
    }
    if check {
        return Ok(differences.is_empty());
    }
    made.write(&directory)?;
    Ok(true)
}
