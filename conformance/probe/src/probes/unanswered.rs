//! LIVE-7: what is itself an answer is not answered.

use rollwire_model::peer::{Message, bits_of};

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// Timestamps that nothing else uses.
const FIRST: u64 = 5_000_000_000;
/// How often each is sent, since one may be lost.
const TIMES: u64 = 5;

/// Sends answers to what was never asked.
#[derive(Debug, Default)]
pub(crate) struct Unanswered {
    mark: Option<u64>,
    keepalives: u32,
}

impl Ask for Unanswered {
    fn when(&self, game: &Game) -> When {
        When::it_answers(game)
    }

    fn hears(&mut self, game: &mut Game, heard: Heard<'_>) {
        let Some(message) = heard.message.filter(|_| self.mark.is_some()) else { return };
        let is_mine = |bits: u64| (FIRST..FIRST + 2 * TIMES).any(|it| bits_of(it) == bits);
        let why = match message {
            Message::Pong { timestamp }
            | Message::ValidationPong { timestamp }
            | Message::Ping { timestamp }
            | Message::ValidationPing { timestamp }
                if is_mine(*timestamp) =>
            {
                "a PONG or a VALIDATION_PONG was answered"
            }
            Message::Keepalive => {
                self.keepalives += 1;
                if u64::from(self.keepalives) < TIMES {
                    return;
                }
                "each KEEPALIVE was answered with a KEEPALIVE"
            }
            _ => return,
        };
        let evidence = game.evidence(|_, it| {
            it.is_some_and(|it| {
                matches!(it, Message::Keepalive)
                    || matches!(it, Message::Pong { timestamp } | Message::ValidationPong { timestamp }
                        | Message::Ping { timestamp } | Message::ValidationPing { timestamp }
                        if is_mine(*timestamp))
            })
        });
        game.says("unanswered", "LIVE-7", Outcome::Broken, why, evidence);
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let Some(mark) = self.mark else {
            for number in 0..TIMES {
                let timestamp = bits_of(FIRST + number);
                game.traps.insert(timestamp);
                game.slip(&Message::Pong { timestamp });
                let timestamp = bits_of(FIRST + TIMES + number);
                game.traps.insert(timestamp);
                game.slip(&Message::ValidationPong { timestamp });
                game.slip(&Message::Keepalive);
            }
            self.mark = Some(game.line.mark());
            return false;
        };
        if !game.line.has_passed(mark + 2) {
            return false;
        }
        let why = "PONG, VALIDATION_PONG and KEEPALIVE came five times each, and only a later question was answered";
        game.says("unanswered", "LIVE-7", Outcome::Kept, why, Vec::new());
        true
    }
}
