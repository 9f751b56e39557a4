//! Numbers from a seed. Each question has numbers of its own, so the answer to one does not depend on how
//! many others were asked.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// The numbers of one question.
#[derive(Clone, Debug)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The numbers of the question with this number.
    pub(crate) fn new(seed: u64, question: u64) -> Self {
        let mut numbers = ChaCha8Rng::seed_from_u64(seed);
        numbers.set_stream(question);
        Self(numbers)
    }

    /// From 0 up to, and not including, the limit; 0 if that is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0.next_u64() % limit.max(1)
    }

    /// True in `part` of `whole` cases.
    pub(crate) fn happens(&mut self, part: u64, whole: u64) -> bool {
        self.below(whole) < part
    }
}
