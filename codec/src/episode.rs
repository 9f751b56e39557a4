//! EPISODE_END and EPISODE_READY: both peers end an episode, reset, and start the next one.

use crate::{
    DecodeError, EncodeError, HashText, MessageType,
    read::{array, be_u32, whole},
    write::fixed,
};

/// EPISODE_END: the sender's episode is over.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x05 |
/// | 1 | 4 | `frame` | u32, big-endian |
/// | 5 | 4 | `episode` | u32, big-endian |
///
/// The length is exactly 9 bytes (rule `EPISODE_END-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EpisodeEnd {
    /// The exclusive end: the number of the last simulated frame plus one (`EPISODE_END-5`).
    pub frame: u32,
    /// The episode that ends, counted from 0 (`EPISODE_END-6`).
    pub episode: u32,
}

impl EpisodeEnd {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::EpisodeEnd;

    /// The length.
    pub const LEN: usize = 1 + 4 + 4;

    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let (frame, episode) = whole(datagram, Self::LEN, (be_u32, be_u32))?;
        Ok(Self { frame, episode }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        fixed(out, |[kind, f0, f1, f2, f3, e0, e1, e2, e3]| {
            *kind = Self::TYPE.to_byte();
            [*f0, *f1, *f2, *f3] = self.frame.to_be_bytes();
            [*e0, *e1, *e2, *e3] = self.episode.to_be_bytes();
        })
    }
}

/// EPISODE_READY: the sender has reset and may start.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x06 |
/// | 1 | 4 | `episode` | u32, big-endian |
/// | 5 | 8 | `hash` | eight **ASCII characters** of `0-9a-f` |
///
/// The length is exactly 13 bytes (rule `EPISODE_READY-1`), the same as that of
/// [`StateHash`](crate::StateHash), whose hash is eight **raw bytes**.
/// A hash with any other character is refused (`EPISODE_READY-4`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EpisodeReady<'a> {
    /// The episode about to start, counted from 1 (`EPISODE_READY-8`); any number is accepted.
    pub episode: u32,
    /// The hash of the state immediately after the reset.
    pub hash: HashText<'a>,
}

impl EpisodeReady<'_> {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::EpisodeReady;

    /// The length.
    pub const LEN: usize = Self::HASH_OFFSET + HashText::LEN;

    /// The offset of the hash.
    const HASH_OFFSET: usize = 1 + 4;
}

impl<'a> EpisodeReady<'a> {
    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &'a [u8]) -> Result<M, DecodeError> {
        let (episode, hash) = whole(datagram, Self::LEN, (be_u32, array))?;
        match HashText::check(hash) {
            Ok(hash) => Ok(Self { episode, hash }.into()),
            Err((index, found)) => {
                Err(DecodeError::Text { offset: Self::HASH_OFFSET.saturating_add(index), found })
            }
        }
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        fixed(out, |[kind, e0, e1, e2, e3, hash @ ..]: &mut [u8; EpisodeReady::LEN]| {
            *kind = Self::TYPE.to_byte();
            [*e0, *e1, *e2, *e3] = self.episode.to_be_bytes();
            *hash = *self.hash.as_bytes();
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, decode};

    #[test]
    fn any_episode_is_accepted() {
        for episode in [0, 1, u32::MAX] {
            let hash = HashText::new("0123abcf").unwrap();
            let ready = Message::from(EpisodeReady { episode, hash });
            let end = Message::from(EpisodeEnd { frame: 0, episode });
            let mut out = [0; 13];
            assert_eq!(decode(ready.encode(&mut out).unwrap()), Ok(ready));
            assert_eq!(decode(end.encode(&mut out).unwrap()), Ok(end));
        }
    }

    #[test]
    fn a_packed_hash_is_no_text() {
        let error = decode(b"\x06\x00\x00\x00\x01\xa1\xb2\xc3\xd4\x00\x00\x00\x00").unwrap_err();
        assert_eq!(error, DecodeError::Text { offset: 5, found: 0xa1 });
    }

    #[test]
    fn every_byte_but_sixteen_is_refused_at_its_place() {
        for index in 0..8 {
            for byte in 0..=u8::MAX {
                let mut wire = *b"\x06\x00\x00\x00\x01a1b2c3d4";
                let offset = 5 + index;
                wire[offset] = byte;
                let accepted = b"0123456789abcdef".contains(&byte);
                match decode(&wire) {
                    Ok(_) => assert!(accepted, "{byte:#04x}"),
                    Err(error) => {
                        assert!(!accepted, "{byte:#04x}");
                        assert_eq!(error, DecodeError::Text { offset, found: byte });
                    }
                }
            }
        }
    }
}
