//! What games came to.

use serde::{Deserialize, Serialize};

/// What the peers of some games had at the ends of their episodes. Both peers of a game count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many episodes were completed.
    pub episodes: u64,
    /// How many of them have an agreed end.
    pub agreed: u64,
    /// How many inputs were missing below the end.
    pub lost_inputs: u64,
    /// How many frames were verified by hashes, in episodes in which the states are equal.
    pub verified: u64,
    /// In how many episodes the states differed.
    pub astray: u64,
    /// In how many of those that was noticed.
    pub noticed: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.episodes += other.episodes;
        self.agreed += other.agreed;
        self.lost_inputs += other.lost_inputs;
        self.verified += other.verified;
        self.astray += other.astray;
        self.noticed += other.noticed;
    }
}
