//! EPISODE-6 and EPISODE-3 after the start: READYs are answered, but not for ever, and not those of others.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{game::Game, outcome::Outcome};

/// The most answers in an episode, and the most READYs that were due before it started alone.
const ANSWERS: u32 = 10;
const BEFORE: u32 = 10;
/// How many are sent until one is answered, and when all are.
const TRIES: u32 = 24;
const MOST: u32 = 40;
/// Milliseconds between two.
const AGAIN: u64 = 60;
/// How often READYs of far episodes are sent: a READY that comes without a reason does not come each time.
const ROUNDS: u32 = 3;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    #[default]
    Far,
    Own,
}

/// Sends READYs one after the other.
#[derive(Debug, Default)]
pub(crate) struct Readys {
    step: Step,
    rounds: u32,
    answered: u32,
    /// What the game had said, and this side, when the step or the round began.
    before: (u32, u32),
    clean_from: u64,
    sent: u32,
    due: u64,
    mark: Option<u64>,
}

impl Ask for Readys {
    fn when(&self, game: &Game) -> When {
        When::it_plays(game)
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let Some(Message::EpisodeReady { episode, hash }) = game.partner.own_ready() else {
            return true;
        };
        match self.step {
            Step::Far => {
                self.far(game, episode, hash);
                false
            }
            Step::Own => self.own(game, episode, hash),
        }
    }
}

impl Readys {
    fn far(&mut self, game: &mut Game, episode: u32, hash: [u8; 8]) {
        let count = game.told.readys_of(episode);
        if let Some(mark) = self.mark {
            if !game.line.has_passed(mark + 2) {
                return;
            }
            self.answered += u32::from(count > self.before.0);
            self.rounds += 1;
        } else {
            self.clean_from = game.line.mark();
        }
        self.before = (count, game.readys_sent);
        if self.rounds < ROUNDS {
            for far in [episode.saturating_add(7), 0, u32::MAX] {
                game.slip(&Message::EpisodeReady { episode: far, hash });
            }
            self.mark = Some(game.line.mark());
            return;
        }
        let is_clean = game.line.is_clean(self.clean_from, game.now);
        let (rule, outcome, why) = match (self.answered, is_clean) {
            (0, _) => ("EPISODE-3", Outcome::Kept, "READYs of far episodes were not answered"),
            (ROUNDS, true) => {
                ("EPISODE-3", Outcome::Broken, "READYs of far episodes were answered each time")
            }
            (_, true) => {
                ("EPISODE-6", Outcome::Broken, "a READY came after the start without a reason")
            }
            _ => ("EPISODE-3", Outcome::Undecided, "READYs came, and datagrams were lost or late"),
        };
        says(game, rule, outcome, why);
        self.step = Step::Own;
    }

    fn own(&mut self, game: &mut Game, episode: u32, hash: [u8; 8]) -> bool {
        let count = game.told.readys_of(episode);
        // What is remembered of READYs is bounded, so a count may be forgotten.
        let answers = count.saturating_sub(self.before.0);
        let enough = if answers == 0 { TRIES } else { MOST };
        if game.is_playing() && self.sent < enough && answers <= ANSWERS + BEFORE {
            if game.now >= self.due {
                game.slip(&Message::EpisodeReady { episode, hash });
                self.sent += 1;
                (self.due, self.mark) = (game.now + AGAIN, Some(game.line.mark()));
            }
            return false;
        }
        if !self.mark.is_some_and(|mark| game.line.has_passed(mark + 2)) {
            return false;
        }
        // This side answers READYs too, and is answered in turn.
        let asked = game.readys_sent - self.before.1;
        let is_clean = game.line.is_clean(self.clean_from, game.now);
        let both = format!("{asked} READYs of the running episode were answered with {answers}");
        let (outcome, why) = if count > ANSWERS + BEFORE || is_clean && answers > ANSWERS.min(asked)
        {
            (Outcome::Broken, both)
        } else if answers == 0 && self.sent >= TRIES && is_clean {
            (Outcome::Broken, format!("{both}, and later questions were answered"))
        } else if answers == 0 {
            let why = "none was answered, and the episode ended, or datagrams were lost or late";
            (Outcome::Undecided, why.to_owned())
        } else {
            (Outcome::Kept, both)
        };
        says(game, "EPISODE-6", outcome, &why);
        true
    }
}

fn says(game: &mut Game, rule: &str, outcome: Outcome, why: &str) {
    let evidence = if outcome == Outcome::Broken {
        let is_ready = |it: &Message| matches!(it, Message::EpisodeReady { .. });
        game.evidence(|_, it| it.is_some_and(is_ready))
    } else {
        Vec::new()
    };
    game.says("readys", rule, outcome, why, evidence);
}
