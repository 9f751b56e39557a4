//! The operations `decode`, `encode` and `reencode`: between the JSON of the adapter protocol and
//! the messages of [`rollwire_codec`].

use rollwire_codec::{
    CountError, DecodeError, Digest, Entries, EpisodeEnd, EpisodeReady, FocusState, HashText,
    Input, InputEntry, InputRequest, InputResponse, Keepalive, Message, Ping, Pong, RangeError,
    RefusalClass, StateHash, TextError, Timestamp, ValidationPing, ValidationPong,
};
use serde_json::{Value, json};

use crate::{
    answer::{Failure, Outcome, Success},
    receive::received,
};

/// Answers `decode`: the fields of the message in a datagram.
pub(crate) fn decode(request: &Value) -> Outcome {
    received(request, |datagram| {
        let message = rollwire_codec::decode(datagram)?;
        let name = message.message_type().name();
        Ok(Success::Json(json!({"type": name, "fields": fields_of(&message)})))
    })
}

/// Answers `reencode`: the datagram of the message in a datagram.
pub(crate) fn reencode(request: &Value) -> Outcome {
    received(request, |datagram| datagram_answer(&rollwire_codec::decode(datagram)?))
}

/// Answers `encode`: the datagram of a message that is given by its name and fields.
///
/// The fields may be wrong on purpose. What a type of the codec cannot hold, such as a frame of -1,
/// is refused here in its place; everything else is left to the codec.
pub(crate) fn encode(request: &Value) -> Outcome {
    let fields = &request["fields"];
    match request["type"].as_str().unwrap_or_default() {
        "input" => {
            let wire = entries(&fields["entries"])?;
            let player = integer(&fields["player"])?;
            let current_frame = integer(&fields["current_frame"])?;
            datagram_answer(&Input::new(player, current_frame, Entries::new(&wire)?)?.into())
        }
        "ping" => datagram_answer(&Ping { timestamp: timestamp(fields)? }.into()),
        "pong" => datagram_answer(&Pong { timestamp: timestamp(fields)? }.into()),
        "keepalive" => datagram_answer(&Keepalive.into()),
        "episode_end" => {
            let frame = integer(&fields["frame"])?;
            let episode = integer(&fields["episode"])?;
            datagram_answer(&EpisodeEnd { frame, episode }.into())
        }
        "episode_ready" => {
            let episode = integer(&fields["episode"])?;
            let hash = HashText::new(hash(fields)?)?;
            datagram_answer(&EpisodeReady { episode, hash }.into())
        }
        "state_hash" => {
            let digest: Digest = hash(fields)?.parse()?;
            let frame = integer(&fields["frame"])?;
            datagram_answer(&StateHash { frame, hash: digest.as_bytes() }.into())
        }
        "validation_ping" => {
            datagram_answer(&ValidationPing { timestamp: timestamp(fields)? }.into())
        }
        "validation_pong" => {
            datagram_answer(&ValidationPong { timestamp: timestamp(fields)? }.into())
        }
        "input_request" => {
            let start = integer(&fields["start"])?;
            let end = integer(&fields["end"])?;
            datagram_answer(&InputRequest::new(start, end)?.into())
        }
        "input_response" => {
            let wire = entries(&fields["entries"])?;
            let player = integer(&fields["player"])?;
            datagram_answer(&InputResponse { player, entries: Entries::new(&wire)? }.into())
        }
        "focus_state" => {
            let focused = flag(&fields["focused"])?;
            let frame = integer(&fields["frame"])?;
            datagram_answer(&FocusState { focused, frame }.into())
        }
        name => Err(Failure::refused(
            RefusalClass::UnknownType,
            &format!("there is no message named {name}"),
        )),
    }
}

