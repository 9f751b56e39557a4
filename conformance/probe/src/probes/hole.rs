//! CATCHUP: some of our INPUTs are kept back, as if they were lost. A game that asks for them has to ask for
//! the hole; whether it asks at all is up to the game.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// How many INPUTs are kept back: more than the redundancy makes up for.
const KEPT_BACK: usize = 26;
/// How long it may take to come that far, and the game to ask, in milliseconds.
const PATIENCE: u64 = 8_000;
/// How long the line is watched before, in milliseconds.
const BEFORE: u64 = 500;
/// A request is sent three times (CATCHUP-3).
const MOST: u32 = 3;

/// Leaves a hole, and watches what is asked.
#[derive(Debug, Default)]
pub(crate) struct Hole {
    since: Option<(u64, u64)>,
    has_begun: bool,
    /// The frames that no INPUT has told.
    hole: Option<(u32, u32)>,
    requests: Vec<(u32, u32)>,
    answered: Option<(u64, u32)>,
}

impl Ask for Hole {
    fn when(&self, game: &Game) -> When {
        When::it_plays(game)
    }

    fn hears(&mut self, _: &mut Game, heard: Heard<'_>) {
        if let Some(Message::InputRequest { start, end }) = heard.message
            && self.has_begun
            && self.requests.len() < 64
        {
            self.requests.push((*start, *end));
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let Some((since, clean_from)) = self.since else {
            self.since = Some((game.now, game.line.mark()));
            return false;
        };
        if !self.has_begun {
            // The INPUTs before the hole have to be known, or the hole would begin earlier.
            if game.now > since + BEFORE {
                self.has_begun = true;
                game.swallowed.clear();
                game.swallows_inputs = true;
            }
            return false;
        }
        let is_late = game.now > since + PATIENCE || !game.is_playing() || !game.is_open;
        if game.swallows_inputs && (game.swallowed.len() >= KEPT_BACK || is_late) {
            game.swallows_inputs = false;
            let window = 10; // the next INPUT tells these again
            let first = game.swallowed.first().copied().unwrap_or_default();
            let last = game
                .swallowed
                .last()
                .map_or(0, |last| last.saturating_add(2).saturating_sub(window));
            self.hole =
                (first <= last && game.swallowed.len() >= KEPT_BACK).then_some((first, last));
        }
        let newest = game.told.newest.unwrap_or_default();
        if let (Some(hole), Some(request)) = (self.hole, self.requests.first().copied()) {
            let (_, before) = *self.answered.get_or_insert((game.now, newest));
            if newest < before.saturating_add(5) && !is_late {
                return false;
            }
            self.judge(game, hole, request, clean_from);
            return true;
        }
        if is_late {
            let why = "the game did not ask for the frames that were kept back";
            for rule in ["CATCHUP-1", "CATCHUP-3"] {
                game.says("hole", rule, Outcome::NotAsked, why, Vec::new());
            }
        }
        is_late
    }
}

impl Hole {
    fn judge(&self, game: &mut Game, hole: (u32, u32), request: (u32, u32), clean_from: u64) {
        let ((start, end), (first, last)) = (request, hole);
        let evidence = game.evidence(|_, it| {
            matches!(it, Some(Message::InputRequest { .. } | Message::InputResponse { .. }))
        });
        let is_clean = game.line.is_clean(clean_from, game.now);
        // It may ask while more is kept back, and so for less or for more than the hole that is left.
        let is_right = start == first && end <= game.partner.next();
        let (outcome, why) = match (is_right, is_clean) {
            (true, _) => (Outcome::Kept, format!("it asked for frames {start} to {end}")),
            (false, true) => {
                let why = format!(
                    "frames {first} to {last} were in no INPUT, and it asked for frames {start} to {end}"
                );
                (Outcome::Broken, why)
            }
            (false, false) => (Outcome::Undecided, "datagrams were lost or late".to_owned()),
        };
        let shown = if outcome == Outcome::Broken { evidence.clone() } else { Vec::new() };
        game.says("hole", "CATCHUP-1", outcome, why, shown);
        let most = self.requests.iter().map(|it| {
            u32::try_from(self.requests.iter().filter(|other| *other == it).count())
                .unwrap_or(u32::MAX)
        });
        let most = most.max().unwrap_or_default();
        // On a bad line the answers may be lost too, and a request that was given up may be made again.
        if most > MOST && is_clean {
            let why = format!("the same request came {most} times");
            game.says("hole", "CATCHUP-3", Outcome::Broken, why, evidence);
        } else {
            let often = if most == 1 { "once".to_owned() } else { format!("{most} times") };
            let why = format!("the request came {often}, and the game went on");
            game.says("hole", "CATCHUP-3", Outcome::Kept, why, Vec::new());
        }
    }
}
