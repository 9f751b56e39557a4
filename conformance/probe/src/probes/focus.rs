//! FOCUS-2: a FOCUS_STATE tells a change. Where none was lost, the same state does not come twice in a row.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// How often the same state has come in a row when the game is blamed: one may have been told at an opening.
const AGAIN: u32 = 3;

/// Watches the FOCUS_STATEs of the game.
#[derive(Debug)]
pub(crate) struct Focus {
    shown: bool,
    again: u32,
    /// How many came, and how many of them without a change.
    count: u32,
    repeats: u32,
}

impl Default for Focus {
    fn default() -> Self {
        Self { shown: true, again: 0, count: 0, repeats: 0 }
    }
}

impl Ask for Focus {
    fn when(&self, game: &Game) -> When {
        When::it_is_open(game)
    }

    fn runs_beside(&self) -> bool {
        true
    }

    fn hears(&mut self, game: &mut Game, heard: Heard<'_>) {
        let Some(Message::FocusState { focused, .. }) = heard.message else { return };
        self.count += 1;
        let is_repeat = *focused == self.shown;
        self.again = if is_repeat { self.again + 1 } else { 0 };
        self.repeats += u32::from(is_repeat);
        self.shown = *focused;
        if self.again >= AGAIN && game.line.is_clean(0, game.now) {
            let state = if self.shown { "shown" } else { "hidden" };
            let why = format!("it told {} times in a row that its page is {state}", self.again);
            let evidence = game.evidence(|_, it| matches!(it, Some(Message::FocusState { .. })));
            game.says("focus", "FOCUS-2", Outcome::Broken, why, evidence);
        }
    }

    fn goes(&mut self, _: &mut Game) -> bool {
        false
    }

    fn ends(&mut self, game: &mut Game) {
        let (outcome, why) = match (self.count, self.repeats) {
            (0, _) => (Outcome::Kept, "no FOCUS_STATE came".to_owned()),
            (count, 0) => {
                (Outcome::Kept, format!("each of {count} FOCUS_STATEs came with a change"))
            }
            (count, repeats) => {
                let why = format!(
                    "{repeats} of {count} FOCUS_STATEs came without a change, which lost ones or an opening explain"
                );
                (Outcome::Undecided, why)
            }
        };
        game.says("focus", "FOCUS-2", outcome, why, Vec::new());
    }
}
