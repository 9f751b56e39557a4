//! `rollwire capture`: what a tap has recorded of a channel.

mod check;
mod show;

use std::{
    io::{self, BufRead, BufReader},
    path::Path,
};

use rollwire_capture::{Capture, Unreadable};
use rollwire_conformance::{
    text::{open_source, shown},
    verdict::Exit,
};

use crate::{args::Capture as Arguments, failure::Failure};

/// Captures are read in pieces of this size.
const PIECE: usize = 256 * 1024;

pub(crate) fn run(command: &Arguments) -> Result<Exit, Failure> {
    match command {
        Arguments::Check(arguments) => check::run(arguments),
        Arguments::Show(arguments) => show::run(arguments),
    }
}

/// What a capture is read from.
type Source = Box<dyn BufRead>;

fn source(path: &Path) -> Result<(String, Source), Failure> {
    if path == Path::new("-") {
        let source = BufReader::with_capacity(PIECE, io::stdin());
        return Ok(("standard input".to_owned(), Box::new(source)));
    }
    let name = shown(path);
    let file = open_source(path).map_err(|error| Unreadable::Io { name: name.clone(), error })?;
    Ok((name, Box::new(BufReader::with_capacity(PIECE, file))))
}

fn open(path: &Path) -> Result<Capture<Source>, Failure> {
    let (name, source) = source(path)?;
    Ok(Capture::open(&name, source)?)
}

impl From<Unreadable> for Failure {
    fn from(fault: Unreadable) -> Self {
        match fault {
            Unreadable::Empty { .. } => Self::new(Exit::Nothing, fault.to_string()),
            _ => Self::usage(fault.to_string()),
        }
    }
}
