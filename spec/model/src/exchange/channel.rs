//! The channel of a test, whose answers the stimulus `sends` sets (`spec/adapter.md`, Stimuli).

use super::stimulus::{Datagram, How, Refusals, Sends, Types};

/// The answers that were set last, less those that were given since.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    accept: u16,
    refuse: Refusals,
    how: How,
    types: Types,
    /// Which sends are refused instead, by their numbers in ascending order, and how many there were.
    refused: Option<(Vec<u32>, u32)>,
}

impl Channel {
    /// A channel that accepts every send.
    pub(super) fn new() -> Self {
        Self {
            accept: 0,
            refuse: Refusals::Count(0),
            how: How::False,
            types: Types::STATE_HASH,
            refused: None,
        }
    }

    /// Refuses exactly these of the next sends, counted from 0.
    pub(crate) fn refuse_exactly(&mut self, numbers: &[u32]) {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        self.refused = Some((numbers, 0));
    }

    /// Goes on as before, and says how many sends there were meanwhile.
    pub(crate) fn end_of_refusals(&mut self) -> u32 {
        self.refused.take().map_or(0, |(_, handed)| handed)
    }

    pub(super) fn set_answers(&mut self, sends: Sends) {
        let Sends { accept, refuse, how, types } = sends;
        (self.accept, self.refuse, self.how, self.types) = (accept, refuse, how, types);
    }

    /// Whether a datagram is accepted, and if not, how it is refused.
    pub(crate) fn send(&mut self, datagram: &Datagram) -> Result<(), How> {
        if let Some((numbers, handed)) = &mut self.refused {
            let is_refused = numbers.binary_search(handed).is_ok();
            *handed = handed.saturating_add(1);
            return if is_refused { Err(self.how) } else { Ok(()) };
        }
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
