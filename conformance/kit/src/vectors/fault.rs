//! Why vectors cannot be used.

use std::{io, path::PathBuf};

use crate::text::NotText;

/// The largest vector file that is read: 16 MiB.
pub(super) const MAX_FILE: u64 = 16 * 1024 * 1024;

/// Why vectors cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VectorsFault {
    /// The published set does not match its manifest: this copy of rollwire is broken.
    #[error("the published vectors are damaged: {0}; install rollwire again")]
    Damaged(String),
    /// A file or folder cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A file is too large.
    #[error("{}: {size} bytes; a vector file has at most {MAX_FILE}", path.display())]
    TooLarge {
        /// Its path.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
    },
    /// A file is not text.
    #[error("{}: {fault}", path.display())]
    NotText {
        /// Its path.
        path: PathBuf,
        /// What it is instead.
        fault: NotText,
    },
    /// A file is not a vector file.
    #[error("{}: not a valid vector file: {reason}", path.display())]
    Malformed {
        /// Its path.
        path: PathBuf,
        /// The reason, with line and column if the parser knows them.
        reason: String,
    },
    /// Two cases have one id.
    #[error("{}: more than one case has the id `{id}`", path.display())]
    DuplicateId {
        /// The file of the second one.
        path: PathBuf,
        /// The id.
        id: String,
    },
}
