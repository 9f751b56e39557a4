//! The event stream: the only interface between a run and everything that shows it.
//!
//! A stream is a header, one event per check in the order of the plan with notes in between, the
//! causes of the failures, and a footer. If a run ends early, the round in which it ended still has all its events; the checks of
//! later rounds are only counted. Every report is a rendering of this stream. A stream without a
//! footer is truncated. Nothing in it depends on the clock, so two equal runs can be compared line
//! by line.

mod left_out;

use std::collections::BTreeMap;

use rollwire_model::vectors::{CheckKind, Scenario};
use serde::{Deserialize, Serialize};

use crate::{
    protocol::{Hello, Missing},
    vectors::{CaseMeta, Origin, VectorsId},
    verdict::{Code, Counts, Exit, Verdict},
};

pub use self::left_out::LeftOut;

/// The version of this format; it changes when the meaning of a member changes.
pub const EVENT_VERSION: u32 = 1;

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The first event.
    Header(Box<Header>),
    /// One event per check.
    Check(Box<CheckEvent>),
    /// Something about the run as a whole.
    Note {
        /// A sentence without a final period.
        text: String,
    },
    /// One cause of failures, after all checks; the worst cause comes first.
    Cause(Box<Cause>),
    /// The last event.
    Footer(Box<Footer>),
}

/// What is run, and against which adapter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`EVENT_VERSION`]
    pub version: u32,
    /// The version of rollwire.
    pub kit: String,
    /// The vector set.
    pub vectors: VectorsId,
    /// The adapter's command line; empty if the kit did not start one.
    pub command: Vec<String>,
    /// The address of an adapter that was already running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<String>,
    /// The file of recorded answers, if they replaced an adapter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline: Option<String>,
    /// The arguments that a rerun of a check needs: those that select cases beyond the published
    /// ones, such as `--vectors own.json`, and `--allow-remote`.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// The globs of the filter, then selectors such as `message:state_hash`; an empty list selects
    /// everything. A filtered run says nothing about the cases that it left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<String>,
    /// What the adapter said about itself, unless it never answered.
    pub hello: Option<Hello>,
    /// The protocol revision that the cases are selected for.
    pub revision: u8,
    /// The seed of the fresh cases, in hex; `--seed` repeats them.
    pub seed: String,
    /// Whether a weak check fails the run.
    pub strict: bool,
    /// How many cases the run has.
    pub cases: u64,
    /// How many checks these cases have, including repetitions.
    pub checks: u64,
    /// How many cases were left out because they apply only to other revisions.
    pub other_revisions: u64,
}

/// One check and its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckEvent {
    /// The case's id.
    pub case: String,
    /// Where the case comes from; left out for a case of the published set.
    #[serde(default, skip_serializing_if = "Origin::is_published")]
    pub origin: Origin,
    /// Which check of the case.
    pub check: CheckKind,
    /// The rule that the case tests.
    pub rule: String,
    /// The level of the case: MUST, SHOULD or MAY.
    pub level: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The entry of the baseline that names this check, if it changed the verdict or could have.
    #[serde(default, rename = "listed", skip_serializing_if = "Option::is_none")]
    pub baseline_match: Option<BaselineMatch>,
    /// Why the check does not apply, or why it was left out of a run that went on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What a reader needs to find the bug, for a check that was asked and did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

impl CheckEvent {
    /// A check that the run has not reached.
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
            baseline_match: None,
            reason: None,
            detail: None,
        }
    }

    /// The same check, which does not apply because the adapter does not declare this.
    #[must_use]
    pub fn not_applicable(self, missing: Missing) -> Self {
        let reason = Some(missing.to_string());
        Self { verdict: Verdict::NotApplicable, reason, ..self }
    }
}

/// The entry of a baseline that names a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineMatch {
    /// The line on which the entry begins.
    pub line: usize,
    /// The verdict that the entry expects, before the baseline is applied.
    pub verdict: Verdict,
    /// The code that the entry expects.
    pub code: Code,
    /// The rule that the entry expects the failure to be reported under; any rule if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Why the check is expected to fail.
    pub reason: String,
    /// Where the failure is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The details of a failure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// The text of the rule.
    pub rule_text: String,
    /// The chapter of the specification.
    pub chapter: String,
    /// The datagram that the adapter was given, or the one that it was expected to return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Bytes>,
    /// The value that was given to the encoder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The path of the first wrong field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The offset of that field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// The right answers, the preferred one first.
    pub expected: Vec<String>,
    /// The answer that the adapter gave.
    pub got: String,
    /// The likely cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The typical bug that the case catches.
    pub comment: String,
    /// The flags of the case, each with its class of bugs.
    pub flags: BTreeMap<String, String>,
    /// The last lines that the adapter wrote to standard error.
    pub stderr: Vec<String>,
    /// The steps of a scenario, up to and including the first wrong one, which is marked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// The requests, with ids counted from 1.
    pub requests: Vec<String>,
    /// The shortest scenario found that still fails, as a case of a vector file; for fresh scenarios.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shrunk: Option<Box<Scenario>>,
}

