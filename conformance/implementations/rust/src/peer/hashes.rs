//! EXCH and DETECT: the exchange of a peer, which shares its channel.

use alloc::vec::Vec;

use rollwire_codec::{Digest, StateHash};

use super::{Channel, Peer};
use crate::exchange::{Exchange, Mismatch};

impl Peer {
    /// Does what [`Exchange::confirm`] does: call it when a frame is confirmed, with the hash of
    /// the state before it.
    pub fn confirm(&mut self, frame: u32, hash: Digest) {
        if self.chapters.exchange {
            self.exchange.confirm(frame, hash);
        }
    }

    /// Does what [`Exchange::tick`] does: call it once in each step of the game. Returns how many
    /// hashes were sent.
    pub fn tick(&mut self, channel: &mut dyn Channel) -> usize {
        let mut line = self.line(channel);
        self.exchange.tick(&mut line)
    }

    /// Does what [`Exchange::begin_rollback`] does: call it when the game goes back to the frame
    /// `target`. Inputs stay as they are.
    pub fn begin_rollback(&mut self, target: u32) {
        if self.chapters.exchange {
            self.exchange.begin_rollback(target);
        }
    }

    /// Does what [`Exchange::end_rollback`] does: call it when the game has simulated up to where
    /// it was.
    pub fn end_rollback(&mut self) {
        self.exchange.end_rollback();
    }

    /// Does what [`Exchange::take_events`] does: call it in each step to learn of a desync.
    pub fn take_events(&mut self) -> Vec<Mismatch> {
        self.exchange.take_events()
    }

    /// The exchange, for reading. It stays empty if the peer does not have one.
    #[must_use]
    pub const fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// Stores a hash, unless it may belong to another episode (EPISODE-13).
    pub(super) fn receive_hash(&mut self, message: StateHash<'_>) {
        if u64::from(message.frame) < self.hash_limit() {
            self.exchange.receive_hash(message);
        }
    }
}
