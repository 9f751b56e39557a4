//! The codecs built on other libraries, with the same trait.

use crate::{
    binrw, hand, postcard, prost,
    subject::{Subject, eight, two},
    zerocopy,
};

/// The wire format as zerocopy views.
pub struct Zerocopy;

impl Subject for Zerocopy {
    const NAME: &'static str = "zerocopy";
    const SAME_BYTES: bool = true;

    type Message<'a> = zerocopy::Message<'a>;
    type DecodeError = zerocopy::Refused;
    type EncodeError = zerocopy::TooSmall;

    #[inline(never)]
    fn decode(datagram: &[u8]) -> Result<zerocopy::Message<'_>, zerocopy::Refused> {
        zerocopy::decode(datagram)
    }

    #[inline(never)]
    fn encode<'b>(
        message: &zerocopy::Message<'_>,
        out: &'b mut [u8],
    ) -> Result<&'b [u8], zerocopy::TooSmall> {
        zerocopy::encode(message, out)
    }

    #[inline(always)]
    fn checksum(message: &zerocopy::Message<'_>) -> u64 {
        use zerocopy::Message;

        fn sum(entries: &[zerocopy::Entry]) -> u64 {
            entries.iter().map(|entry| two(entry.frame.get(), entry.action)).sum()
        }
        match message {
            Message::Input(m) => 1 + two(m.player.get(), m.current_frame.get()) + sum(&m.entries),
            Message::Ping(m) => m.timestamp.get().wrapping_add(2),
            Message::Pong(m) => m.timestamp.get().wrapping_add(3),
            Message::Keepalive(_) => 4,
            Message::EpisodeEnd(m) => 5 + two(m.frame.get(), m.episode.get()),
            Message::EpisodeReady(m) => eight(&m.hash).wrapping_add(m.episode.get().into()),
            Message::StateHash(m) => eight(&m.hash).wrapping_add(m.frame.get().into()),
            Message::ValidationPing(m) => m.timestamp.get().wrapping_add(16),
            Message::ValidationPong(m) => m.timestamp.get().wrapping_add(17),
            Message::InputRequest(m) => 18 + two(m.start.get(), m.end.get()),
            Message::InputResponse(m) => 19 + u64::from(m.player.get()) + sum(&m.entries),
            Message::FocusState(m) => 20 + two(m.focused, m.frame.get()),
        }
    }

    fn translate(datagram: &[u8]) -> Vec<u8> {
        datagram.to_vec()
    }
}

/// The same wire format with binrw.
pub struct Binrw;

impl Subject for Binrw {
    const NAME: &'static str = "binrw";
    const SAME_BYTES: bool = true;

    type Message<'a> = binrw::Message;
    type DecodeError = ::binrw::Error;
    type EncodeError = ::binrw::Error;

    #[inline(never)]
    fn decode(datagram: &[u8]) -> Result<binrw::Message, ::binrw::Error> {
        binrw::decode(datagram)
    }

    #[inline(never)]
    fn encode<'b>(message: &binrw::Message, out: &'b mut [u8]) -> Result<&'b [u8], ::binrw::Error> {
        binrw::encode(message, out)
    }

    #[inline(always)]
    fn checksum(message: &binrw::Message) -> u64 {
        use binrw::Message;

        fn sum(entries: &[binrw::Entry]) -> u64 {
            entries.iter().map(|entry| two(entry.frame, entry.action)).sum()
        }
        match message {
            Message::Input { player, current_frame, entries } => {
                1 + two(*player, *current_frame) + sum(entries)
            }
            Message::Ping { timestamp } => timestamp.wrapping_add(2),
            Message::Pong { timestamp } => timestamp.wrapping_add(3),
            Message::Keepalive => 4,
            Message::EpisodeEnd { frame, episode } => 5 + two(*frame, *episode),
            Message::EpisodeReady { episode, hash } => eight(hash).wrapping_add((*episode).into()),
            Message::StateHash { frame, hash } => eight(hash).wrapping_add((*frame).into()),
            Message::ValidationPing { timestamp } => timestamp.wrapping_add(16),
            Message::ValidationPong { timestamp } => timestamp.wrapping_add(17),
            Message::InputRequest { start, end } => 18 + two(*start, *end),
            Message::InputResponse { player, entries } => 19 + u64::from(*player) + sum(entries),
            Message::FocusState { focused, frame } => 20 + two(*focused, *frame),
        }
    }

    fn translate(datagram: &[u8]) -> Vec<u8> {
        datagram.to_vec()
    }
}

