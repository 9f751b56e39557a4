//! What an implementation can be asked, check by check.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What is asked of an implementation.
#[derive(Clone, Copy, Debug, Deserialize, Hash, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// Decode `hex`.
    Decode,
    /// Encode `value`.
    Encode,
    /// Decode `hex`, then encode what was decoded.
    Reencode,
    /// Run the steps of a scenario.
    Run,
    /// Make the digest of `state`.
    Digest,
}

impl CheckKind {
    /// All kinds, in the order in which a case lists them.
    pub const ALL: [Self; 5] =
        [Self::Decode, Self::Encode, Self::Reencode, Self::Run, Self::Digest];

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Encode => "encode",
            Self::Reencode => "reencode",
            Self::Run => "run",
            Self::Digest => "digest",
        }
    }
}

impl fmt::Display for CheckKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
