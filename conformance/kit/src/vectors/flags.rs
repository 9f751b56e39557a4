//! What the flags of cases mean.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::published::FLAGS;

/// The meaning of a flag.
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
struct FlagsFile {
    flags: BTreeMap<String, Flag>,
}

/// The published descriptions of flags, by flag.
#[must_use]
pub fn flags() -> &'static BTreeMap<String, Flag> {
    // A test reads the same file, so it cannot be broken; without descriptions the kit still works.
    static FLAGS_FILE: LazyLock<FlagsFile> =
        LazyLock::new(|| serde_json::from_str(FLAGS).unwrap_or_default());
    &FLAGS_FILE.flags
}
