//! The messages of a peer, typed: read by the model's decoder, and written byte by byte.

use serde_json::Value as Json;

use crate::{Capability, Model, Value, exchange::Datagram};

/// A frame and the action of a player at it.
pub type InputEntry = (u32, u8);

/// A message that a peer sends or receives. Timestamps are the bits of a double.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the fields are those of `spec/messages.toml`")]
pub enum Message {
    Input { player: u16, current_frame: u32, entries: Vec<InputEntry> },
    Ping { timestamp: u64 },
    Pong { timestamp: u64 },
    Keepalive,
    EpisodeEnd { frame: u32, episode: u32 },
    EpisodeReady { episode: u32, hash: [u8; 8] },
    StateHash { frame: u32, hash: [u8; 8] },
    ValidationPing { timestamp: u64 },
    ValidationPong { timestamp: u64 },
    InputRequest { start: u32, end: u32 },
    InputResponse { player: u16, entries: Vec<InputEntry> },
    FocusState { focused: bool, frame: u32 },
}

impl Message {
    /// What a datagram means; nothing if the model refuses it.
    #[must_use]
    pub fn read(model: &Model, datagram: &Datagram) -> Option<Self> {
        Self::of(&model.decode(datagram.bytes()).ok()?)
    }

    /// What a value of the model means; nothing if it is not a message of this specification.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        let field = |name: &str| value.fields.get(name);
        let number = |name: &str| u32::try_from(field(name)?.as_u64()?).ok();
        let player = || u16::try_from(field("player")?.as_u64()?).ok();
        let timestamp = || u64::from_str_radix(field("timestamp")?.as_str()?, 16).ok();
        let raw = || crate::hex::parse(field("hash")?.as_str()?).ok()?.try_into().ok();
        let text = || field("hash")?.as_str()?.as_bytes().try_into().ok();
        Some(match value.message.as_str() {
            "input" => Self::Input {
                player: player()?,
                current_frame: number("current_frame")?,
                entries: entries(field("entries")?)?,
            },
            "ping" => Self::Ping { timestamp: timestamp()? },
            "pong" => Self::Pong { timestamp: timestamp()? },
            "keepalive" => Self::Keepalive,
            "episode_end" => {
                Self::EpisodeEnd { frame: number("frame")?, episode: number("episode")? }
            }
            "episode_ready" => Self::EpisodeReady { episode: number("episode")?, hash: text()? },
            "state_hash" => Self::StateHash { frame: number("frame")?, hash: raw()? },
            "validation_ping" => Self::ValidationPing { timestamp: timestamp()? },
            "validation_pong" => Self::ValidationPong { timestamp: timestamp()? },
            "input_request" => Self::InputRequest { start: number("start")?, end: number("end")? },
            "input_response" => {
                Self::InputResponse { player: player()?, entries: entries(field("entries")?)? }
            }
            "focus_state" => {
                Self::FocusState { focused: field("focused")?.as_bool()?, frame: number("frame")? }
            }
            _ => return None,
        })
    }

    /// Its first byte.
    #[must_use]
    pub const fn type_byte(&self) -> u8 {
        match self {
            Self::Input { .. } => 0x01,
            Self::Ping { .. } => 0x02,
            Self::Pong { .. } => 0x03,
            Self::Keepalive => 0x04,
            Self::EpisodeEnd { .. } => 0x05,
            Self::EpisodeReady { .. } => 0x06,
            Self::StateHash { .. } => 0x07,
            Self::ValidationPing { .. } => 0x10,
            Self::ValidationPong { .. } => 0x11,
            Self::InputRequest { .. } => 0x12,
            Self::InputResponse { .. } => 0x13,
            Self::FocusState { .. } => 0x14,
        }
    }

    /// Its bytes. A count that does not fit its field wraps; the rules never send that many entries.
    #[must_use]
    pub fn datagram(&self) -> Datagram {
        let mut bytes = vec![self.type_byte()];
        match self {
            Self::Input { player, current_frame, entries } => {
                bytes.extend(player.to_be_bytes());
                bytes.extend(current_frame.to_be_bytes());
                bytes.extend([entries.len().to_be_bytes()[7], 0]);
                bytes.extend(entry_bytes(entries));
            }
            Self::Ping { timestamp }
            | Self::Pong { timestamp }
            | Self::ValidationPing { timestamp }
            | Self::ValidationPong { timestamp } => bytes.extend(timestamp.to_be_bytes()),
            Self::Keepalive => {}
            Self::EpisodeEnd { frame, episode } => {
                bytes.extend(frame.to_be_bytes());
                bytes.extend(episode.to_be_bytes());
            }
            Self::EpisodeReady { episode: number, hash }
            | Self::StateHash { frame: number, hash } => {
                bytes.extend(number.to_be_bytes());
                bytes.extend(hash);
            }
            Self::InputRequest { start, end } => {
                bytes.extend(start.to_be_bytes());
                bytes.extend(end.to_be_bytes());
            }
            Self::InputResponse { player, entries } => {
                bytes.extend(player.to_be_bytes());
                bytes.extend(&entries.len().to_be_bytes()[6..]);
                bytes.extend(entry_bytes(entries));
            }
            Self::FocusState { focused, frame } => {
                bytes.push(u8::from(*focused));
                bytes.extend(frame.to_be_bytes());
            }
        }
        Datagram::new(bytes)
    }

    /// The capability of the chapter that a message with this first byte belongs to.
    #[must_use]
    pub const fn capability(type_byte: u8) -> Option<Capability> {
        Some(match type_byte {
            0x01 => Capability::Inputs,
            0x02 | 0x03 => Capability::Liveness,
            0x05 | 0x06 => Capability::Episodes,
            0x07 => Capability::Exchange,
            0x10 | 0x11 => Capability::Validation,
            0x12 | 0x13 => Capability::CatchUp,
            0x14 => Capability::Focus,
            _ => return None,
        })
    }
}

fn entries(list: &Json) -> Option<Vec<InputEntry>> {
    let entry = |json: &Json| {
        let frame = u32::try_from(json.get("frame")?.as_u64()?).ok()?;
        Some((frame, u8::try_from(json.get("action")?.as_u64()?).ok()?))
    };
    list.as_array()?.iter().map(entry).collect()
}

fn entry_bytes(entries: &[InputEntry]) -> impl Iterator<Item = u8> {
    entries.iter().flat_map(|(frame, action)| frame.to_be_bytes().into_iter().chain([*action]))
}
