//! FOCUS-6: while our page is hidden, everything else is handled as usual.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// How many controls are sent while our page is hidden: enough that none of each kind is bad luck.
const CONTROLS: u64 = 48;
/// After how many milliseconds the request is sent again.
const AGAIN: u64 = 250;

/// Hides our page for a while.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    first: Option<u64>,
    due: u64,
    requests: u32,
    responses: u32,
}

impl Ask for Hidden {
    fn when(&self, game: &Game) -> When {
        When::it_plays(game)
    }

    fn hears(&mut self, _: &mut Game, heard: Heard<'_>) {
        if matches!(heard.message, Some(Message::InputResponse { .. })) {
            self.responses += u32::from(self.requests > 0);
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let Some(first) = self.first else {
            game.hide(true);
            // What is on its way when the page is hidden says nothing.
            self.first = Some(game.line.mark() + 4);
            return false;
        };
        if game.line.mark() < first + CONTROLS || !game.line.has_passed(first + CONTROLS - 2) {
            if self.responses == 0 && game.now >= self.due && game.line.has_passed(first) {
                let newest = game.told.newest.unwrap_or_default();
                game.ask(&Message::InputRequest { start: newest.saturating_sub(3), end: newest });
                (self.requests, self.due) = (self.requests + 1, game.now + AGAIN);
            }
            let gives_up = game.line.mark() > first + 4 * CONTROLS;
            if gives_up {
                game.hide(false);
                let why = "too few questions were answered in time to tell";
                game.says("hidden", "FOCUS-6", Outcome::Undecided, why, Vec::new());
            }
            return gives_up;
        }
        let mut answered = [0, 0];
        for control in game.line.since(first).filter(|control| control.answered.is_some()) {
            answered[usize::from(control.is_validation())] += 1;
        }
        game.hide(false);
        let kinds = [
            ("LIVE-5", answered[0], "PINGs", 0x02),
            ("VALID-3", answered[1], "VALIDATION_PINGs", 0x10),
            ("CATCHUP-7", self.responses, "INPUT_REQUESTs", 0x12),
        ];
        let talks = kinds.iter().filter(|kind| kind.1 > 0).count();
        let is_clean = game.line.is_clean(first, game.now);
        for (rule, count, name, kind) in kinds {
            // A few requests may all be lost; that many controls are not.
            if count == 0 && talks > 0 && (kind != 0x12 || is_clean) {
                let why = format!(
                    "{name} were not answered while our page was hidden, and other questions were"
                );
                let evidence = game
                    .evidence(|_, it| it.is_some_and(|it| [kind, 0x14].contains(&it.type_byte())));
                game.says("hidden", rule, Outcome::Broken, why.clone(), evidence.clone());
                game.says("hidden", "FOCUS-6", Outcome::Broken, why, evidence);
            }
        }
        if talks == kinds.len() {
            let why = "all questions were answered while our page was hidden";
            game.says("hidden", "FOCUS-6", Outcome::Kept, why, Vec::new());
        } else {
            let why = "too little was answered to tell";
            game.says("hidden", "FOCUS-6", Outcome::Undecided, why, Vec::new());
        }
        true
    }
}
