//! The captures of failed games of `rollwire interop`, in a folder.

use std::{fs, path::Path};

use rollwire_capture::line::{Header, write_header, write_record};
use rollwire_conformance::{text::shown, verdict::Exit};
use rollwire_interop::report::Report;
use rollwire_model::Layout;

use crate::{failure::Failure, files::replace_entry};

/// Writes two files for each pair that failed: `FIRST-SECOND-0.jsonl` and `FIRST-SECOND-1.jsonl`, by the local
/// index of the side.
pub(crate) fn write(folder: &Path, report: &Report) -> Result<(), Failure> {
    let fault = |error: std::io::Error| {
        Failure::new(Exit::Broken, format!("cannot write to {}: {error}", shown(folder)))
    };
    fs::create_dir_all(folder).map_err(fault)?;
    for cell in &report.cells {
        let Some(failure) = &cell.verdict.failure else { continue };
        let names = [cell.first, cell.second].map(|at| &*report.peers[at].name);
        for (side, tape) in failure.tapes.iter().enumerate() {
            let revision = Layout::builtin().revision;
            let header = Header {
                peer: names[side].to_owned(),
                revision,
                origin: None,
                redundancy: None,
                setup: None,
                tap: String::new(),
            };
            let mut lines = Vec::new();
            write_header(&mut lines, &header).map_err(fault)?;
            for record in tape {
                write_record(&mut lines, "", record).map_err(fault)?;
            }
            let name = format!("{}-{}-{side}.jsonl", names[0], names[1]);
            replace_entry(&folder.join(name), &lines).map_err(fault)?;
        }
    }
    Ok(())
}
