//! Decoded bytes encode to the same bytes, and an encoded value decodes to the same value.

use proptest::{collection::vec, prelude::*};
use rollwire_codec::{
    Entries, EpisodeEnd, EpisodeReady, FocusState, HashText, Input, InputEntry, InputRequest,
    InputResponse, Keepalive, Message, MessageType, Ping, Pong, StateHash, Timestamp,
    ValidationPing, ValidationPong, decode,
};

/// The data that a message borrows from.
#[derive(Debug)]
struct Parts {
    message_type: MessageType,
    player: u16,
    numbers: (u32, u32),
    bits: u64,
    flag: bool,
    text: String,
    bytes: [u8; 8],
    entries: Vec<[u8; InputEntry::LEN]>,
}

prop_compose! {
    fn parts()(
        message_type in proptest::sample::select(MessageType::ALL.as_slice()),
        player: u16,
        numbers: (u32, u32),
        bits: u64,
        flag: bool,
        text in "[0-9a-f]{8}",
        bytes: [u8; 8],
        entries in vec(any::<[u8; InputEntry::LEN]>(), 1..=15),
    ) -> Parts {
        Parts { message_type, player, numbers, bits, flag, text, bytes, entries }
    }
}

impl Parts {
    fn message(&self) -> Message<'_> {
        let (one, two) = self.numbers;
        let timestamp = Timestamp::from_bits(self.bits);
        let entries = Entries::new(&self.entries).unwrap();
        match self.message_type {
            MessageType::Input => Input::new(self.player, one, entries).unwrap().into(),
            MessageType::Ping => Ping { timestamp }.into(),
            MessageType::Pong => Pong { timestamp }.into(),
            MessageType::Keepalive => Keepalive.into(),
            MessageType::EpisodeEnd => EpisodeEnd { frame: one, episode: two }.into(),
            MessageType::EpisodeReady => {
                EpisodeReady { episode: one, hash: HashText::new(&self.text).unwrap() }.into()
            }
            MessageType::StateHash => StateHash { frame: one, hash: &self.bytes }.into(),
            MessageType::ValidationPing => ValidationPing { timestamp }.into(),
            MessageType::ValidationPong => ValidationPong { timestamp }.into(),
            MessageType::InputRequest => {
                InputRequest::new(one.min(two), one.max(two)).unwrap().into()
            }
            MessageType::InputResponse => InputResponse { player: self.player, entries }.into(),
            MessageType::FocusState => FocusState { focused: self.flag, frame: one }.into(),
        }
    }
}

/// A valid message with some bytes changed, which reaches later checks than random bytes do.
fn almost_a_message() -> impl Strategy<Value = Vec<u8>> {
    let edits = vec((any::<proptest::sample::Index>(), any::<u8>()), 0..3);
    (parts(), edits, any::<proptest::sample::Index>()).prop_map(|(parts, edits, cut)| {
        let mut out = [0; 128];
        let mut wire = parts.message().encode(&mut out).unwrap().to_vec();
        for (at, byte) in edits {
            let at = at.index(wire.len());
            wire[at] = byte;
        }
        // One in two keeps its length.
        let len = cut.index(2 * wire.len() + 2);
        wire.resize(if len < wire.len() { len } else { wire.len().max(len / 2) }, 0);
        wire
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn every_message_decodes_to_itself(parts in parts()) {
        let message = parts.message();
        let mut out = [0xa5; 128];
        let wire = message.encode(&mut out).unwrap();
        prop_assert_eq!(wire.len(), message.encoded_len());
        prop_assert_eq!(decode(wire), Ok(message));
    }

    #[test]
    fn accepted_bytes_are_canonical(mut wire in almost_a_message()) {
        let mut out = [0xa5; 1500];
        if let Ok(message) = decode(&wire) {
            let again = message.encode(&mut out).unwrap().to_vec();
            prop_assert_eq!(decode(&again), Ok(message));
            if wire[0] == MessageType::Input.to_byte() {
                wire[8] = 0;
            }
            prop_assert_eq!(again, wire);
        }
    }

    #[test]
    fn no_datagram_causes_a_panic(wire in vec(any::<u8>(), 0..100)) {
        if let Err(error) = decode(&wire) {
            prop_assert!(error.offset() <= wire.len());
        }
    }

    #[test]
    fn every_bit_of_a_timestamp_is_preserved(bits: u64) {
        let wire = [&[0x02][..], &bits.to_be_bytes()].concat();
        let ping = Message::from(Ping { timestamp: Timestamp::from_bits(bits) });
        prop_assert_eq!(decode(&wire), Ok(ping));
        let mut out = [0; Ping::LEN];
        prop_assert_eq!(ping.encode(&mut out), Ok(wire.as_slice()));
    }
}
