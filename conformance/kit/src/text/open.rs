//! Opens files to read them: regular files, and what is open already.
//!
//! Opening a named pipe waits until a program opens its other end, for ever if none does, and a device may
//! wait as long for its first byte.

use std::{
    fs::{File, FileType, OpenOptions},
    io,
    path::Path,
};

/// Opens a regular file.
///
/// # Errors
/// An error of the system, or anything else than a regular file.
pub fn open_regular(path: &Path) -> io::Result<File> {
    regular(path.metadata()?.file_type())?;
    let mut options = OpenOptions::new();
    options.read(true);
    // If something else has taken the place of the file meanwhile, opening it does not wait.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, nonblocking());
    let file = options.open(path)?;
    regular(file.metadata()?.file_type())?;
    Ok(file)
}

/// Opens a regular file, or a stream that this process has open already: `/dev/stdin`, or what `<(COMMAND)`
/// of a shell stands for.
///
/// # Errors
/// As [`open_regular`].
pub fn open_source(path: &Path) -> io::Result<File> {
    if !is_open_already(path) {
        return open_regular(path);
    }
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a folder, not a file"));
    }
    Ok(file)
}

#[cfg(unix)]
fn nonblocking() -> i32 {
    rustix::fs::OFlags::NONBLOCK.bits().cast_signed()
}

/// Whether a path stands for something that this process has open already.
fn is_open_already(path: &Path) -> bool {
    let below = |folder: &str| path.parent() == Some(Path::new(folder));
    path == Path::new("/dev/stdin") || below("/dev/fd") || below("/proc/self/fd")
}

fn regular(kind: FileType) -> io::Result<()> {
    if kind.is_file() {
        return Ok(());
    }
    Err(io::Error::other(format!("it is {}, not a regular file", name(kind))))
}

fn name(kind: FileType) -> &'static str {
    if kind.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    "a device"
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn fault(path: &str) -> String {
        let opened = [open_regular(path.as_ref()), open_source(path.as_ref())];
        let [one, other] = opened.map(|it| it.unwrap_err().to_string());
        assert_eq!(one, other);
        one
    }

    #[test]
    fn only_regular_files_are_opened() {
        assert_eq!(fault("/"), "it is a folder, not a regular file");
        assert_eq!(fault("/dev/zero"), "it is a device, not a regular file");
        assert!(open_source(Path::new(env!("CARGO_MANIFEST_PATH"))).is_ok());
        assert_eq!(open_source("/nowhere".as_ref()).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn what_is_open_already_is_named_by_its_folder() {
        for path in ["/dev/stdin", "/dev/fd/63", "/proc/self/fd/0"] {
            assert!(is_open_already(path.as_ref()), "{path}");
        }
        for path in ["/dev/tty", "/dev/fd", "fd/63", "/dev/fd/63/x", "-"] {
            assert!(!is_open_already(path.as_ref()), "{path}");
        }
    }
}
