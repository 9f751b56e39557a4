//! The lines of a file with their positions, each of bounded length.

use std::io::{self, BufRead, Read};

use crate::protocol::MAX_LINE;

/// The position of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePosition {
    /// Its number, from 1.
    pub number: u64,
    /// The offset of its first byte.
    pub offset: u64,
    /// How many bytes it has without the line end. If it is too long, one more than allowed,
    /// because the rest is not kept.
    pub length: usize,
    /// Whether it has a line end.
    pub ended: bool,
}

/// Reads one line after another.
#[derive(Debug)]
pub struct FileLines<R> {
    source: R,
    number: u64,
    offset: u64,
    skips: bool,
}

impl<R: BufRead> FileLines<R> {
    /// The lines of this source.
    pub fn new(source: R) -> Self {
        Self { source, number: 0, offset: 0, skips: true }
    }

    /// Whether the rest of a line that is too long is skipped, to read the next one. Where such a line is
    /// the end of all reading, its own end need not come.
    pub const fn skip_long_lines(&mut self, skips: bool) {
        self.skips = skips;
    }

    /// Reads the next line, and stores it in `text` without the line end; `None` at the end of the
    /// file. Of a line that is too long only the beginning is kept.
    ///
    /// # Errors
    /// The error of the source.
    pub fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<LinePosition>> {
        text.clear();
        let offset = self.offset;
        let most = MAX_LINE as u64 + 1;
        let mut read = self.source.by_ref().take(most).read_until(b'\n', text)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let mut ended = text.pop_if(|last| *last == b'\n').is_some();
        if !ended && read as u64 == most && self.skips {
            // The rest of the line is skipped, piece by piece.
            loop {
                let piece = self.source.fill_buf()?;
                if piece.is_empty() {
                    break;
                }
                let end = piece.iter().position(|byte| *byte == b'\n');
                let passed = end.map_or(piece.len(), |at| at + 1);
                self.source.consume(passed);
                read += passed;
                if end.is_some() {
                    ended = true;
                    break;
                }
            }
        }
        self.offset += read as u64;
        text.pop_if(|last| *last == b'\r' && ended);
        Ok(Some(LinePosition { number: self.number, offset, length: text.len(), ended }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(bytes: &[u8]) -> Vec<(LinePosition, usize)> {
        let mut lines = FileLines::new(io::BufReader::with_capacity(7, bytes));
        let (mut text, mut found) = (Vec::new(), Vec::new());
        while let Some(place) = lines.next(&mut text).unwrap() {
            found.push((place, text.len()));
        }
        found
    }

    #[test]
    fn every_line_has_its_position() {
        let place = |number, offset, length, ended| {
            (LinePosition { number, offset, length, ended }, length)
        };
        let found = places(b"ab\n\nc\r\nd");
        let expected = [
            place(1, 0, 2, true),
            place(2, 3, 0, true),
            place(3, 4, 1, true),
            place(4, 7, 1, false),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_that_is_too_long_needs_no_more_memory_than_the_longest() {
        let mut bytes = vec![b'x'; 3 * MAX_LINE];
        bytes.extend_from_slice(b"\ny\n");
        let found = places(&bytes);
        let lengths: Vec<usize> = found.iter().map(|(_, length)| *length).collect();
        assert_eq!(lengths, [MAX_LINE + 1, 1]);
        assert_eq!(found[1].0.offset, 3 * MAX_LINE as u64 + 1);
    }
}
