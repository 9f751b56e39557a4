//! Which inputs of one logged peer never reached the other.

use serde::Serialize;

use super::story::{EpisodeStory, Story};

/// How many rows of frames are listed.
const LISTED: usize = 8;

/// The inputs of an episode that both logs have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LostInputs {
    /// The session in both logs, counted from 1.
    pub session: usize,
    /// The number of the episode.
    pub episode: u32,
    /// How many frames each peer has acted.
    pub acted: [u64; 2],
    /// Those of each peer that never reached the other; none if that is not known.
    pub lost: [Option<LostFrames>; 2],
}

/// Frames that never arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LostFrames {
    /// How many.
    pub count: u64,
    /// The first of them, in rows: the first and the last frame of each.
    pub first: Vec<(u32, u32)>,
    /// How many more rows there are.
    pub more: u64,
}

/// Compares the stories of two logs, session by session and episode by episode.
pub(super) fn lost(logs: [&[Story]; 2]) -> Vec<LostInputs> {
    let [one, other] = logs;
    let mut all = Vec::new();
    for (session, (one, other)) in (1..).zip(one.iter().zip(other)) {
        for a in &one.episodes {
            let Some(b) = other.episodes.iter().find(|it| it.number == a.number) else { continue };
            // After a line that cannot be read, it is not known what else has arrived.
            let lost = [
                lost_frames(a, b).filter(|_| !other.in_doubt),
                lost_frames(b, a).filter(|_| !one.in_doubt),
            ];
            let acted = [a, b].map(|it| it.acted.1 - u64::from(it.acted.0));
            if acted != [0, 0] {
                all.push(LostInputs { session, episode: a.number, acted, lost });
            }
        }
    }
    all
}

/// The frames that one peer has acted and the other has not received.
fn lost_frames(from: &EpisodeStory, to: &EpisodeStory) -> Option<LostFrames> {
    let (first, next) = from.acted;
    let Some(last) = next.checked_sub(1).filter(|last| *last >= u64::from(first)) else {
        return Some(LostFrames::default());
    };
    let rows = to.received.missing(u64::from(first)..=last)?;
    let count = rows.iter().map(|(from, to)| u64::from(to - from) + 1).sum();
    let more = rows.len().saturating_sub(LISTED) as u64;
    Some(LostFrames { count, first: rows.into_iter().take(LISTED).collect(), more })
}
