//! Event files: the output of `--format jsonl`, read back.
//!
//! Such a file is untrusted, so the length of a line is bounded, the order of the events is checked,
//! and the footer is compared with what the reader has counted itself. A missing footer is not a
//! fault: a run that was killed leaves such a file.

use std::{
    io::{self, BufRead, Read},
    num::NonZeroUsize,
};

use super::audit::Audit;
use crate::{
    event::{EVENT_VERSION, Event},
    text::{shorten, utf8},
    verdict::Counts,
};

/// The longest line that is read, in bytes. Even the longest datagram needs far less.
pub const LONGEST_LINE: usize = 16 << 20;

/// The largest count that is read: more than any run has, and small enough for sums not to overflow.
const LARGEST_COUNT: u64 = 1 << 53;

/// Why an event file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// It cannot be read.
    #[error("{name}: cannot be read: {error}")]
    Unreadable {
        /// The file.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// It is empty; even the header is missing.
    #[error("{0}: is empty; the run wrote no event")]
    Empty(String),
    /// A line is wrong.
    #[error("{name}:{line}: {what}")]
    Line {
        /// The file.
        name: String,
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The caller cannot write what it makes of the events.
    #[error("the report cannot be written: {0}")]
    Sink(io::Error),
}

/// Passes every event of a file to `sink`, and returns whether the footer was among them.
///
/// # Errors
/// The first line that is not an event, is out of order, or contradicts the lines before it. If the last
/// line is cut off, the stream ends before it.
pub fn read(
    name: &str,
    source: impl BufRead,
    sink: &mut dyn FnMut(&Event) -> io::Result<()>,
) -> Result<bool, ReadFault> {
    let mut audit = Audit::default();
    read_lines(name, source, LONGEST_LINE, &mut |event| {
        audit.event(event)?;
        Ok(sink(event)?)
    })
}

/// The same for a caller that only wants to know which checks to ask again: the counts of the footer may
/// contradict the lines before it, for example because a user has left some of them out.
///
/// # Errors
/// The first line that is not an event or is out of order.
pub fn read_checks(
    name: &str,
    source: impl BufRead,
    sink: &mut dyn FnMut(&Event) -> io::Result<()>,
) -> Result<bool, ReadFault> {
    read_lines(name, source, LONGEST_LINE, &mut |event| Ok(sink(event)?))
}

/// Why an event is not taken.
enum NotTaken {
    /// It contradicts the lines before it.
    Contradiction(String),
    /// The caller cannot write what it makes of it.
    Sink(io::Error),
}

impl From<String> for NotTaken {
    fn from(what: String) -> Self {
        Self::Contradiction(what)
    }
}

impl From<io::Error> for NotTaken {
    fn from(error: io::Error) -> Self {
        Self::Sink(error)
    }
}

fn read_lines(
    name: &str,
    mut source: impl BufRead,
    longest: usize,
    take: &mut dyn FnMut(&Event) -> Result<(), NotTaken>,
) -> Result<bool, ReadFault> {
    let mut line = Vec::new();
    let mut ended = false;
    let mut number = 0;
    loop {
        line.clear();
        // One byte more than allowed, and the line end.
        let limit = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(2);
        let length = source
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut line)
            .map_err(|error| ReadFault::Unreadable { name: name.to_owned(), error })?;
        if length == 0 {
            return if number == 0 { Err(ReadFault::Empty(name.to_owned())) } else { Ok(ended) };
        }
        let whole = line.pop_if(|last| *last == b'\n').is_some();
        number += 1;
        let fault = |what: String| ReadFault::Line { name: name.to_owned(), line: number, what };
        if line.len() > longest {
            return Err(fault(format!("the line is longer than {longest} bytes")));
        }
        let event = match serde_json::from_slice::<Event>(&line) {
            Ok(event) => event,
            // A run that was killed stops in the middle of a line.
            Err(error) if !whole && error.is_eof() && number > 1 => return Ok(false),
            Err(error) => {
                return Err(fault(match utf8(&line) {
                    Err(fault) => fault.to_string(),
                    Ok(_) => format!("is not an event: {}", json_error(&error)),
                }));
            }
        };
        let checked = match &event {
            _ if ended => Err("comes after the footer".to_owned()),
            Event::Header(header) if number == 1 => version(header.version),
            Event::Header(_) => Err("is a second header".to_owned()),
            _ if number == 1 => Err("is not the header, which must come first".to_owned()),
            Event::Footer(footer) => counts(&footer.counts),
            Event::Check(_) | Event::Note { .. } | Event::Cause(_) => Ok(()),
        };
        checked.map_err(&fault)?;
        ended = matches!(event, Event::Footer(_));
        take(&event).map_err(|reason| match reason {
            NotTaken::Contradiction(what) => fault(what),
            NotTaken::Sink(error) => ReadFault::Sink(error),
        })?;
    }
}

fn version(found: u32) -> Result<(), String> {
    if found == EVENT_VERSION {
        return Ok(());
    }
    Err(format!("`version` is {found}; this version of rollwire reads {EVENT_VERSION}"))
}

fn counts(counts: &Counts) -> Result<(), String> {
    if counts.by_verdict().iter().all(|(_, count)| *count <= LARGEST_COUNT) {
        return Ok(());
    }
    Err(format!("`counts` has a number above {LARGEST_COUNT}"))
}

/// The error of serde_json with the column only: the caller knows the line.
fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = shorten(text.strip_suffix(&place).unwrap_or(&text));
    match NonZeroUsize::new(error.column()) {
        Some(column) => format!("{text} at column {column}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_needs_bounded_memory() {
        let endless = io::BufReader::new(io::repeat(b'x'));
        let fault = read_lines("f", endless, 64, &mut |_| Ok(())).unwrap_err();
        assert_eq!(fault.to_string(), "f:1: the line is longer than 64 bytes");
        let exact = [b'x'; 64];
        let fault = read_lines("f", &exact[..], 64, &mut |_| Ok(())).unwrap_err();
        assert!(fault.to_string().starts_with("f:1: is not an event: expected value"), "{fault}");
    }
}
