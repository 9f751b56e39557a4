//! Event files: what a run wrote with `--format jsonl`, read again.
//!
//! Such a file may come from anybody, so a line has a bounded length and every event a place where
//! it may stand. That there is no footer is no fault: it is how a run looks that was killed.

use std::{
    io::{self, BufRead, Read},
    num::NonZeroUsize,
};

use crate::{
    event::{EVENT_VERSION, Event},
    text::shorten,
    verdict::Counts,
};

/// How long a line may be, in bytes. The longest datagram, as hex and as a request, is far below.
pub const LONGEST_LINE: usize = 16 << 20;

/// A count that no run reaches; sums of such stay numbers.
const LARGEST_COUNT: u64 = 1 << 53;

/// Why a file is no event file.
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
    /// There is nothing in it, not even a header.
    #[error("{0}: holds no event: the run ended before it began")]
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
    /// Whoever takes the events cannot go on.
    #[error("the report cannot be written: {0}")]
    Sink(io::Error),
}

/// Hands on every event of a file, and says whether the footer was among them.
///
/// # Errors
/// The first line that is no event, or stands where it must not. The last line may be cut off: then
/// the stream ends before it.
pub fn read(
    name: &str,
    source: impl BufRead,
    sink: &mut dyn FnMut(&Event) -> io::Result<()>,
) -> Result<bool, ReadFault> {
    read_lines(name, source, LONGEST_LINE, sink)
}

fn read_lines(
    name: &str,
    mut source: impl BufRead,
    longest: usize,
    sink: &mut dyn FnMut(&Event) -> io::Result<()>,
) -> Result<bool, ReadFault> {
    let mut line = Vec::new();
    let mut ended = false;
    let mut number = 0;
    loop {
        line.clear();
        // One more than allowed, and the line's end.
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
            Err(error) => return Err(fault(format!("is no event: {}", of_json(&error)))),
        };
        let right = match &event {
            _ if ended => Err("stands behind the footer".to_owned()),
            Event::Header(header) if number == 1 => version(header.version),
            Event::Header(_) => Err("is a second header".to_owned()),
            _ if number == 1 => Err("is no header, which comes first".to_owned()),
            Event::Footer(footer) => counts(&footer.counts),
            Event::Check(_) | Event::Note { .. } => Ok(()),
        };
        right.map_err(fault)?;
        ended = matches!(event, Event::Footer(_));
        sink(&event).map_err(ReadFault::Sink)?;
    }
}

fn version(found: u32) -> Result<(), String> {
    if found == EVENT_VERSION {
        return Ok(());
    }
    Err(format!("`version` of the events is {found}; this rollwire reads {EVENT_VERSION}"))
}

fn counts(counts: &Counts) -> Result<(), String> {
    // A count that is added later is not forgotten here.
    let Counts {
        passed,
        failed,
        weak,
        errors,
        expected_failures,
        unexpected_passes,
        not_applicable,
        not_run,
    } = *counts;
    let listed = [expected_failures, unexpected_passes];
    let others = [passed, failed, weak, errors, not_applicable, not_run];
    if listed.iter().chain(&others).all(|it| *it <= LARGEST_COUNT) {
        return Ok(());
    }
    Err(format!("`counts` holds a number above {LARGEST_COUNT}"))
}

/// What serde_json says, with the column alone: the line is known.
fn of_json(error: &serde_json::Error) -> String {
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
    fn a_line_of_any_length_costs_a_bounded_memory() {
        let endless = io::BufReader::new(io::repeat(b'x'));
        let fault = read_lines("f", endless, 64, &mut |_| Ok(())).unwrap_err();
        assert_eq!(fault.to_string(), "f:1: the line is longer than 64 bytes");
        let exact = [b'x'; 64];
        let fault = read_lines("f", &exact[..], 64, &mut |_| Ok(())).unwrap_err();
        assert!(fault.to_string().starts_with("f:1: is no event: expected value"), "{fault}");
    }
}
