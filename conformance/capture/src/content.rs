//! What a line or a packet of a capture holds, and why a file cannot be read.

use std::io;

use serde::Serialize;

use crate::line::{Header, LineFault, Record};

/// How many taps may write to one file.
pub const MOST_TAPS: usize = 16;

const HEADER: &str = r#"{"capture":1,"revision":7}"#;

/// Why a file cannot be read as a capture.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The system reports an error.
    #[error("{name}: cannot be read: {error}")]
    Io {
        /// The file.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// It has no line.
    #[error("{name}: is empty; a capture begins with a header such as {HEADER}")]
    Empty {
        /// The file.
        name: String,
    },
    /// Its first line is not a header.
    #[error(
        "{name}:{line}: is not the header of a capture: the line {fault}; expected one such as {HEADER}"
    )]
    NoHeader {
        /// The file.
        name: String,
        /// The line.
        line: u64,
        /// What is wrong with it.
        fault: LineFault,
    },
    /// It is a file of packets, and holds no datagram.
    #[error("{name}: holds no datagram of rollwire: {why}")]
    NoDatagram {
        /// The file.
        name: String,
        /// What it holds instead.
        why: String,
    },
    /// It is a file of packets, and is broken before its first datagram.
    #[error("{name}: cannot be read: the block {fault}")]
    Broken {
        /// The file.
        name: String,
        /// What is wrong.
        fault: LineFault,
    },
    /// It is a file of packets that does not say who sent the first of them.
    #[error(
        "{name}: packet {packet}, in the block at byte {offset}, does not say whether it was sent or \
         received: it has no direction, and the file does not have exactly two interfaces with datagrams. Write the file with \
         directions, such as by `text2pcap -D`, or give `--assume-direction sent` if the judged side \
         sent all of them, and `--assume-direction received` if it received all of them"
    )]
    NoDirection {
        /// The file.
        name: String,
        /// The number of the packet, from 1.
        packet: u64,
        /// The offset of its block.
        offset: u64,
    },
    /// Its first line is a record.
    #[error(
        "{name}:{line}: a record stands before the first header; expected one such as {HEADER}"
    )]
    HeaderMissing {
        /// The file.
        name: String,
        /// The line.
        line: u64,
    },
}

/// What a line or a packet holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A part of this tap begins.
    Header(usize, Header),
    /// Something has happened at this tap.
    Record(usize, Record),
    /// It cannot be read.
    Unreadable(LineFault),
    /// It is the last line, and is cut off.
    Cut,
}

/// What the numbers of a file count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Lines of JSON.
    #[default]
    Lines,
    /// Packets, as Wireshark counts its frames.
    Packets,
}

impl Unit {
    /// One of them.
    #[must_use]
    pub const fn one(self) -> &'static str {
        match self {
            Self::Lines => "line",
            Self::Packets => "packet",
        }
    }

    /// Several of them.
    #[must_use]
    pub const fn all(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Packets => "packets",
        }
    }

    /// What cannot be read, or is cut off.
    #[must_use]
    pub const fn piece(self) -> &'static str {
        match self {
            Self::Lines => "line",
            Self::Packets => "block",
        }
    }
}

/// A line or a packet and its number, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered {
    /// Its number in the file. Several records may stand in one packet.
    pub line: u64,
    /// What it holds.
    pub content: Content,
}

/// The taps of a file, by their names.
#[derive(Debug, Default)]
pub(crate) struct Taps(Vec<String>);

impl Taps {
    /// Whether there was no header yet.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the tap with this number; empty if there is none.
    pub(crate) fn name(&self, tap: usize) -> &str {
        self.0.get(tap).map_or("", String::as_str)
    }

    /// The number of the tap of this name.
    pub(crate) fn known(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|known| known == name)
    }

    /// The same, or that of a new one.
    pub(crate) fn number(&mut self, name: &str) -> Result<usize, LineFault> {
        match self.known(name) {
            Some(tap) => Ok(tap),
            None if self.0.len() == MOST_TAPS => Err(LineFault::Taps(MOST_TAPS)),
            None => {
                self.0.push(name.to_owned());
                Ok(self.0.len() - 1)
            }
        }
    }
}
