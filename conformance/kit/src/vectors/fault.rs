//! Why vectors cannot be used.

use std::{io, path::PathBuf};

use crate::text::{NotText, sanitize, shown};

/// The largest vector file that is read: 4 MiB. As cases it takes up to eighty times as much memory, and the
/// largest published file has a tenth of it.
pub(super) const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Why vectors cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VectorsFault {
    /// The published set does not match its manifest: this copy of rollwire is broken.
    #[error("the published vectors are damaged: {0}; install rollwire again")]
    Damaged(String),
    /// A file or folder cannot be read.
    #[error("{}: cannot be read: {source}", shown(path))]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A file is too large.
    #[error("{}: {size} bytes; a vector file has at most {MAX_FILE}", shown(path))]
    TooLarge {
        /// Its path.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
    },
    /// A file is not text.
    #[error("{}: {fault}", shown(path))]
    NotText {
        /// Its path.
        path: PathBuf,
        /// What it is instead.
        fault: NotText,
    },
    /// A file is not a vector file.
    #[error("{}: not a valid vector file: {reason}", shown(path))]
    Malformed {
        /// Its path.
        path: PathBuf,
        /// The reason, with line and column if the parser knows them.
        reason: String,
    },
    /// Two cases have one id.
    #[error("{}: more than one case has the id `{}`", shown(path), sanitize(id))]
    DuplicateId {
        /// The file of the second one.
        path: PathBuf,
        /// The id.
        id: String,
    },
}
