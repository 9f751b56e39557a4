//! Properties of all bytes and all values.

use proptest::{collection::vec, prelude::*};
use rollwire_model::{Layout, Model, Outcome, RefusalClass, Value};
use serde_json::json;

/// Bytes that often pass the first check.
fn datagram() -> impl Strategy<Value = Vec<u8>> {
    let type_byte = prop_oneof![1..=7_u8, 0x10..=0x14_u8, any::<u8>()];
    let rest = prop_oneof![vec(any::<u8>(), 0..40), vec(0..=2_u8, 0..40), lists()];
    prop_oneof![
        9 => (type_byte, rest).prop_map(|(type_byte, rest)| [vec![type_byte], rest].concat()),
        1 => vec(any::<u8>(), 0..300),
    ]
}

/// The bytes after the type byte of INPUT, with a count that matches the length.
fn lists() -> impl Strategy<Value = Vec<u8>> {
    (0..20_u8, any::<[u8; 7]>(), vec(any::<u8>(), 100)).prop_map(|(count, head, tail)| {
        let header = [head[0], head[1], head[2], head[3], head[4], head[5], count, head[6]];
        [&header[..], &tail[..5 * usize::from(count)]].concat()
    })
}

/// Any value that an encoder must accept.
fn value() -> impl Strategy<Value = Value> {
    let entries = |least, most| {
        vec((any::<u32>(), any::<u8>()), least..=most).prop_map(|list| {
            list.into_iter()
                .map(|(frame, action)| json!({"frame": frame, "action": action}))
                .collect::<Vec<_>>()
        })
    };
    let timestamps =
        prop::sample::select(vec!["ping", "pong", "validation_ping", "validation_pong"]);
    prop_oneof![
        (any::<u16>(), any::<u32>(), entries(1, 15)).prop_map(|(player, frame, list)| {
            Value::new("input")
                .with("player", player)
                .with("current_frame", frame)
                .with("entries", list)
        }),
        (timestamps, any::<u64>())
            .prop_map(|(name, bits)| Value::new(name).with("timestamp", format!("{bits:016x}"))),
        Just(Value::new("keepalive")),
        any::<(u32, u32)>().prop_map(|(frame, episode)| Value::new("episode_end")
            .with("frame", frame)
            .with("episode", episode)),
        any::<(u32, u32)>().prop_map(|(episode, hash)| {
            Value::new("episode_ready").with("episode", episode).with("hash", format!("{hash:08x}"))
        }),
        any::<(u32, u64)>().prop_map(|(frame, hash)| {
            Value::new("state_hash").with("frame", frame).with("hash", format!("{hash:016x}"))
        }),
        any::<(u32, u32)>().prop_map(|(one, other)| {
            Value::new("input_request").with("start", one.min(other)).with("end", one.max(other))
        }),
        (any::<u16>(), entries(0, 40)).prop_map(|(player, list)| {
            Value::new("input_response").with("player", player).with("entries", list)
        }),
        any::<(bool, u32)>().prop_map(|(focused, frame)| Value::new("focus_state")
            .with("focused", focused)
            .with("frame", frame)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes are accepted or refused, in every revision; the parts name each byte once.
    #[test]
    fn decode_answers_any_bytes(bytes in datagram(), revision in 1..=Layout::builtin().revision) {
        let model = Model::specified(revision);
        let parts = model.parts(&bytes);
        let mut end = 0;
        for part in &parts {
            prop_assert_eq!(part.offset, end);
            end += part.len;
        }
        prop_assert_eq!(end, bytes.len());
        match model.decode(&bytes) {
            Ok(_) => {}
            Err(refusal) => {
                prop_assert!(refusal.offset.is_some_and(|offset| offset <= bytes.len()), "{}", refusal);
                prop_assert!(rollwire_model::rule(&refusal.rule).is_some(), "{}", refusal);
            }
        }
    }

    /// Accepted bytes are written again as they are, except for the reserved byte of INPUT.
    #[test]
    fn accepted_bytes_are_written_again(bytes in datagram()) {
        let model = Model::latest();
        let Ok(value) = model.decode(&bytes) else { return Ok(()) };
        let mut canonical = bytes.clone();
        if value.message == "input" {
            canonical[8] = 0;
        }
        prop_assert_eq!(model.encode(&value).expect("accepted"), canonical.clone());
        prop_assert_eq!(model.decode(&canonical).expect("canonical"), value);
    }

    /// Encoding and decoding a value gives the same value.
    #[test]
    fn a_value_survives(value in value()) {
        let model = Model::latest();
        let bytes = model.encode(&value).expect("a good value");
        prop_assert_eq!(model.decode(&bytes).expect("encoded"), value);
    }

    /// No proper prefix of a message is a message of the same value, and no longer datagram is one.
    #[test]
    fn a_message_has_one_length(value in value(), cut in any::<prop::sample::Index>(), extra in vec(any::<u8>(), 1..9)) {
        let model = Model::latest();
        let bytes = model.encode(&value).expect("a good value");
        let shorter = &bytes[..cut.index(bytes.len())];
        let expected = if shorter.is_empty() { RefusalClass::Empty } else { RefusalClass::Truncated };
        prop_assert_eq!(model.decode(shorter).expect_err("too short").class, expected);
        let longer = [bytes.clone(), extra].concat();
        let refusal = model.decode(&longer).expect_err("too long");
        prop_assert_eq!((refusal.class, refusal.offset), (RefusalClass::Trailing, Some(bytes.len())));
    }

    /// The first outcome is what the model itself does.
    #[test]
    fn the_first_outcome_is_the_preferred_one(bytes in datagram(), revision in 1..=Layout::builtin().revision) {
        let model = Model::specified(revision);
        let own = match model.decode(&bytes) {
            Ok(value) => Outcome::Value(value),
            Err(refusal) => Outcome::Reject(refusal.class),
        };
        let outcomes = model.decode_outcomes(&bytes);
        prop_assert_eq!(&outcomes[0].1, &own);
        let reencoded = model.reencode_outcomes(&bytes);
        prop_assert_eq!(matches!(own, Outcome::Reject(_)), matches!(reencoded[0].1, Outcome::Reject(_)));
        prop_assert!(reencoded.len() >= outcomes.len());
    }
}
