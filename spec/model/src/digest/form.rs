//! The two forms of a digest.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Which message a digest is for.
#[derive(Clone, Copy, Debug, Deserialize, Hash, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 16 digits, for STATE_HASH.
    StateHash,
    /// 8 digits, for EPISODE_READY.
    EpisodeReady,
}

impl Form {
    /// Both, the one of a confirmed state first.
    pub const ALL: [Self; 2] = [Self::StateHash, Self::EpisodeReady];

    /// The name in JSON, which is that of the message.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StateHash => "state_hash",
            Self::EpisodeReady => "episode_ready",
        }
    }

    /// The first revision that has it.
    #[must_use]
    pub const fn since(self) -> u8 {
        match self {
            Self::StateHash => 5,
            Self::EpisodeReady => 3,
        }
    }

    /// How many hex digits its hash has.
    #[must_use]
    pub const fn digits(self) -> usize {
        match self {
            Self::StateHash => 16,
            Self::EpisodeReady => 8,
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is neither of the two forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownForm(String);

impl fmt::Display for UnknownForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected state_hash or episode_ready, found {:?}", self.0)
    }
}

impl std::error::Error for UnknownForm {}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(name: &str) -> Result<Self, UnknownForm> {
        let form = Self::ALL.into_iter().find(|form| form.as_str() == name);
        form.ok_or_else(|| UnknownForm(name.to_owned()))
    }
}
