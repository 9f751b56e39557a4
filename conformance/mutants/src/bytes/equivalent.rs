//! Mutants that are not wrong: their operator makes no difference at their location.

/// The names of mutants that conform, and why.
///
/// A test runs every case against each of them: a mutant that is caught does not belong here.
pub const EQUIVALENT: &[(&str, &str)] = &[
    (
        "episode-ready/zeros-for-what-is-missing/decoder",
        "a zero byte is not a digit, so the truncated datagram is refused as `text` instead of `truncated`",
    ),
    (
        "episode-ready/one-missing-byte-ignored/decoder",
        "a zero byte is not a digit, so the truncated datagram is refused as `text` instead of `truncated`",
    ),
    (
        "episode-ready/hash/upper-case-refused/encoder",
        "EPISODE_READY-6 allows an encoder to refuse upper case",
    ),
    (
        "state-hash/hash/upper-case-refused/encoder",
        "STATE_HASH-5 allows an encoder to refuse upper case",
    ),
];
