//! The numbered rules, read out of the chapters themselves.
//!
//! A rule is a list item `- **ID** (LEVEL, proof): text`, or with `, capability X` after the proof;
//! indented lines continue its text.

use std::{fmt, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::{Capability, Chapter, chapters};

/// A numbered rule of the specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `STATE_HASH-3`: unique, and never given to another rule.
    pub id: String,
    /// MUST, SHOULD or MAY.
    pub level: Level,
    /// What a test of the rule must show.
    pub proof: Proof,
    /// The capability without which it does not apply.
    pub capability: Option<Capability>,
    /// The text, on one line.
    pub text: String,
    /// The file name of its chapter.
    pub chapter: &'static str,
}

/// A requirement level in the sense of RFC 2119 and RFC 8174.
#[derive(Clone, Copy, Debug, Deserialize, Hash, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// An absolute requirement.
    Must,
    /// A requirement with a listed alternative, which is reported as weak.
    Should,
    /// An option: an implementation conforms with and without it.
    May,
}

impl fmt::Display for Level {
    /// The key word of RFC 2119: `MUST`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
        })
    }
}

/// What shows that a rule is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It demands a refusal: a refused case, and the nearest accepted one.
    Refuse,
    /// It demands that something is accepted or kept: two cases whose right answers differ.
    Accept,
    /// It is about behaviour: two scenarios whose right observations differ.
    Scenario,
    /// No check can observe it, for this reason.
    NotTestable(String),
}

/// Every rule of every chapter, in reading order.
#[must_use]
pub fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> =
        LazyLock::new(|| chapters().iter().flat_map(rules_of).collect());
    &RULES
}

/// The rule with that id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id == id)
}

/// The rules of one chapter. A line that looks like a rule and cannot be read is left out here; a test
/// counts the lines.
fn rules_of(chapter: &Chapter) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut in_rule = false;
    for line in chapter.text.lines() {
        if let Some(rule) = line.strip_prefix("- **").and_then(|item| parse(item, chapter.name)) {
            rules.push(rule);
            in_rule = true;
        } else if in_rule && line.starts_with("  ") {
            if let Some(rule) = rules.last_mut() {
                rule.text.push(' ');
                rule.text.push_str(line.trim());
            }
        } else {
            in_rule = false;
        }
    }
    rules
}

/// Parses `ID** (LEVEL, proof[, capability X]): text`.
fn parse(item: &str, chapter: &'static str) -> Option<Rule> {
    let (id, rest) = item.split_once("** (")?;
    let (head, text) = rest.split_once("): ")?;
    let (level, proof) = head.split_once(", ")?;
    let level = match level {
        "MUST" => Level::Must,
        "SHOULD" => Level::Should,
        "MAY" => Level::May,
        _ => return None,
    };
    let (proof, capability) = match proof.split_once(", capability ") {
        Some((proof, capability)) => (proof, Some(Capability::named(capability)?)),
        None => (proof, None),
    };
    let proof = match proof {
        "refuse" => Proof::Refuse,
        "accept" => Proof::Accept,
        "scenario" => Proof::Scenario,
        reason => Proof::NotTestable(reason.strip_prefix("not testable: ")?.to_owned()),
    };
    Some(Rule { id: id.to_owned(), level, proof, capability, text: text.to_owned(), chapter })
}
