//! Writes a message into the caller's buffer.

use core::{error::Error, fmt};

use crate::{Entries, Message};

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
        match *self {
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

/// Why a message was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EncodeError {
    /// The message is longer than the buffer.
    BufferTooSmall {
        /// The length of the message.
        needed: usize,
        /// The length of the buffer.
        available: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::BufferTooSmall { needed, available } = self;
        write!(f, "expected a buffer of at least {needed} bytes, found {available}")
    }
}

impl Error for EncodeError {}

/// Writes a message that always has `LEN` bytes.
#[inline(always)]
pub(crate) fn fixed<const LEN: usize>(
    out: &mut [u8],
    fields: impl FnOnce(&mut [u8; LEN]),
) -> Result<&[u8], EncodeError> {
    let available = out.len();
    match out.first_chunk_mut() {
        Some(wire) => {
            fields(wire);
            Ok(wire)
        }
        None => Err(EncodeError::BufferTooSmall { needed: LEN, available }),
    }
}

/// Writes a message that has `HEADER` bytes and then entries.
#[inline(always)]
pub(crate) fn counted<'b, const HEADER: usize>(
    out: &'b mut [u8],
    entries: Entries<'_>,
    fields: impl FnOnce(&mut [u8; HEADER]),
) -> Result<&'b [u8], EncodeError> {
    let wire = entries.as_wire().as_flattened();
    let needed = wire.len().saturating_add(HEADER);
    let available = out.len();
    if let Some(message) = out.get_mut(..needed)
        && let Some((header, rest)) = message.split_first_chunk_mut()
        && let Some((tail, [])) = rest.split_at_mut_checked(wire.len())
    {
        fields(header);
        tail.copy_from_slice(wire);
        Ok(message)
    } else {
        Err(EncodeError::BufferTooSmall { needed, available })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::ToString;

    use super::*;

    #[test]
    fn the_text_says_what_was_expected_and_found() {
        let error = EncodeError::BufferTooSmall { needed: 13, available: 12 };
        assert_eq!(error.to_string(), "expected a buffer of at least 13 bytes, found 12");
    }
}
