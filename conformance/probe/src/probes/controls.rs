//! LIVE-5 and VALID-3 in every phase: the controls, which are sent all the time, are answered.

use rollwire_model::peer::Phase;

use super::ask::{Ask, When};
use crate::{game::Game, outcome::Outcome};

/// A phase in which this many controls of one kind were not answered, and some of the other kind were.
const SILENT: usize = 14;
const TALKING: usize = 3;

/// Watches the controls of one phase after another.
#[derive(Debug, Default)]
pub(crate) struct Controls {
    phase: Option<Phase>,
    /// The first control of this phase.
    first: u64,
    has_spoken: bool,
}

impl Ask for Controls {
    fn when(&self, game: &Game) -> When {
        When::it_is_open(game)
    }

    fn runs_beside(&self) -> bool {
        true
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let phase = game.partner.phase();
        if phase != self.phase {
            (self.phase, self.first) = (phase, game.line.mark());
        }
        let mut asked = [0, 0];
        let mut answered = [0, 0];
        for control in game.line.since(self.first) {
            let kind = usize::from(control.is_validation());
            if control.answered.is_some() {
                answered[kind] += 1;
            } else if game.now - control.sent > 1000 {
                asked[kind] += 1;
            }
        }
        self.has_spoken |= answered[0] + answered[1] >= SILENT;
        for (kind, (rule, question)) in
            [("LIVE-5", "PINGs"), ("VALID-3", "VALIDATION_PINGs")].into_iter().enumerate()
        {
            if answered[kind] == 0 && asked[kind] >= SILENT && answered[1 - kind] >= TALKING {
                let when = match phase {
                    None => "before the first episode",
                    Some(Phase::Waiting) => "while it waited",
                    Some(Phase::Playing) => "while it played",
                    Some(Phase::Ending) => "while it ended an episode",
                    Some(Phase::Complete) => "after an episode",
                };
                let why = format!(
                    "{} {question} were not answered {when}, and other questions of that time were",
                    asked[kind]
                );
                let first = if kind == 0 { 0x02 } else { 0x10 };
                let evidence = game
                    .evidence(|is_own, it| is_own && it.is_some_and(|it| it.type_byte() == first));
                game.says("controls", rule, Outcome::Broken, why, evidence);
            }
        }
        false
    }

    fn ends(&mut self, game: &mut Game) {
        if self.has_spoken {
            for rule in ["LIVE-5", "VALID-3"] {
                let why = "questions were answered in each phase that was long enough to tell";
                game.says("controls", rule, Outcome::Kept, why, Vec::new());
            }
        }
    }
}
