//! Failures that no known fault explains, grouped by rule and code, or by what came instead of an answer.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    cause::{Subjects, chapter},
    failure::Failure,
    harm,
};
use crate::{
    event::{Cause, CheckName},
    verdict::Code,
};

/// A cause for each rule and code; where there was no answer, one for each kind of error, whatever the rule.
pub(super) fn group(failures: &[&Failure], subjects: &Subjects) -> Vec<Cause> {
    let mut groups: BTreeMap<(&str, &str, &str), Vec<&Failure>> = BTreeMap::new();
    for failure in failures {
        let rule = if is_no_answer(failure.code) { "" } else { &failure.rule };
        let key = (failure.code.as_str(), failure.kind_of_error(), rule);
        groups.entry(key).or_default().push(failure);
    }
    groups.into_values().filter_map(|group| cause(&group, subjects)).collect()
}

/// Whether a code says that there was no answer to judge, so that the rule of the case says nothing about why.
const fn is_no_answer(code: Code) -> bool {
    matches!(code, Code::AdapterError | Code::Unsupported)
}

fn cause(group: &[&Failure], subjects: &Subjects) -> Option<Cause> {
    let example = subjects.example(group)?;
    let checks: Vec<CheckName> = group.iter().map(|failure| failure.name.clone()).collect();
    let rules = rules(group);
    let first = rules.first()?;
    let (code, kind) = (example.code, example.kind_of_error());
    let (id, sentence) = match () {
        () if !is_no_answer(code) => (
            format!("unexplained/{first}/{}", code.as_str()),
            format!("{first} is not followed: {}", words(code)),
        ),
        () if kind.is_empty() => (
            format!("unexplained/{}", code.as_str()),
            sentence(words(code).trim_start_matches("it ")),
        ),
        () => (
            format!("unexplained/{}/{kind}", code.as_str()),
            format!("Answers `error` where it should refuse or accept: {}", example.instead),
        ),
    };
    Some(Cause {
        id,
        harm: group.iter().map(|failure| harm::of(failure)).min()?,
        explained: false,
        sentence,
        failures: group.len() as u64,
        messages: subjects.messages(checks.iter()),
        chapter: chapter(first),
        rules,
        example: example.name.clone(),
        checks,
    })
}

/// The rules of some failures, the most frequent one first.
fn rules(group: &[&Failure]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for failure in group {
        *counts.entry(&failure.rule).or_default() += 1;
    }
    let mut rules: Vec<(&str, usize)> = counts.into_iter().collect();
    rules.sort_by_key(|(_, count)| Reverse(*count));
    rules.into_iter().map(|(rule, _)| rule.to_owned()).collect()
}

/// The words with a capital letter.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a code says of an implementation, at the end of a sentence.
const fn words(code: Code) -> &'static str {
    match code {
        Code::WrongValue => "it decodes wrong values",
        Code::WrongBytes => "it encodes wrong bytes",
        Code::Accepted => "it accepts what must be refused",
        Code::Refused => "it refuses what must be accepted",
        Code::Alternative => "it gives an allowed answer that is not the preferred one",
        Code::WrongClass => "it refuses with the wrong class",
        Code::Unsupported => "it answers `unsupported` for a declared capability",
        Code::AdapterError => "it answers `error`",
        Code::Malformed => "its answers are malformed",
        Code::Crash => "it crashes",
        Code::Timeout => "it does not answer in time",
        Code::Garbage => "it writes something that is not an answer",
        Code::Unstable => "it fails only while other requests are in flight",
        Code::WrongSent => "it sends the wrong datagrams",
        Code::WrongState => "its state is wrong",
        Code::WrongDetection => "it reports the wrong verified frame or events",
        Code::WrongDigest => "it computes the wrong digest",
        Code::Nondeterministic => "the same scenario gives different observations",
    }
}
