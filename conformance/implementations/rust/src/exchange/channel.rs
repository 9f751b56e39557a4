//! What the exchange wants to know of the game's channel.

use std::{error::Error, fmt};

use rollwire_codec::StateHash;

/// The game's channel to its peer, as far as a [`tick`](super::Exchange::tick) needs it.
pub trait Channel {
    /// Whether a datagram can be sent; it is asked before each one.
    fn is_open(&self) -> bool;

    /// Sends one datagram, or takes it to be sent.
    ///
    /// # Errors
    ///
    /// [`Refused`] when the channel did not take it, for whatever reason: the exchange keeps the
    /// hash for the next tick, and nobody else hears of the error (EXCH-13).
    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused>;
}

/// The channel did not take the datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the channel refused the datagram")
    }
}

impl Error for Refused {}
