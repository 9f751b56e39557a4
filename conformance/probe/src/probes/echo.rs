//! LIVE-5: every PING is answered with its own bits, whatever they are.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
    question::{Question, Stand},
};

/// Bits that a port gets wrong which makes a number of them, orders their bytes in another way, or has an
/// opinion about times. Of the NaNs, only the first is asked for its exact bits.
pub(crate) const PATTERNS: [u64; 14] = [
    0x0000_0000_0000_0000,
    0x8000_0000_0000_0000,
    0x0000_0000_0000_0001,
    0x000f_ffff_ffff_ffff,
    0x0010_0000_0000_0000,
    0x3ff0_0000_0000_0001,
    0x4008_0000_0000_0000,
    0x0102_0304_0506_0708,
    0x0807_0605_0403_0201,
    0x433f_ffff_ffff_ffff,
    0x7fef_ffff_ffff_ffff,
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000,
];

/// Asks all patterns at once.
#[derive(Debug)]
pub(crate) struct Echo {
    questions: Vec<Question>,
}

impl Default for Echo {
    fn default() -> Self {
        let questions = PATTERNS.iter().map(|bits| Question::new(*bits, false));
        Self { questions: questions.collect() }
    }
}

impl Ask for Echo {
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
                    "the PING with the bits {bits:016x} was not answered, and later questions were; it was asked {} times",
                    question.tries()
                ),
                Stand::TooOften => {
                    format!("the PING with the bits {bits:016x} was answered more often than asked")
                }
            };
            let first = bits.to_be_bytes();
            let shows = |it: &Message| it.datagram().bytes().get(1..) == Some(&first[..]);
            let mut evidence = game.evidence(|_, it| it.is_some_and(shows));
            evidence.truncate(3);
            // What came in its place, if it is a PONG.
            let asked = |bits: u64| PATTERNS.contains(&bits);
            let other = game.evidence(|is_own, it| {
                !is_own && matches!(it, Some(Message::Pong { timestamp }) if !asked(*timestamp))
            });
            evidence.extend(other.into_iter().take(2));
            game.says("echo", "LIVE-5", Outcome::Broken, why, evidence);
        }
        if !is_open {
            let why = format!("{} patterns of bits came back as they were", PATTERNS.len());
            game.says("echo", "LIVE-5", Outcome::Kept, why, Vec::new());
        }
        !is_open
    }
}
