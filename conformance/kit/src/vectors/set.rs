//! Cases of all kinds, in the order of a run.

use rollwire_model::vectors::{Case, DigestCase, Scenario};
use serde::{Deserialize, Serialize};

use super::case::{AnyCase, Content, sort_by_kind};

/// Identifies a vector set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VectorsId {
    /// `rollwire` for the published set, otherwise the paths of the files.
    pub name: String,
    /// The version of the set.
    pub version: String,
    /// The SHA-256 of the set.
    pub sha256: String,
}

/// Cases and their origins: bytes first, then scenarios, then digests.
#[derive(Clone, Debug)]
pub struct VectorSet {
    /// Which set this is.
    pub id: VectorsId,
    cases: Vec<AnyCase>,
}

impl VectorSet {
    /// A set of these cases.
    #[must_use]
    pub fn new(id: VectorsId, mut cases: Vec<AnyCase>) -> Self {
        sort_by_kind(&mut cases);
        Self { id, cases }
    }

    /// Whether this is the published set, or a part of it.
    #[must_use]
    pub fn is_published(&self) -> bool {
        Self::builtin().is_ok_and(|published| published.id == self.id)
    }

    /// Adds cases, each after those of its kind.
    pub fn extend(&mut self, cases: Vec<AnyCase>) {
        self.cases.extend(cases);
        sort_by_kind(&mut self.cases);
    }

    /// Keeps only the cases for which `wanted` returns true.
    pub fn retain(&mut self, wanted: impl FnMut(&AnyCase) -> bool) {
        self.cases.retain(wanted);
    }

    /// All cases.
    #[must_use]
    pub fn cases(&self) -> &[AnyCase] {
        &self.cases
    }

    /// All cases, owned.
    #[must_use]
    pub fn into_cases(self) -> Vec<AnyCase> {
        self.cases
    }

    /// The case with this id.
    #[must_use]
    pub fn case(&self, id: &str) -> Option<&AnyCase> {
        self.cases.iter().find(|case| case.id() == id)
    }

    /// The cases about bytes.
    pub fn bytes(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter_map(|case| match &case.content {
            Content::Bytes(case) => Some(&**case),
            _ => None,
        })
    }

    /// The scenarios.
    pub fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        self.cases.iter().filter_map(|case| match &case.content {
            Content::Scenario(scenario) => Some(&**scenario),
            _ => None,
        })
    }

    /// The cases about digests.
    pub fn digests(&self) -> impl Iterator<Item = &DigestCase> {
        self.cases.iter().filter_map(|case| match &case.content {
            Content::Digest(case) => Some(&**case),
            _ => None,
        })
    }
}
