//! The files that a command line names: vectors, the events of an earlier run, and any other text.

use std::{
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use rollwire_conformance::{
    report::read::ReadFault,
    text::{ReadTextFault, open_source, read_text, shown},
    vectors::VectorSet,
};

use crate::failure::Failure;

/// The vectors of these files, or the published ones without a path.
pub(crate) fn load(paths: &[PathBuf]) -> Result<VectorSet, Failure> {
    Ok(if paths.is_empty() { VectorSet::builtin()?.clone() } else { VectorSet::load(paths)? })
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The text of a file, or of standard input for `-`. Both may be hostile, so at most this many bytes
/// are read.
pub(crate) fn text_of(path: &Path, most: u64) -> Result<String, Failure> {
    let name = if is_stdin(path) { "standard input".into() } else { shown(path) };
    let text = source(path).map_err(ReadTextFault::Io).and_then(|it| read_text(it, most));
    text.map_err(|fault| Failure::usage(format!("{name}: {fault}")))
}

/// A file, or standard input for `-`.
pub(crate) fn source(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(if is_stdin(path) { Box::new(io::stdin()) } else { Box::new(open_source(path)?) })
}

/// Opens a file, or standard input for `-`, and returns its name too.
pub(crate) fn open_events(path: &Path) -> Result<(String, Box<dyn BufRead>), Failure> {
    if is_stdin(path) {
        return Ok(("standard input".to_owned(), Box::new(io::stdin().lock())));
    }
    let name = shown(path);
    match open_source(path) {
        Ok(file) => Ok((name, Box::new(BufReader::new(file)))),
        Err(error) => Err(ReadFault::Unreadable { name, error }.into()),
    }
}
