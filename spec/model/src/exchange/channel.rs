//! The channel of a test, whose answers the stimulus `sends` sets (`spec/adapter.md`, Stimuli).

use super::stimulus::{Datagram, How, Refusals, Sends, Types};

/// The answers that were set last, less those that were given since.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    accept: u16,
    refuse: Refusals,
    how: How,
    types: Types,
}

impl Channel {
    /// A channel that accepts every send.
    pub(super) fn new() -> Self {
        Self { accept: 0, refuse: Refusals::Count(0), how: How::False, types: Types::STATE_HASH }
    }

    pub(super) fn set_answers(&mut self, sends: Sends) {
        Sends { accept: self.accept, refuse: self.refuse, how: self.how, types: self.types } =
            sends;
    }

    /// Whether a datagram is accepted, and if not, how it is refused.
    pub(crate) fn send(&mut self, datagram: &Datagram) -> Result<(), How> {
        if !self.types.has(datagram) {
            return Ok(());
        }
        if self.accept > 0 {
            self.accept -= 1;
            return Ok(());
        }
        match &mut self.refuse {
            Refusals::All(_) => Err(self.how),
            Refusals::Count(0) => Ok(()),
            Refusals::Count(left) => {
                *left -= 1;
                Err(self.how)
            }
        }
    }
}