/// Postcard's own format.
pub struct Postcard;

impl Subject for Postcard {
    const NAME: &'static str = "postcard";
    const SAME_BYTES: bool = false;

    type Message<'a> = postcard::Message;
    type DecodeError = postcard::Refused;
    type EncodeError = ::postcard::Error;

    #[inline(never)]
    fn decode(bytes: &[u8]) -> Result<postcard::Message, postcard::Refused> {
        postcard::decode(bytes)
    }

    #[inline(never)]
    fn encode<'b>(
        message: &postcard::Message,
        out: &'b mut [u8],
    ) -> Result<&'b [u8], ::postcard::Error> {
        postcard::encode(message, out)
    }

    #[inline(always)]
    fn checksum(message: &postcard::Message) -> u64 {
        use postcard::Message;

        fn sum(entries: &[postcard::Entry]) -> u64 {
            entries.iter().map(|entry| two(entry.frame, entry.action)).sum()
        }
        match message {
            Message::Input { player, current_frame, entries } => {
                1 + two(*player, *current_frame) + sum(entries)
            }
            Message::Ping { timestamp } => timestamp.to_bits().wrapping_add(2),
            Message::Pong { timestamp } => timestamp.to_bits().wrapping_add(3),
            Message::Keepalive => 4,
            Message::EpisodeEnd { frame, episode } => 5 + two(*frame, *episode),
            Message::EpisodeReady { episode, hash } => eight(hash).wrapping_add((*episode).into()),
            Message::StateHash { frame, hash } => eight(hash).wrapping_add((*frame).into()),
            Message::ValidationPing { timestamp } => timestamp.to_bits().wrapping_add(16),
            Message::ValidationPong { timestamp } => timestamp.to_bits().wrapping_add(17),
            Message::InputRequest { start, end } => 18 + two(*start, *end),
            Message::InputResponse { player, entries } => 19 + u64::from(*player) + sum(entries),
            Message::FocusState { focused, frame } => 20 + two(*focused, *frame),
        }
    }

    fn translate(datagram: &[u8]) -> Vec<u8> {
        use postcard::{Entry, Message};

        let own = |entries: &[hand::Entry]| {
            let entry = |&[a, b, c, d, action]: &hand::Entry| Entry {
                frame: u32::from_be_bytes([a, b, c, d]),
                action,
            };
            entries.iter().map(entry).collect()
        };
        let message = match hand::decode(datagram).expect("a valid datagram") {
            hand::Message::Input { player, current_frame, entries } => {
                Message::Input { player, current_frame, entries: own(entries) }
            }
            hand::Message::Ping { timestamp } => {
                Message::Ping { timestamp: f64::from_bits(timestamp) }
            }
            hand::Message::Pong { timestamp } => {
                Message::Pong { timestamp: f64::from_bits(timestamp) }
            }
            hand::Message::Keepalive => Message::Keepalive,
            hand::Message::EpisodeEnd { frame, episode } => Message::EpisodeEnd { frame, episode },
            hand::Message::EpisodeReady { episode, hash } => {
                Message::EpisodeReady { episode, hash: *hash }
            }
            hand::Message::StateHash { frame, hash } => Message::StateHash { frame, hash: *hash },
            hand::Message::ValidationPing { timestamp } => {
                Message::ValidationPing { timestamp: f64::from_bits(timestamp) }
            }
            hand::Message::ValidationPong { timestamp } => {
                Message::ValidationPong { timestamp: f64::from_bits(timestamp) }
            }
            hand::Message::InputRequest { start, end } => Message::InputRequest { start, end },
            hand::Message::InputResponse { player, entries } => {
                Message::InputResponse { player, entries: own(entries) }
            }
            hand::Message::FocusState { focused, frame } => Message::FocusState { focused, frame },
        };
        ::postcard::to_stdvec(&message).expect("it can be written")
    }
}

/// The format of Protocol Buffers.
pub struct Prost;

