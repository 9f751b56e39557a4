//! SYNC: what a network and a hostile partner make of our INPUTs is survived, and the game goes on.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{game::Game, outcome::Outcome, partner::swapped};

/// How many frames the game must go on.
const ON: u32 = 20;
/// A jump of the own frames that no loss explains.
const JUMP: u32 = 100_000;
/// How long the game may take, in milliseconds: it may be paused.
const PATIENCE: u64 = 20_000;

/// Sends odd INPUTs, and waits for the next frames.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    sent: Option<(u64, u32, u64)>,
}

impl Ask for Inputs {
    fn when(&self, game: &Game) -> When {
        if game.is_open && game.is_settled() && game.partner.next() > 30 {
            When::Now
        } else {
            When::Later("the game did not play")
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let newest = game.told.newest.unwrap_or_default();
        let Some((since, before, mark)) = self.sent else {
            for message in odd(game.partner.next()) {
                let message = swapped(Some(&message), game.told.player).unwrap_or(message);
                game.slip(&message);
            }
            self.sent = Some((game.now, newest, game.line.mark()));
            return false;
        };
        let says = |game: &mut Game, rule, outcome, why: String| {
            let evidence = if outcome == Outcome::Broken {
                game.evidence(|is_own, it| !is_own && matches!(it, Some(Message::Input { .. })))
            } else {
                Vec::new()
            };
            game.says("inputs", rule, outcome, why, evidence);
        };
        if newest > before.saturating_add(JUMP) {
            let why = format!("its newest frame was {before}, and then {newest}");
            says(game, "SYNC-10", Outcome::Broken, why);
            return true;
        }
        if newest >= before.saturating_add(ON) && game.line.has_passed(mark) {
            let why = format!("it went on from frame {before} to frame {newest}");
            says(game, "SYNC-7", Outcome::Kept, why.clone());
            says(game, "SYNC-10", Outcome::Kept, why);
            return true;
        }
        if game.now > since + PATIENCE || !game.is_playing() {
            let why = format!("the game did not go on after frame {newest}");
            says(game, "SYNC-7", Outcome::Undecided, why.clone());
            says(game, "SYNC-10", Outcome::Undecided, why);
            return true;
        }
        false
    }
}

/// INPUTs of the model's player 1, who has acted in every frame below `next`.
fn odd(next: u32) -> Vec<Message> {
    let input = |player: u16, current_frame: u32, entries: Vec<(u32, u8)>| Message::Input {
        player,
        current_frame,
        entries,
    };
    let window: Vec<(u32, u8)> = (next - 10..next).map(|frame| (frame, 0)).collect();
    let mut backwards = window.clone();
    backwards.reverse();
    let far = next.saturating_add(50);
    vec![
        // Twice, late, backwards, and each entry more than once.
        input(1, next - 1, window.clone()),
        input(1, next - 1, window.clone()),
        input(1, next - 21, vec![(next - 21, 0)]),
        input(1, next - 1, backwards),
        input(1, next - 1, vec![(next - 1, 0); 15]),
        // Of the player that the game is itself, and of one that does not play.
        input(0, far, vec![(far, 9)]),
        input(7, far, vec![(far, 9)]),
        // Another action of a frame that is known, and frames that are far away.
        input(1, next - 1, vec![(next - 1, 200)]),
        input(1, u32::MAX, vec![(next - 1, 0)]),
        input(1, u32::MAX, vec![(next.saturating_add(100_000), 3), (u32::MAX, 3)]),
    ]
}
