//! VALID-2: the handshake is not repeated without need. No VALIDATION_PING has a later time than a PING, because
//! only a game that is validated sends PINGs (LIVE-3). Both times are of one clock, that of the game.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// Watches the questions of the game for the whole session.
#[derive(Debug, Default)]
pub(crate) struct Handshake {
    validated_at: Option<f64>,
    has_asked: Option<f64>,
}

impl Ask for Handshake {
    fn when(&self, game: &Game) -> When {
        When::it_is_open(game)
    }

    fn runs_beside(&self) -> bool {
        true
    }

    fn goes(&mut self, _: &mut Game) -> bool {
        false
    }

    fn ends(&mut self, game: &mut Game) {
        let (outcome, why) = match (self.validated_at, self.has_asked) {
            (Some(_), Some(_)) => {
                (Outcome::Kept, "its VALIDATION_PINGs ended before its PINGs began")
            }
            (None, _) => (Outcome::NotAsked, "the game sent no PING, so it may not be validated"),
            (_, None) => (Outcome::NotAsked, "the game sent no VALIDATION_PING"),
        };
        game.says("handshake", "VALID-2", outcome, why, Vec::new());
    }

    fn hears(&mut self, game: &mut Game, heard: Heard<'_>) {
        match heard.message {
            Some(Message::Ping { timestamp }) => {
                let time = f64::from_bits(*timestamp);
                if is_time(time) && self.validated_at.is_none_or(|known| time < known) {
                    self.validated_at = Some(time);
                }
            }
            Some(Message::ValidationPing { timestamp }) => {
                let time = f64::from_bits(*timestamp);
                if is_time(time) && self.has_asked.is_none_or(|known| known < time) {
                    self.has_asked = Some(time);
                }
            }
            _ => return,
        }
        let (Some(validated), Some(asked)) = (self.validated_at, self.has_asked) else { return };
        let both = |_: bool, it: Option<&Message>| {
            matches!(it, Some(Message::Ping { timestamp } | Message::ValidationPing { timestamp })
                if f64::from_bits(*timestamp) == validated || f64::from_bits(*timestamp) == asked)
        };
        if asked > validated {
            let why = format!(
                "a VALIDATION_PING at {asked} ms of the game's clock, and a PING, which only a validated peer sends, at {validated} ms"
            );
            let evidence = game.evidence(both);
            game.says("handshake", "VALID-2", Outcome::Broken, why, evidence);
        }
    }
}

/// Whether it can be a time: a little-endian one is a tiny number or none.
fn is_time(time: f64) -> bool {
    (1.0..1e15).contains(&time)
}
