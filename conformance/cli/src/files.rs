//! Writing files: whole or not at all, never over an input, and never through a link or a pipe that was
//! planted.
//!
//! | what is written | how |
//! |---|---|
//! | a report, a transcript, requests | as they come, to what the user names: a file, a device, or a pipe that is read |
//! | a baseline, a file that the user names | to a temporary file beside it, which takes its place at the end |
//! | a file with a name that can be guessed | the same, and a link at this place is replaced, not followed |

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rollwire_conformance::{settings, text::shown};

use crate::{
    args::{Check, SettingsArgs},
    failure::Failure,
    signals::interrupts,
};

/// How long the reader of a pipe may let a run wait that has no deadline.
pub(crate) const PATIENCE: Duration = Duration::from_secs(300);

/// Replaces what a path that the user has named leads to. Links are followed, and a device or a pipe is
/// written to.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::canonicalize(path) {
        Ok(real) if fs::metadata(&real)?.is_file() => replace_entry(&real, bytes),
        Ok(_) => create(path, PATIENCE)?.write_all(bytes),
        Err(_) => replace_entry(path, bytes),
    }
}

/// Replaces what is at a path, even if it is a link or a pipe. It is unchanged if there is an error.
pub(crate) fn replace_entry(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let mut new = tempfile::Builder::new();
    new.prefix(".rollwire-");
    // As for any other new file: the system removes what the user's mask forbids.
    #[cfg(unix)]
    new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut new = new.tempfile_in(folder)?;
    new.write_all(bytes)?;
    if let Ok(old) = fs::symlink_metadata(path)
        && old.is_file()
    {
        new.as_file().set_permissions(old.permissions())?;
    }
    // A system that crashes must not leave the new name and no content.
    new.as_file().sync_all()?;
    new.persist(path).map(drop).map_err(|fault| fault.error)
}

/// Opens what a path leads to for writing, and empties a file. A pipe without a reader is an error, and
/// writing to one gives up after this time and after a signal.
pub(crate) fn create(path: &Path, patience: Duration) -> io::Result<Box<dyn Write>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
        if fs::metadata(path).is_ok_and(|it| it.file_type().is_fifo()) {
            let nonblocking = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
            let opened = OpenOptions::new().write(true).custom_flags(nonblocking).open(path);
            let pipe = opened.map_err(|error| match error.raw_os_error() {
                Some(code) if code == rustix::io::Errno::NXIO.raw_os_error() => {
                    io::Error::other("it is a named pipe without a reader; start its reader first")
                }
                _ => error,
            })?;
            return Ok(Box::new(Pipe { pipe, begin: Instant::now(), patience }));
        }
    }
    let _ = patience;
    Ok(Box::new(OpenOptions::new().write(true).create(true).truncate(true).open(path)?))
}

