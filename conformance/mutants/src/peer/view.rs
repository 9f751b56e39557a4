//! What the wrong peers of EPISODE need to see of an episode.

use rollwire_model::peer::{Ends, Episode, Hashes, Phase, State};

/// The current episode.
pub(super) fn current(state: &State) -> Option<&Episode> {
    state.episodes.current.as_ref()
}

/// Its phase.
pub(super) fn phase(state: &State) -> Option<Phase> {
    current(state).map(|episode| episode.phase)
}

/// The number of its READY; 0 before the first.
pub(super) fn of_current(state: &State) -> u32 {
    current(state).map_or(0, |episode| episode.ends.number + 1)
}

/// What is known of the ENDs of the current or the last episode.
pub(super) fn ends_of(state: &State, number: u32) -> Option<Ends> {
    let ends =
        current(state).map(|episode| episode.ends).into_iter().chain(state.episodes.previous);
    ends.into_iter().find(|ends| ends.number == number)
}

/// Stops the repeats of the READY.
pub(super) fn stop_readys(state: &mut State) {
    if let Some(episode) = &mut state.episodes.current {
        episode.ready_at = None;
    }
}

/// How parts of the two hashes compare.
pub(super) fn compares_part(state: &State, part: std::ops::Range<usize>) -> Option<Hashes> {
    let episode = current(state)?;
    let partner = episode.partner_hash?;
    let equal = episode.hash[part.clone()] == partner[part];
    Some(if equal { Hashes::Equal } else { Hashes::Different })
}
