//! What every probe does.

use std::fmt::Debug;

use crate::game::{Game, Heard};

/// Whether a probe can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// It can.
    Now,
    /// Not before something has happened: what is missing, as a reason why it was not asked.
    Later(&'static str),
}

impl When {
    /// When the channel is open.
    pub(crate) fn it_is_open(game: &Game) -> Self {
        if game.is_open { Self::Now } else { Self::Later("the channel did not open") }
    }

    /// When the game answers on an open channel.
    pub(crate) fn it_answers(game: &Game) -> Self {
        let answers = game.is_open && game.line.heard.is_some();
        if answers { Self::Now } else { Self::Later("nothing was answered") }
    }

    /// When the game plays on an open channel.
    pub(crate) fn it_plays(game: &Game) -> Self {
        let plays = game.is_open && game.is_settled();
        if plays { Self::Now } else { Self::Later("the game did not play") }
    }
}

/// A probe, while it runs.
pub(crate) trait Ask: Debug + Send {
    /// Whether it can begin. A probe that has begun is no longer asked.
    fn when(&self, game: &Game) -> When;

    /// A datagram has arrived, also before the probe begins.
    fn hears(&mut self, _: &mut Game, _: Heard<'_>) {}

    /// Goes on, as far as it can. Whether it is done.
    fn goes(&mut self, game: &mut Game) -> bool;

    /// Whether it runs beside the others instead of in its turn.
    fn runs_beside(&self) -> bool {
        false
    }

    /// The session ends: what can be said now is said.
    fn ends(&mut self, _: &mut Game) {}
}
