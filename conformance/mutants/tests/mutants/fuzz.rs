//! `rollwire fuzz --cases 100000` finds a fault of each kind that most cases do not show.

use std::{collections::BTreeSet, sync::LazyLock};

use rollwire_conformance::{
    generate::fuzz,
    vectors::{CaseSeed, Content},
};
use rollwire_model::{
    Model,
    vectors::{Case, DigestCase},
};
use rollwire_mutants::{
    bytes::{Matrix, mutants},
    digest,
};

/// How many cases `fuzz` is asked for. Only those at the edges are made here: one in eight.
const CASES: u64 = 100_000;

static EDGES: LazyLock<(Vec<Case>, Vec<DigestCase>)> = LazyLock::new(|| {
    let model = Model::latest();
    let (mut bytes, mut digests) = (Vec::new(), Vec::new());
    for number in (7..CASES).step_by(8) {
        match fuzz::case(&model, CaseSeed { seed: 7, number }).map(|case| case.content) {
            Some(Content::Bytes(case)) => bytes.push(*case),
            Some(Content::Digest(case)) => digests.push(*case),
            _ => {}
        }
    }
    (bytes, digests)
});

/// One wrong digest of each kind, and several of the kinds that have several places.
const DIGESTS: [&str; 27] = [
    "takes-blanks-of-unicode",
    "takes-blanks-of-c",
    "trims-blanks-of-unicode",
    "ends-at-nul",
    "takes-later-digits-of-all-scripts",
    "takes-exponents-of-all-scripts",
    "takes-escapes-of-all-scripts",
    "takes-signs-in-escapes",
    "takes-escapes-of-other-languages",
    "takes-suffixes",
    "takes-words-in-any-case",
    "takes-semicolons",
    "takes-tabs-in-strings",
    "keys-end-at-nul",
    "the-same-up-to-nul",
    "lone-surrogates-alike",
    "exponent-in-16-bits",
    "exponent-in-64-bits",
    "reads-128-digits",
    "counts-brackets",
    "elements-up-to-255",
    "members-up-to-1024",
    "strings-up-to-4096",
    "keys-by-255-characters",
    "sixteen-digits-pads-at-56",
    "eight-digits-pads-no-whole-block",
    "sixteen-digits-length-in-16-bits",
];

/// The same of wrong codecs.
const BYTES: [&str; 14] = [
    "input/entries/only-first-checked/encoder",
    "input/entries/last-not-checked/encoder",
    "input/entries/later-null-is-zeros/encoder",
    "input-response/entries/from-the-sixteenth-not-checked/encoder",
    "ping/length-in-8-bits/decoder",
    "keepalive/length-in-16-bits/decoder",
    "input-response/length-in-8-bits/decoder",
    "state-hash/hash/blanks-of-unicode-cut/encoder",
    "state-hash/hash/inner-blanks-removed/encoder",
    "state-hash/hash/ends-at-nul/encoder",
    "episode-ready/hash/later-digits-of-other-scripts-are-0/encoder",
    "episode-ready/hash/sign-removed/encoder",
    "wire/names-up-to-a-nul/encoder",
    "wire/names-without-blanks-of-unicode/encoder",
];

#[test]
fn fuzz_finds_a_wrong_digest_of_each_kind() {
    let known = digest::mutants();
    let survives = |name: &&str| {
        let mutant = known.iter().find(|mutant| mutant.name == *name);
        let mutant = mutant.unwrap_or_else(|| panic!("{name} is not a mutant"));
        !EDGES.1.iter().any(|case| mutant.is_caught_by(case))
    };
    let survivors: Vec<&str> = DIGESTS.into_iter().filter(survives).collect();
    assert!(survivors.is_empty(), "{survivors:#?}");
}

#[test]
fn fuzz_finds_a_wrong_codec_of_each_kind() {
    let mut chosen = mutants();
    chosen.retain(|mutant| BYTES.contains(&&*mutant.name));
    let names: BTreeSet<&str> = chosen.iter().map(|mutant| &*mutant.name).collect();
    assert_eq!(names, BTreeSet::from(BYTES));
    let matrix = Matrix::new(chosen, &EDGES.0);
    let stored = |catch: &rollwire_mutants::bytes::Catch| catch.case < EDGES.0.len();
    let survivors: Vec<&str> = matrix
        .results()
        .filter(|row| !row.catches.iter().any(stored))
        .map(|row| &*row.mutant.name)
        .collect();
    assert!(survivors.is_empty(), "{survivors:#?}");
}
