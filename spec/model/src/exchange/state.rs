//! What an exchange holds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::stimulus::StateHash;

/// A frame and the hash of the state before it.
pub type Entry = (u32, StateHash);

/// Two hashes of one frame that differ (DETECT-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mismatch {
    /// The frame.
    pub frame: u32,
    /// The own hash.
    pub local: StateHash,
    /// The peer's hash.
    pub peer: StateHash,
}

/// What an exchange holds beside, if its hashes last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lasting {
    /// The sends that were accepted of each entry of the queue, in its order.
    pub accepted: Vec<u8>,
    /// The place in the queue of the next entry that a tick tries.
    pub next: usize,
    /// Frames whose newest comparison was equal.
    pub equal: BTreeSet<u32>,
    /// Frames whose newest comparison was different.
    pub different: BTreeSet<u32>,
}

impl Lasting {
    /// DETECT-17: the greatest equal frame below which none differs.
    #[must_use]
    pub fn verified(&self) -> Option<u32> {
        let limit = self.different.first().copied();
        match limit {
            Some(limit) => self.equal.range(..limit).next_back().copied(),
            None => self.equal.last().copied(),
        }
    }
}

/// Everything that an exchange holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The local history, the oldest entry first.
    pub history: Vec<Entry>,
    /// The outbound queue, the front first.
    pub queue: Vec<Entry>,
    /// The inbound map, one entry a frame, the oldest entry first.
    pub map: Vec<Entry>,
    /// Rollbacks in progress: 0 or 1 (EXCH-24).
    pub rollbacks: u32,
    /// Whether the channel is closed.
    pub closed: bool,
    /// The verified frame.
    pub verified: Option<u32>,
    /// The mismatches, in the order in which they were found.
    pub events: Vec<Mismatch>,
    /// What it holds beside, if its hashes last.
    pub lasting: Lasting,
    /// EXCH-36: how often each hash is sent, if its hashes last.
    pub hash_sends: u8,
    /// The bound of the map, if the implementation has one (EXCH-19).
    pub map_bound: Option<usize>,
    /// Not part of the specification: frames that a wrong implementation remembers.
    pub remembered: BTreeSet<u32>,
    /// Not part of the specification: a number that a wrong implementation counts up.
    pub counted: usize,
}

impl State {
    /// The own hash of a frame.
    #[must_use]
    pub fn local(&self, frame: u32) -> Option<StateHash> {
        self.history.iter().find(|entry| entry.0 == frame).map(|entry| entry.1)
    }

    /// The peer's hash of a frame.
    #[must_use]
    pub fn peer(&self, frame: u32) -> Option<StateHash> {
        self.map.iter().find(|entry| entry.0 == frame).map(|entry| entry.1)
    }
}
