//! All pairs of some implementations, each in both roles.

use rollwire_conformance::cores::on_all_cores;
use rollwire_model::peer::Behaviour;

use crate::{
    pair::{Round, Verdict, play_pair},
    seat::{ModelSeat, Seat, SeatFault},
};

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

/// A seat of right peers.
#[must_use]
pub fn reference() -> Box<dyn Seat> {
    Box::new(ModelSeat::new(Behaviour::SPECIFIED))
}

/// Plays all pairs, in the order of a table: row by row. As many are played at the same time as there are
/// cores; the outcome does not depend on it.
pub fn play_all(peers: &[&Start<'_>], rounds: &[Round]) -> Vec<Cell> {
    let places = 0..peers.len();
    let pairs: Vec<(usize, usize)> = places
        .clone()
        .flat_map(|first| places.clone().map(move |second| (first, second)))
        .collect();
    on_all_cores(&pairs, |(first, second)| {
        let verdict = play(peers[*first], peers[*second], rounds);
        Cell { first: *first, second: *second, verdict }
    })
}

fn play(first: &Start<'_>, second: &Start<'_>, rounds: &[Round]) -> Verdict {
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
    let verdict = play_pair(&mut *one, &mut *other, rounds, &reference);
    one.finish();
    other.finish();
    verdict
}
