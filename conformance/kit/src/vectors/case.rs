//! A case of any kind, and where it comes from.

use rollwire_model::{
    Level,
    vectors::{Case, CheckKind, DigestCase, Scenario},
};
use serde::{Deserialize, Serialize};

/// Where a case comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The published set, with the cases that are too large to be stored.
    #[default]
    Published,
    /// A vector file that the user gave.
    File,
    /// Made for this run.
    Fresh(Draw),
    /// Made by `rollwire fuzz`.
    Fuzz(Draw),
}

/// What a generated case is a function of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Draw {
    /// The seed, 16 hex digits in JSON: a double does not hold it.
    #[serde(with = "seed")]
    pub seed: u64,
    /// The number of the case among those of its kind, counted from 0.
    pub number: u64,
}

mod seed {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(seed: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{seed:016x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

impl Origin {
    /// Whether the case was made for this run: what it asks changes with the seed.
    #[must_use]
    pub const fn is_fresh(self) -> bool {
        matches!(self, Self::Fresh(_))
    }

    /// Whether the case is part of the published set.
    #[must_use]
    pub const fn is_published(&self) -> bool {
        matches!(self, Self::Published)
    }
}

/// A case and its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct AnyCase {
    /// Where it comes from.
    pub origin: Origin,
    /// What it asks.
    pub content: Content,
}

/// The kinds of cases, in the order in which a run asks them.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Bytes or a value, and up to three checks.
    Bytes(Box<Case>),
    /// Stimuli, and what is to be observed after each of them.
    Scenario(Box<Scenario>),
    /// A state, and its digest.
    Digest(Box<DigestCase>),
}

/// What cases of every kind say about themselves.
pub trait CaseMeta {
    /// The id.
    fn id(&self) -> &str;
    /// The rules; the first is the one that the case is about.
    fn rules(&self) -> &[String];
    /// MUST, SHOULD or MAY.
    fn level(&self) -> Level;
    /// The bug that the case catches.
    fn comment(&self) -> &str;
    /// Kinds of bugs, explained in `vectors/flags.json`.
    fn flags(&self) -> &[String];
    /// The capabilities that the case needs besides that of its kind.
    fn requires(&self) -> &[String];
    /// The first and the last revision that the case applies to; the last is open if there is none.
    fn revisions(&self) -> (u8, Option<u8>);
    /// The checks, each judged on its own.
    fn checks(&self) -> &[CheckKind];
}

macro_rules! case_meta {
    ($($kind:ty, $requires:expr);*) => {$(impl CaseMeta for $kind {
        fn id(&self) -> &str {
            &self.id
        }

        fn rules(&self) -> &[String] {
            &self.rules
        }

        fn level(&self) -> Level {
            self.level
        }

        fn comment(&self) -> &str {
            &self.comment
        }

        fn flags(&self) -> &[String] {
            &self.flags
        }

        fn requires(&self) -> &[String] {
            let requires: fn(&Self) -> &[String] = $requires;
            requires(self)
        }

        fn revisions(&self) -> (u8, Option<u8>) {
            (self.since, self.until)
        }

        fn checks(&self) -> &[CheckKind] {
            &self.checks
        }
    })*};
}
case_meta!(Case, |it| &it.requires; Scenario, |it| &it.requires; DigestCase, |_| &[]);

impl AnyCase {
    /// A case of this origin.
    #[must_use]
    pub fn new(origin: Origin, content: impl Into<Content>) -> Self {
        Self { origin, content: content.into() }
    }

    /// What the case says about itself.
    #[must_use]
    pub fn meta(&self) -> &dyn CaseMeta {
        match &self.content {
            Content::Bytes(case) => &**case,
            Content::Scenario(scenario) => &**scenario,
            Content::Digest(case) => &**case,
        }
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.meta().id()
    }

    /// Whether the case is about this revision.
    #[must_use]
    pub fn applies_to(&self, revision: u8) -> bool {
        let (since, until) = self.meta().revisions();
        since <= revision && until.is_none_or(|until| revision <= until)
    }

    /// The whole case as JSON.
    ///
    /// # Errors
    /// What serde says; no case that was read or generated can cause it.
    pub fn json(&self) -> serde_json::Result<serde_json::Value> {
        match &self.content {
            Content::Bytes(case) => serde_json::to_value(case),
            Content::Scenario(scenario) => serde_json::to_value(scenario),
            Content::Digest(case) => serde_json::to_value(case),
        }
    }

    /// The place of the kind in the order of a run.
    const fn place(&self) -> u8 {
        match self.content {
            Content::Bytes(_) => 0,
            Content::Scenario(_) => 1,
            Content::Digest(_) => 2,
        }
    }
}

/// Sorts cases by kind, in the order in which a run asks them; those of one kind stay in their order.
pub(super) fn sort_by_kind(cases: &mut [AnyCase]) {
    cases.sort_by_key(AnyCase::place);
}

impl From<Case> for Content {
    fn from(case: Case) -> Self {
        Self::Bytes(Box::new(case))
    }
}

impl From<Scenario> for Content {
    fn from(scenario: Scenario) -> Self {
        Self::Scenario(Box::new(scenario))
    }
}

impl From<DigestCase> for Content {
    fn from(case: DigestCase) -> Self {
        Self::Digest(Box::new(case))
    }
}
