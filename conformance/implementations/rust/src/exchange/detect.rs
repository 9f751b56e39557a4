//! What comparing two hashes of one frame finds: the desync detection of `spec/detect.md`.

use alloc::{boxed::Box, vec::Vec};
use core::mem;

use rollwire_codec::Digest;

use super::{lasting::Comparisons, mismatch::Mismatch};

/// What the comparisons have found so far.
#[derive(Clone, Debug)]
pub(super) struct Findings {
    verified: Option<u32>,
    events: Vec<Mismatch>,
    /// How many events are kept; the others are counted (DETECT-14).
    max_events: usize,
    lost: u64,
    /// With lasting hashes the comparisons are remembered. They are boxed, so that an exchange
    /// without them is hardly greater for it.
    comparisons: Option<Box<Comparisons>>,
}

/// Nothing was found yet, and every event will be kept.
impl Default for Findings {
    fn default() -> Self {
        Self {
            verified: None,
            events: Vec::new(),
            max_events: usize::MAX,
            lost: 0,
            comparisons: None,
        }
    }
}

impl Findings {
    /// Compares the two hashes of a frame.
    pub(super) fn compare(&mut self, frame: u32, local: Digest, peer: Digest) {
        let pair = Mismatch { frame, local, peer };
        let is_event = if let Some(comparisons) = &mut self.comparisons {
            let is_event = comparisons.add(&pair);
            self.verified = comparisons.verified();
            is_event
        } else {
            if local == peer {
                self.verified = self.verified.max(Some(frame));
            }
            local != peer
        };
        if is_event {
            self.add(pair);
        }
    }

    /// Adds an event, or counts it if it is not kept (DETECT-14).
    fn add(&mut self, event: Mismatch) {
        if self.events.len() >= self.max_events {
            self.lost = self.lost.saturating_add(1);
            return;
        }
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.hold(&event);
        }
        self.events.push(event);
    }

    pub(super) const fn bound(&mut self, max_events: usize) {
        self.max_events = max_events;
    }

    /// From now on the comparisons are remembered.
    pub(super) fn remember(&mut self) {
        self.comparisons = Some(Box::default());
    }

    /// No findings, with the same bound and the same memory for comparisons (DETECT-12, DETECT-14,
    /// DETECT-17).
    pub(super) fn cleared(&self) -> Self {
        let comparisons = self.comparisons.as_ref().map(|_| Box::default());
        Self { max_events: self.max_events, comparisons, ..Self::default() }
    }

    /// Lowers the verified frame below `target` (DETECT-10, DETECT-17). Events stay (DETECT-11).
    pub(super) fn roll_back(&mut self, target: u32) {
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.roll_back(target);
            self.verified = comparisons.verified();
        } else {
            // `None` is less than any frame, and a rollback to 0 leaves none.
            self.verified = self.verified.min(target.checked_sub(1));
        }
    }

    /// A frame has left the history.
    pub(super) fn leave_history(&mut self, frame: u32) {
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.leave_history(frame);
        }
    }

    pub(super) const fn verified(&self) -> Option<u32> {
        self.verified
    }

    pub(super) fn events(&self) -> &[Mismatch] {
        &self.events
    }

    pub(super) const fn lost(&self) -> u64 {
        self.lost
    }

    pub(super) fn take_events(&mut self) -> Vec<Mismatch> {
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.release_all();
        }
        mem::take(&mut self.events)
    }
}
