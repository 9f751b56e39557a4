//! Headlines and hints of wrong codecs.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    sync::LazyLock,
};

use rollwire_conformance::{
    check::bytes::{explain::Explainer, plan::Planned},
    vectors::Origin,
};
use rollwire_model::{Layout, Model};
use rollwire_mutants::bytes::{WrongAnswer, each_wrong_answer};

use super::{by_frequency, hello, is_named};
use crate::{CASES, MATRIX};

/// What a report shows of a failing check.
struct Shown {
    rule: String,
    hint: Option<String>,
}

static MODELS: LazyLock<Vec<Model>> =
    LazyLock::new(|| (1..=Layout::builtin().revision).map(Model::specified).collect());

/// For each mutant of the matrix, what is shown of each check that catches it.
static SHOWN: LazyLock<Vec<Vec<Shown>>> =
    LazyLock::new(|| each_wrong_answer(&MATRIX.mutants, &CASES, |_, wrong| shown(&wrong)));

thread_local! {
    static PLANNED: RefCell<HashMap<String, Arc<Vec<Planned>>>> = RefCell::default();
}

fn shown(wrong: &WrongAnswer<'_>) -> Shown {
    let planned = PLANNED.with_borrow_mut(|cache| {
        let make = || Arc::new(Planned::all(wrong.case.clone(), Origin::Published, &hello()));
        Arc::clone(cache.entry(wrong.case.id.clone()).or_insert_with(make))
    });
    let planned = planned.iter().find(|it| it.kind == wrong.check).unwrap();
    let explainer = Explainer::new(&MODELS[usize::from(wrong.revision) - 1]);
    Shown {
        rule: explainer.rule(planned, &wrong.judgement),
        // One revision suffices for the hints, which take most of the time.
        hint: (wrong.revision == Layout::builtin().revision)
            .then(|| explainer.hint(planned, &wrong.judgement))
            .flatten(),
    }
}

/// Operators of which some mutants are reported under another rule, and why.
const LISTED: &[(&[&str], &str)] = &[
    (
        &["one-byte-early", "one-byte-late", "with-the-byte-after", "with-the-byte-before"],
        "the field lies over its neighbours, so another field or the length is wrong first",
    ),
    (
        &["without-the-last-byte", "without-the-first-byte", "one-byte-apart", "overlapping"],
        "the datagram has another length, and is refused for it",
    ),
    (
        &["one-more-read", "one-less-read", "bytes-read", "little-endian", "adds-to-the-count"],
        "the count is misread, and the datagram refused because its length does not match",
    ),
    (
        &[
            "zero-is-none",
            "greatest-is-none",
            "nan-is-zero",
            "negative",
            "signed",
            "false-is-refused",
            "as-a-number",
            "edges-refused",
            "letters-refused",
            "not-before-the-entries",
            "across-the-middle-is-refused",
            "left-over-when-written",
        ],
        "it refuses, or is wrong, only for some values, and a refusal does not say for which",
    ),
    (&["changes-places"], "both fields are wrong, and the other one comes first"),
    (
        &["next-type", "previous-type", "first-bit-set", "digits-exchanged", "fifth-bit-ignored"],
        "the message is refused as unknown or read as another one, which fails as well",
    ),
    (
        &["first-dropped", "last-dropped", "newer-than-the-frame-dropped"],
        "without its one entry an INPUT is refused by its encoder",
    ),
    (
        &["as-the-other-layout"],
        "the other kind of hash is refused by the rule about what is not a hash",
    ),
    (
        &["last-instead-of-refusal"],
        "most datagrams that must be refused have another fault than their length",
    ),
    (
        &["later-actions-in-seven-bits", "sixteenth-in-seven-bits"],
        "an action beyond its field is written too, which another rule forbids",
    ),
    (
        &["part-of-the-value"],
        "a value without the byte cannot be encoded, and a refusal does not say why",
    ),
];

