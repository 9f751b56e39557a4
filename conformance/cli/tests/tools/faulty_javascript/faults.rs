//! The faults: what is changed in the JavaScript implementation, and what the report says about it.

mod contents;
mod refusals;

/// A mistake, and what the report must say about it.
pub(super) struct Fault {
    pub(super) name: &'static str,
    /// What is replaced by what, each exactly once.
    pub(super) edits: &'static [(&'static str, &'static str)],
    /// The messages that it breaks: no other message's rules may fail.
    pub(super) messages: &'static [&'static str],
    /// The rule that it breaks: the first failure names it, and it is among those that fail.
    pub(super) rule: &'static str,
    /// One failure in full: case, check and what is said about it.
    pub(super) shown: Shown,
}

pub(super) struct Shown {
    pub(super) case: &'static str,
    pub(super) check: &'static str,
    /// The field, and where it is.
    pub(super) field: Option<(&'static str, usize)>,
    pub(super) expected: &'static str,
    pub(super) got: &'static str,
    pub(super) hint: Option<&'static str>,
}

/// Where STATE_HASH is written.
const PACK_HASH: &str = r#"putHex(bytes, 5, hexText(message.hash, "hash", 16));"#;

/// All faults.
pub(super) fn faults() -> impl Iterator<Item = &'static Fault> {
    contents::CONTENTS.iter().chain(refusals::REFUSALS)
}
