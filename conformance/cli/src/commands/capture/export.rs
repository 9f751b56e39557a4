//! `rollwire capture export`: a capture for Wireshark, as the PDUs that it exports itself.

use std::io::{self, BufWriter, Write};

use rollwire_capture::{Check, packets::Export};
use rollwire_conformance::{text::shown, verdict::Exit};

use super::source::open;
use crate::{
    args::CaptureExport,
    failure::Failure,
    files::{Files, PATIENCE, create},
};

/// What the file says wrote it.
const PROGRAM: &str = concat!("rollwire ", env!("CARGO_PKG_VERSION"));

pub(super) fn run(arguments: &CaptureExport) -> Result<Exit, Failure> {
    let mut files = Files::default();
    files.reads("FILE", &arguments.capture);
    files.writes("--output", &arguments.output)?;
    let mut check = Check::new(open(&arguments.capture, arguments.packets)?);
    let name = shown(&arguments.output);
    let fault = |error: io::Error| Failure::usage(format!("{name}: cannot be written: {error}"));
    let file = create(&arguments.output, PATIENCE).map_err(fault)?;
    let mut export = Export::new(BufWriter::new(file), PROGRAM).map_err(fault)?;
    while let Some(step) = check.step()? {
        export.step(&step).map_err(fault)?;
    }
    export.into_inner().flush().map_err(fault)?;
    Ok(if check.findings().datagrams() == 0 { Exit::Nothing } else { Exit::Conforms })
}
