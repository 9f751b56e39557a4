//! Random datagrams and random values.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*, sample::Index};
use rollwire_agreement::{Entry, Typed, agree, round_trips};
use rollwire_codec::MessageType;
use rollwire_model::{Model, Outcome};

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (any::<u32>(), any::<u8>()).prop_map(|(frame, action)| Entry { frame, action });
    vec(entry, 0..20)
}

fn timestamp() -> impl Strategy<Value = String> {
    any::<u64>().prop_map(|bits| format!("{bits:016x}"))
}

/// Any value that the codec's integers can hold; some have too many entries, a range the wrong way
/// round, or text that is not a hash.
fn typed() -> impl Strategy<Value = Typed> {
    let hash = |right: &'static str| prop_oneof![4 => right, 1 => "[0-9a-fA-F]{7,17}", 1 => ".{8}"];
    prop_oneof![
        (any::<u16>(), any::<u32>(), entries()).prop_map(|(player, current_frame, entries)| {
            Typed::Input { player, current_frame, entries }
        }),
        timestamp().prop_map(|timestamp| Typed::Ping { timestamp }),
        timestamp().prop_map(|timestamp| Typed::Pong { timestamp }),
        Just(Typed::Keepalive {}),
        any::<(u32, u32)>().prop_map(|(frame, episode)| Typed::EpisodeEnd { frame, episode }),
        (any::<u32>(), hash("[0-9a-f]{8}"))
            .prop_map(|(episode, hash)| Typed::EpisodeReady { episode, hash }),
        (any::<u32>(), hash("[0-9a-f]{16}"))
            .prop_map(|(frame, hash)| Typed::StateHash { frame, hash }),
        timestamp().prop_map(|timestamp| Typed::ValidationPing { timestamp }),
        timestamp().prop_map(|timestamp| Typed::ValidationPong { timestamp }),
        any::<(u32, u32)>().prop_map(|(start, end)| Typed::InputRequest { start, end }),
        (any::<u16>(), entries())
            .prop_map(|(player, entries)| Typed::InputResponse { player, entries }),
        any::<(bool, u32)>().prop_map(|(focused, frame)| Typed::FocusState { focused, frame }),
    ]
}

fn datagram() -> impl Strategy<Value = Vec<u8>> {
    typed().prop_filter_map("a value that is refused", |typed| match typed.encode() {
        Some(Outcome::Bytes(bytes)) => Some(bytes),
        _ => None,
    })
}

/// Bytes that begin with a message type more often than by chance.
fn arbitrary() -> impl Strategy<Value = Vec<u8>> {
    let types = MessageType::ALL.map(MessageType::to_byte).to_vec();
    let first = prop_oneof![4 => proptest::sample::select(types), 1 => any::<u8>()];
    (first, vec(any::<u8>(), 0..100)).prop_map(|(first, rest)| [vec![first], rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_judged_alike(bytes in arbitrary()) {
        agree(&MODEL, &bytes);
    }

    #[test]
    fn changed_datagrams_are_judged_alike(
        mut bytes in datagram(),
        edits in vec(any::<(Index, u8)>(), 0..4),
        surplus in vec(any::<u8>(), 0..3),
    ) {
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.extend(surplus);
        agree(&MODEL, &bytes);
    }

    #[test]
    fn cut_datagrams_are_refused_alike(bytes in datagram(), len: Index) {
        prop_assert_eq!(agree(&MODEL, &bytes[..len.index(bytes.len())]), None);
    }

    #[test]
    fn values_are_encoded_alike_and_come_back(typed in typed()) {
        round_trips(&MODEL, &typed);
    }
}
