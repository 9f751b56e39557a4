//! A set of frames in bounded memory: frames in a row are kept as one.

use std::{collections::BTreeMap, ops::RangeInclusive};

/// How many rows of frames are kept. Inputs come in order, with a few holes.
const ROWS: usize = 4096;

/// A set of frames.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FrameSet {
    /// The first frame of each row, and its last one. Between two rows at least one frame is missing.
    rows: BTreeMap<u32, u32>,
    /// Whether frames were left out, because there were too many rows.
    is_incomplete: bool,
}

impl FrameSet {
    pub(super) fn insert(&mut self, frame: u32) {
        let before = self.rows.range(..=frame).next_back().map(|(first, last)| (*first, *last));
        let (mut first, mut last) = (frame, frame);
        if let Some((row, end)) = before {
            if end >= frame {
                return;
            }
            if end + 1 == frame {
                first = row;
            }
        }
        if let Some(after) = frame.checked_add(1).and_then(|next| self.rows.remove(&next)) {
            last = after;
        }
        if first == frame && last == frame && self.rows.len() >= ROWS {
            self.is_incomplete = true;
            return;
        }
        self.rows.insert(first, last);
    }

    /// The frames of a range that are missing, in rows; none if it cannot be known.
    pub(super) fn missing(&self, range: RangeInclusive<u64>) -> Option<Vec<(u32, u32)>> {
        if self.is_incomplete {
            return None;
        }
        let (mut next, end) = (*range.start(), *range.end());
        let mut missing = Vec::new();
        let mut row = |from: u64, to: u64| {
            if let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to))
                && from <= to
            {
                missing.push((from, to));
            }
        };
        for (first, last) in &self.rows {
            let (first, last) = (u64::from(*first), u64::from(*last));
            if first > end {
                break;
            }
            if first > next {
                row(next, first - 1);
            }
            next = next.max(last + 1);
        }
        if next <= end {
            row(next, end);
        }
        Some(missing)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_was_inserted(frames in vec(0..60_u32, 0..80), end in 0..70_u32) {
            let mut set = FrameSet::default();
            frames.iter().for_each(|frame| set.insert(*frame));
            let known: BTreeSet<u32> = frames.into_iter().collect();
            let missing = set.missing(5..=u64::from(end)).unwrap();
            let missing: Vec<u32> = missing.into_iter().flat_map(|(from, to)| from..=to).collect();
            let expected: Vec<u32> = (5..=end).filter(|it| !known.contains(it)).collect();
            prop_assert_eq!(missing, expected);
        }
    }

    #[test]
    fn it_stays_small_and_says_so() {
        let mut set = FrameSet::default();
        (0..5_000).for_each(|number| set.insert(2 * number));
        assert_eq!((set.rows.len(), set.missing(0..=3)), (ROWS, None));
        let mut whole = FrameSet::default();
        (0..100_000).for_each(|frame| whole.insert(frame));
        whole.insert(u32::MAX);
        whole.insert(u32::MAX - 1);
        assert_eq!(whole.missing(0..=100_001), Some(vec![(100_000, 100_001)]));
    }
}
