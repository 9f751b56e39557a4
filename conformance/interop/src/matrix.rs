//! All pairs of some implementations, each in both roles.

use crate::{
    pair::{IsStopped, Round, Verdict, play_pair},
    seat::{Seat, SeatFault},
};
use rollwire_conformance::cores::on_all_cores;

/// Starts an implementation for a pair.
pub type Start<'a> = dyn Fn() -> Result<Box<dyn Seat>, SeatFault> + Sync + 'a;

/// A pair, by the places of its implementations, and what became of it.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The one with the local index 0.
    pub first: usize,
    /// The one with the local index 1.
    pub second: usize,
    /// What became of it.
    pub verdict: Verdict,
}

/// Plays all pairs, in the order of a table: row by row. As many are played at the same time as there are
/// cores; the outcome does not depend on it.
pub fn play_all(peers: &[&Start<'_>], rounds: &[Round], is_stopped: &IsStopped<'_>) -> Vec<Cell> {
    let places = 0..peers.len();
    let pairs: Vec<(usize, usize)> = places
        .clone()
        .flat_map(|first| places.clone().map(move |second| (first, second)))
        .collect();
    on_all_cores(&pairs, |(first, second)| {
        let verdict = play(peers[*first], peers[*second], rounds, is_stopped);
        Cell { first: *first, second: *second, verdict }
    })
}

fn play(
    first: &Start<'_>,
    second: &Start<'_>,
    rounds: &[Round],
    is_stopped: &IsStopped<'_>,
) -> Verdict {
    let fault = |at: usize, fault| Verdict { fault: Some((at, fault)), ..Verdict::default() };
    let mut one = match first() {
        Ok(seat) => seat,
        Err(why) => return fault(0, why),
    };
    let mut other = match second() {
        Ok(seat) => seat,
        Err(why) => {
            one.finish();
            return fault(1, why);
        }
    };
    let verdict = play_pair(&mut *one, &mut *other, rounds, is_stopped);
    one.finish();
    other.finish();
    verdict
}
