//! What a peer is created with: its place in the game, its parameters, and the chapters that it has.

use serde::{Deserialize, Serialize};

use crate::Capability;

/// The place of a peer in its game: the member `peer` of `open`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The local player's index: 0 or 1.
    pub local: u8,
    /// The first frame of every episode.
    pub first_frame: u32,
}

impl Setup {
    /// The partner's player index.
    #[must_use]
    pub fn partner(self) -> u16 {
        u16::from(1 - self.local.min(1))
    }

    /// What stands for the confirmed frame while there is none.
    #[must_use]
    pub fn base(self) -> i64 {
        i64::from(self.first_frame) - 1
    }
}

/// The numbers that a peer may choose (`spec/peer.md`, Parameters).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Parameters {
    /// The most entries of an INPUT.
    pub redundancy: u8,
    /// How many frames beyond the confirmed frame an entry may be.
    pub ahead: u32,
    /// How many own entries are kept for requests.
    pub kept: u32,
    /// After how many milliseconds a VALIDATION_PING is repeated; 0 for never.
    pub validation_repeat_ms: u64,
    /// After how many milliseconds an EPISODE_END is repeated; 0 for never.
    pub end_repeat_ms: u64,
    /// How often an INPUT_REQUEST is repeated.
    pub request_repeats: u8,
    /// How often each hash is sent, if they last.
    pub hash_sends: u8,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            redundancy: 10,
            ahead: 4096,
            kept: 1024,
            validation_repeat_ms: 500,
            end_repeat_ms: 250,
            request_repeats: 2,
            hash_sends: 1,
        }
    }
}

impl Parameters {
    /// The defaults of a revision.
    #[must_use]
    pub fn of(revision: u8) -> Self {
        let redundancy = if revision < 7 { 3 } else { 10 };
        Self { redundancy, ..Self::default() }
    }

    /// The first parameter that is not in its range, with the range in words.
    #[must_use]
    pub fn out_of_range(&self, revision: u8) -> Option<(&'static str, &'static str)> {
        let (most, entries) =
            if revision < 7 { (5, "a number from 1 to 5") } else { (15, "a number from 1 to 15") };
        let faults = [
            ((1..=most).contains(&self.redundancy), "redundancy", entries),
            ((256..=4096).contains(&self.ahead), "ahead", "a number from 256 to 4096"),
            ((1024..=1_000_000).contains(&self.kept), "kept", "a number from 1024 to 1000000"),
            ([0, 500].contains(&self.validation_repeat_ms), "validation_repeat_ms", "0 or 500"),
            ([0, 250].contains(&self.end_repeat_ms), "end_repeat_ms", "0 or 250"),
            (self.request_repeats <= 2, "request_repeats", "a number from 0 to 2"),
            ((1..=3).contains(&self.hash_sends), "hash_sends", "a number from 1 to 3"),
        ];
        faults.into_iter().find(|it| !it.0).map(|(_, name, range)| (name, range))
    }
}

/// The chapters that a peer has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "one flag for each capability")]
pub struct Areas {
    /// SYNC.
    pub inputs: bool,
    /// LIVE.
    pub liveness: bool,
    /// VALID.
    pub validation: bool,
    /// EPISODE.
    pub episodes: bool,
    /// CATCHUP.
    pub catch_up: bool,
    /// FOCUS.
    pub focus: bool,
    /// EXCH.
    pub exchange: bool,
    /// DETECT.
    pub detect: bool,
    /// Hashes that last.
    pub lasting_hashes: bool,
}

impl Areas {
    /// All of them, with hashes that are used up.
    pub const ALL: Self = Self {
        inputs: true,
        liveness: true,
        validation: true,
        episodes: true,
        catch_up: true,
        focus: true,
        exchange: true,
        detect: true,
        lasting_hashes: false,
    };

    /// Those that these capabilities declare.
    #[must_use]
    pub fn declared(declares: impl Fn(Capability) -> bool) -> Self {
        Self {
            inputs: declares(Capability::Inputs),
            liveness: declares(Capability::Liveness),
            validation: declares(Capability::Validation),
            episodes: declares(Capability::Episodes),
            catch_up: declares(Capability::CatchUp),
            focus: declares(Capability::Focus),
            exchange: declares(Capability::Exchange),
            detect: declares(Capability::Detect),
            lasting_hashes: declares(Capability::LastingHashes),
        }
    }

    /// Whether one of them is that of this capability. Every peer has what belongs to no chapter.
    #[must_use]
    pub const fn has(self, capability: Capability) -> bool {
        match capability {
            Capability::Inputs => self.inputs,
            Capability::Liveness => self.liveness,
            Capability::Validation => self.validation,
            Capability::Episodes => self.episodes,
            Capability::CatchUp => self.catch_up,
            Capability::Focus => self.focus,
            Capability::Exchange => self.exchange,
            Capability::Detect => self.detect,
            Capability::LastingHashes => self.lasting_hashes,
            _ => true,
        }
    }
}
