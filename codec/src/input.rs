//! INPUT: the newest inputs of a player, repeated in every datagram.

use crate::{
    CountError, DecodeError, EncodeError, Entries, MessageType, layout,
    read::{be_u16, be_u32, byte, header, tail},
    write::counted,
};

/// INPUT: the newest inputs of one player.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x01 |
/// | 1 | 2 | `player` | u16, big-endian |
/// | 3 | 4 | `current_frame` | u32, big-endian |
/// | 7 | 1 | count | 1 to 15 |
/// | 8 | 1 | reserved | written as 0, ignored when read |
/// | 9 | 5 · count | `entries` | an [`InputEntry`](crate::InputEntry) each |
///
/// The length is exactly 9 + 5 · count bytes (rule `INPUT-1`).
/// The reserved byte is not part of the value (`INPUT-8`, `INPUT-9`).
/// Entries keep their order, repeats included, and `current_frame` may be any frame
/// (`INPUT-3`, `INPUT-10`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Input<'a> {
    /// The index of the player whose inputs these are: the sender (`INPUT-2`).
    pub player: u16,
    /// The frame of the newest entry, if the sender follows `INPUT-14`.
    pub current_frame: u32,
    entries: Entries<'a>,
}

impl Input<'_> {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::Input;

    /// The length of everything before the entries.
    pub const HEADER_LEN: usize = 1 + 2 + 4 + 1 + 1;

    /// The greatest number of entries in a message; the least is one (rules `INPUT-4`, `INPUT-5`).
    pub const MAX_ENTRIES: usize = layout::INPUT_MAX_ENTRIES;
}

impl<'a> Input<'a> {
    /// A message with these inputs, the oldest first.
    ///
    /// # Errors
    ///
    /// If there are no entries, or more than [`Input::MAX_ENTRIES`] (rule `INPUT-11`).
    pub const fn new(
        player: u16,
        current_frame: u32,
        entries: Entries<'a>,
    ) -> Result<Self, CountError> {
        let found = entries.len();
        if found == 0 || found > Self::MAX_ENTRIES {
            return Err(CountError { min: 1, max: Self::MAX_ENTRIES, found });
        }
        Ok(Self { player, current_frame, entries })
    }

    /// The inputs, one to fifteen of them.
    #[inline]
    pub const fn entries(&self) -> Entries<'a> {
        self.entries
    }

    /// The count is checked before the length, which depends on it (`INPUT-5`, `INPUT-7`).
    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &'a [u8]) -> Result<M, DecodeError> {
        let fields = (be_u16, be_u32, byte, byte);
        let (rest, (player, current_frame, count, _reserved)) =
            header(datagram, Self::HEADER_LEN, fields)?;
        if count == 0 || usize::from(count) > Self::MAX_ENTRIES {
            return Err(DecodeError::Count { found: count });
        }
        let entries = tail(rest, Self::HEADER_LEN, count.into())?;
        Ok(Self { player, current_frame, entries }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        counted(out, self.entries, |[kind, p0, p1, f0, f1, f2, f3, count, reserved]| {
            *kind = Self::TYPE.to_byte();
            [*p0, *p1] = self.player.to_be_bytes();
            [*f0, *f1, *f2, *f3] = self.current_frame.to_be_bytes();
            // The count is at most 15, so the upper byte is the 0 of the reserved one.
            [*count, *reserved] = self.entries.count().to_le_bytes();
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, decode};

    #[test]
    fn the_reserved_byte_is_read_over_and_written_as_zero() {
        let careless = *b"\x01\x00\x00\x00\x00\x00\x97\x01\xff\x00\x00\x00\x96\x06";
        let proper = *b"\x01\x00\x00\x00\x00\x00\x97\x01\x00\x00\x00\x00\x96\x06";
        let message = decode(&careless).unwrap();
        assert_eq!(decode(&proper), Ok(message));
        assert_eq!(message.encode(&mut [0xa5; 14]), Ok(proper.as_slice()));
    }

    #[test]
    fn entries_keep_order_and_repeats_whatever_the_current_frame() {
        let wire = [[0, 0, 0, 9, 1], [0, 0, 0, 3, 2], [0, 0, 0, 9, 1]];
        let input = Input::new(u16::MAX, 0, Entries::new(&wire).unwrap()).unwrap();
        let mut out = [0; 24];
        let datagram = Message::from(input).encode(&mut out).unwrap();
        assert_eq!(decode(datagram), Ok(input.into()));
        assert_eq!(input.entries().as_wire(), &wire);
    }

    #[test]
    fn one_to_fifteen_entries_and_no_others() {
        let wire = [[0; 5]; 17];
        for found in 0..=17 {
            let entries = Entries::new(&wire[..found]).unwrap();
            let input = Input::new(0, 0, entries);
            if (1..=15).contains(&found) {
                assert_eq!(input.unwrap().entries().len(), found);
            } else {
                assert_eq!(input, Err(CountError { min: 1, max: 15, found }));
            }
        }
    }
}
