//! Failures that no known fault explains, grouped by rule and code.

use std::collections::BTreeMap;

use super::{
    cause::{Subjects, chapter},
    failure::Failure,
    harm,
};
use crate::{
    event::{Cause, CheckName},
    verdict::Code,
};

/// A cause for each rule and code.
pub(super) fn group(failures: &[&Failure], subjects: &Subjects) -> Vec<Cause> {
    let mut groups: BTreeMap<(&str, &str), Vec<&Failure>> = BTreeMap::new();
    for failure in failures {
        groups.entry((&failure.rule, failure.code.as_str())).or_default().push(failure);
    }
    groups.into_values().filter_map(|group| cause(&group, subjects)).collect()
}

fn cause(group: &[&Failure], subjects: &Subjects) -> Option<Cause> {
    let example = subjects.example(group)?;
    let rule = &example.rule;
    let checks: Vec<CheckName> = group.iter().map(|failure| failure.name.clone()).collect();
    Some(Cause {
        id: format!("unexplained/{rule}/{}", example.code.as_str()),
        harm: group.iter().map(|failure| harm::of(failure)).min()?,
        explained: false,
        sentence: format!("{rule} is not followed: {}", words(example.code)),
        failures: group.len() as u64,
        messages: subjects.messages(checks.iter()),
        rules: vec![rule.clone()],
        chapter: chapter(rule),
        example: example.name.clone(),
        checks,
    })
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
        Code::WrongState => "its queue, map or history is wrong",
        Code::WrongDetection => "it reports the wrong verified frame or events",
        Code::WrongDigest => "it computes the wrong digest",
        Code::Nondeterministic => "the same scenario gives different observations",
    }
}
