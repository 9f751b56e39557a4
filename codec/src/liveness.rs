//! PING, PONG, VALIDATION_PING, VALIDATION_PONG and KEEPALIVE: check that the peer is reachable, and
//! measure the round trip.

use nom::combinator::success;

use crate::{
    DecodeError, EncodeError, MessageType, Timestamp,
    read::{be_u64, whole},
    write::fixed,
};

/// PING: asks for a [`Pong`], to measure the round trip.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x02 |
/// | 1 | 8 | `timestamp` | IEEE 754 double, big-endian, milliseconds |
///
/// The length is exactly 9 bytes (rule `PING-1`); all 64 bits are preserved (`PING-2`, `PING-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ping {
    /// A reading of the sender's clock.
    pub timestamp: Timestamp,
}

impl Ping {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::Ping;

    /// The length.
    pub const LEN: usize = STAMPED_LEN;

    /// The answer: the same bits back (rule `PONG-5`).
    #[inline]
    pub const fn pong(self) -> Pong {
        Pong { timestamp: self.timestamp }
    }

    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let timestamp = parse_stamped(datagram)?;
        Ok(Self { timestamp }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        write_stamped(out, Self::TYPE, self.timestamp)
    }
}

/// PONG: answers a [`Ping`].
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x03 |
/// | 1 | 8 | `timestamp` | IEEE 754 double, big-endian, milliseconds |
///
/// The length is exactly 9 bytes (rule `PONG-1`); all 64 bits are preserved (`PONG-2`, `PONG-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pong {
    /// The timestamp of the ping, bit for bit: a reading of the receiver's own clock.
    pub timestamp: Timestamp,
}

impl Pong {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::Pong;

    /// The length.
    pub const LEN: usize = STAMPED_LEN;

    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let timestamp = parse_stamped(datagram)?;
        Ok(Self { timestamp }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        write_stamped(out, Self::TYPE, self.timestamp)
    }
}

/// VALIDATION_PING: asks, before the game starts, whether the channel works both ways.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x10 |
/// | 1 | 8 | `timestamp` | IEEE 754 double, big-endian, milliseconds |
///
/// The length is exactly 9 bytes (rule `VALIDATION_PING-1`); all 64 bits are preserved
/// (`VALIDATION_PING-2`, `VALIDATION_PING-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValidationPing {
    /// A reading of the sender's clock.
    pub timestamp: Timestamp,
}

impl ValidationPing {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::ValidationPing;

    /// The length.
    pub const LEN: usize = STAMPED_LEN;

    /// The answer: the same bits back (rule `VALIDATION_PONG-5`).
    #[inline]
    pub const fn pong(self) -> ValidationPong {
        ValidationPong { timestamp: self.timestamp }
    }

    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let timestamp = parse_stamped(datagram)?;
        Ok(Self { timestamp }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        write_stamped(out, Self::TYPE, self.timestamp)
    }
}

/// VALIDATION_PONG: answers a [`ValidationPing`].
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x11 |
/// | 1 | 8 | `timestamp` | IEEE 754 double, big-endian, milliseconds |
///
/// The length is exactly 9 bytes (rule `VALIDATION_PONG-1`); all 64 bits are preserved
/// (`VALIDATION_PONG-2`, `VALIDATION_PONG-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValidationPong {
    /// The timestamp of the ping, bit for bit: a reading of the receiver's own clock.
    pub timestamp: Timestamp,
}

impl ValidationPong {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::ValidationPong;

    /// The length.
    pub const LEN: usize = STAMPED_LEN;

    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let timestamp = parse_stamped(datagram)?;
        Ok(Self { timestamp }.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        write_stamped(out, Self::TYPE, self.timestamp)
    }
}

/// KEEPALIVE: carries nothing and asks for nothing.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 1 | type | 0x04 |
///
/// The length is exactly 1 byte (rule `KEEPALIVE-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keepalive;

impl Keepalive {
    /// The first byte.
    pub const TYPE: MessageType = MessageType::Keepalive;

    /// The length.
    pub const LEN: usize = 1;

    #[inline(always)]
    pub(crate) fn parse<M: From<Self>>(datagram: &[u8]) -> Result<M, DecodeError> {
        let message = whole(datagram, Self::LEN, success(Self))?;
        Ok(message.into())
    }

    #[inline(always)]
    pub(crate) fn write<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        fixed(out, |[kind]| *kind = Self::TYPE.to_byte())
    }
}

/// The length of the four messages that are a type and a timestamp.
const STAMPED_LEN: usize = 1 + 8;

#[inline(always)]
fn parse_stamped(datagram: &[u8]) -> Result<Timestamp, DecodeError> {
    Ok(Timestamp::from_bits(whole(datagram, STAMPED_LEN, be_u64)?))
}

#[inline(always)]
fn write_stamped(
    out: &mut [u8],
    message_type: MessageType,
    timestamp: Timestamp,
) -> Result<&[u8], EncodeError> {
    fixed(out, |[kind, stamp @ ..]: &mut [u8; STAMPED_LEN]| {
        *kind = message_type.to_byte();
        *stamp = timestamp.to_bits().to_be_bytes();
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, decode};

    #[test]
    fn awkward_doubles_survive() {
        for bits in [
            0x0000_0000_0000_0000, // zero
            0x8000_0000_0000_0000, // minus zero
            0x7ff0_0000_0000_0000, // infinity
            0xfff0_0000_0000_0000, // minus infinity
            0x0000_0000_0000_0001, // the smallest subnormal
            0x7ff8_0000_0000_0000, // the NaN of JavaScript
            0x7ff0_0000_0000_0001, // a signalling NaN
            0xffff_ffff_ffff_ffff, // a NaN with every bit set
        ] {
            let ping = Ping { timestamp: Timestamp::from_bits(bits) };
            let mut out = [0; Ping::LEN];
            let wire = Message::from(ping).encode(&mut out).unwrap();
            assert_eq!(decode(wire), Ok(ping.into()));
            assert_eq!(wire[1..], bits.to_be_bytes());
        }
    }

    #[test]
    fn a_pong_carries_the_bits_of_its_ping() {
        let timestamp = Timestamp::from_bits(0x7ff0_0000_0000_0001);
        assert_eq!(Ping { timestamp }.pong(), Pong { timestamp });
        assert_eq!(ValidationPing { timestamp }.pong(), ValidationPong { timestamp });
    }
}
