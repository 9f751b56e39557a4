//! Implementations with several faults at once, drawn from a seed: a diagnosis has to name these faults.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_conformance::protocol::Capability;

use crate::{
    adapter::{EXCHANGE, Faulty},
    bytes,
    bytes::Side,
    digest, exchange,
};

/// An implementation with several kinds of fault.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The implementation.
    pub faulty: Faulty,
    /// The kinds of fault, as a diagnosis names them.
    pub faults: Vec<String>,
}

/// Every kind of fault, with the implementation that has it and no other. A fault of bytes is made in
/// every message and field in which it can be made.
#[must_use]
pub fn kinds() -> BTreeMap<String, Faulty> {
    let mut kinds: BTreeMap<String, Faulty> = BTreeMap::new();
    for mutant in bytes::mutants() {
        let kind = kinds.entry(mutant.suspect().fault).or_default();
        kind.bytes.push(mutant);
    }
    for kind in kinds.values_mut() {
        // One side in all places, so that the two halves agree if both can be wrong.
        let sides = [Side::Both, Side::Decoder, Side::Encoder];
        let has = |side: &Side| kind.bytes.iter().any(|mutant| mutant.side() == *side);
        let side = sides.into_iter().find(has);
        kind.bytes.retain(|mutant| Some(mutant.side()) == side);
    }
    // What shows only with thousands of entries, or with frames that collide, shows in too few scenarios to
    // be told from other faults that are drawn with it.
    for mutant in exchange::mutants_of_short_scenarios() {
        let others = EXCHANGE.to_vec();
        let faulty = Faulty { exchange: vec![mutant], others, ..Faulty::default() };
        kinds.insert(format!("exchange/{}", mutant.name), faulty);
    }
    for mutant in digest::mutants() {
        let others = vec![Capability::Digest];
        let faulty = Faulty { digest: vec![mutant], others, ..Faulty::default() };
        kinds.insert(format!("digest/{}", mutant.name), faulty);
    }
    kinds
}

/// The mutant with this name, or the implementation with this kind of fault everywhere.
#[must_use]
pub fn named(name: &str) -> Option<Faulty> {
    Faulty::mutant(name).or_else(|| kinds().remove(name))
}

/// Draws a number of different kinds of fault, and makes one implementation of them.
#[must_use]
pub fn draw(kinds: &BTreeMap<String, Faulty>, seed: u64, count: usize) -> Draw {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut left: Vec<(&String, &Faulty)> = kinds.iter().collect();
    let others = EXCHANGE.into_iter().chain([Capability::Digest]).collect();
    let mut draw = Draw { faulty: Faulty { others, ..Faulty::default() }, faults: Vec::new() };
    for _ in 0..count.min(left.len()) {
        let number = rng.next_u64() % left.len() as u64;
        let (name, faulty) = left.swap_remove(usize::try_from(number).unwrap_or_default());
        draw.faults.push(name.clone());
        draw.faulty = draw.faulty.and(faulty);
    }
    draw
}

impl Draw {
    /// The same implementation without one of its kinds of fault.
    #[must_use]
    pub fn without(&self, fault: &str) -> Self {
        let mut less = self.clone();
        less.faults.retain(|it| it != fault);
        less.faulty.bytes.retain(|mutant| mutant.suspect().fault != fault);
        less.faulty.exchange.retain(|mutant| format!("exchange/{}", mutant.name) != fault);
        less.faulty.digest.retain(|mutant| format!("digest/{}", mutant.name) != fault);
        less
    }
}
