#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

mod message;
mod message_type;

mod catch_up;
mod episode;
mod focus;
mod input;
mod liveness;
mod state_hash;

mod entries;
mod hash;
mod timestamp;

mod decode;
mod encode;
mod read;
mod write;

mod error;
mod layout;
mod refusal;

pub use crate::catch_up::{InputRequest, InputResponse, RangeError};
pub use crate::decode::decode;
pub use crate::entries::{CountError, Entries, EntryIter, InputEntry};
pub use crate::episode::{EpisodeEnd, EpisodeReady};
pub use crate::error::{DecodeError, EncodeError};
pub use crate::focus::FocusState;
pub use crate::hash::{Digest, HashText, TextError};
pub use crate::input::Input;
pub use crate::liveness::{Keepalive, Ping, Pong, ValidationPing, ValidationPong};
pub use crate::message::Message;
pub use crate::message_type::{MessageType, UnknownMessageType};
pub use crate::refusal::RefusalClass;
pub use crate::state_hash::StateHash;
pub use crate::timestamp::Timestamp;
