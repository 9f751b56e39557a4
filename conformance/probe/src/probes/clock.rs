//! LIVE-1 and LIVE-2: the times in the PINGs of the game. A timer fires while its clock shows the time at which it
//! is due, so two of them differ by a multiple of half a second, however late they come and however many are lost.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// Milliseconds between two PINGs.
const PACE: f64 = 500.0;
/// How many PINGs of one opening say enough.
const ENOUGH: u64 = 5;

/// Watches the PINGs of the game.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    first: Option<f64>,
    times: Vec<u64>,
    count: u64,
    was_open: bool,
}

impl Ask for Clock {
    fn when(&self, game: &Game) -> When {
        if game.is_open || self.count > 0 {
            When::Now
        } else {
            When::Later("the channel did not open")
        }
    }

    fn runs_beside(&self) -> bool {
        true
    }

    fn hears(&mut self, game: &mut Game, heard: Heard<'_>) {
        let Some(Message::Ping { timestamp }) = heard.message else { return };
        self.count += 1;
        let time = f64::from_bits(*timestamp);
        let pings = |is_own: bool, it: Option<&Message>| {
            !is_own && matches!(it, Some(Message::Ping { .. }))
        };
        if self.times.contains(timestamp) {
            let why = format!(
                "two PINGs have the same time {time}, and a channel never duplicates a datagram"
            );
            let evidence = game.evidence(pings);
            game.says("clock", "LIVE-2", Outcome::Broken, why, evidence);
        }
        // An opening begins anew, and a late PING of the last one does not count.
        if self.times.len() < 4096 {
            self.times.push(*timestamp);
        }
        let first = *self.first.get_or_insert(time);
        if (time - first) % PACE != 0.0 {
            let why = format!(
                "PINGs at {} ms and at {} ms of the game's clock",
                number(first),
                number(time)
            );
            let evidence = game.evidence(pings);
            game.says("clock", "LIVE-1", Outcome::Broken, why, evidence);
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        if self.was_open && !game.is_open {
            self.first = None;
        }
        self.was_open = game.is_open;
        false
    }

    fn ends(&mut self, game: &mut Game) {
        for rule in ["LIVE-1", "LIVE-2"] {
            let (outcome, why) = if self.count >= ENOUGH {
                (Outcome::Kept, format!("{} PINGs came at their times", self.count))
            } else {
                (Outcome::NotAsked, format!("{} PINGs came, which is too few to tell", self.count))
            };
            game.says("clock", rule, outcome, why, Vec::new());
        }
    }
}

/// A number as it is read best: one of a wrong byte order has hundreds of digits.
fn number(time: f64) -> String {
    if (1e-3..1e12).contains(&time.abs()) || time == 0.0 {
        time.to_string()
    } else {
        format!("{time:e}")
    }
}
