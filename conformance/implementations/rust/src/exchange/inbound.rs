//! The inbound map: ordered by frame for the comparison, and by age for the bound.

use alloc::collections::BTreeMap;

use rollwire_codec::Digest;

/// The peer's hash of each frame.
///
/// Every operation on one frame takes logarithmic time, because the peer decides how many frames
/// there are.
#[derive(Clone, Debug, Default)]
pub(super) struct InboundMap {
    /// Each frame's hash, and its key in `by_age`.
    by_frame: BTreeMap<u32, (Digest, u64)>,
    /// The same frames, in the order in which they were inserted.
    by_age: BTreeMap<u64, u32>,
    next_age: u64,
}

impl InboundMap {
    /// Stores a hash. It replaces an earlier one of the same frame (EXCH-16), but keeps its age.
    pub(super) fn insert(&mut self, frame: u32, hash: Digest) {
        if let Some((stored, _)) = self.by_frame.get_mut(&frame) {
            *stored = hash;
        } else {
            self.by_frame.insert(frame, (hash, self.next_age));
            self.by_age.insert(self.next_age, frame);
            self.next_age = self.next_age.wrapping_add(1);
        }
    }

    /// Removes the oldest frames until at most `bound` are left (EXCH-19).
    pub(super) fn truncate(&mut self, bound: usize) {
        while self.by_frame.len() > bound
            && let Some((_, frame)) = self.by_age.pop_first()
        {
            self.by_frame.remove(&frame);
        }
    }

    /// The hash of a frame, which stays.
    pub(super) fn get(&self, frame: u32) -> Option<Digest> {
        Some(self.by_frame.get(&frame)?.0)
    }

    /// Removes a frame, and returns its hash if there was one.
    pub(super) fn remove(&mut self, frame: u32) -> Option<Digest> {
        let (hash, age) = self.by_frame.remove(&frame)?;
        self.by_age.remove(&age);
        Some(hash)
    }

    /// Removes every frame that is `target` or greater (EXCH-21).
    pub(super) fn remove_from(&mut self, target: u32) {
        for (_, age) in self.by_frame.split_off(&target).into_values() {
            self.by_age.remove(&age);
        }
    }

    pub(super) fn contains(&self, frame: u32) -> bool {
        self.by_frame.contains_key(&frame)
    }

    /// Frames and hashes, by ascending frame.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (u32, Digest)> {
        self.by_frame.iter().map(|(&frame, &(hash, _))| (frame, hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both orders must hold the same frames, or the one by age would grow without a bound.
    #[test]
    fn what_leaves_one_order_leaves_the_other() {
        let hash = |byte| Digest::from_bytes([byte; 8]);
        let mut map = InboundMap::default();
        for round in 0..3 {
            for frame in [5, 1, 9, 5, 7] {
                map.insert(frame, hash(round));
            }
            assert_eq!((map.by_frame.len(), map.by_age.len()), (4, 4));
            assert_eq!(map.remove(1), Some(hash(round)));
            assert_eq!(map.remove(1), None);
            map.remove_from(7);
            assert_eq!((map.by_frame.len(), map.by_age.len()), (1, 1));
        }
        // Frame 9 was removed and inserted again, so it is younger than frame 5.
        map.insert(9, hash(4));
        map.insert(5, hash(4));
        map.truncate(1);
        assert_eq!(map.iter().collect::<Vec<_>>(), [(9, hash(4))]);
        map.truncate(0);
        assert_eq!((map.by_frame.len(), map.by_age.len()), (0, 0));
    }
}
