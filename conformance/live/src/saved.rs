//! The lines of a connection in a file, for `--save`.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter, Write},
    path::Path,
};

use rollwire_capture::line::{Header, Moment, Record, write_header, write_record};

use crate::kept::{line, missing};

/// How many bytes a file may have. A tap that floods must not fill the disk.
const MOST: u64 = 1024 * 1024 * 1024;
/// How many names are tried.
const NAMES: u32 = 100_000;

/// A capture that is being written.
#[derive(Debug)]
pub(crate) struct Saved {
    /// The name of the file in its folder.
    pub(crate) name: String,
    file: BufWriter<File>,
    written: u64,
    most: u64,
    names: Vec<String>,
}

impl Saved {
    /// A new file in this folder. Nothing that is there is written to or followed.
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        for number in 1..=NAMES {
            let name = format!("live-{number}.jsonl");
            match OpenOptions::new().write(true).create_new(true).open(folder.join(&name)) {
                Ok(file) => {
                    let file = BufWriter::with_capacity(64 * 1024, file);
                    return Ok(Self { name, file, written: 0, most: MOST, names: Vec::new() });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("the folder is full of captures; move them elsewhere"))
    }

    /// A part of this tap begins.
    pub(crate) fn header(&mut self, tap: usize, header: &Header) -> io::Result<()> {
        if self.names.len() <= tap {
            self.names.resize(tap + 1, String::new());
        }
        self.names[tap].clone_from(&header.tap);
        let text = line(|sink| write_header(sink, header));
        self.write(&text)
    }

    /// A record of this tap.
    pub(crate) fn record(&mut self, tap: usize, record: &Record) -> io::Result<()> {
        let Some(name) = self.names.get(tap) else { return Ok(()) };
        let text = line(|sink| write_record(sink, name, record));
        self.write(&text)
    }

    /// A line that cannot be read: it may have been a record of any tap.
    pub(crate) fn gap(&mut self, at: &[Moment]) -> io::Result<()> {
        at.iter().enumerate().try_for_each(|(tap, at)| self.record(tap, &missing(*at, 1)))
    }

    fn write(&mut self, text: &[u8]) -> io::Result<()> {
        self.written += text.len() as u64;
        if self.written > self.most {
            let text =
                format!("it would have more than {} bytes; what follows is not saved", self.most);
            return Err(io::Error::other(text));
        }
        self.file.write_all(text)
    }

    /// Hands everything to the system.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("live-1.jsonl"), "mine").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("elsewhere", folder.path().join("live-2.jsonl")).unwrap();
        let saved = Saved::create(folder.path()).unwrap();
        assert_eq!(saved.name, if cfg!(unix) { "live-3.jsonl" } else { "live-2.jsonl" });
        assert!(!folder.path().join("elsewhere").exists());
        assert_eq!(fs::read_to_string(folder.path().join("live-1.jsonl")).unwrap(), "mine");
    }

    #[test]
    fn a_file_does_not_fill_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let mut saved = Saved::create(folder.path()).unwrap();
        saved.most = 1000;
        let (peer, tap) = ("p".repeat(900), String::new());
        let header = Header { peer, revision: 7, origin: None, redundancy: None, setup: None, tap };
        saved.header(0, &header).unwrap();
        let error = saved.header(0, &header).unwrap_err();
        assert!(error.to_string().contains("1000 bytes"), "{error}");
        saved.flush().unwrap();
        let length = fs::metadata(folder.path().join(&saved.name)).unwrap().len();
        assert!((900..=1000).contains(&length), "{length}");
    }
}
