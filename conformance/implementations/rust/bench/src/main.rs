//! The program whose instructions are counted, and the one that reads the counts.
//!
//! | arguments | what it does |
//! |---|---|
//! | `measure` | calls the measured function once for each sample; `run` starts it under callgrind |
//! | `report FILE` | prints what callgrind has written to FILE beside the bounds; exits with 1 if one does not hold |

use std::{env, fs, process::ExitCode};

use rollwire_reference_bench::{callgrind, cases, table};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["measure"] => {
            cases::all();
            Ok(())
        }
        ["report", file] => report(file),
        _ => Err("expected `measure` or `report FILE`".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures again, without counting, to know which sample each count belongs to.
fn report(file: &str) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let samples = cases::all();
    let counts = callgrind::counts(&text, samples.all().len())?;
    let report = table::report(samples.all(), &counts)?;
    print!("{}", report.markdown);
    if report.missed.is_empty() { Ok(()) } else { Err(report.missed.join("\n")) }
}
