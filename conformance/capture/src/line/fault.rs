//! Why some bytes are not a line of a capture.

use rollwire_conformance::{protocol::MAX_LINE, text::NotText};
use rollwire_model::Layout;

use super::record::LONGEST_DATAGRAM;
use crate::packets::PacketFault;

/// The version of the format that is read and written.
pub const VERSION: u64 = 1;

/// Why some bytes are not a line of a capture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// It is too long.
    #[error("is longer than {MAX_LINE} bytes")]
    TooLong,
    /// It is not text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// It is not an object.
    #[error("is not a JSON object")]
    NotObject,
    /// It is not JSON, or a member has a wrong type or value.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// It is a header of another version.
    #[error("names version {0} of the format; this rollwire reads version {VERSION}")]
    Version(u64),
    /// It is a header of a revision that does not exist.
    #[error("names revision {0}; the revisions are 1 to {latest}", latest = Layout::builtin().revision)]
    Revision(u64),
    /// It is a header with a redundancy that no peer may have.
    #[error("gives `redundancy` the value {0}, which is not a number from 1 to 15")]
    Redundancy(u64),
    /// It is a header with a player's index that is neither 0 nor 1.
    #[error("gives `setup` the `local` index {0}, which is neither 0 nor 1")]
    Local(u8),
    /// It is a header with a parameter out of its range.
    #[error("gives `setup` a parameter `{0}` that is not {1}")]
    Parameter(&'static str, &'static str),
    /// It is a header with a capability that is not a chapter of a peer.
    #[error("gives `setup` the capability {0:?}, which is not a chapter of a peer")]
    Chapter(String),
    /// It is a header of a revision that no peer is followed in.
    #[error("has a `setup` with revision {0}; a peer is followed in revision {latest} only", latest = Layout::builtin().revision)]
    SetupRevision(u8),
    /// A name is too long.
    #[error("has a `{0}` of more than {1} characters")]
    LongName(&'static str, usize),
    /// It names a tap of which there was no header.
    #[error("names the tap {0:?}, of which there was no header")]
    Tap(String),
    /// It is a header of one tap more than can be tracked.
    #[error("is the header of one more tap than the {0} that a capture may have")]
    Taps(usize),
    /// It is a block of a file of packets.
    #[error(transparent)]
    Packet(#[from] PacketFault),
    /// It has no time.
    #[error("has no `at`")]
    NoTime,
    /// Its time is not one.
    #[error("has the time {0}, which is not a number from 0 to 1e15")]
    Time(String),
    /// Nothing has happened in it.
    #[error("holds none of sent, refused, received, channel, error and missing")]
    Nothing,
    /// More than one thing has happened in it.
    #[error("holds {0} of sent, refused, received, channel, error and missing; expected one")]
    TooMuch(usize),
    /// A datagram has more bytes than a channel carries.
    #[error("holds a datagram of {0} bytes; the most are {LONGEST_DATAGRAM}")]
    LongDatagram(usize),
}
