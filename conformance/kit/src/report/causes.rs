//! Causes in words: the same in every report.

use super::collect::Collected;
use crate::{
    event::{Cause, CheckEvent},
    text::{plural, sanitize},
};

/// How many messages of a cause are named.
const NAMED: usize = 4;

/// A heading for the causes: `13 causes for 978 checks that did not pass, the worst first`.
pub(super) fn heading(all: &Collected) -> String {
    let causes = all.causes();
    let checks = causes.iter().map(|cause| cause.failures).sum();
    format!(
        "{} for {} that did not pass{}",
        plural(causes.len() as u64, "cause", "causes"),
        plural(checks, "check", "checks"),
        if causes.len() > 1 { ", the worst first" } else { "" },
    )
}

/// A cause by its number, where it is not shown itself: `3 · integers are cut to their field`.
pub(super) fn cause_line(number: usize, cause: &Cause) -> String {
    format!("{number} · {}", sanitize(&cause.sentence))
}

/// How often a cause shows, and where: `412 checks · INPUT, PING`.
pub(super) fn facts(cause: &Cause) -> String {
    let mut facts = vec![plural(cause.failures, "check", "checks")];
    if !cause.messages.is_empty() {
        facts.push(messages(cause));
    }
    if !cause.explained {
        facts.push("not a known fault".to_owned());
    }
    facts.join(" · ")
}

/// The messages concerned, as the chapters name them.
pub(super) fn messages(cause: &Cause) -> String {
    let names: Vec<String> =
        cause.messages.iter().take(NAMED).map(|name| sanitize(&name.to_uppercase())).collect();
    match cause.messages.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// Where to read about it: the chapter and the rules.
pub(super) fn reading(cause: &Cause) -> String {
    let rules: Vec<String> = cause.rules.iter().take(NAMED).map(|rule| sanitize(rule)).collect();
    let mut text = sanitize(&cause.chapter);
    if !rules.is_empty() {
        text += &format!(" · {}", rules.join(", "));
    }
    if cause.rules.len() > NAMED {
        text += &format!(" and {} more", cause.rules.len() - NAMED);
    }
    text
}

/// An example in one line: `expected a refusal: range; got 00 00`.
pub(super) fn answer(example: &CheckEvent) -> String {
    let Some(detail) = &example.detail else { return String::new() };
    let got = sanitize(&detail.got);
    match detail.expected.first() {
        Some(expected) => format!("expected {}; got {got}", sanitize(expected)),
        None => format!("got {got}"),
    }
}
