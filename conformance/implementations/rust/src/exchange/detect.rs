//! What comparing two hashes of one frame finds: the desync detection of `spec/detect.md`.

use std::mem;

use rollwire_codec::Digest;

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

/// What the comparisons have found so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    verified: Option<u32>,
    events: Vec<Mismatch>,
}

impl Findings {
    /// Compares the two hashes of a frame.
    pub(super) fn compare(&mut self, frame: u32, local: Digest, peer: Digest) {
        if local == peer {
            self.verified = self.verified.max(Some(frame));
        } else {
            self.events.push(Mismatch { frame, local, peer });
        }
    }

    /// Lowers the verified frame below `target` (DETECT-10). Events stay (DETECT-11).
    pub(super) fn roll_back(&mut self, target: u32) {
        // `None` is less than any frame, and there is no frame below 0.
        self.verified = self.verified.min(target.checked_sub(1));
    }

    pub(super) const fn verified(&self) -> Option<u32> {
        self.verified
    }

    pub(super) fn events(&self) -> &[Mismatch] {
        &self.events
    }

    pub(super) fn take_events(&mut self) -> Vec<Mismatch> {
        mem::take(&mut self.events)
    }
}
