//! The files that a command line names: vectors, and the events of an earlier run.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use rollwire_conformance::{report::read::ReadFault, vectors::VectorSet};

use crate::failure::Failure;

/// The vectors of these files, or the published ones without a path.
pub(crate) fn load(paths: &[PathBuf]) -> Result<VectorSet, Failure> {
    Ok(if paths.is_empty() { VectorSet::builtin()?.clone() } else { VectorSet::load(paths)? })
}

/// Opens a file, or standard input for `-`, and returns its name too.
pub(crate) fn open_events(path: &Path) -> Result<(String, Box<dyn BufRead>), Failure> {
    if path == Path::new("-") {
        return Ok(("standard input".to_owned(), Box::new(io::stdin().lock())));
    }
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => Ok((name, Box::new(BufReader::new(file)))),
        Err(error) => Err(ReadFault::Unreadable { name, error }.into()),
    }
}
