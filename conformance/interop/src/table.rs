//! Plays many games between two seats at the same time.

use rollwire_model::Model;

use crate::{
    link::Weather,
    play::{Game, Outcome},
    seat::{ENDED, Seat, SeatFault},
};

/// How many games are played at the same time at most: enough to keep any adapter busy.
const MOST: usize = 32;

/// A game to play.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The seed of the players.
    pub seed: u64,
    /// What the link does.
    pub weather: Weather,
    /// Whether all datagrams are wanted.
    pub is_recorded: bool,
}

/// Two seats, the number of the next game, and whether to stop before it.
pub(crate) struct Table<'a> {
    model: Model,
    next: u64,
    is_stopped: &'a dyn Fn() -> bool,
}

impl<'a> Table<'a> {
    pub(crate) fn new(is_stopped: &'a dyn Fn() -> bool) -> Self {
        Self { model: Model::latest(), next: 0, is_stopped }
    }

    /// Plays all games, and returns what became of each, in order. The outcome does not depend on how many
    /// are played at the same time.
    ///
    /// # Errors
    /// The seat, 0 or 1, that cannot go on, and why.
    pub(crate) fn play(
        &mut self,
        fixtures: &[Fixture],
        seats: &mut [&mut dyn Seat; 2],
    ) -> Result<Vec<Outcome>, (usize, SeatFault)> {
        let at_once = seats.iter().map(|seat| seat.games()).min().unwrap_or(1).clamp(1, MOST);
        let mut outcomes = Vec::new();
        for group in fixtures.chunks(at_once) {
            if (self.is_stopped)() {
                return Err((0, SeatFault(ENDED.to_owned())));
            }
            outcomes.extend(self.play_group(group, seats)?);
        }
        Ok(outcomes)
    }

    fn play_group(
        &mut self,
        fixtures: &[Fixture],
        seats: &mut [&mut dyn Seat; 2],
    ) -> Result<Vec<Outcome>, (usize, SeatFault)> {
        let first = self.next;
        self.next += fixtures.len() as u64;
        let numbers: Vec<u64> = (first..self.next).collect();
        for (local, seat) in (0_u8..).zip(seats.iter_mut()) {
            seat.open(&numbers, local).map_err(|fault| (usize::from(local), fault))?;
        }
        let game =
            |it: &Fixture| Game::new(&self.model, it.seed, it.weather.clone(), it.is_recorded);
        let mut games: Vec<Game> = fixtures.iter().map(game).collect();
        loop {
            let mut what = [Vec::new(), Vec::new()];
            let mut playing = Vec::new();
            for (at, game) in games.iter_mut().enumerate() {
                if let Some([one, other]) = game.next() {
                    playing.push(at);
                    what[0].push((numbers[at], one));
                    what[1].push((numbers[at], other));
                }
            }
            if playing.is_empty() {
                break;
            }
            let one = seats[0].happens(&what[0]).map_err(|fault| (0, fault))?;
            let other = seats[1].happens(&what[1]).map_err(|fault| (1, fault))?;
            for (at, seen) in playing.into_iter().zip(one.into_iter().zip(other)) {
                games[at].shown([seen.0, seen.1]);
            }
        }
        for (at, seat) in seats.iter_mut().enumerate() {
            seat.close(&numbers).map_err(|fault| (at, fault))?;
        }
        Ok(games.into_iter().map(Game::outcome).collect())
    }
}
