//! The comparison of two hashes of one frame: the desync detection of `spec/detect.md`.

use std::mem;

use rollwire_codec::Digest;

use super::Exchange;

/// Two hashes of one frame that differ: the peers are not in the same state (DETECT-6).
///
/// The desync may have begun earlier: the frame of the first mismatch is only the first one that
/// was found to differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mismatch {
    /// The frame that both peers have hashed.
    pub frame: u32,
    /// The own hash.
    pub local: Digest,
    /// The peer's hash.
    pub peer: Digest,
}

impl Exchange {
    /// Whether hashes are compared.
    #[must_use]
    pub const fn detects(&self) -> bool {
        self.detects
    }

    /// The greatest frame whose hashes were equal, if there is one. It says nothing about the
    /// frames below it (DETECT-5).
    #[must_use]
    pub const fn verified(&self) -> Option<u32> {
        self.verified
    }

    /// The mismatches since the last reset or [`take_events`](Self::take_events), in the order in
    /// which they were found (DETECT-6).
    #[must_use]
    pub fn events(&self) -> &[Mismatch] {
        &self.events
    }

    /// Removes the mismatches and returns them.
    ///
    /// After a desync every hash adds one, and a hostile peer can add 20 bytes with each datagram.
    /// Take them in every step, keep a few and count the rest.
    pub fn take_events(&mut self) -> Vec<Mismatch> {
        mem::take(&mut self.events)
    }

    /// Compares the two hashes of a frame if both are known, unless a rollback is in progress
    /// (DETECT-8).
    pub(super) fn compare(&mut self, frame: u32) {
        if !self.detects || self.rolling_back {
            return;
        }
        let Some(local) = self.own_hash(frame) else { return };
        // DETECT-4: the peer's hash leaves the map, whether it is equal or not.
        let Some(peer) = self.inbound.remove(frame) else { return };
        if local == peer {
            self.verified = self.verified.max(Some(frame));
        } else {
            self.events.push(Mismatch { frame, local, peer });
        }
    }

    /// Compares every frame whose two hashes are known, in ascending order (DETECT-9).
    pub(super) fn compare_all(&mut self) {
        let both_known = |&frame: &u32| self.inbound.contains(frame);
        let mut frames: Vec<u32> =
            self.history.iter().map(|&(frame, _)| frame).filter(both_known).collect();
        frames.sort_unstable();
        for frame in frames {
            self.compare(frame);
        }
    }
}
