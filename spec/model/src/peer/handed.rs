//! What becomes of a message that is handed to the channel.

/// What became of a message that was handed to the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The channel has accepted it.
    Accepted,
    /// The channel has refused it.
    Refused,
    /// It was not handed over, because the channel is not open.
    NotOpen,
}
