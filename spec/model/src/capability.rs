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
    /// The operation `advance`: many stimuli, and one observation at their end.
    Advance,
    /// The operation `digest`.
    Digest,
    /// NaN bit patterns other than 7ff8000000000000 survive.
    NanPayload,
}

impl Capability {
    /// All of them, in the order of the specification.
    pub const ALL: [Self; 9] = [
        Self::Decode,
        Self::Encode,
        Self::Reencode,
        Self::Exchange,
        Self::Inspect,
        Self::Detect,
        Self::Advance,
        Self::Digest,
        Self::NanPayload,
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
            Self::Advance => "advance",
            Self::Digest => "digest",
            Self::NanPayload => "nan-payload",
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

    /// The capability without which this one means nothing.
    #[must_use]
    pub const fn needs(self) -> Option<Self> {
        match self {
            Self::Inspect | Self::Detect | Self::Advance => Some(Self::Exchange),
            _ => None,
        }
    }

    /// The first revision that has what the capability is about: `spec/revisions.md`.
    #[must_use]
    pub const fn since(self) -> u8 {
        match self {
            Self::Decode | Self::Encode | Self::Reencode | Self::NanPayload => 1,
            Self::Digest => 3,
            Self::Exchange | Self::Inspect | Self::Advance => 4,
            Self::Detect => 5,
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
