//! The checks of a run.

use rollwire_model::Model;

use crate::check::{bytes, digest, scenario, scenario::visible::Visible};

/// The checks of a run.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The checks on bytes.
    pub bytes: &'a [bytes::plan::Planned],
    /// The scenarios.
    pub scenarios: &'a [scenario::plan::Planned],
    /// The digests.
    pub digests: &'a [digest::plan::Planned],
    /// The rules by which they were judged.
    pub model: &'a Model,
    /// Which members of an observation the adapter shows.
    pub shown: Visible,
}
