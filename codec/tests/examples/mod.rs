//! One datagram of each type, and its value.

use rollwire_codec::{
    Entries, EpisodeEnd, EpisodeReady, FocusState, HashText, Input, InputEntry, InputRequest,
    InputResponse, Keepalive, Message, MessageType, Ping, Pong, StateHash, Timestamp,
    ValidationPing, ValidationPong,
};

/// The entries of the two messages that have entries.
pub(crate) const ENTRIES: [[u8; InputEntry::LEN]; 2] = [[0, 0, 0, 150, 6], [0, 0, 0, 151, 0]];

/// A datagram, and the length of the header from which its whole length follows.
pub(crate) struct Example {
    pub(crate) wire: &'static [u8],
    pub(crate) header_len: usize,
    pub(crate) message: Message<'static>,
}

pub(crate) fn all() -> [Example; MessageType::ALL.len()] {
    let timestamp = Timestamp::from_millis(1234.5);
    let entries = Entries::new(&ENTRIES).unwrap();
    [
        Example {
            wire: b"\x01\x00\x01\x00\x00\x00\x97\x02\x00\x00\x00\x00\x96\x06\x00\x00\x00\x97\x00",
            header_len: 9,
            message: Input::new(1, 151, entries).unwrap().into(),
        },
        Example {
            wire: b"\x02\x40\x93\x4a\x00\x00\x00\x00\x00",
            header_len: 9,
            message: Ping { timestamp }.into(),
        },
        Example {
            wire: b"\x03\x40\x93\x4a\x00\x00\x00\x00\x00",
            header_len: 9,
            message: Pong { timestamp }.into(),
        },
        Example { wire: b"\x04", header_len: 1, message: Keepalive.into() },
        Example {
            wire: b"\x05\x00\x00\x01\xc2\x00\x00\x00\x02",
            header_len: 9,
            message: EpisodeEnd { frame: 450, episode: 2 }.into(),
        },
        Example {
            wire: b"\x06\x00\x00\x00\x03a1b2c3d4",
            header_len: 13,
            message: EpisodeReady { episode: 3, hash: HashText::new("a1b2c3d4").unwrap() }.into(),
        },
        Example {
            wire: b"\x07\x00\x00\x00\x96\x01\x23\x45\x67\x89\xab\xcd\xef",
            header_len: 13,
            message: StateHash { frame: 150, hash: b"\x01\x23\x45\x67\x89\xab\xcd\xef" }.into(),
        },
        Example {
            wire: b"\x10\x40\x93\x4a\x00\x00\x00\x00\x00",
            header_len: 9,
            message: ValidationPing { timestamp }.into(),
        },
        Example {
            wire: b"\x11\x40\x93\x4a\x00\x00\x00\x00\x00",
            header_len: 9,
            message: ValidationPong { timestamp }.into(),
        },
        Example {
            wire: b"\x12\x00\x00\x01\xb8\x00\x00\x01\xc1",
            header_len: 9,
            message: InputRequest::new(440, 449).unwrap().into(),
        },
        Example {
            wire: b"\x13\x00\x01\x00\x02\x00\x00\x00\x96\x06\x00\x00\x00\x97\x00",
            header_len: 5,
            message: InputResponse { player: 1, entries }.into(),
        },
        Example {
            wire: b"\x14\x01\x00\x00\x01\xb8",
            header_len: 6,
            message: FocusState { focused: true, frame: 440 }.into(),
        },
    ]
}
