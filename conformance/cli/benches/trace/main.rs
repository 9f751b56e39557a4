//! How fast a log of a gigabyte is checked, and in how much memory.
//!
//! `cargo bench -p rollwire --bench trace` prints a report in Markdown, and fails if a bar
//! is missed.

#[path = "../../tests/tools/support/logged.rs"]
mod logged;
#[path = "../common/machine.rs"]
mod machine;
#[path = "../common/memory.rs"]
mod memory;
#[path = "../common/outcome.rs"]
mod outcome;

use std::{
    fs::File,
    io::{BufWriter, Read, Write},
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use rollwire_conformance::text::grouped;

use self::{
    logged::Written,
    outcome::{Outcome, bench},
};

/// How long the log is, in bytes.
const SIZE: u64 = 1_000_000_000;

/// How often it is checked; the figures are the worst ones.
const ROUNDS: usize = 3;

/// The bars: bytes per line, MB per second, and MiB.
const LINE: f64 = 64.0;
const SPEED: f64 = 25.0;
const MEMORY: f64 = 64.0;

fn main() -> ExitCode {
    bench(report)
}

fn report() -> Outcome<()> {
    println!("# Results\n");
    println!("Printed by `cargo bench -p rollwire --bench trace`.");
    println!(
        "Logs of ordinary sessions from a seed: sixty ticks a second, every fifth frame hashed, a \
         rollback every forty frames, one hash in a hundred lost.\nOne thread; the time is that of \
         the whole process, memory is its VmHWM; the figures are the worst of {ROUNDS} runs.\nBars: \
         at most {LINE} bytes per line, {SPEED} MB/s, {MEMORY} MiB.\n"
    );
    println!("{}.\n", machine::machine());
    println!("| log | bytes | lines | bytes per line | MB/s | MiB | found |");
    println!("|---|---:|---:|---:|---:|---:|---|");
    let folder = tempfile::tempdir()?;
    let log = folder.path().join("session.jsonl");
    row("without a violation", &log, None)?;
    row("with one", &log, Some(SIZE / 5 * 3))
}

fn row(title: &str, log: &Path, plant: Option<u64>) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(log)?);
    let written = logged::write(&mut out, 1, SIZE, plant)?;
    out.flush()?;
    let (mut speed, mut memory) = (f64::INFINITY, 0.0_f64);
    for _ in 0..ROUNDS {
        let run = check(log, written)?;
        speed = speed.min(run.0);
        memory = memory.max(run.1);
    }
    let line = number(written.bytes) / number(written.lines);
    let found = written.planted.map_or("nothing".to_owned(), |line| {
        format!("EXCH-8 in line {}, where it is", grouped(line))
    });
    println!(
        "| {title} | {} | {} | {line:.1} | {speed:.1} | {memory:.1} | {found} |",
        grouped(written.bytes),
        grouped(written.lines),
    );
    if line > LINE || speed < SPEED || memory > MEMORY {
        return Err("a bar is missed".into());
    }
    Ok(())
}

/// MB per second, and MiB.
fn check(log: &Path, written: Written) -> Outcome<(f64, f64)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    command.args(["trace", "check"]).arg(log);
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let memory = memory::watch(&mut child).ok_or("VmHWM is not known here")?;
    let time = began.elapsed();
    let mut said = String::new();
    child.stdout.take().ok_or("no standard output")?.read_to_string(&mut said)?;
    let right = match written.planted {
        None => said.ends_with(": no rule broken\n"),
        Some(line) => {
            let title = format!("FAIL  {}:{line} · sent · EXCH-8\n", log.display());
            said.starts_with(&title) && said.ends_with(": 1 violation\n")
        }
    };
    if !right {
        return Err(format!("not what was expected: {said}").into());
    }
    Ok((number(written.bytes) / 1e6 / time.as_secs_f64(), memory / 1024.0))
}

fn number(count: u64) -> f64 {
    count as f64
}
