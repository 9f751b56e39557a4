//! Reads a datagram: finds out which message it is and whether it is valid.
//!
//! A message's own `parse` does not know [`Message`]: it returns any type that can be made from the
//! message. It is not `parse(..).map(Message::from)`, because the conversion of a whole `Result` is not
//! optimised away and costs instructions.

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
        MessageType::Input => Input::parse(datagram),
        MessageType::Ping => Ping::parse(datagram),
        MessageType::Pong => Pong::parse(datagram),
        MessageType::Keepalive => Keepalive::parse(datagram),
        MessageType::EpisodeEnd => EpisodeEnd::parse(datagram),
        MessageType::EpisodeReady => EpisodeReady::parse(datagram),
        MessageType::StateHash => StateHash::parse(datagram),
        MessageType::ValidationPing => ValidationPing::parse(datagram),
        MessageType::ValidationPong => ValidationPong::parse(datagram),
        MessageType::InputRequest => InputRequest::parse(datagram),
        MessageType::InputResponse => InputResponse::parse(datagram),
        MessageType::FocusState => FocusState::parse(datagram),
    }
}

impl<'a> TryFrom<&'a [u8]> for Message<'a> {
    type Error = DecodeError;

    #[inline]
    fn try_from(datagram: &'a [u8]) -> Result<Self, DecodeError> {
        decode(datagram)
    }
}