/// A datagram, split into named parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes {
    /// What these bytes are: `given` to the adapter, or `expected` from it.
    pub role: String,
    /// The parts in order.
    pub parts: Vec<BytesPart>,
    /// The index of the marked part.
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

/// What is wrong, and the failures that it explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// A stable name: that of a known fault, or of a group of failures without one.
    pub id: String,
    /// How much the cause harms a game.
    pub harm: Harm,
    /// Whether a known fault gives these very answers. If not, the failures only have their rule
    /// and code in common.
    pub explained: bool,
    /// What is wrong, in one sentence without a final period.
    pub sentence: String,
    /// How many checks fail because of it.
    pub failures: u64,
    /// The messages concerned, as `messages.toml` names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// The rules that it breaks, the one to read first at the beginning.
    pub rules: Vec<String>,
    /// The chapter of the first rule.
    pub chapter: String,
    /// The failure that is closest to what happens in a game.
    pub example: CheckName,
    /// Every failure that it explains, in the order of the run.
    pub checks: Vec<CheckName>,
}

/// A check, by its case and kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CheckName {
    /// The id of the case.
    pub case: String,
    /// Which check of the case.
    pub check: CheckKind,
}

/// How much a cause harms a game, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Harm {
    /// Data is lost, peers diverge, or the implementation crashes or hangs.
    Diverges,
    /// Wrong bytes are sent, or right bytes are misread.
    WrongData,
    /// Bytes or values that must be refused are accepted.
    Accepts,
    /// Bytes or values that must be accepted are refused.
    Refuses,
    /// A recommendation is not followed, or a refusal has the wrong class.
    Cosmetic,
}

impl Harm {
    /// The harm in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Diverges => "data is lost or peers diverge",
            Self::WrongData => "wrong data is sent or read",
            Self::Accepts => "invalid data is accepted",
            Self::Refuses => "valid data is refused",
            Self::Cosmetic => "a recommendation is not followed",
        }
    }
}

/// The result of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footer {
    /// How many cases the run had.
    pub cases: u64,
    /// How many checks have which verdict.
    pub counts: Counts,
    /// What the run left out, and why.
    #[serde(default, skip_serializing_if = "LeftOut::is_empty")]
    pub left_out: LeftOut,
    /// How many faults the entries of the baseline have; a note before the footer describes each.
    #[serde(default, rename = "rot")]
    pub baseline_faults: u64,
    /// How many faults the adapter had besides wrong answers: it did not end with code 0, or a
    /// sanitizer reported a fault. A note before the footer describes each, and they fail a strict
    /// run.
    #[serde(default, skip_serializing_if = "left_out::is_zero")]
    pub adapter_faults: u64,
    /// How many refusals have no class; a note before the footer says what that means.
    #[serde(default, skip_serializing_if = "left_out::is_zero")]
    pub refusals_without_class: u64,
    /// Whether the run came to its end. Checks that were left out because their like breaks the adapter
    /// do not make it incomplete; they count as not run, and a note says why.
    pub complete: bool,
    /// Why the run is incomplete, or why it checked nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The exit code.
    pub exit: Exit,
}

impl Footer {
    /// Whether the run left something out, for whatever reason. The verdict on such a run is at best
    /// that it is partial: only a run of the whole can show that an implementation conforms.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        // A stream of an earlier version only has the count.
        !self.left_out.is_empty() || self.counts.not_applicable > 0
    }

    /// The exit code of a complete run with this footer. A strict run fails if no refusal has a class,
    /// although none of its checks does.
    #[must_use]
    pub fn exit_of_complete(&self, strict: bool, no_classes: bool) -> Exit {
        match self.counts.exit(strict) {
            _ if self.baseline_faults > 0 => Exit::Failed,
            _ if strict && self.adapter_faults > 0 => Exit::Failed,
            Exit::Conforms if strict && no_classes => Exit::Failed,
            exit => exit,
        }
    }

    /// The last line of the text report: the counts.
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
        if self.refusals_without_class > 0 {
            let refusals = plural(self.refusals_without_class, "refusal", "refusals");
            line += &format!("; {refusals} without a class");
        }
        if self.baseline_faults > 0 {
            line +=
                &format!("; {} in the baseline", plural(self.baseline_faults, "fault", "faults"));
        }
        if self.adapter_faults > 0 {
            line += &format!("; {} of the adapter", plural(self.adapter_faults, "fault", "faults"));
        }
        line
    }
}
