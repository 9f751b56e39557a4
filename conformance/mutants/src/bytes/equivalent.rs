//! Mutants that are not wrong: an operator was applied where it cannot be noticed.

/// The names of mutants that conform all the same, and why.
///
/// A test holds each of them against every case: one that is caught does not belong here.
pub const EQUIVALENT: &[(&str, &str)] = &[
    (
        "episode-ready/zeros-for-what-is-missing/decoder",
        "a zero byte is no digit, so what was cut is refused as `text` instead of `truncated`",
    ),
    (
        "episode-ready/one-missing-byte-ignored/decoder",
        "a zero byte is no digit, so what was cut is refused as `text` instead of `truncated`",
    ),
    (
        "episode-ready/hash/upper-case-refused/encoder",
        "EPISODE_READY-6 leaves it free to refuse upper case",
    ),
    (
        "state-hash/hash/upper-case-refused/encoder",
        "STATE_HASH-5 leaves it free to refuse upper case",
    ),
];
