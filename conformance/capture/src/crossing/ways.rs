//! Datagrams from one side to the other.

use std::{
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::Serialize;

use super::passages::Passages;
use crate::line::Moment;

/// A datagram that has not arrived within this many later ones is lost.
const WINDOW: usize = 65_536;

/// The datagrams of one direction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Way {
    /// How many the channel of the sender accepted.
    pub sent: u64,
    /// How many of them never arrived.
    pub lost: u64,
    /// How many arrived again.
    pub repeated: u64,
    /// How many arrived after one that was sent later.
    pub overtaken: u64,
    /// How many arrived that were never sent: they were changed on their way, or a capture is incomplete.
    pub never_sent: u64,
    /// The shortest and the longest time on the way, in microseconds, by the two clocks: negative if the
    /// receiver's clock is behind.
    pub delays_us: Option<(i64, i64)>,
}

/// A datagram that waits for its counterpart in the other capture.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    number: u64,
    at: Moment,
}

/// Some datagrams that wait for their counterparts, the oldest first, by the hash of their bytes.
#[derive(Debug, Default)]
struct Queue {
    by_hash: HashMap<u64, VecDeque<Waiting>>,
    order: VecDeque<(u64, u64)>,
}

impl Queue {
    /// Adds one, and returns the oldest with its hash if that has waited for too long.
    fn push(&mut self, hash: u64, waiting: Waiting) -> Option<(u64, Waiting)> {
        self.by_hash.entry(hash).or_default().push_back(waiting);
        self.order.push_back((hash, waiting.number));
        let mut given_up = None;
        while self.order.len() > WINDOW {
            let Some((hash, number)) = self.order.pop_front() else { break };
            // One that was taken in between is not there any more.
            if self
                .by_hash
                .get(&hash)
                .is_some_and(|all| all.front().map(|it| it.number) == Some(number))
            {
                given_up = self.take(hash).map(|waiting| (hash, waiting));
            }
        }
        given_up
    }

    fn take(&mut self, hash: u64) -> Option<Waiting> {
        let all = self.by_hash.get_mut(&hash)?;
        let first = all.pop_front();
        if all.is_empty() {
            self.by_hash.remove(&hash);
        }
        first
    }
}

/// One direction.
#[derive(Debug, Default)]
struct Matching {
    way: Way,
    passages: Passages,
    sent: Queue,
    received: Queue,
    /// The hashes of those that have arrived, to know what arrives again.
    arrived: HashMap<u64, u64>,
    arrived_order: VecDeque<u64>,
    numbers: [u64; 2],
    /// The highest number of those that have arrived.
    highest: Option<u64>,
}

impl Matching {
    fn sent(&mut self, at: Moment, hash: u64) {
        self.way.sent += 1;
        self.passages.sent(at);
        self.numbers[0] += 1;
        let number = self.numbers[0];
        if let Some(received) = self.received.take(hash) {
            self.matches(hash, Waiting { number, at }, received.at);
        } else if let Some((_, lost)) = self.sent.push(hash, Waiting { number, at }) {
            self.way.lost += 1;
            self.passages.lost(lost.at);
        }
    }

    fn received(&mut self, at: Moment, hash: u64) {
        self.numbers[1] += 1;
        let number = self.numbers[1];
        if let Some(sent) = self.sent.take(hash) {
            self.matches(hash, sent, at);
        } else if let Some((given_up, _)) = self.received.push(hash, Waiting { number, at }) {
            self.has_no_sender(given_up);
        }
    }

    fn matches(&mut self, hash: u64, sent: Waiting, arrived: Moment) {
        let [from, to] = [sent.at, arrived].map(|at| i64::try_from(at.0).unwrap_or(i64::MAX));
        let delay = to - from;
        // Of the same bytes that come again, it is not certain which ones belong together.
        if !self.arrived.contains_key(&hash) {
            let (least, most) = self.way.delays_us.unwrap_or((delay, delay));
            self.way.delays_us = Some((least.min(delay), most.max(delay)));
            self.passages.arrived(sent.at, delay);
        }
        self.way.overtaken += u64::from(self.highest > Some(sent.number));
        self.highest = self.highest.max(Some(sent.number));
        *self.arrived.entry(hash).or_default() += 1;
        self.arrived_order.push_back(hash);
        if self.arrived_order.len() > WINDOW
            && let Some(oldest) = self.arrived_order.pop_front()
            && let Some(count) = self.arrived.get_mut(&oldest)
        {
            *count -= 1;
            if *count == 0 {
                self.arrived.remove(&oldest);
            }
        }
    }

    fn has_no_sender(&mut self, hash: u64) {
        if self.arrived.contains_key(&hash) {
            self.way.repeated += 1;
        } else {
            self.way.never_sent += 1;
        }
    }

    fn finish(mut self) -> (Way, Passages) {
        for lost in self.sent.by_hash.values().flatten() {
            self.way.lost += 1;
            self.passages.lost(lost.at);
        }
        let rest: Vec<(u64, usize)> =
            self.received.by_hash.iter().map(|(hash, all)| (*hash, all.len())).collect();
        for (hash, count) in rest {
            (0..count).for_each(|_| self.has_no_sender(hash));
        }
        (self.way, self.passages)
    }
}

/// Both directions.
#[derive(Debug, Default)]
pub(super) struct Ways([Matching; 2]);

impl Ways {
    pub(super) fn sent(&mut self, side: usize, at: Moment, bytes: &[u8]) {
        self.0[side].sent(at, hash(bytes));
    }

    pub(super) fn received(&mut self, side: usize, at: Moment, bytes: &[u8]) {
        self.0[1 - side].received(at, hash(bytes));
    }

    pub(super) fn finish(self) -> [(Way, Passages); 2] {
        self.0.map(Matching::finish)
    }
}

/// The same for the same bytes in every run.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
