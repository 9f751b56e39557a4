//! Numbers from a seed, with a preference for those at which implementations count wrong.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// Doubles that survive where others do, or do not: zeros, infinities, NaN, the ends of either range,
/// and integers around 2^53.
const DOUBLES: [f64; 14] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.1,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::MIN,
    f64::EPSILON,
    9_007_199_254_740_991.0,
    9_007_199_254_740_993.0,
];

/// Picks a number from 0 up to, and not including, the one it is given.
pub type Choose<'a> = dyn FnMut(u32) -> u32 + 'a;

/// The chances of one question. Another question has another stream, so each can be made alone.
#[derive(Debug)]
pub(crate) struct Random(ChaCha8Rng);

impl Random {
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(number);
        Self(rng)
    }

    /// Below the limit; 0 where there is no room.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.0.next_u64() % limit).unwrap_or_default()
    }

    /// True once in `times` calls, on average.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// A number for those who take one from 0 up to, and not including, another.
    pub(crate) fn choose(&mut self, limit: u32) -> u32 {
        self.0.next_u32() % limit.max(1)
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.0.next_u32().to_be_bytes()[0]
    }

    /// An element of a list that is not empty.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// An integer of `size` bytes: any, of any length in bits, next to a power of two, or one byte
    /// among zeros or ones.
    pub(crate) fn integer(&mut self, size: usize) -> u64 {
        let bits = 8 * size.clamp(1, 8);
        let largest = u64::MAX >> (64 - bits);
        let any = self.0.next_u64() & largest;
        match self.below(8) {
            0 | 1 => any,
            2 | 3 => any >> self.below(bits),
            4 => *self.pick(&[0, 1, largest, largest - 1]),
            5 | 6 => {
                let power = 1_u64 << self.below(bits);
                let near = [power, power - 1, power | 1, power | power >> 1];
                *self.pick(&near) & largest
            }
            _ => {
                let byte = u64::from(self.byte()) << (8 * self.below(size));
                if self.one_in(2) { byte } else { largest - byte }
            }
        }
    }

    /// The bits of a double.
    pub(crate) fn double(&mut self) -> u64 {
        match self.below(4) {
            0 => self.pick(&DOUBLES).to_bits(),
            // Milliseconds, as a clock gives them.
            1 => (f64::from(self.choose(u32::MAX)) / 16.0).to_bits(),
            _ => self.integer(8),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_room_and_come_to_their_ends() {
        for size in [1, 2, 4, 8] {
            let mut random = Random::new(size as u64, 0);
            let seen: Vec<u64> = (0..2_000).map(|_| random.integer(size)).collect();
            let largest = u64::MAX >> (64 - 8 * size);
            assert!(seen.iter().all(|number| *number <= largest));
            assert!(seen.contains(&0) && seen.contains(&largest));
            assert!(seen.contains(&(largest / 2 + 1)), "the sign bit alone");
        }
    }
}
