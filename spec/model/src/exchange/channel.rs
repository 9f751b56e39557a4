//! The channel of a test, whose answers the stimulus `sends` sets (`spec/adapter.md`, Stimuli).

use super::stimulus::{How, Refusals, Sends};

/// The answers that were set last, less those that were given since.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    accept: u16,
    refuse: Refusals,
    how: How,
}

impl Channel {
    /// A channel that accepts every send.
    pub(super) fn new() -> Self {
        Self { accept: 0, refuse: Refusals::Count(0), how: How::False }
    }

    pub(super) fn set_answers(&mut self, sends: Sends) {
        (self.accept, self.refuse, self.how) = (sends.accept, sends.refuse, sends.how);
    }

    /// Whether the next datagram is accepted, and if not, how it is refused.
    pub(super) fn send(&mut self) -> Result<(), How> {
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
