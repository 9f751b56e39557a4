//! What has happened of late: rounds, and what is known of the calls in them.

use rollwire_model::exchange::Stimulus;

use super::batch::Batch;

/// What a round takes besides its bytes.
const OF_EACH: usize = 128;

/// One thing that has happened, and what followed until the next one.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub(super) happened: Option<Stimulus>,
    /// What was handed to the channel since.
    pub(super) handed: Batch,
    /// When the next thing happened.
    pub(super) until: u64,
}

impl Round {
    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let happened = match &self.happened {
            Some(Stimulus::Recv(datagram)) => datagram.bytes().len(),
            _ => 0,
        };
        OF_EACH + happened + self.handed.bytes()
    }
}

/// A call of the game that left no trace.
#[derive(Clone, Debug)]
pub(super) struct Hidden {
    /// In which round.
    pub(super) round: usize,
    /// After how many of its datagrams.
    pub(super) after: usize,
    /// When at the earliest, in milliseconds.
    pub(super) at: u64,
    /// What was called.
    pub(super) call: Stimulus,
}

/// The last rounds.
#[derive(Clone, Debug, Default)]
pub(super) struct Rounds {
    pub(super) all: Vec<Round>,
    /// The newest round with an act of the own player: a `reset` that left no trace comes after it.
    pub(super) acted_at: usize,
    /// The round with the newest closing, and the time of it, until nothing more can follow from it.
    pub(super) closed_at: Option<(usize, u64)>,
    /// The round with the opening after it, and the time of it.
    pub(super) opened_at: Option<(usize, u64)>,
}
