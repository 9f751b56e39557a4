//! VALID-3: every VALIDATION_PING is answered with its own bits, also after the handshake.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
    question::{Question, Stand},
};

/// Bits that are not a time of a clock.
const PATTERNS: [u64; 4] =
    [0x8000_0000_0000_0000, 0x0102_0304_0506_0709, 0x7ff0_0000_0000_0000, 0x0000_0000_0000_0002];

/// Asks all patterns at once.
#[derive(Debug)]
pub(crate) struct Validation {
    questions: Vec<Question>,
}

impl Default for Validation {
    fn default() -> Self {
        let questions = PATTERNS.iter().map(|bits| Question::new(*bits, true)).collect();
        Self { questions }
    }
}

impl Ask for Validation {
    fn when(&self, game: &Game) -> When {
        if game.is_open && game.line.heard.is_some() {
            When::Now
        } else {
            When::Later("nothing was answered")
        }
    }

    fn hears(&mut self, _: &mut Game, heard: Heard<'_>) {
        for question in &mut self.questions {
            question.hears(heard.message);
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let mut is_open = false;
        for question in &mut self.questions {
            let bits = question.bits;
            let why = match question.goes(game) {
                Stand::Open => {
                    is_open = true;
                    continue;
                }
                Stand::Answered => continue,
                Stand::Unanswered => format!(
                    "the VALIDATION_PING with the bits {bits:016x} was not answered, and later questions were"
                ),
                Stand::TooOften => format!(
                    "the VALIDATION_PING with the bits {bits:016x} was answered more often than asked"
                ),
            };
            let first = bits.to_be_bytes();
            let shows = |it: &Message| it.datagram().bytes().get(1..) == Some(&first[..]);
            let evidence = game.evidence(|_, it| it.is_some_and(shows));
            game.says("validation", "VALID-3", Outcome::Broken, why, evidence);
        }
        if is_open {
            return false;
        }
        let why = format!("{} patterns of bits came back as they were", PATTERNS.len());
        game.says("validation", "VALID-3", Outcome::Kept, why, Vec::new());
        true
    }
}
