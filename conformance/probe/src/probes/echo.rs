//! LIVE-5 and VALID-3: every PING is answered with its own bits, whatever they are, and every VALIDATION_PING,
//! also after the handshake.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
    question::{Question, Stand},
};

/// Bits that a port gets wrong which makes a number of them, orders their bytes in another way, or has an
/// opinion about times. Of the NaNs, only the first is asked for its exact bits.
const PATTERNS: [u64; 14] = [
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

/// Bits for the handshake, which has been asked for its exact bits by then.
const OF_VALIDATION: [u64; 4] =
    [0x8000_0000_0000_0000, 0x0102_0304_0506_0709, 0x7ff0_0000_0000_0000, 0x0000_0000_0000_0002];

/// Asks all patterns at once.
#[derive(Debug)]
pub(crate) struct Echo {
    /// The name of the probe, its rule, and the message that is sent.
    names: [&'static str; 3],
    patterns: &'static [u64],
    questions: Vec<Question>,
}

impl Echo {
    /// With PINGs.
    pub(crate) fn of_pings() -> Self {
        Self::new(["echo", "LIVE-5", "PING"], &PATTERNS, false)
    }

    /// With VALIDATION_PINGs.
    pub(crate) fn of_validation_pings() -> Self {
        Self::new(["validation", "VALID-3", "VALIDATION_PING"], &OF_VALIDATION, true)
    }

    fn new(names: [&'static str; 3], patterns: &'static [u64], validates: bool) -> Self {
        let questions = patterns.iter().map(|bits| Question::new(*bits, validates)).collect();
        Self { names, patterns, questions }
    }
}

impl Ask for Echo {
    fn when(&self, game: &Game) -> When {
        When::it_answers(game)
    }

    fn hears(&mut self, _: &mut Game, heard: Heard<'_>) {
        for question in &mut self.questions {
            question.hears(heard.message);
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let Self { names: [name, rule, asked], patterns, .. } = *self;
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
                    "the {asked} with the bits {bits:016x} was not answered, and later questions were; it was asked {} times",
                    question.tries()
                ),
                Stand::TooOften => {
                    format!(
                        "the {asked} with the bits {bits:016x} was answered more often than asked"
                    )
                }
            };
            let first = bits.to_be_bytes();
            let shows = |it: &Message| it.datagram().bytes().get(1..) == Some(&first[..]);
            let mut evidence = game.evidence(|_, it| it.is_some_and(shows));
            evidence.truncate(3);
            // What came in its place, if it is an answer.
            let other = game.evidence(|is_own, it| {
                let answered = match it {
                    Some(Message::Pong { timestamp }) if rule == "LIVE-5" => *timestamp,
                    Some(Message::ValidationPong { timestamp }) if rule == "VALID-3" => *timestamp,
                    _ => return false,
                };
                !is_own && !patterns.contains(&answered)
            });
            evidence.extend(other.into_iter().take(2));
            game.says(name, rule, Outcome::Broken, why, evidence);
        }
        if !is_open {
            let why = format!("{} patterns of bits came back as they were", patterns.len());
            game.says(name, rule, Outcome::Kept, why, Vec::new());
        }
        !is_open
    }
}
