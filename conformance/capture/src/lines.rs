//! A capture of lines of JSON.

use std::io::BufRead;

use rollwire_conformance::offline::lines::FileLines;

use crate::{
    content::{Content, Numbered, Taps, Unreadable},
    line::{Line, LineFault},
};

/// The lines of a capture.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    name: String,
    lines: FileLines<R>,
    text: Vec<u8>,
    taps: Taps,
    /// The first line, until it is asked for.
    first: Option<Numbered>,
    read: u64,
}

impl<R: BufRead> Lines<R> {
    /// Reads the header.
    pub(crate) fn open(name: &str, source: R) -> Result<Self, Unreadable> {
        let lines = FileLines::new(source);
        let (name, text) = (name.to_owned(), Vec::new());
        let mut capture = Self { name, lines, text, taps: Taps::default(), first: None, read: 0 };
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

    /// How many lines were read, empty ones too.
    pub(crate) fn lines_read(&self) -> u64 {
        self.read
    }

    /// The next line that is not empty; nothing at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Numbered>, Unreadable> {
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
            Line::Header(header) => Ok(Content::Header(self.taps.number(&header.tap)?, header)),
            Line::Record(tap, record) => {
                let known = self.taps.known(&tap);
                known.map(|tap| Content::Record(tap, record)).ok_or(LineFault::Tap(tap))
            }
        }
    }
}
