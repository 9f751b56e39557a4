//! What a picture of a capture shows over time, collected in bounded memory while the capture is read.
//!
//! | file | story |
//! |---|---|
//! | `slice` | what happened in a piece of time: datagrams, bytes, frames and round trips |
//! | `bands` | what lasted: episodes, and the closed channel |
//! | `track` | one side from its first record to its last |

mod bands;
mod slice;
mod track;

use std::collections::BTreeMap;

use rollwire_model::peer::Message;

pub(crate) use self::{
    bands::Band,
    slice::{Amount, MESSAGES, Slice},
    track::Track,
};
use crate::{crossing::Passages, judged::Judged, progress::Standing};

/// What is drawn of one capture or of two.
#[derive(Debug, Default)]
pub struct Picture {
    /// The sides, by the number of their file and of their tap in it.
    pub(crate) tracks: BTreeMap<(usize, usize), Track>,
    /// What became of the datagrams of the first and of the second side, if there are two.
    pub(crate) passages: Option<[Passages; 2]>,
}

impl Picture {
    pub(crate) fn record(
        &mut self,
        file: usize,
        judged: &Judged,
        message: Option<&Message>,
        standing: &Standing,
    ) {
        let track = self.tracks.entry((file, judged.tap)).or_default();
        track.record(judged, message, standing);
    }

    /// How many datagrams it shows.
    #[must_use]
    pub fn datagrams(&self) -> u64 {
        let slices = self.tracks.values().flat_map(|track| track.slices.all());
        slices.map(Slice::datagrams).sum()
    }

    /// How many pieces of time it has, of the side that has most.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.tracks.values().map(|track| track.slices.all().len()).max().unwrap_or(0)
    }
}
