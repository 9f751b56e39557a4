//! The entries of both players, and the confirmed frame that follows from them.

use alloc::collections::VecDeque;
use core::ops::Range;

use rollwire_codec::{Entries, InputEntry};

use crate::peer::options::Parameters;

/// The entries of both players.
///
/// A frame is a `u64` here, so that the frame after 4294967295 has a number. The spec counts from
/// the *base*, which is −1 at first; here it is `base + 1`, the first frame that is not confirmed.
#[derive(Clone, Debug)]
pub(crate) struct Inputs {
    first_frame: u64,
    /// How many own entries are kept.
    kept: usize,
    /// How far a partner's entry may be from the first unconfirmed frame. It is also how many of
    /// the partner's confirmed actions are kept for the game.
    ahead: usize,
    /// The newest own actions, without gaps; the last is of the frame before `next_own`.
    own: VecDeque<u8>,
    next_own: u64,
    /// The first frame that is not confirmed.
    unconfirmed: u64,
    /// The partner's actions from `unconfirmed` on, with holes; the last is never one.
    held: VecDeque<Option<u8>>,
    /// The partner's newest confirmed actions; the last is of the frame before `unconfirmed`.
    confirmed: VecDeque<u8>,
}

impl Inputs {
    pub(crate) fn new(first_frame: u32, parameters: &Parameters) -> Self {
        Self {
            first_frame: first_frame.into(),
            // A number that does not fit into a `usize` is more than memory can hold.
            kept: usize::try_from(parameters.kept).unwrap_or(usize::MAX),
            ahead: parameters.ahead.into(),
            own: VecDeque::new(),
            next_own: first_frame.into(),
            unconfirmed: first_frame.into(),
            held: VecDeque::new(),
            confirmed: VecDeque::new(),
        }
    }

    /// Removes all entries (SYNC-13). The memory stays for the next ones.
    pub(crate) fn reset(&mut self) {
        self.own.clear();
        self.held.clear();
        self.confirmed.clear();
        self.next_own = self.first_frame;
        self.unconfirmed = self.first_frame;
    }

    /// Keeps the own action of the next frame, and returns whether it was for that frame (SYNC-2).
    pub(crate) fn act(&mut self, frame: u32, action: u8) -> bool {
        if u64::from(frame) != self.next_own {
            return false;
        }
        self.next_own = self.next_own.saturating_add(1);
        push_bounded(&mut self.own, action, self.kept);
        true
    }

    /// The frame of the oldest own entry that is kept (CATCHUP-10).
    pub(crate) fn oldest_own(&self) -> u64 {
        self.next_own.saturating_sub(self.own.len() as u64)
    }

    /// The frames of the newest `count` own entries. At first there are fewer, because the range
    /// begins before the first frame (SYNC-3).
    pub(crate) fn newest(&self, count: u8) -> Range<u64> {
        self.next_own.saturating_sub(count.into())..self.next_own
    }

    /// The own entries of these frames that are kept, by ascending frame. What is not kept costs
    /// nothing (CATCHUP-9).
    pub(crate) fn own_entries(&self, frames: Range<u64>) -> impl Iterator<Item = InputEntry> {
        let kept = frames.start.max(self.oldest_own())..frames.end.min(self.next_own);
        kept.filter_map(|frame| self.own_entry(frame))
    }

    pub(crate) fn own_entry(&self, frame: u64) -> Option<InputEntry> {
        let action = *self.own.get(distance(self.oldest_own(), frame)?)?;
        Some(InputEntry { frame: u32::try_from(frame).ok()?, action })
    }

    /// Stores the partner's entries that are of a frame below `limit`, near enough and not known
    /// (SYNC-7 to SYNC-9).
    ///
    /// Nothing is confirmed meanwhile, so all of them are compared with the same frame. The
    /// entries are read where they are: 65535 of them leave at most `ahead` actions.
    pub(crate) fn receive(&mut self, entries: Entries<'_>, limit: u64) {
        for InputEntry { frame, action } in entries {
            let frame = u64::from(frame);
            let Some(index) = distance(self.unconfirmed, frame) else { continue };
            if frame >= limit || index >= self.ahead {
                continue;
            }
            if index >= self.held.len() {
                self.held.resize(index.saturating_add(1), None);
            }
            if let Some(entry) = self.held.get_mut(index) {
                entry.get_or_insert(action);
            }
        }
    }

    /// Removes the partner's entries that are not confirmed, from this frame on (EPISODE-9).
    pub(crate) fn remove_from(&mut self, end: u64) {
        self.held.truncate(distance(self.unconfirmed, end).unwrap_or(0));
        while let Some(None) = self.held.back() {
            self.held.pop_back();
        }
    }

    /// Moves the confirmed frame up to the first frame that lacks an entry (SYNC-11, SYNC-12).
    pub(crate) fn confirm(&mut self) {
        while self.unconfirmed < self.next_own
            && let Some(&Some(action)) = self.held.front()
        {
            self.held.pop_front();
            self.unconfirmed = self.unconfirmed.saturating_add(1);
            push_bounded(&mut self.confirmed, action, self.ahead);
        }
    }

    pub(crate) fn confirmed(&self) -> Option<u32> {
        let newest = self.unconfirmed.checked_sub(1)?;
        if newest < self.first_frame { None } else { u32::try_from(newest).ok() }
    }

    /// Whether every frame below `end` is confirmed.
    pub(crate) const fn has_confirmed_up_to(&self, end: u64) -> bool {
        self.unconfirmed >= end
    }

    pub(crate) fn held(&self) -> impl Iterator<Item = InputEntry> {
        (self.unconfirmed..).zip(&self.held).filter_map(|(frame, &action)| {
            Some(InputEntry { frame: u32::try_from(frame).ok()?, action: action? })
        })
    }

    pub(crate) fn partner_action(&self, frame: u64) -> Option<u8> {
        if let Some(index) = distance(self.unconfirmed, frame) {
            return *self.held.get(index)?;
        }
        let oldest = self.unconfirmed.saturating_sub(self.confirmed.len() as u64);
        self.confirmed.get(distance(oldest, frame)?).copied()
    }

    /// The frames that lack a partner's entry though it must exist, by ascending frame: of the first
    /// `count` unconfirmed frames.
    ///
    /// An entry must exist if a later one is known, or if its frame is below the agreed `end`: a
    /// partner that has completed the episode sends no INPUT any more that shows the last holes.
    pub(crate) fn holes(
        &self,
        count: usize,
        end: Option<u64>,
    ) -> impl DoubleEndedIterator<Item = u32> {
        let below_end = end.and_then(|end| distance(self.unconfirmed, end)).unwrap_or(0);
        let scanned = 0..self.held.len().max(below_end).min(count);
        let lacks = |&index: &usize| self.held.get(index).is_none_or(Option::is_none);
        scanned
            .filter(lacks)
            .filter_map(|index| u32::try_from(self.unconfirmed.saturating_add(index as u64)).ok())
    }
}

/// How many frames `frame` comes after `start`; none if it comes before it.
fn distance(start: u64, frame: u64) -> Option<usize> {
    usize::try_from(frame.checked_sub(start)?).ok()
}

/// Appends an action. If there are more than `bound` then, the oldest leaves.
fn push_bounded(actions: &mut VecDeque<u8>, action: u8, bound: usize) {
    actions.push_back(action);
    if actions.len() > bound {
        actions.pop_front();
    }
}
