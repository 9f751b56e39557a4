//! All pairs of some implementations, each in both roles.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

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

/// Plays all pairs, in the order of a table: row by row. `workers` of them are played at the same time;
/// the outcome does not depend on it.
pub fn play_all(peers: &[&Start<'_>], rounds: &[Round], workers: usize) -> Vec<Cell> {
    let count = peers.len() * peers.len();
    let next = AtomicUsize::new(0);
    let cells: Mutex<Vec<Option<Cell>>> = Mutex::new(vec![None; count]);
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= count {
                return;
            }
            let (first, second) = (place / peers.len(), place % peers.len());
            let verdict = play(peers[first], peers[second], rounds);
            let mut cells = cells.lock().unwrap_or_else(PoisonError::into_inner);
            cells[place] = Some(Cell { first, second, verdict });
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..workers.clamp(1, count.max(1)) {
            // A thread that cannot be had leaves its work to the others.
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    let cells = cells.into_inner().unwrap_or_else(PoisonError::into_inner);
    cells.into_iter().flatten().collect()
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
