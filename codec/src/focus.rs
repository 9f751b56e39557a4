//! FOCUS_STATE: tells the peer that the page was hidden, because a browser pauses hidden pages.

use crate::{
    DecodeError, EncodeError, MessageType,
    read::{be_u32, byte, whole},
    write::fixed,
};

/// FOCUS_STATE: the sender's page was hidden or shown.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x14 |
/// | 1 | 1 | `focused` | 0 or 1 |
/// | 2 | 4 | `frame` | u32, big-endian |
///
/// The length is exactly 6 bytes (rule `FOCUS_STATE-1`).
/// A focus byte above 1 is refused (`FOCUS_STATE-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FocusState {
    /// Whether the page is visible.
    pub focused: bool,
    /// The frame that the sender simulates, for information.
    pub frame: u32,
}

impl FocusState {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::FocusState;

    /// The length.
    pub const LEN: usize = 1 + 1 + 4;

    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let (focused, frame) = whole(datagram, Self::LEN, (byte, be_u32))?;
        let focused = match focused {
            0 => false,
            1 => true,
            found => return Err(DecodeError::Value { found }),
        };
        Ok(Self { focused, frame }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        fixed(out, |[kind, focused, f0, f1, f2, f3]| {
            *kind = Self::TYPE.to_byte();
            *focused = self.focused.into();
            [*f0, *f1, *f2, *f3] = self.frame.to_be_bytes();
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn the_focus_byte_is_zero_or_one() {
        for byte in 0..=u8::MAX {
            let wire = [0x14, byte, 0x00, 0x00, 0x01, 0xb8];
            let expected = match byte {
                0 => Ok(FocusState { focused: false, frame: 440 }.into()),
                1 => Ok(FocusState { focused: true, frame: 440 }.into()),
                found => Err(DecodeError::Value { found }),
            };
            assert_eq!(decode(&wire), expected);
        }
    }
}
