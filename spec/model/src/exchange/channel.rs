//! The channel of a test, whose answers the stimulus `sends` sets (`spec/adapter.md`, Stimuli).

use super::stimulus::{Datagram, How, Refusals, Sends, Types};

/// The answers that were set last, less those that were given since.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    accept: u16,
    refuse: Refusals,
    how: How,
    types: Types,
    /// Which sends are refused instead, by their numbers in ascending order.
    refused: Option<Vec<u32>>,
    /// What was handed to the channel, and whether it accepted that, while somebody wants to know.
    journal: Option<Vec<(Datagram, bool)>>,
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
            journal: None,
        }
    }

    /// Keeps what is handed over from now on. If numbers are given, exactly these sends are refused, counted
    /// from 0.
    pub(crate) fn begin_journal(&mut self, refused: Option<&[u32]>) {
        self.refused = refused.map(|numbers| {
            let mut numbers = numbers.to_vec();
            numbers.sort_unstable();
            numbers
        });
        self.journal = Some(Vec::new());
    }

    /// Goes on as before, and says what was handed over meanwhile, and what was accepted.
    pub(crate) fn end_journal(&mut self) -> Vec<(Datagram, bool)> {
        self.refused = None;
        self.journal.take().unwrap_or_default()
    }

    pub(super) fn set_answers(&mut self, sends: Sends) {
        let Sends { accept, refuse, how, types } = sends;
        (self.accept, self.refuse, self.how, self.types) = (accept, refuse, how, types);
    }

    /// Whether a datagram is accepted, and if not, how it is refused.
    pub(crate) fn send(&mut self, datagram: &Datagram) -> Result<(), How> {
        let answer = self.answer(datagram);
        if let Some(journal) = &mut self.journal {
            journal.push((datagram.clone(), answer.is_ok()));
        }
        answer
    }

    fn answer(&mut self, datagram: &Datagram) -> Result<(), How> {
        if let (Some(numbers), Some(journal)) = (&self.refused, &self.journal) {
            let number = u32::try_from(journal.len()).unwrap_or(u32::MAX);
            return if numbers.binary_search(&number).is_ok() { Err(self.how) } else { Ok(()) };
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
