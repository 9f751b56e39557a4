//! DETECT-7: a hash that differs changes nothing but what the game knows.

use rollwire_model::{exchange::StateHash, peer::Message};

use super::ask::{Ask, When};
use crate::{game::Game, outcome::Outcome};

/// A hash that no state has.
const OTHER: [u8; 8] = [0xde, 0x5c, 0x00, 0xff, 0x80, 0x00, 0x00, 0x01];
/// How often it is sent, since one may be lost.
const TIMES: usize = 3;
/// How long the game may take to send another hash, in milliseconds.
const PATIENCE: u64 = 15_000;

/// Tells another hash than the game did.
#[derive(Debug, Default)]
pub(crate) struct Desync {
    sent: Option<(u64, u64, u64)>,
}

impl Ask for Desync {
    fn when(&self, game: &Game) -> When {
        if game.is_open && game.is_settled() && game.told.newest_hash.is_some() {
            When::Now
        } else {
            When::Later("the game sent no hash")
        }
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        let count = game.told.hash_count;
        let Some((since, before, mark)) = self.sent else {
            let frame = game.told.newest_hash.unwrap_or_default();
            for _ in 0..TIMES {
                let hash = StateHash(OTHER).0;
                game.slip(&Message::StateHash { frame, hash });
            }
            self.sent = Some((game.now, count, game.line.mark()));
            return false;
        };
        if count > before && game.line.has_passed(mark) {
            let why = "after a hash that differs, questions were answered and more hashes came";
            game.says("desync", "DETECT-7", Outcome::Kept, why, Vec::new());
            return true;
        }
        if game.now > since + PATIENCE || !game.is_open {
            let why = "no more hashes came; what a game does about a desync is up to the game";
            game.says("desync", "DETECT-7", Outcome::Undecided, why, Vec::new());
            return true;
        }
        false
    }
}
