//! `rollwire capture export`: a capture for Wireshark, as the PDUs that it exports itself.

use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
};

use rollwire_capture::{Check, packets::Export};
use rollwire_conformance::{text::shown, verdict::Exit};

use super::source::open;
use crate::{
    args::CaptureExport,
    failure::Failure,
    files::{Files, PATIENCE, create},
    input_files::is_stdin,
};

/// What the file says wrote it.
const PROGRAM: &str = concat!("rollwire ", env!("CARGO_PKG_VERSION"));

pub(super) fn run(arguments: &CaptureExport) -> Result<Exit, Failure> {
    let mut files = Files::default();
    files.reads("FILE", &arguments.capture);
    files.writes("--output", &arguments.output)?;
    let mut check = Check::new(open(&arguments.capture, arguments.packets)?);
    let (name, file) = sink(&arguments.output)?;
    let fault = |error: io::Error| Failure::unwritable(&name, &error);
    let mut export = Export::new(BufWriter::new(file), PROGRAM).map_err(fault)?;
    while let Some(step) = check.step()? {
        export.step(&step).map_err(fault)?;
    }
    export.into_inner().flush().map_err(fault)?;
    Ok(if check.findings().datagrams() == 0 { Exit::Nothing } else { Exit::Conforms })
}

/// The file, or standard output for `-`, and its name.
fn sink(path: &Path) -> Result<(String, Box<dyn Write>), Failure> {
    if !is_stdin(path) {
        let name = shown(path);
        let file = create(path, PATIENCE).map_err(|error| Failure::unwritable(&name, &error))?;
        return Ok((name, file));
    }
    let stdout = io::stdout();
    if stdout.is_terminal() {
        return Err(Failure::usage(
            "--output -: this is not text, and standard output is a terminal; name a file, or pipe it to `wireshark -k -i -`",
        ));
    }
    Ok(("standard output".to_owned(), Box::new(stdout.lock())))
}
