//! The file or the stream from which a capture is read.

use std::{
    io::{self, BufRead, BufReader},
    path::Path,
};

use rollwire_capture::{Capture, Unreadable};
use rollwire_conformance::text::{open_source, shown};

use crate::failure::Failure;

/// Captures are read in pieces of this size.
const PIECE: usize = 256 * 1024;

/// What a capture is read from.
pub(super) type Source = Box<dyn BufRead>;

pub(super) fn source(path: &Path) -> Result<(String, Source), Failure> {
    if path == Path::new("-") {
        let source = BufReader::with_capacity(PIECE, io::stdin());
        return Ok(("standard input".to_owned(), Box::new(source)));
    }
    let name = shown(path);
    let file = open_source(path).map_err(|error| Unreadable::Io { name: name.clone(), error })?;
    Ok((name, Box::new(BufReader::with_capacity(PIECE, file))))
}

pub(super) fn open(path: &Path) -> Result<Capture<Source>, Failure> {
    let (name, source) = source(path)?;
    Ok(Capture::open(&name, source)?)
}
