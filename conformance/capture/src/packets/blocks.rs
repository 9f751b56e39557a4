//! The blocks of a pcapng: each begins with its kind and its length, and ends with its length again.

use std::io::{self, BufRead};

use super::{
    fault::{Broken, MOST_BLOCK},
    source::{Found, Kind, Source},
};

/// The kind of a section header, which reads the same in both byte orders.
pub(super) const SECTION: u32 = 0x0a0d_0d0a;

/// What follows the length of a section header, in the byte order of the section.
const BYTE_ORDER: u32 = 0x1a2b_3c4d;

/// The bytes of an empty block: its kind, its length, and its length again.
const EMPTY: u32 = 12;

/// Blocks that are being read.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    pub(super) source: Source<R>,
    /// Whether numbers of this section are big-endian.
    pub(super) is_big: bool,
}

impl<R: BufRead> Blocks<R> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self { source, is_big: false }
    }

    /// A number of four bytes, which are there.
    fn number(&self, bytes: &[u8]) -> u32 {
        let bytes = bytes.first_chunk().copied().unwrap_or_default();
        if self.is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }

    /// Reads the next block into the buffer, or passes over it if nothing in it matters.
    pub(super) fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Found> {
        buffer.clear();
        if self.source.is_at_end()? {
            return Ok(Found::End);
        }
        if !self.source.read(buffer, 8)? {
            return Ok(Found::Cut);
        }
        if self.number(buffer) == SECTION {
            if !self.source.read(buffer, 4)? {
                return Ok(Found::Cut);
            }
            self.is_big = match buffer.last_chunk() {
                Some(order) if *order == BYTE_ORDER.to_be_bytes() => true,
                Some(order) if *order == BYTE_ORDER.to_le_bytes() => false,
                _ => return Ok(Found::Broken(Broken::ByteOrder)),
            };
        }
        let (kind, length) = (kind(self.number(buffer)), self.number(&buffer[4..]));
        if length < EMPTY || length % 4 != 0 || (length as usize) < buffer.len() + 4 {
            return Ok(Found::Broken(Broken::Length(length)));
        }
        let is_read =
            matches!(kind, Kind::Section | Kind::Interface | Kind::Packet) && length <= MOST_BLOCK;
        let rest = length as usize - buffer.len();
        if is_read {
            if !self.source.read(buffer, rest)? {
                return Ok(Found::Cut);
            }
        } else if !self.source.skip(rest as u64 - 4)? || !self.source.read(buffer, 4)? {
            return Ok(Found::Cut);
        }
        let again = self.number(&buffer[buffer.len() - 4..]);
        Ok(match kind {
            _ if again != length => Found::Broken(Broken::Lengths(length, again)),
            Kind::Section if !is_read => Found::Broken(Broken::Long(length)),
            Kind::Interface | Kind::Packet if !is_read => Found::Long(kind, length),
            kind => Found::Whole(kind),
        })
    }
}

const fn kind(number: u32) -> Kind {
    match number {
        SECTION => Kind::Section,
        1 => Kind::Interface,
        2 => Kind::Obsolete,
        3 => Kind::Simple,
        6 => Kind::Packet,
        _ => Kind::Other,
    }
}
