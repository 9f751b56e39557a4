//! Why a datagram is not a message, and why a message was not written.

use core::{error::Error, fmt};

use crate::{RefusalClass, UnknownMessageType, layout};

/// Why a datagram is not a message.
///
/// Every invalid datagram has exactly one error, because the checks are made in a fixed order:
/// empty, message type, header length, entry count, exact length, field values (`REFUSAL-2`).
///
/// The error text says what was expected, what was found, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DecodeError {
    /// The datagram has no byte (rule `WIRE-1`).
    Empty,
    /// The first byte is not a known message type (rule `WIRE-2`).
    UnknownType {
        /// The first byte.
        found: u8,
    },
    /// The datagram is shorter than its message.
    Truncated {
        /// The length of the message, or of its header if the header is incomplete.
        expected: usize,
        /// The length of the datagram.
        found: usize,
    },
    /// The datagram is longer than its message.
    Trailing {
        /// The length of the message.
        expected: usize,
        /// The length of the datagram.
        found: usize,
    },
    /// The count of INPUT is 0 or greater than [`Input::MAX_ENTRIES`](crate::Input::MAX_ENTRIES)
    /// (rules `INPUT-5`, `INPUT-7`).
    Count {
        /// The count field.
        found: u8,
    },
    /// The focus byte of FOCUS_STATE is neither 0 nor 1 (rule `FOCUS_STATE-3`).
    Value {
        /// The focus byte.
        found: u8,
    },
    /// The hash of EPISODE_READY contains a byte other than `0-9a-f` (rule `EPISODE_READY-4`).
    Text {
        /// The offset of that byte in the datagram.
        offset: usize,
        /// The first such byte.
        found: u8,
    },
    /// INPUT_REQUEST ends before it starts (rule `INPUT_REQUEST-4`).
    Range {
        /// The field `start`.
        start: u32,
        /// The field `end`.
        end: u32,
    },
}

impl DecodeError {
    /// The class of the refusal. Conformance tests compare implementations by it.
    pub const fn class(self) -> RefusalClass {
        match self {
            Self::Empty => RefusalClass::Empty,
            Self::UnknownType { .. } => RefusalClass::UnknownType,
            Self::Truncated { .. } => RefusalClass::Truncated,
            Self::Trailing { .. } => RefusalClass::Trailing,
            Self::Count { .. } => RefusalClass::Count,
            Self::Value { .. } => RefusalClass::Value,
            Self::Text { .. } => RefusalClass::Text,
            Self::Range { .. } => RefusalClass::Range,
        }
    }

    /// The offset, counted from 0, of the byte at which the datagram is invalid.
    ///
    /// For a truncated datagram, this is its length: the offset of the first missing byte.
    /// For a datagram with trailing bytes, it is the offset of the first trailing byte.
    /// For a refused field, it is the first byte of the field; for a refused text, its first invalid
    /// character.
    pub const fn offset(self) -> usize {
        match self {
            Self::Empty | Self::UnknownType { .. } => 0,
            Self::Truncated { found, .. } => found,
            Self::Trailing { expected, .. } => expected,
            Self::Count { .. } => layout::INPUT_COUNT,
            Self::Value { .. } => layout::FOCUS_STATE_FOCUSED,
            Self::Text { offset, .. } => offset,
            Self::Range { .. } => layout::INPUT_REQUEST_END,
        }
    }

    /// The error for a datagram of `found` bytes whose message is `expected` bytes long.
    #[cold]
    pub(crate) const fn wrong_length(expected: usize, found: usize) -> Self {
        if found < expected {
            Self::Truncated { expected, found }
        } else {
            Self::Trailing { expected, found }
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.offset();
        match *self {
            Self::Empty => write!(f, "expected a message type at byte {at}, found nothing"),
            Self::UnknownType { found } => {
                write!(f, "expected a message type at byte {at}, found {found:#04x}")
            }
            Self::Truncated { expected, found } => {
                write!(f, "expected {expected} bytes, found {found}: nothing at byte {at}")
            }
            Self::Trailing { expected, found } => {
                write!(f, "expected {expected} bytes, found {found}: surplus at byte {at}")
            }
            Self::Count { found } => {
                let max = layout::INPUT_MAX_ENTRIES;
                write!(f, "expected 1 to {max} entries, found {found} at byte {at}")
            }
            Self::Value { found } => {
                write!(f, "expected focus 0 or 1, found {found} at byte {at}")
            }
            Self::Text { found, .. } => {
                write!(f, "expected a character of 0-9a-f, found {found:#04x} at byte {at}")
            }
            Self::Range { start, end } => {
                write!(f, "expected an end of at least {start}, found {end} at byte {at}")
            }
        }
    }
}

impl Error for DecodeError {}

impl From<UnknownMessageType> for DecodeError {
    fn from(error: UnknownMessageType) -> Self {
        Self::UnknownType { found: error.found }
    }
}

/// Why a message was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EncodeError {
    /// The message is longer than the buffer.
    BufferTooSmall {
        /// The length of the message.
        needed: u32,
        /// The length of the buffer.
        available: u32,
    },
}

/// The lengths are `u32`s because a caller copies the slice out of a larger result as one piece, and has
/// to wait until both of its words are stored.
const _: () = assert!(size_of::<Result<&[u8], EncodeError>>() <= 16);

impl EncodeError {
    /// The error for a message of `needed` bytes and a shorter buffer.
    #[inline(always)]
    pub(crate) const fn too_small(needed: usize, available: usize) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "no message is longer than 327,680 bytes, and the buffer is shorter than it"
        )]
        let [needed, available] = [needed as u32, available as u32];
        Self::BufferTooSmall { needed, available }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::BufferTooSmall { needed, available } = self;
        write!(f, "expected a buffer of at least {needed} bytes, found {available}")
    }
}

impl Error for EncodeError {}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::ToString;

    use super::*;

    #[test]
    fn a_decode_error_says_what_was_expected_and_found_and_where() {
        for (error, text) in [
            (DecodeError::Empty, "expected a message type at byte 0, found nothing"),
            (
                DecodeError::UnknownType { found: 0x08 },
                "expected a message type at byte 0, found 0x08",
            ),
            (
                DecodeError::Truncated { expected: 13, found: 12 },
                "expected 13 bytes, found 12: nothing at byte 12",
            ),
            (
                DecodeError::Trailing { expected: 13, found: 14 },
                "expected 13 bytes, found 14: surplus at byte 13",
            ),
            (DecodeError::Count { found: 16 }, "expected 1 to 15 entries, found 16 at byte 7"),
            (DecodeError::Value { found: 2 }, "expected focus 0 or 1, found 2 at byte 1"),
            (
                DecodeError::Text { offset: 7, found: b'B' },
                "expected a character of 0-9a-f, found 0x42 at byte 7",
            ),
            (
                DecodeError::Range { start: 10, end: 9 },
                "expected an end of at least 10, found 9 at byte 5",
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn an_unknown_type_byte_keeps_its_error() {
        let error = UnknownMessageType { found: 0x20 };
        assert_eq!(DecodeError::from(error), DecodeError::UnknownType { found: 0x20 });
    }

    #[test]
    fn an_encode_error_says_what_was_expected_and_found() {
        let error = EncodeError::BufferTooSmall { needed: 13, available: 12 };
        assert_eq!(error.to_string(), "expected a buffer of at least 13 bytes, found 12");
    }
}
