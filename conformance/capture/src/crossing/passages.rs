//! What became of the datagrams of one direction, over the time at which they were sent.

use crate::{
    buckets::{Buckets, Fold},
    line::Moment,
};

/// What became of the datagrams of a piece of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) sent: u64,
    pub(crate) lost: u64,
    /// The longest time on the way, in microseconds, by the two clocks.
    pub(crate) longest: Option<i64>,
}

impl Fold for Passage {
    fn fold(&mut self, later: Self) {
        self.sent += later.sent;
        self.lost += later.lost;
        self.longest = self.longest.max(later.longest);
    }
}

/// The datagrams of one direction, over time, and the shortest time on the way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passages(pub(crate) Buckets<Passage>, pub(crate) Option<i64>);

impl Passages {
    pub(super) fn sent(&mut self, at: Moment) {
        self.0.at(at).sent += 1;
    }

    pub(super) fn lost(&mut self, sent: Moment) {
        self.0.at(sent).lost += 1;
    }

    pub(super) fn arrived(&mut self, sent: Moment, delay: i64) {
        let passage = self.0.at(sent);
        passage.longest = passage.longest.max(Some(delay));
        self.1 = Some(self.1.map_or(delay, |shortest| shortest.min(delay)));
    }
}
