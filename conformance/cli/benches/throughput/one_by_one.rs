//! A simple runner that starts a process for each check.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Instant,
};

use rollwire_conformance::protocol::{Body, HelloLimits, parse_line};

use crate::{Outcome, speed};

/// Sends a sample of the requests, spread over all of them. Returns the checks per second.
pub(crate) fn run(adapter: &[String], requests: &[String], sample: usize) -> Outcome<f64> {
    let limits = HelloLimits { window: 1, timeout_ms: 1000 };
    let hello = Body::hello("nonce", limits).with_id(0);
    let every = requests.len() / sample;
    let began = Instant::now();
    for request in requests.iter().step_by(every).take(sample) {
        ask(adapter, &[&hello, request])?;
    }
    Ok(speed(sample, began.elapsed()))
}

/// Starts the adapter, sends the requests one after another, and waits for its end.
fn ask(adapter: &[String], requests: &[&String]) -> Outcome<()> {
    let [program, arguments @ ..] = adapter else { return Err("no adapter".into()) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn()?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("no pipes".into());
    };
    let mut answers = BufReader::new(stdout);
    for request in requests {
        writeln!(stdin, "{request}")?;
        let mut line = Vec::new();
        answers.read_until(b'\n', &mut line)?;
        parse_line(line.trim_ascii_end())?.answer?;
    }
    drop(stdin);
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(format!("the adapter ended with {status}").into()) }
}
