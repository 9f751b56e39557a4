//! A capture, record by record, whatever its format.

use std::io::{BufRead, Chain, Cursor, Read};

use crate::{
    content::{Numbered, Unit, Unreadable},
    lines::Lines,
    packets::{Assumed, Packets, Settings},
};

/// The beginning of a file, which was looked at, and the rest.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// A capture that is being read.
#[derive(Debug)]
pub struct Capture<R> {
    name: String,
    format: Format<R>,
}

#[derive(Debug)]
enum Format<R> {
    Lines(Box<Lines<Whole<R>>>),
    Packets(Box<Packets<Whole<R>>>),
}

impl<R: BufRead> Capture<R> {
    /// Reads the header of a capture that consists of lines of JSON.
    ///
    /// # Errors
    /// If the file cannot be read, is empty, or does not begin with a header.
    pub fn open(name: &str, source: R) -> Result<Self, Unreadable> {
        let format = Box::new(Lines::open(name, Cursor::new(Vec::new()).chain(source))?);
        Ok(Self { name: name.to_owned(), format: Format::Lines(format) })
    }

    /// Reads the beginning of a capture: lines of JSON, or a file of packets, pcapng or pcap, which is
    /// recognised by its first four bytes.
    ///
    /// # Errors
    /// Those of [`Self::open`]; or if a file of packets holds no datagram, or does not say who sent them,
    /// and nothing is to be assumed.
    pub fn open_any(name: &str, mut source: R, assumed: Assumed) -> Result<Self, Unreadable> {
        let mut begin = Vec::new();
        let read = source.by_ref().take(4).read_to_end(&mut begin);
        read.map_err(|error| Unreadable::Io { name: name.to_owned(), error })?;
        let settings = Settings::of(&begin, assumed);
        let source = Cursor::new(begin).chain(source);
        let format = match settings {
            Some(settings) => Format::Packets(Box::new(Packets::open(name, source, settings)?)),
            None => Format::Lines(Box::new(Lines::open(name, source)?)),
        };
        Ok(Self { name: name.to_owned(), format })
    }

    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its numbers count.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        match self.format {
            Format::Lines(_) => Unit::Lines,
            Format::Packets(_) => Unit::Packets,
        }
    }

    /// How many lines were read, empty ones too; or how many packets, those of others too.
    #[must_use]
    pub fn lines_read(&self) -> u64 {
        match &self.format {
            Format::Lines(lines) => lines.lines_read(),
            Format::Packets(packets) => packets.packets_read(),
        }
    }

    /// What comes next; nothing at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "it can fail")]
    pub fn next(&mut self) -> Result<Option<Numbered>, Unreadable> {
        match &mut self.format {
            Format::Lines(lines) => lines.next(),
            Format::Packets(packets) => packets.next(),
        }
    }
}
