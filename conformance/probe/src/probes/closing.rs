//! A channel that closes and opens again: a game that is validated stays so, and tells what it did meanwhile.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// How long the channel is watched after it has opened again, and how many frames the game must go on.
const WATCH: u64 = 2500;
const ON: u32 = 5;
/// How long the game may take to open it, in milliseconds.
const PATIENCE: u64 = 15_000;

#[derive(Clone, Copy, Debug, Default)]
enum Step {
    #[default]
    Before,
    Closed {
        since: u64,
        newest: Option<u32>,
        was_validated: bool,
    },
    Open {
        since: u64,
        newest: Option<u32>,
        was_validated: bool,
    },
}

/// Closes the channel.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    step: Step,
    pings: u64,
    asks: u32,
}

impl Ask for Closing {
    fn when(&self, game: &Game) -> When {
        When::it_plays(game)
    }

    fn hears(&mut self, _: &mut Game, heard: Heard<'_>) {
        match (self.step, heard.message) {
            (Step::Before, Some(Message::Ping { .. })) => self.pings += 1,
            (Step::Open { .. }, Some(Message::ValidationPing { .. })) => self.asks += 1,
            _ => {}
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let now = game.now;
        match self.step {
            Step::Before => {
                let newest = game.told.newest;
                // Only a game that is validated sends PINGs.
                self.step = Step::Closed { since: now, newest, was_validated: self.pings > 0 };
                game.close();
                false
            }
            Step::Closed { since, newest, was_validated } if game.is_open && now > since => {
                self.step = Step::Open { since: now, newest, was_validated };
                false
            }
            Step::Closed { since, .. } => {
                let is_late = now > since + PATIENCE;
                if is_late {
                    for rule in ["VALID-6", "CATCHUP-12"] {
                        let why = "the game opened no other channel";
                        game.says("closing", rule, Outcome::NotAsked, why, Vec::new());
                    }
                }
                is_late
            }
            Step::Open { since, newest, was_validated } => {
                let gone_on = game.told.newest > newest.map(|newest| newest.saturating_add(ON));
                let is_over = now > since + PATIENCE || !game.is_open;
                if now < since + WATCH || !(gone_on || is_over) {
                    return false;
                }
                self.validated(game, was_validated);
                self.tells(game, newest, gone_on);
                true
            }
        }
    }
}

impl Closing {
    fn validated(&self, game: &mut Game, was_validated: bool) {
        let (outcome, why) = match (was_validated, self.asks) {
            (false, _) => (Outcome::NotAsked, "the game sent no PING before the closing"),
            (true, 0) => {
                (Outcome::Kept, "it sent no VALIDATION_PING after the channel opened again")
            }
            (true, _) => {
                (Outcome::Broken, "it sent a VALIDATION_PING after the channel opened again")
            }
        };
        let evidence = if outcome == Outcome::Broken {
            game.evidence(|is_own, it| {
                !is_own && matches!(it, Some(Message::ValidationPing { .. }))
            })
        } else {
            Vec::new()
        };
        game.says("closing", "VALID-6", outcome, why, evidence);
    }

    /// CATCHUP-12: no frame is left out of what it has told. Only a clean line shows that it was not lost.
    fn tells(&self, game: &mut Game, newest: Option<u32>, gone_on: bool) {
        let from = newest.unwrap_or_default();
        let after = game.told.newest.unwrap_or_default();
        let mut frames = from..after;
        let missing = frames.find(|frame| !game.told.actions.contains_key(frame));
        let (outcome, why) = if !gone_on {
            (Outcome::NotAsked, "the game did not go on after the channel opened again".to_owned())
        } else if let Some(frame) = missing {
            let why = format!("frame {frame} was in no INPUT, and the newest frame is {after}");
            let is_clean = game.line.is_clean(0, game.now);
            (if is_clean { Outcome::Broken } else { Outcome::Undecided }, why)
        } else {
            (Outcome::Kept, format!("it told frames {from} to {after} without a gap"))
        };
        let evidence = if outcome == Outcome::Broken {
            game.evidence(|is_own, it| !is_own && matches!(it, Some(Message::Input { .. })))
        } else {
            Vec::new()
        };
        game.says("closing", "CATCHUP-12", outcome, why, evidence);
    }
}
