//! What an implementation can declare: the capabilities of `spec/adapter.md`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::check::CheckKind;

/// A capability that an adapter declares. The set is closed, so that a typing error skips nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// The operation `decode`.
    Decode,
    /// The operation `encode`.
    Encode,
    /// The operation `reencode`.
    Reencode,
    /// The operations `open`, `step` and `close`.
    Exchange,
    /// Observations show the queue, the map and the history.
    Inspect,
    /// Mismatch detection.
    Detect,
    /// Hashes that last, in place of those that are used up.
    LastingHashes,
    /// The operation `advance`: many stimuli, and one observation at their end.
    Advance,
    /// The operation `digest`.
    Digest,
    /// NaN bit patterns other than 7ff8000000000000 survive.
    NanPayload,
    /// A peer's inputs: SYNC.
    Inputs,
    /// A peer's round trips: LIVE.
    Liveness,
    /// A peer's validation: VALID.
    Validation,
    /// A peer's episodes: EPISODE.
    Episodes,
    /// A peer's requests for inputs: CATCHUP.
    CatchUp,
    /// Whether pages are shown: FOCUS.
    Focus,
}

impl Capability {
    /// All of them, in the order of the specification.
    pub const ALL: [Self; 16] = [
        Self::Decode,
        Self::Encode,
        Self::Reencode,
        Self::Exchange,
        Self::Inspect,
        Self::Detect,
        Self::LastingHashes,
        Self::Advance,
        Self::Digest,
        Self::NanPayload,
        Self::Inputs,
        Self::Liveness,
        Self::Validation,
        Self::Episodes,
        Self::CatchUp,
        Self::Focus,
    ];

    /// Those of a peer, each with a chapter of its own.
    pub const OF_PEER: [Self; 6] = [
        Self::Inputs,
        Self::Liveness,
        Self::Validation,
        Self::Episodes,
        Self::CatchUp,
        Self::Focus,
    ];

    /// The name in JSON and in the specification.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Encode => "encode",
            Self::Reencode => "reencode",
            Self::Exchange => "exchange",
            Self::Inspect => "inspect",
            Self::Detect => "detect",
            Self::LastingHashes => "lasting-hashes",
            Self::Advance => "advance",
            Self::Digest => "digest",
            Self::NanPayload => "nan-payload",
            Self::Inputs => "inputs",
            Self::Liveness => "liveness",
            Self::Validation => "validation",
            Self::Episodes => "episodes",
            Self::CatchUp => "catch-up",
            Self::Focus => "focus",
        }
    }

    /// The capability that a check needs: its operation.
    #[must_use]
    pub const fn of_check(kind: CheckKind) -> Self {
        match kind {
            CheckKind::Decode => Self::Decode,
            CheckKind::Encode => Self::Encode,
            CheckKind::Reencode => Self::Reencode,
            CheckKind::Run => Self::Exchange,
            CheckKind::Digest => Self::Digest,
        }
    }

    /// The capability with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capability| capability.as_str() == name)
    }

    /// The capabilities of which one must be there for this one to mean anything; none if it stands
    /// alone.
    #[must_use]
    pub const fn needs(self) -> &'static [Self] {
        const OF_SESSIONS: &[Capability] = &[
            Capability::Exchange,
            Capability::Inputs,
            Capability::Liveness,
            Capability::Validation,
            Capability::Episodes,
            Capability::CatchUp,
            Capability::Focus,
        ];
        match self {
            Self::Inspect | Self::Advance => OF_SESSIONS,
            Self::Detect | Self::LastingHashes => &[Self::Exchange],
            Self::Episodes | Self::CatchUp => &[Self::Inputs],
            _ => &[],
        }
    }

    /// Whether it is one of a peer.
    #[must_use]
    pub fn is_of_peer(self) -> bool {
        Self::OF_PEER.contains(&self)
    }

    /// The first revision that has what the capability is about: `spec/revisions.md`.
    #[must_use]
    pub const fn since(self) -> u8 {
        match self {
            Self::Decode | Self::Encode | Self::Reencode | Self::NanPayload => 1,
            Self::Digest => 3,
            Self::Exchange | Self::Inspect | Self::LastingHashes | Self::Advance => 4,
            Self::Detect => 5,
            // The chapters of a peer are about the messages and the numbers of the latest revision.
            Self::Inputs
            | Self::Liveness
            | Self::Validation
            | Self::Episodes
            | Self::CatchUp
            | Self::Focus => 7,
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
