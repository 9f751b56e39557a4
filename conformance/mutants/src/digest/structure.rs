//! Wrong readers, orders, separators and hashes (DIGEST-1 to DIGEST-9, DIGEST-26, DIGEST-27, DIGEST-29,
//! DIGEST-30).

use std::cmp::Ordering;

use rollwire_model::digest::{DigestRules, Member, NotJson, State, read};
use sha2::{Digest, Sha256};

use super::mutant::Mutant;

const RIGHT: DigestRules = DigestRules::SPECIFIED;

/// The state with null in place of every array and object that is nested deeper than `levels`.
fn cut(state: State, levels: usize) -> State {
    match (state, levels.checked_sub(1)) {
        (State::List(_) | State::Object(_), None) => State::Null,
        (State::List(elements), Some(rest)) => {
            State::List(elements.into_iter().map(|element| cut(element, rest)).collect())
        }
        (State::Object(members), Some(rest)) => {
            State::Object(members.into_iter().map(|(key, value)| (key, cut(value, rest))).collect())
        }
        (other, _) => other,
    }
}

/// The state without the members that a later one replaces.
fn without_replaced(state: State) -> State {
    match state {
        State::List(elements) => State::List(elements.into_iter().map(without_replaced).collect()),
        State::Object(members) => State::Object(
            (RIGHT.without_duplicates)(&members)
                .into_iter()
                .map(|(key, value)| (key, without_replaced(value)))
                .collect(),
        ),
        other => other,
    }
}

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "takes-trailing-commas",
        rule: "DIGEST-1",
        fault: "accepts a comma after the last element",
        edit: |rules| rules.reads = |text| read(&text.replace(",]", "]").replace(",}", "}")),
    },
    Mutant {
        name: "takes-nan",
        rule: "DIGEST-1",
        fault: "reads NaN as null",
        edit: |rules| rules.reads = |text| read(&text.replace("NaN", "null")),
    },
    Mutant {
        name: "takes-single-quotes",
        rule: "DIGEST-1",
        fault: "reads single quotes as double ones",
        edit: |rules| rules.reads = |text| read(&text.replace('\'', "\"")),
    },
    Mutant {
        name: "takes-a-byte-order-mark",
        rule: "DIGEST-1",
        fault: "ignores a byte order mark",
        edit: |rules| rules.reads = |text| read(text.trim_start_matches('\u{feff}')),
    },
    Mutant {
        name: "reads-the-first-value",
        rule: "DIGEST-1",
        fault: "ignores everything after the first value",
        edit: |rules| {
            rules.reads = |text| {
                read(text).or_else(|fault| read(&text.chars().take(fault.at).collect::<String>()))
            };
        },
    },
    Mutant {
        name: "objects-only",
        rule: "DIGEST-2",
        fault: "refuses an array as a state",
        edit: |rules| rules.may_be_outermost = |state| matches!(state, State::Object(_)),
    },
    Mutant {
        name: "nesting-below-100",
        rule: "DIGEST-29",
        fault: "counts the levels from 0",
        edit: |rules| rules.deepest = 99,
    },
    Mutant {
        name: "nesting-of-a-library",
        rule: "DIGEST-29",
        fault: "refuses what is nested more than 64 deep, as a JSON library does by default",
        edit: |rules| rules.deepest = 64,
    },
    Mutant {
        name: "cuts-deep-nesting",
        rule: "DIGEST-3",
        fault: "reads what is nested more than 100 deep as null",
        edit: |rules| rules.reads = |text| read(text).map(|state| cut(state, 100)),
    },
    Mutant {
        name: "skips-replaced-members",
        rule: "DIGEST-30",
        fault: "looks for faults only in the members that count",
        edit: |rules| rules.reads = |text| read(text).map(without_replaced),
    },
    Mutant {
        name: "refuses-carriage-returns",
        rule: "DIGEST-4",
        fault: "accepts only three of the four whitespace characters",
        edit: |rules| {
            rules.reads = |text| match text.find('\r') {
                Some(at) => Err(NotJson { at, expected: "a blank", is_deep: false, levels: 0 }),
                None => read(text),
            };
        },
    },
    Mutant {
        name: "removes-all-blanks",
        rule: "DIGEST-4",
        fault: "removes spaces before it reads, also those in strings",
        edit: |rules| rules.reads = |text| read(&text.replace(' ', "")),
    },
    Mutant {
        name: "words-of-python",
        rule: "DIGEST-5",
        fault: "writes None, True and False",
        edit: |rules| {
            rules.word = |flag| match flag {
                None => "None",
                Some(true) => "True",
                Some(false) => "False",
            };
        },
    },
    Mutant {
        name: "drops-null",
        rule: "DIGEST-5",
        fault: "leaves null out of arrays",
        edit: |rules| {
            rules.elements = |mut all| {
                all.retain(|element| element != "null");
                all
            };
        },
    },
    Mutant {
        name: "sorts-arrays",
        rule: "DIGEST-5",
        fault: "sorts elements like keys",
        edit: |rules| {
            rules.elements = |mut all| {
                all.sort();
                all
            };
        },
    },
    Mutant {
        name: "utf-16-key-order",
        rule: "DIGEST-6",
        fault: "sorts keys by UTF-16 unit",
        edit: |rules| rules.order = |one, other| one.cmp(other),
    },
    Mutant {
        name: "unsorted",
        rule: "DIGEST-6",
        fault: "leaves members in the order of the text",
        edit: |rules| rules.order = |_, _| Ordering::Equal,
    },
    Mutant {
        name: "key-order-for-readers",
        rule: "DIGEST-6",
        fault: "sorts keys without distinguishing case",
        edit: |rules| {
            rules.order = |one, other| {
                let lower = |units: &[u16]| String::from_utf16_lossy(units).to_lowercase();
                lower(one).cmp(&lower(other))
            };
        },
    },
    Mutant {
        name: "numeric-keys-first",
        rule: "DIGEST-6",
        fault: "puts keys that are numbers first, as JavaScript objects do",
        edit: |rules| {
            rules.order = |one, other| {
                let number = |units: &[u16]| String::from_utf16_lossy(units).parse::<u32>();
                match (number(one), number(other)) {
                    (Ok(one), Ok(other)) => one.cmp(&other),
                    (Ok(_), Err(_)) => Ordering::Less,
                    (Err(_), Ok(_)) => Ordering::Greater,
                    (Err(_), Err(_)) => (RIGHT.order)(one, other),
                }
            };
        },
    },
    Mutant {
        name: "first-duplicate-wins",
        rule: "DIGEST-7",
        fault: "keeps the first of two members with the same key",
        edit: |rules| {
            rules.without_duplicates = |members| {
                let mut kept: Vec<Member> = Vec::new();
                for member in members {
                    if !kept.iter().any(|(key, _)| *key == member.0) {
                        kept.push(member.clone());
                    }
                }
                kept
            };
        },
    },
    Mutant {
        name: "keeps-duplicates",
        rule: "DIGEST-7",
        fault: "writes both of two members with the same key",
        edit: |rules| rules.without_duplicates = |members| members.to_vec(),
    },
    Mutant {
        name: "blanks-in-16-digits",
        rule: "DIGEST-8",
        fault: "writes the separators of the 8-digit form",
        edit: |rules| rules.tight = RIGHT.spaced,
    },
    Mutant {
        name: "no-blanks-in-8-digits",
        rule: "DIGEST-9",
        fault: "writes the separators of the 16-digit form",
        edit: |rules| rules.spaced = RIGHT.tight,
    },
    Mutant {
        name: "one-blank-in-8-digits",
        rule: "DIGEST-9",
        fault: "writes a space after a colon, but not after a comma",
        edit: |rules| rules.spaced = [",", ": "],
    },
    Mutant {
        name: "last-digits",
        rule: "DIGEST-26",
        fault: "writes the last 16 digits of the hash",
        edit: |rules| {
            rules.sixteen_digits =
                |text| rollwire_model::hex::plain(&Sha256::digest(text.as_bytes())[24..]);
        },
    },
    Mutant {
        name: "upper-case-digits",
        rule: "DIGEST-26",
        fault: "writes the digits in upper case",
        edit: |rules| {
            rules.sixteen_digits = |text| (RIGHT.sixteen_digits)(text).to_ascii_uppercase();
        },
    },
    Mutant {
        name: "md5-for-16-digits",
        rule: "DIGEST-26",
        fault: "uses the hash of the 8-digit form",
        edit: |rules| rules.sixteen_digits = RIGHT.eight_digits,
    },
    Mutant {
        name: "hashes-a-line-end",
        rule: "DIGEST-26",
        fault: "hashes a line end with the text",
        edit: |rules| rules.sixteen_digits = |text| (RIGHT.sixteen_digits)(&format!("{text}\n")),
    },
    Mutant {
        name: "sha-256-for-8-digits",
        rule: "DIGEST-27",
        fault: "writes the first 8 digits of SHA-256",
        edit: |rules| {
            rules.eight_digits = |text| (RIGHT.sixteen_digits)(text)[..8].to_owned();
        },
    },
];