/// The fields of a message, with the names and JSON forms of `spec/common.md`.
fn fields_of(message: &Message<'_>) -> Value {
    match message {
        Message::Input(it) => json!({
            "player": it.player,
            "current_frame": it.current_frame,
            "entries": entries_json(it.entries()),
        }),
        Message::Ping(it) => timestamp_json(it.timestamp),
        Message::Pong(it) => timestamp_json(it.timestamp),
        Message::Keepalive(Keepalive) => json!({}),
        Message::EpisodeEnd(it) => json!({"frame": it.frame, "episode": it.episode}),
        Message::EpisodeReady(it) => json!({"episode": it.episode, "hash": it.hash.as_str()}),
        Message::StateHash(it) => json!({"frame": it.frame, "hash": it.digest().to_string()}),
        Message::ValidationPing(it) => timestamp_json(it.timestamp),
        Message::ValidationPong(it) => timestamp_json(it.timestamp),
        Message::InputRequest(it) => json!({"start": it.start(), "end": it.end()}),
        Message::InputResponse(it) => json!({
            "player": it.player,
            "entries": entries_json(it.entries),
        }),
        Message::FocusState(it) => json!({"focused": it.focused, "frame": it.frame}),
    }
}

fn entries_json(entries: Entries<'_>) -> Value {
    entries.iter().map(|entry| json!({"frame": entry.frame, "action": entry.action})).collect()
}

/// A timestamp is a double. Its bits are written as hex, because JSON has no NaN.
fn timestamp_json(timestamp: Timestamp) -> Value {
    json!({"timestamp": format!("{:016x}", timestamp.to_bits())})
}

/// The answer of `encode` and `reencode`.
fn datagram_answer(message: &Message<'_>) -> Outcome {
    let mut buffer = vec![0; message.encoded_len()];
    let datagram =
        message.encode(&mut buffer).map_err(|error| Failure::error(error.to_string()))?;
    Ok(Success::Json(json!({"hex": hex::encode(datagram)})))
}

/// An integer of the field's type.
fn integer<T: TryFrom<i64>>(value: &Value) -> Result<T, Failure> {
    let Some(number) = value.as_i64() else {
        return Err(wrong_kind("an integer", value));
    };
    T::try_from(number).map_err(|_| {
        Failure::refused(RefusalClass::Range, &format!("{number} does not fit into its field"))
    })
}

fn flag(value: &Value) -> Result<bool, Failure> {
    value.as_bool().ok_or_else(|| wrong_kind("a flag", value))
}

fn hash(fields: &Value) -> Result<&str, Failure> {
    let value = &fields["hash"];
    value.as_str().ok_or_else(|| wrong_kind("text", value))
}

fn timestamp(fields: &Value) -> Result<Timestamp, Failure> {
    let value = &fields["timestamp"];
    let digits = value.as_str().filter(|text| text.len() == 16);
    match digits.map(|digits| u64::from_str_radix(digits, 16)) {
        Some(Ok(bits)) => Ok(Timestamp::from_bits(bits)),
        _ => Err(wrong_kind("the 16 hex digits of a double", value)),
    }
}

/// A list of entries, in the form in which [`Entries`] borrows them.
fn entries(value: &Value) -> Result<Vec<[u8; InputEntry::LEN]>, Failure> {
    let Some(list) = value.as_array() else {
        return Err(wrong_kind("a list of entries", value));
    };
    let mut wire = Vec::with_capacity(list.len());
    for entry in list {
        let frame = integer(&entry["frame"])?;
        let action = integer(&entry["action"])?;
        wire.push(InputEntry { frame, action }.to_wire());
    }
    Ok(wire)
}

/// The refusal of a value that is not of the kind that its field has.
fn wrong_kind(expected: &str, found: &Value) -> Failure {
    Failure::refused(RefusalClass::Value, &format!("expected {expected}, found {found}"))
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::refused(error.class(), &error)
    }
}

impl From<CountError> for Failure {
    fn from(error: CountError) -> Self {
        Self::refused(error.class(), &error)
    }
}

impl From<RangeError> for Failure {
    fn from(error: RangeError) -> Self {
        Self::refused(error.class(), &error)
    }
}

impl From<TextError> for Failure {
    fn from(error: TextError) -> Self {
        Self::refused(error.class(), &error)
    }
}
