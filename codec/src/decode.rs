//! Reads a datagram: finds out which message it is and whether it is valid.

use crate::{
    DecodeError, EpisodeEnd, EpisodeReady, FocusState, Input, InputRequest, InputResponse,
    Keepalive, Message, MessageType, Ping, Pong, StateHash, ValidationPing, ValidationPong,
};

/// Reads one datagram, which the message borrows from.
///
/// A datagram is refused unless every byte belongs to the message: trailing bytes are not skipped,
/// and missing bytes are not read as zero.
/// Encoding the returned message gives the same bytes, except for the reserved byte of INPUT, which
/// becomes 0 (rule `INPUT-9`).
///
/// # Errors
///
/// A [`DecodeError`] says what was expected, what was found, and at which byte.
/// Where the specification says that a receiver SHOULD refuse a datagram, this function refuses it.
#[inline]
pub fn decode(datagram: &[u8]) -> Result<Message<'_>, DecodeError> {
    let Some(&first) = datagram.first() else {
        return Err(DecodeError::Empty);
    };
    let Some(message_type) = MessageType::from_byte(first) else {
        return Err(DecodeError::UnknownType { found: first });
    };
    match message_type {
        MessageType::Input => Input::parse(datagram).map(Message::Input),
        MessageType::Ping => Ping::parse(datagram).map(Message::Ping),
        MessageType::Pong => Pong::parse(datagram).map(Message::Pong),
        MessageType::Keepalive => Keepalive::parse(datagram).map(Message::Keepalive),
        MessageType::EpisodeEnd => EpisodeEnd::parse(datagram).map(Message::EpisodeEnd),
        MessageType::EpisodeReady => EpisodeReady::parse(datagram).map(Message::EpisodeReady),
        MessageType::StateHash => StateHash::parse(datagram).map(Message::StateHash),
        MessageType::ValidationPing => ValidationPing::parse(datagram).map(Message::ValidationPing),
        MessageType::ValidationPong => ValidationPong::parse(datagram).map(Message::ValidationPong),
        MessageType::InputRequest => InputRequest::parse(datagram).map(Message::InputRequest),
        MessageType::InputResponse => InputResponse::parse(datagram).map(Message::InputResponse),
        MessageType::FocusState => FocusState::parse(datagram).map(Message::FocusState),
    }
}

impl<'a> TryFrom<&'a [u8]> for Message<'a> {
    type Error = DecodeError;

    #[inline]
    fn try_from(datagram: &'a [u8]) -> Result<Self, DecodeError> {
        decode(datagram)
    }
}
