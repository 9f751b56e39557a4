//! What is found out about a rule, and the datagrams that show it.

use serde::Serialize;

/// What is found out about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The question was not asked, for a reason that is given.
    NotAsked,
    /// It was asked, and what came allows no verdict: datagrams were lost, or the game did something else.
    Undecided,
    /// It was asked and answered rightly.
    Kept,
    /// The game does what a SHOULD names as its alternative.
    Weak,
    /// The rule was broken.
    Broken,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NotAsked, Self::Undecided, Self::Kept, Self::Weak, Self::Broken];

    /// The word at the beginning of a line of the report.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotAsked => "NOT ASKED",
            Self::Undecided => "UNDECIDED",
            Self::Kept => "PASS",
            Self::Weak => "WEAK",
            Self::Broken => "FAIL",
        }
    }

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Undecided => "undecided",
            Self::Kept => "kept",
            Self::Weak => "weak",
            Self::Broken => "broken",
        }
    }
}

/// A datagram that belongs to a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// When, in milliseconds since the session began.
    pub at: u64,
    /// Who sent it: `rollwire` or `game`.
    pub from: &'static str,
    /// Its first bytes in hex; `…` if there are more.
    pub bytes: String,
    /// The same in a few words.
    pub words: String,
}

/// What one probe found out about one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The name of the probe; `watch` for what was seen without a question.
    pub probe: &'static str,
    /// The id of the rule.
    pub rule: String,
    /// What was found out.
    pub outcome: Outcome,
    /// Why, in a sentence without a period.
    pub why: String,
    /// What shows it, the oldest first.
    pub evidence: Vec<Evidence>,
    /// When it was found out, in milliseconds since the session began.
    pub at: u64,
}
