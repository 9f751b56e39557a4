//! EXCH: hashes come, and none of a frame whose inputs the game cannot know.

use rollwire_model::peer::Message;

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
};

/// How many hashes are waited for, and for how many milliseconds of a game that plays.
const HASHES: u64 = 3;
const PATIENCE: u64 = 15_000;

/// Watches the hashes of the whole session, and waits for some.
#[derive(Debug, Default)]
pub(crate) struct Hashes {
    since: Option<u64>,
}

impl Ask for Hashes {
    fn when(&self, game: &Game) -> When {
        When::it_plays(game)
    }

    fn hears(&mut self, game: &mut Game, heard: Heard<'_>) {
        let Some(Message::StateHash { frame, .. }) = heard.message else { return };
        // The hash of a frame covers the inputs of the frames below it, also ours. Late ones of an episode
        // that is over may be of any frame.
        let is_sure = game.is_settled() && game.told.is_of_this_episode(game.now);
        let next = game.partner.next();
        if is_sure && *frame > next {
            let why = format!(
                "a hash of frame {frame}, and our newest input that was ever sent is that of frame {}",
                next.saturating_sub(1)
            );
            let evidence = game.evidence(|is_own, it| match it {
                Some(Message::StateHash { .. }) => !is_own,
                Some(Message::Input { current_frame, .. }) => {
                    is_own && current_frame.saturating_add(3) > next
                }
                _ => false,
            });
            game.says("hashes", "EXCH-30", Outcome::Broken, why, evidence);
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let since = *self.since.get_or_insert(game.now);
        let count = game.told.hash_count;
        if count >= HASHES {
            let why =
                format!("{count} hashes came, the newest of frame {:?}", game.told.newest_hash);
            let why = why.replace("Some(", "").replace(')', "");
            game.says("hashes", "EXCH-8", Outcome::Kept, why.clone(), Vec::new());
            game.says("hashes", "EXCH-30", Outcome::Kept, why, Vec::new());
            return true;
        }
        if game.now > since + PATIENCE {
            let why = format!("{count} hashes came; a game without the exchange sends none");
            for rule in ["EXCH-8", "EXCH-30"] {
                game.says("hashes", rule, Outcome::NotAsked, why.clone(), Vec::new());
            }
            return true;
        }
        false
    }
}
