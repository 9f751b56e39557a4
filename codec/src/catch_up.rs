//! INPUT_REQUEST and INPUT_RESPONSE: how a peer that fell behind gets the inputs that it missed.

use core::{error::Error, fmt};

use crate::{
    DecodeError, EncodeError, Entries, MessageType, RefusalClass,
    read::{be_u16, be_u32, header, tail, whole},
    write::{counted, fixed},
};

/// INPUT_REQUEST: asks for the peer's own inputs of a range of frames.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x12 |
/// | 1 | 4 | `start` | u32, big-endian |
/// | 5 | 4 | `end` | u32, big-endian, at least `start` |
///
/// The length is exactly 9 bytes (rule `INPUT_REQUEST-1`).
/// The range is inclusive (`INPUT_REQUEST-7`), so it is never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InputRequest {
    start: u32,
    end: u32,
}

impl InputRequest {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::InputRequest;

    /// The length.
    pub const LEN: usize = 1 + 4 + 4;

    /// A request for the frames `start` to `end`, both included.
    ///
    /// # Errors
    ///
    /// When `start` is greater than `end` (rule `INPUT_REQUEST-5`).
    #[inline]
    pub const fn new(start: u32, end: u32) -> Result<Self, RangeError> {
        if start > end {
            return Err(RangeError { start, end });
        }
        Ok(Self { start, end })
    }

    /// The first frame that is asked for.
    #[inline]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The last frame that is asked for.
    #[inline]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// An inverted range is refused (`INPUT_REQUEST-4`).
    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let (start, end) = whole(datagram, Self::LEN, (be_u32, be_u32))?;
        match Self::new(start, end) {
            Ok(request) => Ok(request.into()),
            Err(RangeError { start, end }) => Err(DecodeError::Range { start, end }),
        }
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        fixed(out, |[kind, s0, s1, s2, s3, e0, e1, e2, e3]| {
            *kind = Self::TYPE.to_byte();
            [*s0, *s1, *s2, *s3] = self.start.to_be_bytes();
            [*e0, *e1, *e2, *e3] = self.end.to_be_bytes();
        })
    }
}

/// The error for a range of frames that starts after its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RangeError {
    /// The first frame of the range.
    pub start: u32,
    /// Its last frame.
    pub end: u32,
}

impl RangeError {
    /// Always [`RefusalClass::Range`].
    pub const fn class(self) -> RefusalClass {
        RefusalClass::Range
    }
}

impl fmt::Display for RangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, end } = self;
        write!(f, "expected an end of at least {start}, found {end}")
    }
}

impl Error for RangeError {}

/// INPUT_RESPONSE: answers an INPUT_REQUEST with the inputs that the sender holds.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x13 |
/// | 1 | 2 | `player` | u16, big-endian |
/// | 3 | 2 | count | u16, big-endian |
/// | 5 | 5 · count | `entries` | an [`InputEntry`](crate::InputEntry) each |
///
/// The length is exactly 5 + 5 · count bytes (rule `INPUT_RESPONSE-1`).
/// Every count is accepted, 0 included (`INPUT_RESPONSE-3`).
/// The longest message has 327,680 bytes, more than common channels carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InputResponse<'a> {
    /// The index of the player whose inputs these are.
    pub player: u16,
    /// The inputs.
    pub entries: Entries<'a>,
}

impl InputResponse<'_> {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::InputResponse;

    /// The length of everything before the entries.
    pub const HEADER_LEN: usize = 1 + 2 + 2;
}

impl<'a> InputResponse<'a> {
    /// The length must match the count (`INPUT_RESPONSE-1`).
    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &'a [u8]) -> Result<M, DecodeError> {
        let (rest, (player, count)) = header(datagram, Self::HEADER_LEN, (be_u16, be_u16))?;
        let entries = tail(rest, Self::HEADER_LEN, count)?;
        Ok(Self { player, entries }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        counted(out, self.entries, |[kind, p0, p1, c0, c1]| {
            *kind = Self::TYPE.to_byte();
            [*p0, *p1] = self.player.to_be_bytes();
            [*c0, *c1] = self.entries.count().to_be_bytes();
        })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::{string::ToString, vec};

    use super::*;
    use crate::{Message, decode};

    #[test]
    fn a_range_is_inclusive_and_never_inverted() {
        let request = InputRequest::new(7, 7).unwrap();
        assert_eq!((request.start(), request.end()), (7, 7));
        let error = InputRequest::new(8, 7).unwrap_err();
        assert_eq!(error, RangeError { start: 8, end: 7 });
        assert_eq!(error.class(), RefusalClass::Range);
        assert_eq!(error.to_string(), "expected an end of at least 8, found 7");
    }

    #[test]
    fn the_shortest_and_the_longest_response() {
        let wire = vec![[0xff, 0, 1, 2, 3]; Entries::MAX];
        for entries in [Entries::EMPTY, Entries::new(&wire).unwrap()] {
            let message = Message::from(InputResponse { player: 513, entries });
            let mut out = vec![0; message.encoded_len()];
            let len = message.encode(&mut out).unwrap().len();
            assert_eq!(len, 5 + 5 * entries.len());
            assert_eq!(decode(&out), Ok(message));
        }
    }
}
