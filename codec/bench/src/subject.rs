//! One trait for all codecs. Its functions are never inlined, like calls into a library.

use rollwire_codec::{DecodeError, EncodeError, Entries, InputEntry, Message};

use crate::hand;

/// A codec that is measured.
pub trait Subject {
    /// Its name in reports.
    const NAME: &'static str;

    /// Whether it uses the wire format of this protocol, not a format of its own.
    const SAME_BYTES: bool;

    type Message<'a>;
    type DecodeError: core::fmt::Debug;
    type EncodeError: core::fmt::Debug;

    fn decode(datagram: &[u8]) -> Result<Self::Message<'_>, Self::DecodeError>;

    fn encode<'b>(
        message: &Self::Message<'_>,
        out: &'b mut [u8],
    ) -> Result<&'b [u8], Self::EncodeError>;

    /// The sum of all fields, so that each of them is read.
    fn checksum(message: &Self::Message<'_>) -> u64;

    /// This valid datagram in the format of the codec.
    fn translate(datagram: &[u8]) -> Vec<u8>;
}

/// The codec written with nom.
pub struct Rollwire;

impl Subject for Rollwire {
    const NAME: &'static str = "rollwire-codec";
    const SAME_BYTES: bool = true;

    type Message<'a> = Message<'a>;
    type DecodeError = DecodeError;
    type EncodeError = EncodeError;

    #[inline(never)]
    fn decode(datagram: &[u8]) -> Result<Message<'_>, DecodeError> {
        rollwire_codec::decode(datagram)
    }

    #[inline(never)]
    fn encode<'b>(message: &Message<'_>, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        message.encode(out)
    }

    #[inline(always)]
    fn checksum(message: &Message<'_>) -> u64 {
        fn sum(entries: Entries<'_>) -> u64 {
            entries.iter().map(|InputEntry { frame, action }| two(frame, action)).sum()
        }
        match *message {
            Message::Input(m) => 1 + two(m.player, m.current_frame) + sum(m.entries()),
            Message::Ping(m) => m.timestamp.to_bits().wrapping_add(2),
            Message::Pong(m) => m.timestamp.to_bits().wrapping_add(3),
            Message::Keepalive(_) => 4,
            Message::EpisodeEnd(m) => 5 + two(m.frame, m.episode),
            Message::EpisodeReady(m) => eight(m.hash.as_bytes()).wrapping_add(m.episode.into()),
            Message::StateHash(m) => eight(m.hash).wrapping_add(m.frame.into()),
            Message::ValidationPing(m) => m.timestamp.to_bits().wrapping_add(16),
            Message::ValidationPong(m) => m.timestamp.to_bits().wrapping_add(17),
            Message::InputRequest(m) => 18 + two(m.start(), m.end()),
            Message::InputResponse(m) => 19 + u64::from(m.player) + sum(m.entries),
            Message::FocusState(m) => 20 + two(m.focused, m.frame),
        }
    }

    fn translate(datagram: &[u8]) -> Vec<u8> {
        datagram.to_vec()
    }
}

/// The codec written by hand.
pub struct Hand;

impl Subject for Hand {
    const NAME: &'static str = "hand-written";
    const SAME_BYTES: bool = true;

    type Message<'a> = hand::Message<'a>;
    type DecodeError = hand::Error;
    type EncodeError = hand::TooSmall;

    #[inline(never)]
    fn decode(datagram: &[u8]) -> Result<hand::Message<'_>, hand::Error> {
        hand::decode(datagram)
    }

    #[inline(never)]
    fn encode<'b>(
        message: &hand::Message<'_>,
        out: &'b mut [u8],
    ) -> Result<&'b [u8], hand::TooSmall> {
        hand::encode(message, out)
    }

    #[inline(always)]
    fn checksum(message: &hand::Message<'_>) -> u64 {
        use hand::Message;

        fn sum(entries: &[hand::Entry]) -> u64 {
            let entry =
                |&[a, b, c, d, action]: &hand::Entry| two(u32::from_be_bytes([a, b, c, d]), action);
            entries.iter().map(entry).sum()
        }
        match *message {
            Message::Input { player, current_frame, entries } => {
                1 + two(player, current_frame) + sum(entries)
            }
            Message::Ping { timestamp } => timestamp.wrapping_add(2),
            Message::Pong { timestamp } => timestamp.wrapping_add(3),
            Message::Keepalive => 4,
            Message::EpisodeEnd { frame, episode } => 5 + two(frame, episode),
            Message::EpisodeReady { episode, hash } => eight(hash).wrapping_add(episode.into()),
            Message::StateHash { frame, hash } => eight(hash).wrapping_add(frame.into()),
            Message::ValidationPing { timestamp } => timestamp.wrapping_add(16),
            Message::ValidationPong { timestamp } => timestamp.wrapping_add(17),
            Message::InputRequest { start, end } => 18 + two(start, end),
            Message::InputResponse { player, entries } => 19 + u64::from(player) + sum(entries),
            Message::FocusState { focused, frame } => 20 + two(focused, frame),
        }
    }

    fn translate(datagram: &[u8]) -> Vec<u8> {
        datagram.to_vec()
    }
}

pub(crate) fn two(a: impl Into<u64>, b: impl Into<u64>) -> u64 {
    a.into() + b.into()
}

pub(crate) fn eight(bytes: &[u8; 8]) -> u64 {
    u64::from_be_bytes(*bytes)
}
