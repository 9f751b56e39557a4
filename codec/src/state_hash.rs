//! STATE_HASH: the message by which two peers notice that their simulations have diverged.

use crate::{
    DecodeError, Digest, EncodeError, MessageType,
    read::{array, be_u32, whole},
    write::fixed,
};

/// STATE_HASH: the hash of one confirmed state.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x07 |
/// | 1 | 4 | `frame` | u32, big-endian |
/// | 5 | 8 | `hash` | eight **raw bytes** |
///
/// The length is exactly 13 bytes (rule `STATE_HASH-1`), the same as that of
/// [`EpisodeReady`](crate::EpisodeReady), whose hash is eight **ASCII characters**.
/// Any eight bytes are a hash; its text has sixteen lower-case hex digits (`STATE_HASH-3`).
///
/// ```
/// use rollwire_codec::{Digest, StateHash};
///
/// let digest: Digest = "0123456789abcdef".parse()?;
/// let message = StateHash { frame: 150, hash: digest.as_bytes() };
/// assert_eq!(message.digest().to_string(), "0123456789abcdef");
/// # Ok::<(), rollwire_codec::TextError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StateHash<'a> {
    /// The frame whose state is hashed, before it is simulated.
    pub frame: u32,
    /// The hash.
    pub hash: &'a [u8; Digest::LEN],
}

impl StateHash<'_> {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::StateHash;

    /// The length.
    pub const LEN: usize = 1 + 4 + Digest::LEN;

    /// The hash as an owned value, which can be stored, compared or printed.
    #[inline]
    pub const fn digest(&self) -> Digest {
        Digest::from_bytes(*self.hash)
    }
}

impl<'a> StateHash<'a> {
    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &'a [u8]) -> Result<M, DecodeError> {
        let (frame, hash) = whole(datagram, Self::LEN, (be_u32, array))?;
        Ok(Self { frame, hash }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        fixed(out, |[kind, f0, f1, f2, f3, hash @ ..]: &mut [u8; StateHash::LEN]| {
            *kind = Self::TYPE.to_byte();
            [*f0, *f1, *f2, *f3] = self.frame.to_be_bytes();
            *hash = *self.hash;
        })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::ToString;

    use crate::{Message, decode};

    #[test]
    fn the_hash_is_borrowed_and_prints_with_leading_zeros() {
        let wire = *b"\x07\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\xff";
        let Ok(Message::StateHash(message)) = decode(&wire) else {
            panic!("not a state hash");
        };
        assert_eq!(message.frame, u32::MAX);
        assert!(core::ptr::eq(message.hash.as_slice(), &wire[5..]));
        assert_eq!(message.digest().to_string(), "00000000000000ff");
    }

    #[test]
    fn ascii_is_as_good_as_any_bytes() {
        let wire = *b"\x07\x00\x00\x00\x96a1b2c3d4";
        let Ok(Message::StateHash(message)) = decode(&wire) else {
            panic!("not a state hash");
        };
        assert_eq!(message.digest().to_string(), "6131623263336434");
    }
}
