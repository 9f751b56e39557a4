//! The same messages with [prost](https://docs.rs/prost), in the format of Protocol Buffers: one
//! message with a `oneof`, as a `.proto` file of this protocol would define it.
//!
//! Protocol Buffers have no integers of fewer than 32 bits, so those ranges are checked afterwards, as
//! are counts, order and texts. Trailing bytes that form an unknown field are skipped, as the format
//! requires; others are refused.

use ::prost::{Message as _, Oneof};

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Datagram {
    #[prost(oneof = "Message", tags = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12")]
    pub message: Option<Message>,
}

#[derive(Clone, PartialEq, Oneof)]
pub enum Message {
    #[prost(message, tag = "1")]
    Input(Input),
    #[prost(double, tag = "2")]
    Ping(f64),
    #[prost(double, tag = "3")]
    Pong(f64),
    #[prost(message, tag = "4")]
    Keepalive(Keepalive),
    #[prost(message, tag = "5")]
    EpisodeEnd(EpisodeEnd),
    #[prost(message, tag = "6")]
    EpisodeReady(EpisodeReady),
    #[prost(message, tag = "7")]
    StateHash(StateHash),
    #[prost(double, tag = "8")]
    ValidationPing(f64),
    #[prost(double, tag = "9")]
    ValidationPong(f64),
    #[prost(message, tag = "10")]
    InputRequest(InputRequest),
    #[prost(message, tag = "11")]
    InputResponse(InputResponse),
    #[prost(message, tag = "12")]
    FocusState(FocusState),
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Entry {
    #[prost(uint32, tag = "1")]
    pub frame: u32,
    #[prost(uint32, tag = "2")]
    pub action: u32,
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Input {
    #[prost(uint32, tag = "1")]
    pub player: u32,
    #[prost(uint32, tag = "2")]
    pub current_frame: u32,
    #[prost(message, repeated, tag = "3")]
    pub entries: Vec<Entry>,
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Keepalive {}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct EpisodeEnd {
    #[prost(uint32, tag = "1")]
    pub frame: u32,
    #[prost(uint32, tag = "2")]
    pub episode: u32,
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct EpisodeReady {
    #[prost(uint32, tag = "1")]
    pub episode: u32,
    #[prost(string, tag = "2")]
    pub hash: String,
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct StateHash {
    #[prost(uint32, tag = "1")]
    pub frame: u32,
    #[prost(fixed64, tag = "2")]
    pub hash: u64,
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct InputRequest {
    #[prost(uint32, tag = "1")]
    pub start: u32,
    #[prost(uint32, tag = "2")]
    pub end: u32,
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct InputResponse {
    #[prost(uint32, tag = "1")]
    pub player: u32,
    #[prost(message, repeated, tag = "2")]
    pub entries: Vec<Entry>,
}

#[derive(Clone, PartialEq, ::prost::Message)]
pub struct FocusState {
    #[prost(bool, tag = "1")]
    pub focused: bool,
    #[prost(uint32, tag = "2")]
    pub frame: u32,
}

/// The bytes are not a valid message.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

pub fn decode(bytes: &[u8]) -> Result<Datagram, Refused> {
    let datagram = Datagram::decode(bytes).map_err(|_| Refused)?;
    let are_entries = |entries: &[Entry]| entries.iter().all(|entry| entry.action <= 0xff);
    let holds = match datagram.message.as_ref().ok_or(Refused)? {
        Message::Input(Input { player, entries, .. }) => {
            *player <= 0xffff && matches!(entries.len(), 1..=15) && are_entries(entries)
        }
        Message::EpisodeReady(EpisodeReady { hash, .. }) => {
            hash.len() == 8 && hash.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
        }
        Message::InputRequest(InputRequest { start, end }) => start <= end,
        Message::InputResponse(InputResponse { player, entries }) => {
            *player <= 0xffff && entries.len() <= 0xffff && are_entries(entries)
        }
        _ => true,
    };
    if holds { Ok(datagram) } else { Err(Refused) }
}

pub fn encode<'b>(
    datagram: &Datagram,
    out: &'b mut [u8],
) -> Result<&'b [u8], ::prost::EncodeError> {
    let available = out.len();
    let mut rest = &mut *out;
    datagram.encode(&mut rest)?;
    let len = available - rest.len();
    Ok(&out[..len])
}
