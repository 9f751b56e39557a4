//! What is kept of each check that did not pass.

use std::collections::HashMap;

use rollwire_model::{Outcome, Value};

use super::fingerprint::Fingerprint;
use crate::{
    check::{
        digest::judge::AnsweredDigest,
        judgement::{Answered, same_value},
    },
    event::{CheckEvent, CheckName},
    vectors::Origin,
    verdict::{Code, Verdict},
};

/// How many failures are kept. What is beyond is counted by the run, but not explained.
const MAX_FAILURES: usize = 20_000;

/// How many bytes the answers may have that are kept, roughly: 32 MiB.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// A longer answer is not kept.
const LONGEST_ANSWER: usize = 16 * 1024;

/// A check that did not pass.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The check.
    pub name: CheckName,
    /// Where its case comes from.
    pub origin: Origin,
    /// The rule under which it was reported.
    pub rule: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong.
    pub code: Code,
    /// What the implementation did instead of answering, in one line; empty if it answered.
    pub instead: String,
}

impl Failure {
    /// The kind of what the implementation did instead of answering: the first word, such as
    /// `RangeError`, since the rest may name a place or a value.
    #[must_use]
    pub fn kind_of_error(&self) -> &str {
        let word = self.instead.split([':', ' ', '(']).next().unwrap_or_default();
        word.trim_matches('`')
    }
}

/// What was done instead of answering, in one line.
fn instead(event: &CheckEvent, code: Code) -> String {
    if code != Code::AdapterError {
        return String::new();
    }
    let got = event.detail.as_ref().map_or("", |detail| &detail.got);
    let line = got.lines().next().unwrap_or_default();
    line.strip_prefix("an error: ").unwrap_or(line).to_owned()
}

/// What was answered in a check that did not pass.
#[derive(Clone, Debug)]
pub enum Given {
    /// In a check on bytes.
    Bytes(GivenOutcome),
    /// The first wrong observation of a scenario.
    Scenario {
        /// The number of the stimulus, counted from 0.
        step: usize,
        /// What was observed.
        observed: Fingerprint,
    },
    /// The digits of a digest; `None` if there was a refusal.
    Digest(Option<String>),
}

/// What was answered in a check on bytes.
#[derive(Clone, Debug)]
pub enum GivenOutcome {
    /// A value.
    Value(Value),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A refusal, with its class if any.
    Reject(Option<String>),
}

impl GivenOutcome {
    /// Whether this is the same answer. A refusal without a class is the same as any refusal.
    #[must_use]
    pub fn is(&self, outcome: &Outcome) -> bool {
        match (self, outcome) {
            (Self::Value(one), Outcome::Value(other)) => same_value(one, other),
            (Self::Bytes(one), Outcome::Bytes(other)) => one == other,
            (Self::Reject(None), Outcome::Reject(_)) => true,
            (Self::Reject(Some(one)), Outcome::Reject(other)) => one == other.as_str(),
            _ => false,
        }
    }
}

impl Given {
    /// The answer in a check on bytes, if it was one.
    #[must_use]
    pub fn bytes(got: &Answered) -> Option<Self> {
        Some(Self::Bytes(match got {
            Answered::Value(value) => GivenOutcome::Value(value.clone()),
            Answered::Bytes(bytes) => GivenOutcome::Bytes(bytes.clone()),
            Answered::Reject { class, .. } => GivenOutcome::Reject(class.clone()),
            Answered::Different { .. } | Answered::Long(_) | Answered::Nothing(_) => return None,
        }))
    }

    /// The answer in a check of a digest, if it was one.
    #[must_use]
    pub fn digest(got: &Answered, made: Option<&AnsweredDigest>) -> Option<Self> {
        match (got, made) {
            (_, Some(made)) => Some(Self::Digest(Some(made.hash.clone()))),
            (Answered::Reject { .. }, None) => Some(Self::Digest(None)),
            _ => None,
        }
    }

    /// Its size in bytes, roughly.
    fn size(&self) -> usize {
        match self {
            Self::Bytes(GivenOutcome::Value(value)) => {
                64 + value.fields.values().map(size).sum::<usize>()
            }
            Self::Bytes(GivenOutcome::Bytes(bytes)) => bytes.len(),
            Self::Bytes(GivenOutcome::Reject(text)) | Self::Digest(text) => {
                64 + text.as_ref().map_or(0, String::len)
            }
            Self::Scenario { .. } => 64,
        }
    }
}

fn size(json: &serde_json::Value) -> usize {
    match json {
        serde_json::Value::String(text) => text.len(),
        serde_json::Value::Array(list) => list.iter().map(|it| 32 + size(it)).sum(),
        serde_json::Value::Object(members) => members.values().map(|it| 64 + size(it)).sum(),
        _ => 16,
    }
}

/// The failures of a run, each check once, and what was answered.
#[derive(Clone, Debug, Default)]
pub struct Failures {
    /// The place in `list`; `None` for a check that has no verdict.
    known: HashMap<CheckName, Option<usize>>,
    list: Vec<Failure>,
    given: HashMap<CheckName, Given>,
    bytes: usize,
}

impl Failures {
    /// Keeps what was answered in a check that did not pass.
    pub fn keep(&mut self, event: &CheckEvent, given: impl FnOnce() -> Option<Given>) {
        if !matches!(event.verdict, Verdict::Fail | Verdict::Weak) {
            return;
        }
        let Some(given) = given() else { return };
        let size = given.size();
        if size <= LONGEST_ANSWER && self.bytes + size <= MAX_BYTES {
            let name = CheckName { case: event.case.clone(), check: event.check };
            self.given.entry(name).or_insert_with(|| {
                self.bytes += size;
                given
            });
        }
    }

    /// Keeps a check if it did not pass, and if no entry of a baseline expects that.
    pub fn add(&mut self, event: &CheckEvent) {
        if event.verdict == Verdict::Pass {
            return;
        }
        let name = CheckName { case: event.case.clone(), check: event.check };
        let fails = matches!(event.verdict, Verdict::Fail | Verdict::Weak | Verdict::Error);
        let code = event.code.filter(|_| fails && self.list.len() < MAX_FAILURES);
        // A run may ask every check more than once.
        if self.known.get(&name).is_some_and(|at| at.is_some() || code.is_none()) {
            return;
        }
        self.known.insert(name.clone(), code.map(|_| self.list.len()));
        if let Some(code) = code {
            self.list.push(Failure {
                name,
                origin: event.origin,
                rule: event.rule.clone(),
                verdict: event.verdict,
                code,
                instead: instead(event, code),
            });
        }
    }

    /// The failures in the order of the run.
    #[must_use]
    pub fn list(&self) -> &[Failure] {
        &self.list
    }

    /// The place of a check in the list, if it failed.
    #[must_use]
    pub fn place(&self, name: &CheckName) -> Option<usize> {
        self.known.get(name).copied().flatten()
    }

    /// Whether a check of the plan passed.
    #[must_use]
    pub fn passed(&self, name: &CheckName) -> bool {
        !self.known.contains_key(name)
    }

    /// What was answered in a check that failed.
    #[must_use]
    pub fn given(&self, name: &CheckName) -> Option<&Given> {
        self.given.get(name)
    }
}
