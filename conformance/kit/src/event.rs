//! The event stream: the one interface between a run and everything that shows it.
//!
//! A header, one event per check in the order of the plan, notes in between, a footer. Of a run that
//! ended early, only the round in which it ended has its events; further ones are only counted. Every report is
//! a rendering of this stream; a stream without its footer is a truncated one. Nothing in it depends
//! on the clock, so two runs of the same thing can be compared line by line.

use std::collections::BTreeMap;

use rollwire_model::vectors::{CheckKind, Scenario};
use serde::{Deserialize, Serialize};

use crate::{
    protocol::{Capability, Hello},
    vectors::{CaseMeta, Origin, VectorsId},
    verdict::{Code, Counts, Exit, Verdict},
};

/// The version of this format; it changes when a member changes its meaning.
pub const EVENT_VERSION: u32 = 1;

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The first one.
    Header(Box<Header>),
    /// One for every check.
    Check(Box<CheckEvent>),
    /// Something about the run as a whole.
    Note {
        /// One sentence without a period.
        text: String,
    },
    /// The last one.
    Footer(Footer),
}

/// What is run, and against what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`EVENT_VERSION`]
    pub version: u32,
    /// The version of rollwire.
    pub kit: String,
    /// The vector set.
    pub vectors: VectorsId,
    /// The adapter's command line; empty where none was started.
    pub command: Vec<String>,
    /// The address of an adapter that was there before the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<String>,
    /// The file of recorded answers, where nobody was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline: Option<String>,
    /// The arguments that chose other cases than the published ones, such as `--vectors own.json`, and
    /// `--allow-remote`: what it takes to ask a check again.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// The filter; none selects everything. What was filtered is no claim about the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<String>,
    /// Who answered, unless nobody did.
    pub hello: Option<Hello>,
    /// The protocol revision that cases are chosen for.
    pub revision: u8,
    /// The seed of the fresh cases, as hex; `--seed` replays it.
    pub seed: String,
    /// Whether a weak check is fatal.
    pub strict: bool,
    /// How many cases are to run.
    pub cases: u64,
    /// How many checks that makes, repetitions included.
    pub checks: u64,
    /// How many cases are left out because they are about other revisions.
    pub other_revisions: u64,
}

/// One check and its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckEvent {
    /// The case's id.
    pub case: String,
    /// Where the case comes from; a case of the published set does not say so.
    #[serde(default, skip_serializing_if = "Origin::is_published")]
    pub origin: Origin,
    /// Which of its checks.
    pub check: CheckKind,
    /// The rule that the case is about.
    pub rule: String,
    /// Its level: MUST, SHOULD or MAY.
    pub level: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The entry of the baseline that names this check, where that made a difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Listed>,
    /// Why it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Everything a reader needs to find the bug, for whatever is neither passed nor left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

impl CheckEvent {
    /// A check that the run has not come to.
    #[must_use]
    pub fn not_run(case: &dyn CaseMeta, origin: Origin, check: CheckKind) -> Self {
        Self {
            case: case.id().to_owned(),
            origin,
            check,
            rule: case.rules().first().cloned().unwrap_or_default(),
            level: case.level().to_string(),
            verdict: Verdict::NotRun,
            code: None,
            listed: None,
            reason: None,
            detail: None,
        }
    }

    /// The same check, which does not apply because this capability is missing.
    #[must_use]
    pub fn not_applicable(self, missing: Capability) -> Self {
        let reason = Some(format!("capability {} is not declared", missing.as_str()));
        Self { verdict: Verdict::NotApplicable, reason, ..self }
    }
}

/// What an entry of the baseline says about a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The line of the file where the entry begins.
    pub line: usize,
    /// The verdict that it expects, before the baseline is considered.
    pub verdict: Verdict,
    /// The code that it expects.
    pub code: Code,
    /// Why the check is expected to fail.
    pub reason: String,
    /// Where that is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// What a failure looks like.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// The text of the rule.
    pub rule_text: String,
    /// The chapter of the specification.
    pub chapter: String,
    /// The datagram that was given, or the one that was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Bytes>,
    /// The value that was given to the encoder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The path of the field where it went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The offset of that field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// What would have been right, the preferred answer first.
    pub expected: Vec<String>,
    /// What came.
    pub got: String,
    /// A guess at the cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The typical bug that the case catches.
    pub comment: String,
    /// The case's flags and their bug classes.
    pub flags: BTreeMap<String, String>,
    /// What came on standard error meanwhile, the newest lines.
    pub stderr: Vec<String>,
    /// The steps of a scenario up to the one where it went wrong, which is marked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// The requests, with ids from 1.
    pub requests: Vec<String>,
    /// A fresh scenario made as short as it still fails, as a case of a vector file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shrunk: Option<Box<Scenario>>,
}

/// A datagram with its parts named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes {
    /// What these bytes are: `given` to the adapter, or `expected` from it.
    pub role: String,
    /// The parts in order.
    pub parts: Vec<BytesPart>,
    /// Which part is marked.
    pub marked: Option<usize>,
}

/// One named part of a datagram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BytesPart {
    /// The field's path.
    pub name: String,
    /// Its offset.
    pub offset: usize,
    /// Its bytes.
    pub hex: String,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footer {
    /// How many cases there were.
    pub cases: u64,
    /// How many checks came to what.
    pub counts: Counts,
    /// How many checks a missing capability left out, by capability.
    pub missing_capabilities: BTreeMap<String, u64>,
    /// How many entries of the baseline do not hold any more, each of them told by a note before.
    #[serde(default)]
    pub rot: u64,
    /// Whether everything was asked.
    pub complete: bool,
    /// Why not, or why nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The exit code.
    pub exit: Exit,
}

impl Footer {
    /// The last line of the text report.
    #[must_use]
    pub fn summary(&self) -> String {
        use crate::text::{grouped, plural};
        let counts = &self.counts;
        let mut line = format!(
            "{}, {}: {} passed, {} failed, {} weak",
            plural(self.cases, "case", "cases"),
            plural(counts.total(), "check", "checks"),
            grouped(counts.passed),
            grouped(counts.failed),
            grouped(counts.weak),
        );
        for (count, word) in [
            (counts.errors, if counts.errors == 1 { "error" } else { "errors" }),
            (counts.expected_failures, "expected to fail"),
            (counts.unexpected_passes, "passed unexpectedly"),
            (counts.not_applicable, "not applicable"),
            (counts.not_run, "not run"),
        ] {
            if count > 0 {
                line += &format!(", {} {word}", grouped(count));
            }
        }
        if self.rot > 0 {
            line += &format!("; {} in the baseline", plural(self.rot, "fault", "faults"));
        }
        line
    }
}
