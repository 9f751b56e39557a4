//! The spellings, and the datagrams that are read.

use super::fault::Fault;

/// The most datagrams in one text.
pub const MAX_PACKETS: usize = 65_536;

/// A way to write bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// Hex digits, with or without separators and prefixes.
    Hex,
    /// Decimal numbers, as arrays are printed.
    Decimal,
    /// Characters and escapes, as in a string of a programming language.
    Escapes,
    /// Base64, of either alphabet.
    Base64,
    /// Lines with an offset, bytes in hex, and perhaps the characters.
    Dump,
}

impl Spelling {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Hex, Self::Decimal, Self::Escapes, Self::Base64, Self::Dump];

    /// The name, as an option or in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::Decimal => "decimal",
            Self::Escapes => "escapes",
            Self::Base64 => "base64",
            Self::Dump => "dump",
        }
    }
}

/// How to read a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct HowToRead {
    /// The spelling, where the text allows more than one.
    pub spelling: Option<Spelling>,
    /// Whether all lines are one datagram.
    pub join: bool,
}

/// A datagram of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How they are written.
    pub spelling: Spelling,
    /// The line where it begins, from 1.
    pub line: usize,
}

/// The datagrams of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The datagrams, in order; at least one.
    pub packets: Vec<Packet>,
    /// What a reader should know about the text, one sentence each without a final period.
    pub notes: Vec<String>,
}

/// Adds a datagram that begins at this position of the text. Until all of them are known, its line is
/// that position.
pub(super) fn add(
    reading: &mut Reading,
    at: usize,
    (bytes, spelling): (Vec<u8>, Spelling),
) -> Result<(), Fault> {
    if reading.packets.len() == MAX_PACKETS {
        return Err(Fault::at(at, format!("there are more than {MAX_PACKETS} datagrams")));
    }
    reading.packets.push(Packet { bytes, spelling, line: at });
    Ok(())
}
