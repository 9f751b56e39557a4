//! A link in virtual time: it loses, delays and reorders datagrams, and never doubles one, as SCTP does.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// What a link does to datagrams.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conditions {
    /// Out of a hundred.
    pub(crate) loss: u32,
    /// Milliseconds.
    pub(crate) delay: u64,
    pub(crate) jitter: u64,
}

impl Conditions {
    pub(crate) const CLEAN: Self = Self { loss: 0, delay: 1, jitter: 0 };
}

/// One direction.
#[derive(Debug)]
pub(crate) struct Link {
    conditions: Conditions,
    random: ChaCha8Rng,
    count: u64,
    /// When each arrives, and in which order they were sent.
    way: Vec<(u64, u64, Vec<u8>)>,
}

impl Link {
    pub(crate) fn new(conditions: Conditions, seed: u64) -> Self {
        let random = ChaCha8Rng::seed_from_u64(seed);
        Self { conditions, random, count: 0, way: Vec::new() }
    }

    pub(crate) fn send(&mut self, now: u64, bytes: Vec<u8>) {
        let Conditions { loss, delay, jitter } = self.conditions;
        self.count += 1;
        let late = u64::from(self.random.next_u32()) % (jitter + 1);
        if self.random.next_u32() % 100 >= loss {
            self.way.push((now + delay + late, self.count, bytes));
        }
    }

    /// What has arrived by now.
    pub(crate) fn arrived(&mut self, now: u64) -> Vec<Vec<u8>> {
        self.way.sort();
        let count = self.way.iter().take_while(|it| it.0 <= now).count();
        self.way.drain(..count).map(|it| it.2).collect()
    }

    /// The channel is closed: what is on its way is lost.
    pub(crate) fn clear(&mut self) {
        self.way.clear();
    }
}
