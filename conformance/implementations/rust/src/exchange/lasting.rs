//! What an exchange does whose hashes last: the option, and the comparisons that it remembers.

use alloc::collections::{BTreeMap, BTreeSet};

use rollwire_codec::Digest;

use super::detect::Mismatch;

/// How often an exchange with lasting hashes sends each of its own, the parameter `hash_sends`
/// (EXCH-36).
///
/// A channel that loses one datagram in twenty loses both of two in one of four hundred, if it
/// loses them independently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HashSends {
    /// Once, as without lasting hashes.
    #[default]
    Once,
    /// In two ticks.
    Twice,
    /// In three ticks.
    ThreeTimes,
}

impl HashSends {
    /// The number of sends, 1 to 3.
    #[must_use]
    pub const fn count(self) -> u8 {
        match self {
            Self::Once => 1,
            Self::Twice => 2,
            Self::ThreeTimes => 3,
        }
    }
}

/// The newest comparison of each frame, and the events that are held (DETECT-17, DETECT-18).
///
/// Only frames that the game has confirmed since the last reset were compared, so a partner cannot
/// add any. Every operation on one frame takes logarithmic time.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparisons {
    equal: BTreeSet<u32>,
    /// The frames that differ, each with the own hash and the peer's.
    different: BTreeMap<u32, (Digest, Digest)>,
    /// The events that are held, to be found by what is in them.
    held: BTreeSet<(u32, Digest, Digest)>,
}

impl Comparisons {
    /// Adds a comparison, in place of an older one of the same frame (DETECT-17). Returns whether
    /// it adds an event.
    ///
    /// Different hashes do not if the same event is held (DETECT-18), or if the newest comparison
    /// of the frame found the same two: the game has been told, and may have taken the event since.
    pub(super) fn add(&mut self, pair: &Mismatch) -> bool {
        let &Mismatch { frame, local, peer } = pair;
        if local == peer {
            self.different.remove(&frame);
            self.equal.insert(frame);
            return false;
        }
        self.equal.remove(&frame);
        let previous = self.different.insert(frame, (local, peer));
        previous != Some((local, peer)) && !self.held.contains(&(frame, local, peer))
    }

    /// An event is held from now on.
    pub(super) fn hold(&mut self, mismatch: &Mismatch) {
        self.held.insert((mismatch.frame, mismatch.local, mismatch.peer));
    }

    /// The game has taken the events.
    pub(super) fn release_all(&mut self) {
        self.held.clear();
    }

    /// Forgets the comparisons of `target` and of every greater frame (DETECT-17). Events stay
    /// (DETECT-11).
    pub(super) fn roll_back(&mut self, target: u32) {
        drop(self.equal.split_off(&target));
        drop(self.different.split_off(&target));
    }

    /// The greatest equal frame below which no frame differs (DETECT-17).
    pub(super) fn verified(&self) -> Option<u32> {
        match self.different.first_key_value() {
            None => self.equal.last().copied(),
            Some((lowest, _)) => self.equal.range(..lowest).next_back().copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame in both lists would not be seen from outside, but would take memory twice.
    #[test]
    fn a_frame_is_equal_or_different() {
        let pair = |byte| Mismatch {
            frame: 5,
            local: Digest::from_bytes([1; 8]),
            peer: Digest::from_bytes([byte; 8]),
        };
        let mut comparisons = Comparisons::default();
        for _ in 0..2 {
            assert!(!comparisons.add(&pair(1)));
            assert_eq!((comparisons.equal.len(), comparisons.different.len()), (1, 0));
            assert!(comparisons.add(&pair(2)));
            assert_eq!((comparisons.equal.len(), comparisons.different.len()), (0, 1));
        }
    }
}
