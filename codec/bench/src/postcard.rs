//! The same messages with [postcard](https://docs.rs/postcard), in its own format: an enum with
//! serde's derives.
//!
//! Trailing bytes are those that it leaves unread. Counts, ranges and texts are checked afterwards.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Entry {
    pub frame: u32,
    pub action: u8,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Message {
    Input { player: u16, current_frame: u32, entries: Vec<Entry> },
    Ping { timestamp: f64 },
    Pong { timestamp: f64 },
    Keepalive,
    EpisodeEnd { frame: u32, episode: u32 },
    EpisodeReady { episode: u32, hash: [u8; 8] },
    StateHash { frame: u32, hash: [u8; 8] },
    ValidationPing { timestamp: f64 },
    ValidationPong { timestamp: f64 },
    InputRequest { start: u32, end: u32 },
    InputResponse { player: u16, entries: Vec<Entry> },
    FocusState { focused: bool, frame: u32 },
}

/// The bytes are not a valid message.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

pub fn decode(bytes: &[u8]) -> Result<Message, Refused> {
    let (message, rest) = ::postcard::take_from_bytes::<Message>(bytes).map_err(|_| Refused)?;
    let holds = match &message {
        Message::Input { entries, .. } => matches!(entries.len(), 1..=15),
        Message::EpisodeReady { hash, .. } => {
            hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        }
        Message::InputRequest { start, end } => start <= end,
        Message::InputResponse { entries, .. } => entries.len() <= usize::from(u16::MAX),
        _ => true,
    };
    if holds && rest.is_empty() { Ok(message) } else { Err(Refused) }
}

pub fn encode<'b>(message: &Message, out: &'b mut [u8]) -> Result<&'b [u8], ::postcard::Error> {
    ::postcard::to_slice(message, out).map(|written| &*written)
}
