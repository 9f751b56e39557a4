//! Existing inputs: seeds, past crashes, and findings of a fuzzer on another machine.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::targets::Body;

/// Runs a body on the files and folders of the command line. Each path is printed first, so the last
/// one before a panic is the finding.
#[must_use]
pub fn main(body: Body) -> ExitCode {
    let mut count = 0_usize;
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let inputs = match inputs(&path) {
            Ok(inputs) => inputs,
            Err(error) => {
                eprintln!("error: {}: cannot be read: {error}", path.display());
                return ExitCode::from(2);
            }
        };
        for (path, bytes) in inputs {
            eprintln!("{}", path.display());
            body(&bytes);
            count += 1;
        }
    }
    if count == 0 {
        eprintln!("error: no inputs; name files or folders of inputs");
        return ExitCode::from(2);
    }
    println!("{count} inputs, no finding");
    ExitCode::SUCCESS
}

/// The input in a file, or the inputs in a folder, in the order of their names.
///
/// # Errors
/// When a file or the folder cannot be read.
pub fn inputs(path: &Path) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    if !path.is_dir() {
        return Ok(vec![(path.to_owned(), fs::read(path)?)]);
    }
    let entries = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    paths.into_iter().map(|path| fs::read(&path).map(|bytes| (path, bytes))).collect()
}
