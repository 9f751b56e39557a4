//! Why a block of a file of packets cannot be read.

use rollwire_conformance::text::NotText;

/// The most bytes of a block that is read. Wireshark opens no packet of more than half as many.
pub(super) const MOST_BLOCK: u32 = 512 * 1024;

/// The most interfaces that a file may describe, in all of its sections.
pub(super) const MOST_INTERFACES: usize = 4096;

/// A block that cannot be read, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at byte {offset} {what}")]
pub struct PacketFault {
    /// The offset of its first byte in the file.
    pub offset: u64,
    /// What is wrong with it.
    pub what: Broken,
}

/// What is wrong with a block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Its length is less than that of an empty block, or no multiple of four.
    #[error("has a length of {0} bytes, which no block has; the rest of the file is not read")]
    Length(u32),
    /// The length at its end is another.
    #[error(
        "has a length of {0} bytes at its beginning and of {1} at its end; the rest of the file is not read"
    )]
    Lengths(u32, u32),
    /// It is a section header that names no byte order.
    #[error("begins a section without a byte order; the rest of the file is not read")]
    ByteOrder,
    /// It is a section header of another version.
    #[error(
        "begins a section of version {0} of pcapng, but only version 1 is supported; the rest of the file is not read"
    )]
    Version(u16),
    /// It is longer than what is read.
    #[error("is {0} bytes long, but at most {MOST_BLOCK} are read")]
    Long(u32),
    /// Its parts do not fit into it.
    #[error("cannot be read: its parts are longer than it is")]
    Content,
    /// It describes one interface more than may be.
    #[error("describes one more interface than the {MOST_INTERFACES} that a file may have")]
    Interfaces,
    /// It is a packet of an interface of which there was no description.
    #[error("refers to interface {0}, but the section describes only {1} before it")]
    Interface(u32, usize),
    /// It is a packet of a kind without a time.
    #[error("is a simple packet, which has no time")]
    NoTime,
    /// It is a packet of an obsolete kind, which current programs do not write.
    #[error("is a packet of the obsolete kind; Wireshark saves it as an enhanced packet")]
    Obsolete,
    /// It is an exported PDU that consists of tags without an end.
    #[error("is an exported PDU whose tags do not end")]
    Tags,
    /// Its time is too far from the origin.
    #[error("has a time that is more than 1e15 milliseconds after the origin")]
    Time,
    /// Nothing says whether it was sent or received.
    #[error("is a packet that does not say whether it was sent or received")]
    Direction,
    /// It has more bytes than a channel carries.
    #[error("is a datagram of {0} bytes; the most are {most}", most = crate::line::LONGEST_DATAGRAM)]
    LongDatagram(usize),
    /// It is said to be a text frame, and is not text.
    #[error("is marked as a text frame, but {0}")]
    NotText(NotText),
}