/// What hints say that is true whatever the cause: they restate the bytes or the values.
const FACTS: &[&str] = &[
    "bytes were written, ",
    " was written as ",
    " was padded to ",
    " was cut to ",
    "zeros were written in place of ",
    "entries were given, ",
    "entry is missing",
    "entries are missing",
    "too many",
    "a datagram that is too long was accepted",
    "a datagram that is too short was accepted",
    "the byte is ",
    "both are a NaN, with other bits",
    "the sign of zero is lost",
    "leading zeros are lost",
    "the case is about `",
];

/// What hints guess, and the operators of which it is true.
const GUESSES: &[(&str, &[&str])] = &[
    (
        "little-endian",
        &[
            "little-endian",
            "first-frames-little-endian",
            "last-frames-little-endian",
            "later-frames-little-endian",
            "bytes-reversed",
            "characters-reversed",
        ],
    ),
    ("read as a signed integer", &["signed"]),
    ("one byte beside its place", &["one-byte-early", "one-byte-late", "changes-places"]),
    ("only the last two bytes were read", &["last-two-bytes-only"]),
    ("rounded to 53 bits", &["through-a-double"]),
    ("in another order", &["reversed", "rotated", "sorted", "sorted-descending"]),
    (
        "are swapped",
        &["changes-places", "inverted-is-turned-around", "reversed", "rotated", "sorted"],
    ),
    ("the right digits, but in upper case", &["upper-case"]),
    ("the right digits, but in lower case", &["lower-cased"]),
    (", the greatest value of the field", &["clamps-above"]),
];

/// Operators that give the same answers as a guess says in some case, by chance.
const BY_CHANCE: &[(&str, &str)] = &[
    // The halves of a hash of which the bytes are in this order.
    ("little-endian", "halves-exchanged"),
    // The other field, or the previous message, holds these bytes.
    ("little-endian", "changes-places"),
    ("little-endian", "left-over-when-written"),
    ("little-endian", "left-over-when-read"),
    // The previous message had these values.
    ("are swapped", "last-instead-of-refusal"),
    ("are swapped", "left-over-when-written"),
];

#[test]
fn the_headline_names_the_rule_of_a_wrong_codec() {
    let mut faults = Vec::new();
    let mut idle: BTreeSet<&str> = LISTED.iter().flat_map(|(names, _)| *names).copied().collect();
    for (mutant, shown) in MATRIX.mutants.iter().zip(&*SHOWN) {
        let named = by_frequency(shown.iter().map(|it| it.rule.clone()));
        if is_named(&named, &mutant.rule) {
            continue;
        }
        idle.remove(mutant.operator);
        if !LISTED.iter().any(|(names, _)| names.contains(&mutant.operator)) {
            faults.push(format!("{} ({}): {named:?}", mutant.name, mutant.rule));
        }
    }
    assert!(faults.is_empty(), "{} {faults:#?}", faults.len());
    assert!(idle.is_empty(), "these are listed and need not be: {idle:?}");
}

#[test]
fn a_hint_is_given_only_where_it_is_true() {
    let mut faults: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut idle: BTreeSet<(&str, &str)> =
        GUESSES.iter().flat_map(|(text, names)| names.iter().map(|name| (*text, *name))).collect();
    let mut silent: BTreeSet<&str> = FACTS.iter().copied().collect();
    for (mutant, shown) in MATRIX.mutants.iter().zip(&*SHOWN) {
        for hint in shown.iter().filter_map(|it| it.hint.as_deref()) {
            if let Some((text, names)) = GUESSES.iter().find(|(text, _)| hint.contains(text)) {
                if names.contains(&mutant.operator) {
                    idle.remove(&(*text, mutant.operator));
                } else if !BY_CHANCE.contains(&(*text, mutant.operator)) {
                    *faults.entry(((*text).to_owned(), mutant.operator)).or_default() += 1;
                }
            } else if let Some(fact) = FACTS.iter().find(|fact| hint.contains(**fact)) {
                silent.remove(fact);
            } else {
                *faults.entry((format!("no row: {hint}"), mutant.operator)).or_default() += 1;
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(idle.is_empty(), "no mutant of these operators gets the hint: {idle:?}");
    assert!(silent.is_empty(), "no mutant gets these hints: {silent:?}");
}
