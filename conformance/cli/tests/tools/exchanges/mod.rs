//! Faults that show only with many entries, with frames that collide, in what stays after something has
//! left, and in sessions: planted one at a time in copies of the JavaScript and the Python implementation,
//! and each found by `rollwire check --strict`.

mod javascript;
mod python;

use std::{fs, path::Path};

use rollwire_conformance::{
    event::{CheckEvent, Event},
    verdict::Verdict,
};

use crate::support::{
    NODE, Outcome, PYTHON, Test, ensure, fail,
    javascript::{copy_javascript, edit},
    rollwire, run, trial,
};
use crate::survivors::copy_python;

/// A fault in a copy of an implementation.
struct Instance {
    name: &'static str,
    /// The rule that it breaks; none for a fault in the sessions.
    rule: Option<&'static str>,
    file: &'static str,
    /// What is replaced by what, each exactly once.
    edits: &'static [(&'static str, &'static str)],
}

pub(crate) fn tests() -> Vec<Test> {
    let javascript = javascript::INSTANCES.iter().enumerate().map(|(number, it)| {
        let name = format!("javascript::{}", it.name);
        // Each is a run of all scenarios, so only some of them run by default.
        trial(name, &[&NODE], || it.is_found("node", "adapter.mjs")).deep_if(number % 4 > 0)
    });
    let python = python::INSTANCES.iter().enumerate().map(|(number, it)| {
        let name = format!("python::{}", it.name);
        trial(name, &[&PYTHON], || it.is_found("python3", "adapter.py")).deep_if(number % 6 > 0)
    });
    javascript.chain(python).collect()
}

impl Instance {
    fn is_found(&self, program: &str, adapter: &str) -> Outcome {
        let folder = tempfile::tempdir()?;
        if program == "node" {
            copy_javascript(folder.path(), adapter)?;
        } else {
            copy_python(folder.path())?;
        }
        edit(&folder.path().join(self.file), self.edits)?;
        let mut command = rollwire(&["check", "--strict", "--seed", "1", "--timeout", "60s"]);
        command.args(["--filter", "exchange-*/*"]);
        command.args(["--format", "jsonl", "--output", "events.jsonl"]);
        command.args(["--", program, adapter]).current_dir(&folder);
        let finished = run(&mut command)?.exits(1)?;
        let failures = failures(&folder.path().join("events.jsonl"))?;
        let about = |it: &CheckEvent| match self.rule {
            Some(rule) => it.rule == rule,
            // What a session does to another one shows in any of them.
            None => it.verdict == Verdict::Error,
        };
        let found = failures.iter().any(about);
        ensure(found, || {
            let rules: Vec<(&str, &str)> =
                failures.iter().map(|it| (&*it.case, &*it.rule)).collect();
            format!("{:?} is not among {rules:?}\n{}", self.rule, finished.stdout)
        })
    }
}

fn failures(path: &Path) -> Result<Vec<CheckEvent>, libtest_mimic::Failed> {
    let mut failures = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        if let Event::Check(check) = serde_json::from_str(line)?
            && matches!(check.verdict, Verdict::Fail | Verdict::Error)
        {
            failures.push(*check);
        }
    }
    if failures.is_empty() { fail("nothing fails".to_owned()) } else { Ok(failures) }
}
