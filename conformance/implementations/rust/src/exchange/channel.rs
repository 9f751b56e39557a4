//! What the exchange needs from the game's channel.

use core::{error::Error, fmt};

use rollwire_codec::StateHash;

/// The game's channel to its peer, as [`tick`](super::Exchange::tick) uses it.
pub trait Channel {
    /// Whether a datagram can be sent. The exchange asks before each one.
    fn is_open(&self) -> bool;

    /// Sends one datagram, or accepts it to be sent later.
    ///
    /// # Errors
    ///
    /// [`Refused`] when the channel did not accept it, for whatever reason: the exchange keeps the
    /// hash for the next tick, and does not report the error (EXCH-13).
    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused>;
}

/// The channel did not accept the datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the channel refused the datagram")
    }
}

impl Error for Refused {}
