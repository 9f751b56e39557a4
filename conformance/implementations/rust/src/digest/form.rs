//! The two forms of a digest.

/// Which of the two digests to make of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The 16 hex digits of STATE_HASH.
    StateHash,
    /// The 8 hex digits of EPISODE_READY.
    EpisodeReady,
}
