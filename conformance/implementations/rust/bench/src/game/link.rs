//! A bad link in virtual time, from a seed: 30 % are lost in bursts, 5 % come twice, and each takes 20 to
//! 200 ms, so that many overtake others.

use std::{collections::BTreeMap, ops::RangeInclusive};

use fastrand::Rng;

/// One direction of a link.
#[derive(Debug)]
pub struct Link {
    rng: Rng,
    is_lossy: bool,
    /// By the time of arrival, and then by the order of sending.
    under_way: BTreeMap<(u64, u64), Vec<u8>>,
    sent: u64,
    lost: u64,
}

impl Link {
    const DELAY: RangeInclusive<u64> = 20..=200;

    /// A burst lasts 12 steps on the average, so that the repeats in ten INPUTs do not always bridge it.
    const BURST_ENDS: f64 = 1.0 / 12.0;

    /// Then 30 % of all steps are in a burst.
    const BURST_BEGINS: f64 = Self::BURST_ENDS * 0.3 / 0.7;

    const TWICE: f64 = 0.05;

    pub fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            is_lossy: false,
            under_way: BTreeMap::new(),
            sent: 0,
            lost: 0,
        }
    }

    /// Call this once in each step: a burst of losses may begin or end.
    pub fn step(&mut self) {
        let chance = if self.is_lossy { Self::BURST_ENDS } else { Self::BURST_BEGINS };
        self.is_lossy ^= self.rng.f64() < chance;
    }

    pub fn send(&mut self, now: u64, datagram: &[u8]) {
        self.sent += 1;
        if self.is_lossy {
            self.lost += 1;
            return;
        }
        let copies = if self.rng.f64() < Self::TWICE { 2 } else { 1 };
        for copy in 0..copies {
            let arrives = now + self.rng.u64(Self::DELAY);
            self.under_way.insert((arrives, 2 * self.sent + copy), datagram.to_vec());
        }
    }

    /// The next datagram that has arrived.
    pub fn receive(&mut self, now: u64) -> Option<Vec<u8>> {
        let first = self.under_way.first_entry().filter(|it| it.key().0 <= now)?;
        Some(first.remove())
    }

    /// The part of all datagrams that was lost.
    pub fn losses(&self) -> f64 {
        self.lost as f64 / self.sent as f64
    }
}
