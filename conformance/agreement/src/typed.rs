//! The codec's messages as the specification's JSON, and back through the codec's constructors.

use rollwire_codec::{
    Digest, Entries, EpisodeEnd, EpisodeReady, FocusState, HashText, Input, InputEntry,
    InputRequest, InputResponse, Keepalive, Message, Ping, Pong, StateHash, Timestamp,
    ValidationPing, ValidationPong,
};
use rollwire_model::{Outcome, Value};
use serde::{Deserialize, Serialize};

/// A message in the shape that the specification gives it in JSON, with the codec's integers.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "type", content = "fields", rename_all = "snake_case", deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the specification describes every message and field by these names"
)]
pub enum Typed {
    Input { player: u16, current_frame: u32, entries: Vec<Entry> },
    Ping { timestamp: String },
    Pong { timestamp: String },
    Keepalive {},
    EpisodeEnd { frame: u32, episode: u32 },
    EpisodeReady { episode: u32, hash: String },
    StateHash { frame: u32, hash: String },
    ValidationPing { timestamp: String },
    ValidationPong { timestamp: String },
    InputRequest { start: u32, end: u32 },
    InputResponse { player: u16, entries: Vec<Entry> },
    FocusState { focused: bool, frame: u32 },
}

/// An entry of INPUT and INPUT_RESPONSE.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The frame.
    pub frame: u32,
    /// The action.
    pub action: u8,
}

impl From<Message<'_>> for Typed {
    fn from(message: Message<'_>) -> Self {
        let bits = |timestamp: Timestamp| format!("{:016x}", timestamp.to_bits());
        let entry = |InputEntry { frame, action }| Entry { frame, action };
        let list = |entries: Entries<'_>| entries.iter().map(entry).collect();
        match message {
            Message::Input(it) => {
                let (player, current_frame) = (it.player, it.current_frame);
                Self::Input { player, current_frame, entries: list(it.entries()) }
            }
            Message::Ping(it) => Self::Ping { timestamp: bits(it.timestamp) },
            Message::Pong(it) => Self::Pong { timestamp: bits(it.timestamp) },
            Message::Keepalive(Keepalive) => Self::Keepalive {},
            Message::EpisodeEnd(EpisodeEnd { frame, episode }) => {
                Self::EpisodeEnd { frame, episode }
            }
            Message::EpisodeReady(EpisodeReady { episode, hash }) => {
                Self::EpisodeReady { episode, hash: hash.as_str().to_owned() }
            }
            Message::StateHash(it) => {
                Self::StateHash { frame: it.frame, hash: it.digest().to_string() }
            }
            Message::ValidationPing(it) => Self::ValidationPing { timestamp: bits(it.timestamp) },
            Message::ValidationPong(it) => Self::ValidationPong { timestamp: bits(it.timestamp) },
            Message::InputRequest(it) => Self::InputRequest { start: it.start(), end: it.end() },
            Message::InputResponse(InputResponse { player, entries }) => {
                Self::InputResponse { player, entries: list(entries) }
            }
            Message::FocusState(FocusState { focused, frame }) => {
                Self::FocusState { focused, frame }
            }
        }
    }
}

impl Typed {
    /// The value as the model has it.
    pub fn value(&self) -> Value {
        serde_json::from_value(serde_json::to_value(self).unwrap()).unwrap()
    }

    /// The bytes or the refusal of the codec's constructors and its encoder; `None` if the text of a
    /// timestamp is not the bits of one.
    pub fn encode(&self) -> Option<Outcome> {
        let time = |text: &str| {
            let digits = text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
            let text = Some(text).filter(|text| digits && text.len() == 16)?;
            Some(Timestamp::from_bits(u64::from_str_radix(text, 16).ok()?))
        };
        let wire = |list: &[Entry]| -> Vec<_> {
            list.iter()
                .map(|it| InputEntry { frame: it.frame, action: it.action }.to_wire())
                .collect()
        };
        macro_rules! built {
            ($made:expr) => {
                match $made {
                    Ok(made) => made,
                    Err(refusal) => {
                        return Some(Outcome::Reject(refusal.class().as_str().parse().unwrap()));
                    }
                }
            };
        }
        let (list, digest);
        Some(Outcome::Bytes(written(&match self {
            Self::Input { player, current_frame, entries } => {
                list = wire(entries);
                built!(Input::new(*player, *current_frame, built!(Entries::new(&list)))).into()
            }
            Self::Ping { timestamp } => Ping { timestamp: time(timestamp)? }.into(),
            Self::Pong { timestamp } => Pong { timestamp: time(timestamp)? }.into(),
            Self::Keepalive {} => Keepalive.into(),
            &Self::EpisodeEnd { frame, episode } => EpisodeEnd { frame, episode }.into(),
            Self::EpisodeReady { episode, hash } => {
                EpisodeReady { episode: *episode, hash: built!(HashText::new(hash)) }.into()
            }
            Self::StateHash { frame, hash } => {
                digest = built!(hash.parse::<Digest>());
                StateHash { frame: *frame, hash: digest.as_bytes() }.into()
            }
            Self::ValidationPing { timestamp } => {
                ValidationPing { timestamp: time(timestamp)? }.into()
            }
            Self::ValidationPong { timestamp } => {
                ValidationPong { timestamp: time(timestamp)? }.into()
            }
            &Self::InputRequest { start, end } => built!(InputRequest::new(start, end)).into(),
            Self::InputResponse { player, entries } => {
                list = wire(entries);
                InputResponse { player: *player, entries: built!(Entries::new(&list)) }.into()
            }
            &Self::FocusState { focused, frame } => FocusState { focused, frame }.into(),
        })))
    }
}

/// The bytes of a message. Checks that the rest of a larger buffer stays unchanged.
pub fn written(message: &Message<'_>) -> Vec<u8> {
    let len = message.encoded_len();
    let mut out = vec![0xa5; len + 3];
    assert_eq!(message.encode(&mut out).map(<[u8]>::len), Ok(len));
    assert_eq!(out.split_off(len), [0xa5; 3], "bytes after the message were touched");
    out
}
