//! `rollwire tools`: what other tools need to show datagrams.

use std::{
    io::{self, Write},
    path::Path,
};

use rollwire_conformance::{text::shown, verdict::Exit};
use rollwire_dissectors::{kaitai, wireshark};
use rollwire_model::Layout;

use crate::{args::Tools, failure::Failure, files, terminal};

pub(crate) fn run(command: &Tools) -> Result<Exit, Failure> {
    let layout = Layout::builtin();
    match command {
        Tools::Wireshark(arguments) => write(&arguments.output, &wireshark::dissector(layout)),
        Tools::Kaitai(arguments) => {
            write(&arguments.output, &kaitai::description(layout, arguments.revision))
        }
    }
}

fn write(output: &Path, text: &str) -> Result<Exit, Failure> {
    if output == Path::new("-") {
        let mut out = terminal::stdout();
        out.write_all(text.as_bytes())?;
        out.flush()?;
    } else {
        files::replace(output, text.as_bytes())
            .map_err(|error: io::Error| Failure::unwritable(&shown(output), &error))?;
    }
    Ok(Exit::Conforms)
}
