//! What a peer holds, chapter by chapter.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    message::InputEntry,
    setup::{Areas, Parameters, Setup},
};

/// Everything that a peer holds, besides its exchange. Times are milliseconds of its clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What it was created with.
    pub setup: Setup,
    /// The numbers that it chose.
    pub parameters: Parameters,
    /// The chapters that it has.
    pub areas: Areas,
    /// The revision that it speaks.
    pub revision: u8,
    /// The time.
    pub clock: u64,
    /// The time of the last opening, while the channel is open.
    pub opened: Option<u64>,
    /// SYNC.
    pub inputs: Inputs,
    /// LIVE.
    pub liveness: Liveness,
    /// VALID.
    pub validation: Validation,
    /// EPISODE.
    pub episodes: Episodes,
    /// CATCHUP.
    pub request: Option<Request>,
    /// FOCUS.
    pub focus: Focus,
    /// Not part of the specification: what a wrong peer remembers.
    pub remembered: BTreeSet<u64>,
    /// Not part of the specification: a number that a wrong peer counts up.
    pub counted: u64,
}

impl State {
    /// The confirmed frame, or what stands for it.
    #[must_use]
    pub fn base(&self) -> i64 {
        self.inputs.confirmed.map_or_else(|| self.setup.base(), i64::from)
    }
}

/// SYNC: the inputs of both players.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The own entries that are kept, by ascending frame, without gaps.
    pub own: Vec<InputEntry>,
    /// The next own frame; none after the last.
    pub next: Option<u32>,
    /// The partner's entries beyond the confirmed frame.
    pub held: BTreeMap<u32, u8>,
    /// The confirmed frame.
    pub confirmed: Option<u32>,
    /// Own frames that were in no accepted INPUT (CATCHUP-12).
    pub untold: BTreeSet<u32>,
}

/// LIVE: round trips. Timestamps and round trips are the bits of doubles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Liveness {
    /// The timestamps of the unanswered PINGs, the oldest first.
    pub unanswered: Vec<u64>,
    /// The round trips, the oldest first.
    pub round_trips: Vec<u64>,
    /// When the next PING is due.
    pub ping_at: Option<u64>,
}

/// VALID: the handshake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validation {
    /// How far it is.
    pub phase: ValidationPhase,
    /// The timestamps of the own pings that were accepted since the opening, as bits.
    pub own: Vec<u64>,
    /// Whether one of them is answered.
    pub answered: bool,
    /// Whether a ping of the partner was seen.
    pub seen: bool,
    /// When the next own ping is due.
    pub ping_at: Option<u64>,
    /// When it fails.
    pub fails_at: Option<u64>,
}

/// How far the validation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidationPhase {
    /// The channel is closed.
    #[default]
    Idle,
    /// The handshake is in progress.
    Validating,
    /// Datagrams arrive in both directions.
    Validated,
    /// They did not in time.
    Failed,
}

/// EPISODE: the current episode, the one before, and what is known of the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Episodes {
    /// The current episode; none before the first `ready`.
    pub current: Option<Episode>,
    /// What is still answered of the one before.
    pub previous: Option<Ends>,
    /// The partner's hash for the next episode, if its READY has come.
    pub next_ready: Option<[u8; 8]>,
}

/// An episode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// Its phase.
    pub phase: Phase,
    /// The own hash.
    pub hash: [u8; 8],
    /// The partner's hash.
    pub partner_hash: Option<[u8; 8]>,
    /// How it started.
    pub start: Option<Start>,
    /// How the hashes compare.
    pub hashes: Option<Hashes>,
    /// READYs that were answered.
    pub readys_answered: u32,
    /// The ENDs.
    pub ends: Ends,
    /// The partner's END, if it counts.
    pub partner_end: Option<u32>,
    /// The end, when it is known.
    pub end: Option<u32>,
    /// Whether the end is agreed.
    pub agreed: Option<bool>,
    /// When it starts alone.
    pub alone_at: Option<u64>,
    /// When the READY is repeated.
    pub ready_at: Option<u64>,
    /// When it completes.
    pub complete_at: Option<u64>,
    /// When the END is repeated.
    pub end_at: Option<u64>,
}

/// What is known of the ENDs of an episode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The number of the episode.
    pub number: u32,
    /// The own END.
    pub own: Option<u32>,
    /// Whether an END of the partner has arrived.
    pub heard: bool,
    /// Repeats that were answered.
    pub answered: u32,
    /// When the own END was handed over last.
    pub told_at: Option<u64>,
}

/// The phase of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The own game is reset, and has not started.
    Waiting,
    /// It is played.
    Playing,
    /// The own game has ended.
    Ending,
    /// It is over.
    Complete,
}

/// How an episode started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// Both peers were ready.
    Both,
    /// The partner was not heard in time.
    Alone,
}

/// How the hashes of two READYs compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hashes {
    /// They are equal.
    Equal,
    /// They differ.
    Different,
}

/// CATCHUP: a request in progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The first frame.
    pub start: u32,
    /// The last frame.
    pub end: u32,
    /// When it is repeated.
    pub repeat_at: Option<u64>,
    /// How often it is repeated after that.
    pub repeats: u8,
    /// When it is given up.
    pub over_at: u64,
}

/// FOCUS: whether the two pages are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    /// Whether the own page is shown.
    pub shown: bool,
    /// The frame of the last change.
    pub frame: u32,
    /// What the partner was told last.
    pub told: bool,
    /// Whether the partner's page is shown.
    pub partner: bool,
}

impl Default for Focus {
    fn default() -> Self {
        Self { shown: true, frame: 0, told: true, partner: true }
    }
}
