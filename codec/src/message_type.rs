//! The first byte of every datagram.

use core::{error::Error, fmt};

use crate::RefusalClass;

/// The type of a message, which its first byte states.
///
/// The variants are in the order of their bytes.
/// The bytes 0x08 to 0x0f are not assigned, nor is 0x00 or anything above 0x14.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum MessageType {
    /// [`Input`](crate::Input): the newest inputs of one player.
    Input = 0x01,
    /// [`Ping`](crate::Ping): asks for a pong.
    Ping = 0x02,
    /// [`Pong`](crate::Pong): answers a ping.
    Pong = 0x03,
    /// [`Keepalive`](crate::Keepalive): carries nothing.
    Keepalive = 0x04,
    /// [`EpisodeEnd`](crate::EpisodeEnd): the sender's episode is over.
    EpisodeEnd = 0x05,
    /// [`EpisodeReady`](crate::EpisodeReady): the sender has reset and may start.
    EpisodeReady = 0x06,
    /// [`StateHash`](crate::StateHash): the hash of one confirmed state.
    StateHash = 0x07,
    /// [`ValidationPing`](crate::ValidationPing): asks whether the new channel works.
    ValidationPing = 0x10,
    /// [`ValidationPong`](crate::ValidationPong): confirms that the new channel works.
    ValidationPong = 0x11,
    /// [`InputRequest`](crate::InputRequest): asks for the inputs of a range of frames.
    InputRequest = 0x12,
    /// [`InputResponse`](crate::InputResponse): answers an input request.
    InputResponse = 0x13,
    /// [`FocusState`](crate::FocusState): the sender's page was hidden or shown.
    FocusState = 0x14,
}

impl MessageType {
    /// Every message type, in the order of its byte.
    pub const ALL: [Self; 12] = [
        Self::Input,
        Self::Ping,
        Self::Pong,
        Self::Keepalive,
        Self::EpisodeEnd,
        Self::EpisodeReady,
        Self::StateHash,
        Self::ValidationPing,
        Self::ValidationPong,
        Self::InputRequest,
        Self::InputResponse,
        Self::FocusState,
    ];

    /// The message type that `byte` stands for, or `None` if no message has that byte.
    #[inline]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            0x01 => Self::Input,
            0x02 => Self::Ping,
            0x03 => Self::Pong,
            0x04 => Self::Keepalive,
            0x05 => Self::EpisodeEnd,
            0x06 => Self::EpisodeReady,
            0x07 => Self::StateHash,
            0x10 => Self::ValidationPing,
            0x11 => Self::ValidationPong,
            0x12 => Self::InputRequest,
            0x13 => Self::InputResponse,
            0x14 => Self::FocusState,
            _ => return None,
        })
    }

    /// The first byte of a message of this type.
    #[inline]
    pub const fn to_byte(self) -> u8 {
        self as u8
    }

    /// The name in lower snake case, as in vectors and reports: `state_hash`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Ping => "ping",
            Self::Pong => "pong",
            Self::Keepalive => "keepalive",
            Self::EpisodeEnd => "episode_end",
            Self::EpisodeReady => "episode_ready",
            Self::StateHash => "state_hash",
            Self::ValidationPing => "validation_ping",
            Self::ValidationPong => "validation_pong",
            Self::InputRequest => "input_request",
            Self::InputResponse => "input_response",
            Self::FocusState => "focus_state",
        }
    }
}

/// Prints [`MessageType::name`].
impl fmt::Display for MessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl TryFrom<u8> for MessageType {
    type Error = UnknownMessageType;

    #[inline]
    fn try_from(byte: u8) -> Result<Self, UnknownMessageType> {
        Self::from_byte(byte).ok_or(UnknownMessageType { found: byte })
    }
}

/// The error for a byte that is not a known message type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownMessageType {
    /// The byte itself.
    pub found: u8,
}

impl UnknownMessageType {
    /// Always [`RefusalClass::UnknownType`].
    pub const fn class(self) -> RefusalClass {
        RefusalClass::UnknownType
    }
}

impl fmt::Display for UnknownMessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a message type, found {:#04x}", self.found)
    }
}

impl Error for UnknownMessageType {}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::ToString;

    use super::*;

    #[test]
    fn all_is_every_byte_that_has_a_type_in_order() {
        let named = (0..=u8::MAX).filter_map(MessageType::from_byte);
        assert!(named.eq(MessageType::ALL));
    }

    #[test]
    fn a_type_survives_its_byte() {
        for message_type in MessageType::ALL {
            assert_eq!(MessageType::try_from(message_type.to_byte()), Ok(message_type));
        }
    }

    #[test]
    fn names_are_the_variants_in_snake_case() {
        for message_type in MessageType::ALL {
            let mut snake = std::string::String::new();
            for letter in std::format!("{message_type:?}").chars() {
                if letter.is_ascii_uppercase() && !snake.is_empty() {
                    snake.push('_');
                }
                snake.push(letter.to_ascii_lowercase());
            }
            assert_eq!(message_type.to_string(), snake);
        }
    }

    #[test]
    fn an_unknown_byte_is_named() {
        let error = MessageType::try_from(0x08).unwrap_err();
        assert_eq!(error.to_string(), "expected a message type, found 0x08");
        assert_eq!(error.class(), RefusalClass::UnknownType);
    }
}
