//! CATCHUP-7 to CATCHUP-10: requests are answered once, with what was told, in order and in bounds.

use rollwire_model::peer::{InputEntry, Message};

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::{Outcome, Verdict},
};

/// The most entries of an answer (CATCHUP-9), and how many own entries are kept at least (CATCHUP-10).
const MOST: usize = 3275;
const KEPT: u32 = 1024;
/// How often a question is asked, and milliseconds between two tries.
const TRIES: u32 = 24;
const AGAIN: u64 = 250;
/// How many frames the game must have told.
const FRAMES: u32 = 20;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Range {
    /// A few frames that the game has told.
    Few,
    /// Every frame that there is.
    All,
    /// Frames that the game cannot have reached.
    None,
    /// The last frame that there is.
    Last,
}

const RANGES: [Range; 4] = [Range::Few, Range::All, Range::None, Range::Last];

impl Range {
    fn frames(self, newest: u32) -> (u32, u32) {
        match self {
            Self::Few => (newest.saturating_sub(12), newest.saturating_sub(8)),
            Self::All => (0, u32::MAX),
            Self::None => (newest.saturating_add(1_000_000), u32::MAX),
            Self::Last => (u32::MAX, u32::MAX),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Few => "a few frames",
            Self::All => "all frames",
            Self::None => "frames that are far ahead",
            Self::Last => "the last frame that there is",
        }
    }
}

/// Asks for one range after the other.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    at: usize,
    tries: u32,
    due: u64,
    mark: u64,
    range: (u32, u32),
    newest: u32,
    clean_from: u64,
    /// How many requests were sent for all ranges.
    total: usize,
    answers: Vec<(u16, Vec<InputEntry>)>,
}

impl Ask for Requests {
    fn when(&self, game: &Game) -> When {
        let told = game.told.actions.len() as u64;
        if game.is_open && game.is_settled() && told >= u64::from(FRAMES) {
            When::Now
        } else {
            When::Later("the game did not play")
        }
    }

    fn hears(&mut self, _: &mut Game, heard: Heard<'_>) {
        if let Some(Message::InputResponse { player, entries }) = heard.message
            && self.tries > 0
            && self.answers.len() < 64
        {
            self.answers.push((*player, entries.clone()));
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let Some(range) = RANGES.get(self.at).copied() else { return true };
        if !game.is_open || !game.is_playing() {
            let why = "the episode ended while it was asked";
            for rule in ["CATCHUP-7", "CATCHUP-8", "CATCHUP-9", "CATCHUP-10"] {
                game.says("requests", rule, Outcome::Undecided, why, Vec::new());
            }
            game.asks_by_itself = true;
            return true;
        }
        game.asks_by_itself = false;
        // On a slow line, an answer may only be late.
        let is_late =
            game.now >= self.due && (self.tries == 0 || game.line.has_passed(self.mark + 2));
        if self.answers.is_empty() && self.tries < TRIES && is_late {
            if self.tries == 0 {
                self.newest = game.told.newest.unwrap_or_default();
                if self.at == 0 {
                    self.clean_from = game.line.mark();
                }
            }
            self.total += 1;
            self.range = range.frames(self.newest);
            let (start, end) = self.range;
            game.ask(&Message::InputRequest { start, end });
            self.tries += 1;
            self.due = game.now + AGAIN;
            self.mark = game.line.mark();
        }
        let is_answered = !self.answers.is_empty() && game.line.has_passed(self.mark + 2);
        let is_unanswered = self.answers.is_empty()
            && self.tries == TRIES
            && game.now >= self.due
            && game.line.has_passed(self.mark);
        if !is_answered && !is_unanswered {
            return false;
        }
        self.judge(game, range);
        self.at += 1;
        (self.tries, self.due) = (0, 0);
        self.answers.clear();
        if self.at < RANGES.len() {
            return false;
        }
        game.asks_by_itself = true;
        let is_undecided =
            |it: &Verdict| it.probe == "requests" && it.outcome == Outcome::Undecided;
        let is_decided = !game.verdicts.iter().any(is_undecided);
        let all = ["CATCHUP-7", "CATCHUP-8", "CATCHUP-9", "CATCHUP-10"];
        for rule in &all[..if is_decided { 4 } else { 1 }] {
            let why = "requests for a few frames, for all, and for none were answered";
            game.says("requests", rule, Outcome::Kept, why, Vec::new());
        }
        true
    }
}

impl Requests {
    fn judge(&self, game: &mut Game, range: Range) {
        let (name, (start, end)) = (range.name(), self.range);
        let asked = format!("the request for {name} ({start} to {end})");
        if self.answers.is_empty() {
            // What is answered for a few frames, and not for all, is a question of the range.
            let rule = if range == Range::All { "CATCHUP-9" } else { "CATCHUP-7" };
            let why = format!("was not answered; it was asked {} times", self.tries);
            self.blame(game, rule, &asked, &why);
            return;
        }
        // What was asked more than once may be answered when something else is asked: then only what no
        // request explains is wrong, which is watched.
        if self.total > self.at + 1 || !game.line.is_clean(self.clean_from, game.now) {
            for rule in ["CATCHUP-8", "CATCHUP-9", "CATCHUP-10"] {
                let why = "datagrams were lost or late, so it is not known which answer belongs to which request";
                game.says("requests", rule, Outcome::Undecided, why, Vec::new());
            }
            return;
        }
        if self.answers.len() > 1 {
            let why = format!("was answered {} times", self.answers.len());
            self.blame(game, "CATCHUP-7", &asked, &why);
        }
        let player = game.told.player;
        for (of, entries) in &self.answers {
            if player.is_some_and(|player| player != *of) {
                let why = format!("was answered with player {of}");
                self.blame(game, "CATCHUP-7", &asked, &why);
            }
            if let Some((frame, _)) =
                entries.iter().find(|(frame, _)| !(start..=end).contains(frame))
            {
                self.blame(game, "CATCHUP-8", &asked, &format!("was answered with frame {frame}"));
            }
            if entries.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
                self.blame(game, "CATCHUP-8", &asked, "was answered in another order");
            }
            if entries.len() > MOST {
                let why = format!("was answered with {} entries", entries.len());
                self.blame(game, "CATCHUP-9", &asked, &why);
            }
            if let Some(frame) = self.missing(game, entries) {
                // What is missing of a few frames is a hole; of all frames, it was not kept or not sent.
                let rule = match range {
                    Range::Few => "CATCHUP-8",
                    _ if entries.is_empty() => "CATCHUP-9",
                    _ => "CATCHUP-10",
                };
                let why = format!(
                    "was answered with {} entries, without frame {frame}, which was told before",
                    entries.len()
                );
                self.blame(game, rule, &asked, &why);
            }
        }
    }

    /// The first frame that the game has told, must have kept, and leaves out.
    fn missing(&self, game: &Game, entries: &[InputEntry]) -> Option<u32> {
        let kept = game.told.newest?.saturating_sub(KEPT - 64);
        let (start, end) = self.range;
        let must =
            game.told.actions.range(start.max(kept)..=end.min(self.newest).max(start.max(kept)));
        let mut must = must.map(|(frame, _)| *frame).filter(|frame| *frame <= self.newest);
        must.find(|frame| entries.binary_search_by_key(frame, |entry| entry.0).is_err())
    }

    fn blame(&self, game: &mut Game, rule: &str, asked: &str, why: &str) {
        let evidence = game.evidence(|_, it| {
            matches!(it, Some(Message::InputRequest { .. } | Message::InputResponse { .. }))
        });
        game.says("requests", rule, Outcome::Broken, format!("{asked} {why}"), evidence);
    }
}
