//! EPISODE-7 and EPISODE-14: the END of the game, and what becomes of one that is repeated.

use rollwire_model::peer::{Message, Phase};

use super::ask::{Ask, When};
use crate::{game::Game, outcome::Outcome};

/// The most answers to repeated ENDs (EPISODE-14), and how often the game sends its own before ours is known.
const ANSWERS: u32 = 8;
const BEFORE: u32 = 8;
/// How often ours is sent, and how long after one another: an END is not answered twice within 250 ms.
const TRIES: u32 = 14;
const AGAIN: u64 = 300;

/// Waits for the end of an episode, and repeats our END.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    episode: Option<(u32, u32)>,
    before: Option<u32>,
    clean_from: u64,
    sent: u32,
    due: u64,
    mark: u64,
}

impl Ask for Ends {
    fn when(&self, game: &Game) -> When {
        let number = game.partner.episode();
        let is_over = game.partner.phase() == Some(Phase::Complete);
        match number {
            Some(number) if game.is_open && is_over && game.told.ends_of(number) > 0 => When::Now,
            _ => When::Later("the game ended no episode"),
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let (Some(number), now) = (game.partner.episode(), game.now) else { return true };
        if self.episode.is_none() {
            let frame = game.told.ends.get(&number).map_or(0, |end| end.0);
            self.episode = Some((number, frame));
            (self.clean_from, self.due) = (game.line.mark(), now + AGAIN);
        }
        let Some((number, frame)) = self.episode else { return true };
        let count = game.told.ends_of(number);
        let before = *self.before.get_or_insert(count);
        if self.sent < TRIES {
            if now >= self.due {
                game.slip(&Message::EpisodeEnd { frame, episode: number });
                self.sent += 1;
                (self.due, self.mark) = (now + AGAIN, game.line.mark());
            }
            return false;
        }
        if now < self.due || !game.line.has_passed(self.mark + 2) {
            return false;
        }
        let answers = count.saturating_sub(before);
        let is_clean = game.line.is_clean(self.clean_from, now);
        let both = format!("{TRIES} repeats of our END were answered with {answers}");
        let (outcome, why) = if count > ANSWERS + BEFORE || is_clean && answers > ANSWERS {
            // More than one answer to each repeat: the game repeats its END by itself, although it knows ours.
            if answers > TRIES + 1 {
                let why = format!("{TRIES} repeats of our END came, and {answers} of the game's");
                self.says(game, "EPISODE-7", Outcome::Broken, why);
            }
            (Outcome::Broken, both)
        } else if answers == 0 && is_clean {
            (Outcome::Broken, format!("{both}, and later questions were answered"))
        } else if answers == 0 {
            (Outcome::Undecided, format!("{both}, and datagrams were lost or late"))
        } else {
            (Outcome::Kept, both)
        };
        let why7 = format!("its END of episode {number} at frame {frame} is known");
        self.says(game, "EPISODE-7", Outcome::Kept, why7);
        let is_seven = game.verdicts.iter().any(|it| {
            it.probe == "ends" && it.rule == "EPISODE-7" && it.outcome == Outcome::Broken
        });
        if !is_seven || outcome != Outcome::Broken {
            self.says(game, "EPISODE-14", outcome, why);
        }
        true
    }
}

impl Ends {
    fn says(&self, game: &mut Game, rule: &str, outcome: Outcome, why: String) {
        let evidence = if outcome == Outcome::Broken {
            game.evidence(|_, it| matches!(it, Some(Message::EpisodeEnd { .. })))
        } else {
            Vec::new()
        };
        game.says("ends", rule, outcome, why, evidence);
    }
}