/// A named pipe whose reader may be slow, or may have stopped reading.
struct Pipe {
    pipe: File,
    begin: Instant,
    patience: Duration,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.pipe.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => return written,
            }
            if interrupts().load(std::sync::atomic::Ordering::Relaxed) != 0 {
                let text = "a signal ended the run while the reader of the pipe did not read";
                return Err(io::Error::other(text));
            }
            if self.begin.elapsed() > self.patience {
                let text = "the reader of the pipe did not read before the deadline of the run";
                return Err(io::Error::new(io::ErrorKind::TimedOut, text));
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Refuses a command line that writes a file which it also reads, or writes twice. A command that writes
/// more adds it to what is returned.
pub(crate) fn refuse_collisions(arguments: &Check) -> Result<Files, Failure> {
    let mut files = Files::of_settings(&arguments.settings);
    let inputs = [
        ("--baseline", &arguments.judging.baseline),
        ("--failed", &arguments.failed),
        ("--answers", &arguments.answers),
    ];
    for (option, path) in inputs {
        path.iter().for_each(|path| files.reads(option, path));
    }
    arguments.case_options.vectors.iter().for_each(|path| files.reads("--vectors", path));
    arguments.output.iter().try_for_each(|path| files.writes("--output", path))?;
    for (option, path) in
        [("--trace", &arguments.trace), ("--write", &arguments.write), ("--dump", &arguments.dump)]
    {
        path.iter().try_for_each(|path| files.writes(option, path))?;
    }
    Ok(files)
}

/// The files that a command reads and writes, with the options that name them.
#[derive(Default)]
pub(crate) struct Files {
    named: Vec<Named>,
}

struct Named {
    option: &'static str,
    is_input: bool,
    place: Place,
}

impl Files {
    /// The file of the settings, which is read before anything is written.
    pub(crate) fn of_settings(arguments: &SettingsArgs) -> Self {
        let mut files = Self::default();
        match &arguments.config {
            _ if arguments.no_config => {}
            Some(path) => files.reads("--config", path),
            // Where there is none, a report of this name would be the settings of the next run.
            None => files.reads("the next run", Path::new(settings::NAME)),
        }
        files
    }

    pub(crate) fn reads(&mut self, option: &'static str, path: &Path) {
        let named = Place::of(path).map(|place| Named { option, is_input: true, place });
        self.named.extend(named);
    }

    pub(crate) fn writes(&mut self, option: &'static str, path: &Path) -> Result<(), Failure> {
        let Some(place) = Place::of(path) else { return Ok(()) };
        if let Some(other) = self.named.iter().find(|it| it.place.overlaps(&place)) {
            let (path, with) = (shown(path), other.option);
            return Err(Failure::usage(if other.is_input {
                format!(
                    "{path}: is an input and cannot be the output too: {with} reads what {option} overwrites"
                )
            } else {
                format!("{path}: is written by {with} and by {option}; give each a file of its own")
            }));
        }
        self.named.push(Named { option, is_input: false, place });
        Ok(())
    }
}

/// What a path names after all links at its end, of which the last one may lead to nothing.
fn end_of_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // The system follows as many.
    for _ in 0..40 {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().map(|folder| folder.join(&target)).unwrap_or(target);
    }
    path
}

/// Where a path leads to.
enum Place {
    /// A file that exists, under whatever name.
    #[cfg(unix)]
    File { device: u64, inode: u64, path: PathBuf },
    /// Anything else, also a file that does not exist yet.
    Path(PathBuf),
}

impl Place {
    /// `None` for the standard streams, for devices and for pipes, which are not overwritten.
    fn of(path: &Path) -> Option<Self> {
        if path == Path::new("-") {
            return None;
        }
        let Ok(real) = fs::canonicalize(path) else {
            // A link to a file that does not exist yet makes this file.
            let target = &end_of_links(path);
            let path = target.as_path();
            let folder = path.parent().filter(|it| *it != Path::new("")).unwrap_or(Path::new("."));
            let folder = fs::canonicalize(folder).ok()?;
            return Some(Self::Path(folder.join(path.file_name()?)));
        };
        let metadata = fs::metadata(&real).ok()?;
        if metadata.is_dir() {
            return Some(Self::Path(real));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let (device, inode) = (metadata.dev(), metadata.ino());
            metadata.is_file().then_some(Self::File { device, inode, path: real })
        }
        #[cfg(not(unix))]
        metadata.is_file().then_some(Self::Path(real))
    }

    fn path(&self) -> &Path {
        match self {
            #[cfg(unix)]
            Self::File { path, .. } => path,
            Self::Path(path) => path,
        }
    }

    /// Whether writing the other one would change this one: it is the same file, or one of the vector files
    /// in this folder.
    fn overlaps(&self, other: &Self) -> bool {
        #[cfg(unix)]
        if let (
            Self::File { device: one, inode, .. },
            Self::File { device: two, inode: other, .. },
        ) = (self, other)
        {
            return one == two && inode == other;
        }
        let (one, two) = (self.path(), other.path());
        let is_vectors = || two.is_file() && two.extension().is_some_and(|it| it == "json");
        one == two || (one.is_dir() && two.starts_with(one) && is_vectors())
    }
}
