//! What a peer needs from the game's channel.

use alloc::{vec, vec::Vec};

use rollwire_codec::{Input, InputEntry, Message, StateHash};

use crate::exchange::{self, Refused};

/// The game's channel to its partner: a way to send one datagram.
///
/// Whether the channel is open is told with [`opened`](super::Peer::opened) and
/// [`closed`](super::Peer::closed), because times are counted from an opening. Nothing is handed to
/// a channel that is not open (PEER-3).
pub trait Channel {
    /// Sends one datagram, or accepts it to be sent later.
    ///
    /// # Errors
    ///
    /// [`Refused`] when the channel did not accept it, for whatever reason. The peer treats it as a
    /// lost datagram of which it knows, and does not report the error (PEER-3).
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused>;
}

/// The channel within one stimulus, during which it neither opens nor closes.
pub(crate) struct Line<'a> {
    is_open: bool,
    channel: &'a mut dyn Channel,
}

impl<'a> Line<'a> {
    /// The longest message of which nothing has to be allocated: a full INPUT.
    const SHORT: usize = Input::HEADER_LEN + InputEntry::LEN * Input::MAX_ENTRIES;

    pub(super) fn new(is_open: bool, channel: &'a mut dyn Channel) -> Self {
        Self { is_open, channel }
    }

    pub(super) const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Hands a message to the channel if it is open, and returns whether it was accepted.
    pub(super) fn send<'m>(&mut self, message: impl Into<Message<'m>>) -> bool {
        if !self.is_open {
            return false;
        }
        let message = message.into();
        let mut short = [0; Self::SHORT];
        let mut long: Vec<u8>;
        let buffer = if message.encoded_len() <= short.len() {
            &mut short[..]
        } else {
            long = vec![0; message.encoded_len()];
            &mut long[..]
        };
        // The encoder does not fail, because the buffer is long enough.
        message.encode(buffer).is_ok_and(|datagram| self.channel.send(datagram).is_ok())
    }
}

/// The exchange of a peer sends over the same channel.
impl exchange::Channel for Line<'_> {
    fn is_open(&self) -> bool {
        self.is_open
    }

    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused> {
        self.channel.send(datagram)
    }
}
