//! A capture, line by line.

use std::io::{self, BufRead};

use rollwire_conformance::offline::lines::FileLines;

use crate::line::{Header, Line, LineFault, Record};

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

/// What a line holds.
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

/// A line and its number, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered {
    /// Its number in the file.
    pub line: u64,
    /// What it holds.
    pub content: Content,
}

/// A capture that is being read.
#[derive(Debug)]
pub struct Capture<R> {
    name: String,
    lines: FileLines<R>,
    text: Vec<u8>,
    taps: Vec<String>,
    /// The first line, until it is asked for.
    first: Option<Numbered>,
    read: u64,
}

impl<R: BufRead> Capture<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// If the file cannot be read, is empty, or does not begin with a header.
    pub fn open(name: &str, source: R) -> Result<Self, Unreadable> {
        let lines = FileLines::new(source);
        let (name, text) = (name.to_owned(), Vec::new());
        let mut capture = Self { name, lines, text, taps: Vec::new(), first: None, read: 0 };
        // What is not a capture may be one line without an end.
        capture.lines.skip_long_lines(false);
        let first = capture.next()?;
        capture.lines.skip_long_lines(true);
        let name = || capture.name.clone();
        match first {
            None => Err(Unreadable::Empty { name: name() }),
            Some(Numbered { line, content }) => match content {
                Content::Header(..) => {
                    capture.first = Some(Numbered { line, content });
                    Ok(capture)
                }
                Content::Unreadable(LineFault::Tap(_)) | Content::Record(..) => {
                    Err(Unreadable::HeaderMissing { name: name(), line })
                }
                // A line is cut off only after a header.
                Content::Cut => Err(Unreadable::Empty { name: name() }),
                Content::Unreadable(fault) => {
                    Err(Unreadable::NoHeader { name: name(), line, fault })
                }
            },
        }
    }

    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many lines were read, empty ones too.
    #[must_use]
    pub fn lines_read(&self) -> u64 {
        self.read
    }

    /// The next line that is not empty; nothing at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "it can fail")]
    pub fn next(&mut self) -> Result<Option<Numbered>, Unreadable> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        loop {
            let place = self.lines.next(&mut self.text);
            let name = || self.name.clone();
            let place = place.map_err(|error| Unreadable::Io { name: name(), error })?;
            let Some(place) = place else { return Ok(None) };
            self.read = place.number;
            if self.text.is_empty() {
                continue;
            }
            let content = match self.content() {
                Err(_) if !place.ended && !self.taps.is_empty() => Content::Cut,
                Err(fault) => Content::Unreadable(fault),
                Ok(content) => content,
            };
            return Ok(Some(Numbered { line: place.number, content }));
        }
    }

    fn content(&mut self) -> Result<Content, LineFault> {
        match Line::read(&self.text)? {
            Line::Header(header) => {
                let known = self.taps.iter().position(|tap| *tap == header.tap);
                let tap = match known {
                    Some(tap) => tap,
                    None if self.taps.len() == MOST_TAPS => return Err(LineFault::Taps(MOST_TAPS)),
                    None => {
                        self.taps.push(header.tap.clone());
                        self.taps.len() - 1
                    }
                };
                Ok(Content::Header(tap, header))
            }
            Line::Record(tap, record) => {
                let known = self.taps.iter().position(|known| *known == tap);
                known.map(|tap| Content::Record(tap, record)).ok_or(LineFault::Tap(tap))
            }
        }
    }
}
