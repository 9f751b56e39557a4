//! When two hashes are equal (DETECT-3).

use crate::vectors::scenes::Scenes;

/// Hashes that are almost equal: slug, own, peer's, and the bug that takes them for equal.
const DIFFERENT: [(&str, &str, &str, &str); 5] = [
    (
        "first-half-equal",
        "0123456789abcdef",
        "0123456700000000",
        "the first four bytes are equal: a hash that is cut to 32 bits verifies a desync",
    ),
    (
        "second-half-equal",
        "0123456789abcdef",
        "0000000089abcdef",
        "the last four bytes are equal: a hash that is cut to its low 32 bits verifies a desync",
    ),
    (
        "all-but-the-lowest-bit",
        "0123456789abcdee",
        "0123456789abcdef",
        "only the last of 64 bits differs: a number of 53 bits does not hold it",
    ),
    (
        "all-but-the-highest-bit",
        "0123456789abcdef",
        "8123456789abcdef",
        "only the first of 64 bits differs: a hash that goes through a positive number has lost it",
    ),
    (
        "both-zeros-as-doubles",
        "0000000000000000",
        "8000000000000000",
        "0 and -0, if the bytes are read as doubles: equal numbers, different hashes",
    ),
];

pub(super) fn scenes(scenes: &mut Scenes) {
    for (slug, own, peer, comment) in DIFFERENT {
        scenes.sent(
            slug,
            "DETECT-3 DETECT-6",
            "comparison precision",
            comment,
            &format!(
                "
                sends accept 0 refuse all by false
                confirm 5 {own}
                == history 5 | verified none
                recv 07 00000005 {peer} | map - | verified none | events 5={peer}
                "
            ),
        );
    }
    for (slug, hash, comment) in [
        (
            "not-a-number",
            "fff8000000000000",
            "both hashes are the bytes of a NaN: as doubles they are never equal",
        ),
        (
            "zeros",
            "0000000000000000",
            "both hashes are eight zeros: a hash like any other, not the absence of one",
        ),
    ] {
        scenes.sent(
            slug,
            "DETECT-3",
            "comparison",
            comment,
            &format!(
                "
                sends accept 0 refuse all by false
                confirm 5 {hash}
                == history 5 | verified none
                recv 07 00000005 {hash} | map - | verified 5 | events -
                "
            ),
        );
    }
}