impl Subject for Prost {
    const NAME: &'static str = "prost";
    const SAME_BYTES: bool = false;

    type Message<'a> = prost::Datagram;
    type DecodeError = prost::Refused;
    type EncodeError = ::prost::EncodeError;

    #[inline(never)]
    fn decode(bytes: &[u8]) -> Result<prost::Datagram, prost::Refused> {
        prost::decode(bytes)
    }

    #[inline(never)]
    fn encode<'b>(
        message: &prost::Datagram,
        out: &'b mut [u8],
    ) -> Result<&'b [u8], ::prost::EncodeError> {
        prost::encode(message, out)
    }

    #[inline(always)]
    fn checksum(message: &prost::Datagram) -> u64 {
        use prost::Message;

        fn sum(entries: &[prost::Entry]) -> u64 {
            entries.iter().map(|entry| two(entry.frame, entry.action)).sum()
        }
        match message.message.as_ref().expect("a decoded message") {
            Message::Input(m) => 1 + two(m.player, m.current_frame) + sum(&m.entries),
            Message::Ping(timestamp) => timestamp.to_bits().wrapping_add(2),
            Message::Pong(timestamp) => timestamp.to_bits().wrapping_add(3),
            Message::Keepalive(_) => 4,
            Message::EpisodeEnd(m) => 5 + two(m.frame, m.episode),
            Message::EpisodeReady(m) => {
                let hash = m.hash.as_bytes().first_chunk().expect("eight digits");
                eight(hash).wrapping_add(m.episode.into())
            }
            Message::StateHash(m) => m.hash.wrapping_add(m.frame.into()),
            Message::ValidationPing(timestamp) => timestamp.to_bits().wrapping_add(16),
            Message::ValidationPong(timestamp) => timestamp.to_bits().wrapping_add(17),
            Message::InputRequest(m) => 18 + two(m.start, m.end),
            Message::InputResponse(m) => 19 + u64::from(m.player) + sum(&m.entries),
            Message::FocusState(m) => 20 + two(m.focused, m.frame),
        }
    }

    fn translate(datagram: &[u8]) -> Vec<u8> {
        use prost::{Entry, Message};

        let own = |entries: &[hand::Entry]| {
            let entry = |&[a, b, c, d, action]: &hand::Entry| Entry {
                frame: u32::from_be_bytes([a, b, c, d]),
                action: action.into(),
            };
            entries.iter().map(entry).collect()
        };
        let message = match hand::decode(datagram).expect("a valid datagram") {
            hand::Message::Input { player, current_frame, entries } => {
                let (player, entries) = (player.into(), own(entries));
                Message::Input(prost::Input { player, current_frame, entries })
            }
            hand::Message::Ping { timestamp } => Message::Ping(f64::from_bits(timestamp)),
            hand::Message::Pong { timestamp } => Message::Pong(f64::from_bits(timestamp)),
            hand::Message::Keepalive => Message::Keepalive(prost::Keepalive {}),
            hand::Message::EpisodeEnd { frame, episode } => {
                Message::EpisodeEnd(prost::EpisodeEnd { frame, episode })
            }
            hand::Message::EpisodeReady { episode, hash } => {
                let hash = String::from_utf8(hash.to_vec()).expect("eight digits");
                Message::EpisodeReady(prost::EpisodeReady { episode, hash })
            }
            hand::Message::StateHash { frame, hash } => {
                Message::StateHash(prost::StateHash { frame, hash: eight(hash) })
            }
            hand::Message::ValidationPing { timestamp } => {
                Message::ValidationPing(f64::from_bits(timestamp))
            }
            hand::Message::ValidationPong { timestamp } => {
                Message::ValidationPong(f64::from_bits(timestamp))
            }
            hand::Message::InputRequest { start, end } => {
                Message::InputRequest(prost::InputRequest { start, end })
            }
            hand::Message::InputResponse { player, entries } => {
                let (player, entries) = (player.into(), own(entries));
                Message::InputResponse(prost::InputResponse { player, entries })
            }
            hand::Message::FocusState { focused, frame } => {
                Message::FocusState(prost::FocusState { focused, frame })
            }
        };
        ::prost::Message::encode_to_vec(&prost::Datagram { message: Some(message) })
    }
}
