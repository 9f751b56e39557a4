//! What is kept of each check that did not pass.

use std::collections::HashSet;

use crate::{
    event::{CheckEvent, CheckName},
    vectors::Origin,
    verdict::{Code, Verdict},
};

/// How many failures are kept. What is beyond is counted by the run, but not explained.
const MAX_FAILURES: usize = 20_000;

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
}

/// The failures of a run, each check once.
#[derive(Clone, Debug, Default)]
pub struct Failures {
    known: HashSet<CheckName>,
    list: Vec<Failure>,
}

impl Failures {
    /// Keeps a check if it did not pass, and if no entry of a baseline expects that.
    pub fn add(&mut self, event: &CheckEvent) {
        let fails = matches!(event.verdict, Verdict::Fail | Verdict::Weak | Verdict::Error);
        let Some(code) = event.code.filter(|_| fails && self.list.len() < MAX_FAILURES) else {
            return;
        };
        let name = CheckName { case: event.case.clone(), check: event.check };
        // A run may ask every check more than once.
        if self.known.insert(name.clone()) {
            self.list.push(Failure {
                name,
                origin: event.origin,
                rule: event.rule.clone(),
                verdict: event.verdict,
                code,
            });
        }
    }

    /// The failures in the order of the run.
    pub fn iter(&self) -> impl Iterator<Item = &Failure> {
        self.list.iter()
    }
}
