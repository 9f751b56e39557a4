//! The lines of a connection in a file, for `--save`.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::Path,
};

use rollwire_capture::line::{Header, Moment, Record, write_header, write_record};

use crate::kept::{line, missing};

/// How many bytes a file may have. A tap that floods must not fill the disk.
const MOST: u64 = 1024 * 1024 * 1024;
/// How many bytes the files of a folder may have when a new one begins. A tap that comes again and again must not
/// fill the disk either.
const MOST_OF_ALL: u64 = 8 * MOST;
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
    taps: Vec<Tap>,
}

/// What is known of a tap.
#[derive(Clone, Debug, Default)]
struct Tap {
    name: String,
    /// Since when how many lines could not be read that may have been its records.
    gap: Option<(Moment, u64)>,
}

impl Saved {
    /// A new file in this folder. Nothing that is there is written to or followed.
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        Self::within(folder, MOST_OF_ALL)
    }

    fn within(folder: &Path, most_of_all: u64) -> io::Result<Self> {
        let mut bytes = 0;
        for number in 1..=NAMES {
            let name = format!("live-{number}.jsonl");
            let path = folder.join(&name);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    let file = BufWriter::with_capacity(64 * 1024, file);
                    return Ok(Self { name, file, written: 0, most: MOST, taps: Vec::new() });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            bytes += fs::symlink_metadata(&path).map_or(0, |it| it.len());
            if bytes >= most_of_all {
                break;
            }
        }
        Err(io::Error::other(
            "the folder has 8 GiB of captures, or 100,000 of them; move them elsewhere",
        ))
    }

    /// A part of this tap begins.
    pub(crate) fn header(&mut self, tap: usize, header: &Header) -> io::Result<()> {
        if self.taps.len() <= tap {
            self.taps.resize(tap + 1, Tap::default());
        }
        self.close_gap(tap)?;
        self.taps[tap].name.clone_from(&header.tap);
        let text = line(|sink| write_header(sink, header));
        self.write(&text)
    }

    /// A record of this tap.
    pub(crate) fn record(&mut self, tap: usize, record: &Record) -> io::Result<()> {
        self.close_gap(tap)?;
        let Some(Tap { name, .. }) = self.taps.get(tap) else { return Ok(()) };
        let text = line(|sink| write_record(sink, name, record));
        self.write(&text)
    }

    /// A line that cannot be read: it may have been a record of any tap. It is written before the next record of
    /// each, together with others of its kind, so that a file is not much longer than what a tap has sent.
    pub(crate) fn gap(&mut self, at: &[Moment]) {
        for (tap, at) in self.taps.iter_mut().zip(at) {
            tap.gap.get_or_insert((*at, 0)).1 += 1;
        }
    }

    fn close_gap(&mut self, tap: usize) -> io::Result<()> {
        let Some(Tap { name, gap }) = self.taps.get_mut(tap) else { return Ok(()) };
        let Some((at, count)) = gap.take() else { return Ok(()) };
        let text = line(|sink| write_record(sink, name, &missing(at, count)));
        self.write(&text)
    }

    /// The connection has ended.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        (0..self.taps.len()).try_for_each(|tap| self.close_gap(tap))?;
        self.flush()
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
    use rollwire_capture::line::{Payload, What};

    use super::*;

    fn header(peer: &str, tap: &str) -> Header {
        let (peer, tap) = (peer.to_owned(), tap.to_owned());
        Header { peer, revision: 7, origin: None, redundancy: None, setup: None, tap }
    }

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
        let header = header(&"p".repeat(900), "");
        saved.header(0, &header).unwrap();
        let error = saved.header(0, &header).unwrap_err();
        assert!(error.to_string().contains("1000 bytes"), "{error}");
        saved.flush().unwrap();
        let length = fs::metadata(folder.path().join(&saved.name)).unwrap().len();
        assert!((900..=1000).contains(&length), "{length}");
    }

    #[test]
    fn files_together_do_not_fill_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("live-1.jsonl"), [0; 999]).unwrap();
        assert_eq!(Saved::within(folder.path(), 1000).unwrap().name, "live-2.jsonl");
        fs::write(folder.path().join("live-2.jsonl"), "x").unwrap();
        let error = Saved::within(folder.path(), 1000).unwrap_err();
        assert!(error.to_string().contains("move them elsewhere"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    /// One line that cannot be read may have been of any of 16 taps.
    #[test]
    fn lines_that_cannot_be_read_do_not_become_many() {
        let folder = tempfile::tempdir().unwrap();
        let mut saved = Saved::create(folder.path()).unwrap();
        let at = [Moment::from_millis(1); 16];
        (0..16).for_each(|tap| saved.header(tap, &header("p", &tap.to_string())).unwrap());
        for _ in 0..1000 {
            saved.gap(&at);
            saved.flush().unwrap();
        }
        let what = What::Sent(Payload::Datagram(vec![4]));
        let record = Record { number: None, at: at[0], what, buffered: None };
        saved.record(3, &record).unwrap();
        saved.gap(&at);
        saved.end().unwrap();
        let text = fs::read_to_string(folder.path().join(&saved.name)).unwrap();
        let lines: Vec<&str> = text.lines().skip(16).collect();
        assert_eq!(lines.len(), 1 + 1 + 16, "{text}");
        let counts = |count: &str| lines.iter().filter(|it| it.contains(count)).count();
        assert!(lines[0].contains("1000") && lines[1].contains("sent"), "{text}");
        assert_eq!((counts("\"missing\":1000"), counts("\"missing\":1001")), (1, 15), "{text}");
    }
}
