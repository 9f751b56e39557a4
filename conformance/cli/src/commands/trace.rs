//! `rollwire trace`: checks the logged sessions of a game against the specification.

use std::{
    io::{self, BufRead, BufReader, Write},
    path::Path,
};

use rollwire_conformance::{
    text::{json, open_source, shown},
    trace::{self, Findings, Log, Pair, Unreadable},
    verdict::Exit,
};
use serde::Serialize;

use crate::{
    args::{Trace, TraceCheck, TraceFormat},
    failure::Failure,
    terminal,
};

/// Logs are read in pieces of this size.
const PIECE: usize = 256 * 1024;

pub(crate) fn run(command: &Trace) -> Result<Exit, Failure> {
    match command {
        Trace::Check(arguments) => check(arguments),
    }
}

fn check(arguments: &TraceCheck) -> Result<Exit, Failure> {
    let mut out = terminal::stdout();
    let exit = match &arguments.other {
        None => {
            let findings = open(&arguments.log)?.finish()?;
            let exit = exit([&findings]);
            match arguments.format {
                TraceFormat::Text => trace::show(&mut out, &findings)?,
                TraceFormat::Json => as_json(&mut out, &findings, exit)?,
            }
            exit
        }
        Some(other) if arguments.log == *other && other == Path::new("-") => {
            return Err(Failure::usage("`-` is standard input, which can be read only once"));
        }
        Some(other) => {
            let pair = trace::check(open(&arguments.log)?, open(other)?)?;
            let exit = exit(&pair.logs);
            match arguments.format {
                TraceFormat::Text => show(&mut out, &pair)?,
                TraceFormat::Json => as_json(&mut out, &pair, exit)?,
            }
            exit
        }
    };
    out.flush()?;
    Ok(exit)
}

fn open(path: &Path) -> Result<Log<Box<dyn BufRead>>, Failure> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { shown(path) };
    let source: Box<dyn BufRead> = if is_stdin {
        Box::new(BufReader::with_capacity(PIECE, io::stdin()))
    } else {
        let file =
            open_source(path).map_err(|error| Unreadable::Io { name: name.clone(), error })?;
        Box::new(BufReader::with_capacity(PIECE, file))
    };
    let log = Log::open(&name, source)?;
    log.ok_or_else(|| Failure::new(Exit::Nothing, format!("{name}: is empty")))
}

/// The exit code for these findings.
fn exit<'a>(logs: impl IntoIterator<Item = &'a Findings>) -> Exit {
    let (mut faults, mut stimuli) = (0, u64::MAX);
    for log in logs {
        faults += log.violations.len() as u64 + log.malformed.count;
        stimuli = stimuli.min(log.stimuli);
    }
    match (faults, stimuli) {
        (0, 0) => Exit::Nothing,
        (0, _) => Exit::Conforms,
        _ => Exit::Failed,
    }
}

fn show(out: &mut dyn Write, pair: &Pair) -> io::Result<()> {
    for log in &pair.logs {
        trace::show(out, log)?;
    }
    let names = [&*pair.logs[0].name, &*pair.logs[1].name];
    trace::show_comparison(out, names, &pair.crossing)
}

/// One JSON object, with the exit code in it.
fn as_json(out: &mut dyn Write, found: &impl Serialize, exit: Exit) -> io::Result<()> {
    #[derive(Serialize)]
    struct Report<'a, T> {
        exit: Exit,
        #[serde(flatten)]
        found: &'a T,
    }
    json::write_pretty(out, &Report { exit, found })
}

impl From<Unreadable> for Failure {
    fn from(fault: Unreadable) -> Self {
        Self::usage(fault.to_string())
    }
}
