//! EPISODE: while the game waits for this side, it waits for the right READY, and repeats its own.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// The numbers of far episodes. 2 is that of the next one, which the game keeps for later.
const FAR: [u32; 4] = [99, 0, u32::MAX, 2];
const HASH: [u8; 8] = *b"fa4fa4fa";
/// How long the game is kept waiting, in milliseconds; it starts alone after five seconds.
const HOLD: u64 = 2200;
/// When the far READYs are sent.
const SAY: u64 = 300;
/// How many controls before the game's READY also have to be answered, for the line to be clean.
const BEFORE: u64 = 6;

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Before,
    Holds { since: u64, mark: u64 },
    Said { since: u64, mark: u64, readys: u32 },
    Done,
}

/// Keeps the game waiting before its first episode.
#[derive(Debug)]
pub(crate) struct Barrier {
    step: Step,
    clock: Option<f64>,
}

impl Default for Barrier {
    fn default() -> Self {
        Self { step: Step::Before, clock: None }
    }
}

impl Barrier {
    /// The game has started although this side was not ready.
    fn has_started(&mut self, game: &mut Game) {
        let (rule, mark, why) = match self.step {
            Step::Holds { mark, .. } => {
                ("EPISODE-4", mark, "it started although this side had told no READY")
            }
            Step::Said { mark, .. } => {
                ("EPISODE-3", mark, "it started at a READY of a far episode")
            }
            Step::Before | Step::Done => return,
        };
        let is_clean = game.line.is_clean(mark, game.now);
        let outcome = if is_clean { Outcome::Broken } else { Outcome::Undecided };
        let what = if is_clean { "" } else { ", but datagrams were lost or late then" };
        let evidence = game.evidence(|_, it| {
            matches!(it, Some(Message::EpisodeReady { .. } | Message::Input { .. }))
        });
        game.says("barrier", rule, outcome, format!("{why}{what}"), evidence);
        self.release(game);
    }

    fn release(&mut self, game: &mut Game) {
        game.holds_ready = false;
        self.step = Step::Done;
    }
}

impl Ask for Barrier {
    fn when(&self, game: &Game) -> When {
        match self.step {
            Step::Done => When::Later("the game had started before it could be kept waiting"),
            _ if game.is_open => When::Now,
            _ => When::Later("the channel did not open"),
        }
    }

    fn runs_beside(&self) -> bool {
        true
    }

    fn hears(&mut self, game: &mut Game, heard: Heard<'_>) {
        match heard.message {
            Some(Message::Input { .. }) => self.has_started(game),
            // Without one input, the game cannot be beyond its first episode.
            Some(Message::EpisodeReady { episode, .. })
                if *episode != 1
                    && game.partner.episode().is_none()
                    && game.told.player.is_none() =>
            {
                let why = format!("its first READY has the number {episode} in place of 1");
                let is_ready = |it: &Message| matches!(it, Message::EpisodeReady { .. });
                let evidence = game.evidence(|_, it| it.is_some_and(is_ready));
                game.says("barrier", "EPISODE-2", Outcome::Broken, why, evidence);
            }
            _ => {}
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let now = game.now;
        match self.step {
            Step::Before => {
                game.holds_ready = true;
                if game.told.first_input.is_some() || game.partner.episode().is_some() {
                    self.release(game);
                } else if game.told.readys_of(1) > 0 {
                    self.clock = game.told.clock;
                    let mark = game.line.mark().saturating_sub(BEFORE);
                    self.step = Step::Holds { since: now, mark };
                }
            }
            Step::Holds { since, mark } if now >= since + SAY => {
                for episode in FAR {
                    game.slip(&Message::EpisodeReady { episode, hash: HASH });
                }
                self.step = Step::Said { since, mark, readys: game.told.readys_of(1) };
            }
            Step::Said { since, mark, .. } if now >= since + HOLD => {
                if game.line.is_clean(mark, now) {
                    let why = format!("it waited {HOLD} ms, with READYs of far episodes");
                    game.says("barrier", "EPISODE-3", Outcome::Kept, why.clone(), Vec::new());
                    game.says("barrier", "EPISODE-4", Outcome::Kept, why, Vec::new());
                    self.repeats(game);
                } else {
                    let why = "datagrams were lost or late while it waited";
                    for rule in ["EPISODE-2", "EPISODE-3", "EPISODE-4"] {
                        game.says("barrier", rule, Outcome::Undecided, why, Vec::new());
                    }
                }
                self.release(game);
            }
            _ => {}
        }
        self.step == Step::Done
    }
}

impl Barrier {
    /// EPISODE-2: by the clock of the game, which its PINGs tell.
    fn repeats(&self, game: &mut Game) {
        let count = game.told.readys_of(1);
        let passed = match (self.clock, game.told.clock) {
            (Some(before), Some(after)) => after - before,
            _ => 0.0,
        };
        let (outcome, why) = if count >= 3 {
            (Outcome::Kept, format!("its READY came {count} times"))
        } else if passed >= 1500.0 {
            let why = format!("its READY came {count} times in {passed} ms of its own clock");
            (Outcome::Broken, why)
        } else {
            (Outcome::Undecided, "its PINGs do not tell how much time has passed for it".to_owned())
        };
        let evidence =
            game.evidence(|_, it| matches!(it, Some(Message::EpisodeReady { episode: 1, .. })));
        game.says("barrier", "EPISODE-2", outcome, why, evidence);
    }
}
