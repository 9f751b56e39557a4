//! What the flags of cases mean.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::published::FLAGS;

/// What a flag of a case means.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The kind of bug.
    pub bug_class: String,
    /// What the implementation does wrong.
    pub description: String,
    /// What happens in a game because of it.
    pub effect: String,
}

#[derive(Default, Deserialize)]
struct Notes {
    flags: BTreeMap<String, Flag>,
}

/// The published notes on flags, by flag.
#[must_use]
pub fn flags() -> &'static BTreeMap<String, Flag> {
    // A test reads the same file; a broken one costs the notes and nothing else.
    static NOTES: LazyLock<Notes> =
        LazyLock::new(|| serde_json::from_str(FLAGS).unwrap_or_default());
    &NOTES.flags
}
