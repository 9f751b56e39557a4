//! The lines of a file with their places, each of bounded length.

use std::io::{self, BufRead, Read};

use crate::protocol::MAX_LINE;

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Its first byte.
    pub(crate) offset: u64,
    /// Its bytes without the line end, as far as they are read: of a line that is too long one more
    /// than it may have.
    pub(crate) length: usize,
    /// Whether its line end is there.
    pub(crate) ended: bool,
}

/// Reads one line after another.
#[derive(Debug)]
pub(crate) struct FileLines<R> {
    source: R,
    number: u64,
    offset: u64,
}

impl<R: BufRead> FileLines<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source, number: 0, offset: 0 }
    }

    /// The next line and its text without the line end; nothing at the end of the file. Of a line
    /// that is too long only the beginning is kept.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Place>> {
        text.clear();
        let offset = self.offset;
        let most = MAX_LINE as u64 + 1;
        let mut read = self.source.by_ref().take(most).read_until(b'\n', text)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let mut ended = text.pop_if(|last| *last == b'\n').is_some();
        if !ended && read as u64 == most {
            // The rest of it is passed over, piece by piece.
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
        Ok(Some(Place { number: self.number, offset, length: text.len(), ended }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(bytes: &[u8]) -> Vec<(Place, usize)> {
        let mut lines = FileLines::new(io::BufReader::with_capacity(7, bytes));
        let (mut text, mut found) = (Vec::new(), Vec::new());
        while let Some(place) = lines.next(&mut text).unwrap() {
            found.push((place, text.len()));
        }
        found
    }

    #[test]
    fn every_line_has_its_place() {
        let place =
            |number, offset, length, ended| (Place { number, offset, length, ended }, length);
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
    fn a_line_that_is_too_long_costs_no_more_than_the_longest() {
        let mut bytes = vec![b'x'; 3 * MAX_LINE];
        bytes.extend_from_slice(b"\ny\n");
        let found = places(&bytes);
        let lengths: Vec<usize> = found.iter().map(|(_, length)| *length).collect();
        assert_eq!(lengths, [MAX_LINE + 1, 1]);
        assert_eq!(found[1].0.offset, 3 * MAX_LINE as u64 + 1);
    }
}
