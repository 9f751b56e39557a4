//! The captures of failed games of `rollwire interop`, in a folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rollwire_capture::line::{Header, write_header, write_record};
use rollwire_conformance::{text::shown, verdict::Exit};
use rollwire_interop::report::Report;
use rollwire_model::Layout;

use crate::{failure::Failure, files::replace_entry};

/// A folder to which files can be written.
pub(crate) struct CapturesFolder(PathBuf);

impl CapturesFolder {
    /// Makes the folder, and tries whether a file can be made in it: before the games, not after them.
    pub(crate) fn prepare(folder: &Path) -> Result<Self, Failure> {
        let tried = fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder));
        tried.map_err(|error| {
            Failure::usage(format!("{}: cannot be written to: {error}", shown(folder)))
        })?;
        Ok(Self(folder.to_owned()))
    }

    /// Writes two files for each pair that failed: `FIRST-SECOND-0.jsonl` and `FIRST-SECOND-1.jsonl`, by the
    /// local index of the side.
    pub(crate) fn write(&self, report: &Report) -> Result<(), Failure> {
        write(&self.0, report).map_err(|error| {
            let text = format!("{}: cannot be written to: {error}", shown(&self.0));
            Failure::new(Exit::Incomplete, text)
        })
    }
}

fn write(folder: &Path, report: &Report) -> io::Result<()> {
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
            write_header(&mut lines, &header)?;
            for record in tape {
                write_record(&mut lines, "", record)?;
            }
            let name = format!("{}-{}-{side}.jsonl", names[0], names[1]);
            replace_entry(&folder.join(name), &lines)?;
        }
    }
    Ok(())
}
