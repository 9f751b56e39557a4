//! What an exchange does whose hashes last: the option, and the comparisons that it remembers.

use alloc::collections::{BTreeMap, BTreeSet};

use rollwire_codec::Digest;

use super::mismatch::Mismatch;

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
///
/// Of a frame that has left the history only the result is kept. In a desync all of them differ, so
/// the hashes of each would be most of what a peer holds after half an hour.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparisons {
    equal: BTreeSet<u32>,
    different: BTreeSet<u32>,
    /// The own hash and the peer's of the frames that differ and are in the history.
    pairs: BTreeMap<u32, (Digest, Digest)>,
    /// The events that are held, to be found by what is in them.
    held: BTreeSet<(u32, Digest, Digest)>,
}

impl Comparisons {
    /// Adds a comparison, in place of an older one of the same frame (DETECT-17). Returns whether
    /// it adds an event.
    ///
    /// Different hashes do not if the same event is held (DETECT-18), or if the newest comparison
    /// of the frame found the same two and the frame has been in the history since: the game has
    /// been told, and may have taken the event.
    pub(super) fn add(&mut self, pair: &Mismatch) -> bool {
        let &Mismatch { frame, local, peer } = pair;
        if local == peer {
            self.different.remove(&frame);
            self.pairs.remove(&frame);
            self.equal.insert(frame);
            return false;
        }
        self.equal.remove(&frame);
        self.different.insert(frame);
        let previous = self.pairs.insert(frame, (local, peer));
        previous != Some((local, peer)) && !self.held.contains(&(frame, local, peer))
    }

    /// The frame has left the history: nothing compares it again unless the game confirms it again.
    pub(super) fn leave_history(&mut self, frame: u32) {
        self.pairs.remove(&frame);
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
        drop(self.pairs.split_off(&target));
    }

    /// The greatest equal frame below which no frame differs (DETECT-17).
    pub(super) fn verified(&self) -> Option<u32> {
        match self.different.first() {
            None => self.equal.last().copied(),
            Some(lowest) => self.equal.range(..lowest).next_back().copied(),
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
            assert_eq!(lengths(&comparisons), (1, 0, 0));
            assert!(comparisons.add(&pair(2)));
            assert_eq!(lengths(&comparisons), (0, 1, 1));
        }
    }

    fn lengths(comparisons: &Comparisons) -> (usize, usize, usize) {
        (comparisons.equal.len(), comparisons.different.len(), comparisons.pairs.len())
    }

    /// Seen from outside, only the memory would show that a pair stays.
    #[test]
    fn hashes_are_kept_only_while_their_frame_is_in_the_history() {
        let (local, peer) = (Digest::from_bytes([1; 8]), Digest::from_bytes([2; 8]));
        let mut comparisons = Comparisons::default();
        for frame in 0..9 {
            assert!(comparisons.add(&Mismatch { frame, local, peer }));
        }
        comparisons.leave_history(0);
        assert_eq!(lengths(&comparisons), (0, 9, 8));
        comparisons.roll_back(5);
        assert_eq!(lengths(&comparisons), (0, 5, 4));
        comparisons.add(&Mismatch { frame: 0, local, peer: local });
        assert_eq!((lengths(&comparisons), comparisons.verified()), ((1, 4, 4), Some(0)));
    }
}
