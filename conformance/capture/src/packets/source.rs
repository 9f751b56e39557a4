//! Bytes that are read in order, and where they stand in the file.

use std::io::{self, BufRead, ErrorKind, Read};

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Source<R> {
    reader: R,
    /// How many bytes were read.
    offset: u64,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, offset: 0 }
    }

    /// The offset of the next byte.
    pub(super) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the end has been reached.
    pub(super) fn is_at_end(&mut self) -> io::Result<bool> {
        loop {
            match self.reader.fill_buf() {
                Ok(piece) => return Ok(piece.is_empty()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Appends this number of bytes, which the caller bounds; false if the file ends before.
    pub(super) fn read(&mut self, buffer: &mut Vec<u8>, count: usize) -> io::Result<bool> {
        let from = buffer.len();
        buffer.resize(from + count, 0);
        match self.reader.read_exact(&mut buffer[from..]) {
            Ok(()) => {
                self.offset += count as u64;
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                buffer.truncate(from);
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Passes over this number of bytes; false if the file ends before.
    pub(super) fn skip(&mut self, count: u64) -> io::Result<bool> {
        let skipped = io::copy(&mut self.reader.by_ref().take(count), &mut io::sink())?;
        self.offset += skipped;
        Ok(skipped == count)
    }
}

/// What was found in the place of a block.
#[derive(Debug)]
pub(super) enum Found {
    /// The file ends here.
    End,
    /// The file ends within it.
    Cut,
    /// It is whole, and stands in the buffer.
    Whole(Kind),
    /// It is of this length, which is more than is read. It was passed over.
    Long(Kind, u32),
    /// Nothing after it can be read.
    Broken(super::fault::Broken),
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It begins a section, and the file.
    Section,
    /// It describes an interface.
    Interface,
    /// It is a packet, as they are written today.
    Packet,
    /// It is a packet without a time.
    Simple,
    /// It is a packet of the kind before.
    Obsolete,
    /// It is something else.
    Other,
}
