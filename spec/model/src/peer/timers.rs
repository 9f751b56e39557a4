//! The timers of a peer as values, and which of them fires next (PEER-1, PEER-2).

use super::state::{Phase, State};

/// A timer, in the order in which those of the same millisecond fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// VALID-7: the validation fails.
    ValidationFails,
    /// VALID-1, VALID-2: a VALIDATION_PING.
    ValidationPing,
    /// LIVE-1: a PING.
    Ping,
    /// EPISODE-4: the episode starts alone.
    StartAlone,
    /// EPISODE-2: the READY is repeated.
    Ready,
    /// EPISODE-10, EPISODE-11: the episode completes.
    Complete,
    /// EPISODE-7: the END is repeated.
    End,
    /// CATCHUP-5: the request is given up.
    GivenUp,
    /// CATCHUP-3: the request is repeated.
    Request,
}

impl Timer {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::ValidationFails,
        Self::ValidationPing,
        Self::Ping,
        Self::StartAlone,
        Self::Ready,
        Self::Complete,
        Self::End,
        Self::GivenUp,
        Self::Request,
    ];

    /// When it is due, if it is.
    #[must_use]
    pub fn due(self, state: &State) -> Option<u64> {
        let episode = state.episodes.current.as_ref();
        match self {
            Self::ValidationFails => state.validation.fails_at,
            Self::ValidationPing => state.validation.ping_at,
            Self::Ping => state.liveness.ping_at,
            Self::StartAlone => episode?.alone_at,
            Self::Ready => episode?.ready_at,
            Self::Complete => episode?.complete_at.filter(|_| episode_is_on(state)),
            Self::End => episode?.end_at,
            Self::GivenUp => state.request.map(|request| request.over_at),
            Self::Request => state.request?.repeat_at,
        }
    }
}

fn episode_is_on(state: &State) -> bool {
    state.episodes.current.as_ref().is_some_and(|it| it.phase != Phase::Complete)
}

/// PEER-1, PEER-2: the timer that fires next, up to a time, and when.
pub(super) fn next(state: &State, until: u64) -> Option<(u64, Timer)> {
    let due = Timer::ALL.into_iter().filter_map(|timer| Some((timer.due(state)?, timer)));
    due.filter(|(at, _)| *at <= until).min()
}
