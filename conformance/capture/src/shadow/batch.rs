//! What was handed to the channel until the next thing happened.

use std::collections::VecDeque;

use rollwire_model::{
    exchange::{Datagram, Stimulus},
    peer::Session,
};

use crate::monitor::objection::Here;

/// The most bytes that are handed over before anything else happens, and are followed: the PINGs of some hours.
const MOST_BYTES: usize = 1024 * 1024;
/// What a datagram takes besides its bytes.
const OF_EACH: usize = 64;
const STATE_HASH: u8 = 0x07;

/// A datagram that was handed to the channel.
#[derive(Clone, Debug)]
pub(super) struct Handed {
    pub(super) here: Here,
    pub(super) datagram: Datagram,
    pub(super) accepted: bool,
}

/// The datagrams that the model has not sent yet, the oldest first. The hashes of the game's states are not
/// among them, since they do not follow from what is on the wire.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    all: VecDeque<Handed>,
    /// How many of them the channel refused.
    refused: u64,
    /// How many bytes were pushed.
    bytes: usize,
}

impl Batch {
    /// Whether there was room for it.
    pub(super) fn push(&mut self, handed: Handed) -> bool {
        if handed.datagram.bytes().first() == Some(&STATE_HASH) {
            return true;
        }
        self.bytes += OF_EACH + handed.datagram.bytes().len();
        if self.bytes > MOST_BYTES {
            return false;
        }
        self.refused += u64::from(!handed.accepted);
        self.all.push_back(handed);
        true
    }

    pub(super) fn first(&self) -> Option<&Handed> {
        self.all.front()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Handed> {
        self.all.iter()
    }

    pub(super) fn pop(&mut self) -> Option<Handed> {
        let first = self.all.pop_front()?;
        self.refused -= u64::from(!first.accepted);
        Some(first)
    }

    /// How many of them the channel refused.
    pub(super) fn refused(&self) -> u64 {
        self.refused
    }

    /// About how much memory they took.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Applies a stimulus while the channel answers as it did in the capture. Returns what was handed to it,
    /// and whether it accepted that.
    pub(super) fn apply(
        &self,
        session: &mut Session,
        stimulus: &Stimulus,
    ) -> Vec<(Datagram, bool)> {
        if self.refused == 0 {
            return session.apply(stimulus).into_iter().map(|datagram| (datagram, true)).collect();
        }
        // What a session sends after a refusal may depend on it, so the refusals are found one after the other.
        let mut refused: Vec<u32> = Vec::new();
        loop {
            let mut attempt = session.clone();
            let handed = attempt.hands_refusing(stimulus, &refused);
            let next = handed.iter().zip(&self.all).position(|((datagram, accepted), handed)| {
                *accepted && !handed.accepted && handed.datagram == *datagram
            });
            let Some(number) = next.and_then(|at| u32::try_from(at).ok()) else {
                *session = attempt;
                return handed;
            };
            refused.push(number);
        }
    }
}
