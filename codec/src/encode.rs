//! Writes a message of any type into the caller's buffer.

use crate::{EncodeError, Message};

impl Message<'_> {
    /// Writes the message to the front of `out` and returns that part of it.
    ///
    /// The bytes after that part are not changed. If the message does not fit, nothing is changed.
    /// [`Message::encoded_len`] returns the length in advance.
    ///
    /// # Errors
    ///
    /// Only if `out` is too short: every message that can be built can be written.
    #[inline]
    pub fn encode<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
        match self {
            Self::Input(message) => message.write(out),
            Self::Ping(message) => message.write(out),
            Self::Pong(message) => message.write(out),
            Self::Keepalive(message) => message.write(out),
            Self::EpisodeEnd(message) => message.write(out),
            Self::EpisodeReady(message) => message.write(out),
            Self::StateHash(message) => message.write(out),
            Self::ValidationPing(message) => message.write(out),
            Self::ValidationPong(message) => message.write(out),
            Self::InputRequest(message) => message.write(out),
            Self::InputResponse(message) => message.write(out),
            Self::FocusState(message) => message.write(out),
        }
    }
}
