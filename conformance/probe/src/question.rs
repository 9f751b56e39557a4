//! A question whose answer has its own eight bytes: asked again until the answer comes, or until its absence
//! can no longer be bad luck.

use rollwire_model::peer::Message;

use crate::game::Game;

/// How often a question is asked: a line that loses a third of all datagrams loses this many answers in one of
/// ten million cases.
const TRIES: u32 = 24;
/// Milliseconds between two tries.
const AGAIN: u64 = 250;

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// It is waited for.
    Open,
    /// The answer has come, and no other one followed.
    Answered,
    /// It was asked often, and later questions were answered.
    Unanswered,
    /// More answers came than it was asked.
    TooOften,
}

/// A PING or a VALIDATION_PING.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) bits: u64,
    pub(crate) is_validation: bool,
    tries: u32,
    due: u64,
    answers: u32,
    /// The number of the next control after the newest try.
    mark: u64,
}

impl Question {
    pub(crate) const fn new(bits: u64, is_validation: bool) -> Self {
        Self { bits, is_validation, tries: 0, due: 0, answers: 0, mark: 0 }
    }

    /// An answer has come, perhaps to this question.
    pub(crate) fn hears(&mut self, message: Option<&Message>) {
        let (bits, is_validation) = match message {
            Some(Message::Pong { timestamp }) => (*timestamp, false),
            Some(Message::ValidationPong { timestamp }) => (*timestamp, true),
            _ => return,
        };
        if self.tries > 0 && is_validation == self.is_validation && self.is_answer(bits) {
            self.answers += 1;
        }
    }

    /// Another NaN than the usual one may be answered with any NaN.
    fn is_answer(&self, bits: u64) -> bool {
        const USUAL: u64 = 0x7ff8_0000_0000_0000;
        let is_other_nan = f64::from_bits(self.bits).is_nan() && self.bits != USUAL;
        bits == self.bits || is_other_nan && f64::from_bits(bits).is_nan()
    }

    /// Asks again if it is time, and tells how the question stands.
    pub(crate) fn goes(&mut self, game: &mut Game) -> Stand {
        if self.answers > self.tries {
            return Stand::TooOften;
        }
        if self.answers == 0 && self.tries < TRIES && game.now >= self.due {
            let timestamp = self.bits;
            game.ask(&if self.is_validation {
                Message::ValidationPing { timestamp }
            } else {
                Message::Ping { timestamp }
            });
            self.tries += 1;
            self.due = game.now + AGAIN;
            self.mark = game.line.mark();
        }
        match self.answers {
            // A surplus answer would have come before that to a later control, unless it was overtaken.
            1.. if game.line.has_passed(self.mark + 2) => Stand::Answered,
            0 if self.tries == TRIES && game.now >= self.due && game.line.has_passed(self.mark) => {
                Stand::Unanswered
            }
            _ => Stand::Open,
        }
    }

    /// What is known of the question for a sentence.
    pub(crate) fn tries(&self) -> u32 {
        self.tries
    }
}
