//! The captures of a match, and what `rollwire capture check` says of both together.

use std::fs;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::support::{rollwire, run};

/// What was found in the captures of the left and of the right side.
pub(super) struct Verdict {
    report: Value,
}

/// Judges a match, as a page has handed it over.
pub(super) fn check(played: &Value) -> Result<Verdict, Failed> {
    let folder = tempfile::tempdir()?;
    let mut check = rollwire(&["capture", "check", "--format", "json"]);
    for (index, name) in ["left.jsonl", "right.jsonl"].into_iter().enumerate() {
        let path = folder.path().join(name);
        fs::write(&path, played["captures"][index].as_str().ok_or("the capture is missing")?)?;
        check.arg(path);
    }
    let checked = run(&mut check)?;
    let report: Value = serde_json::from_str(&checked.stdout)
        .map_err(|error| format!("{error}\n{}\n{}", checked.stdout, checked.stderr))?;
    let verdict = Verdict { report };
    let expected =
        i32::from(!verdict.accusations(0).is_empty() || !verdict.accusations(1).is_empty());
    if checked.code != Some(expected) {
        return Err(format!("exit {:?}, not {expected}", checked.code).into());
    }
    Ok(verdict)
}

impl Verdict {
    /// What the capture of one side, 0 or 1, holds against whom: the rule, and the index of the accused.
    pub(super) fn accusations(&self, side: usize) -> Vec<(String, usize)> {
        let violations = self.side(side)["violations"].as_array().into_iter().flatten();
        let accusation = |it: &Value| {
            let accused = if it["side"] == "own" { side } else { 1 - side };
            (it["rule"].as_str().unwrap_or_default().to_owned(), accused)
        };
        violations.map(accusation).collect()
    }

    /// A number about one side, such as `sent`.
    pub(super) fn count(&self, side: usize, name: &str) -> u64 {
        self.side(side)[name].as_u64().unwrap_or_default()
    }

    /// How many hashes of one side were compared, and how many of them differ.
    pub(super) fn hashes(&self, side: usize) -> (u64, u64) {
        let number = |name: &str| self.side(side)["hashes"][name].as_u64().unwrap_or_default();
        (number("compared"), number("differ"))
    }

    /// What became of the datagrams of one direction, such as `lost`.
    pub(super) fn way(&self, from: usize, name: &str) -> u64 {
        self.report["crossing"]["ways"][from][name].as_u64().unwrap_or_default()
    }

    fn side(&self, side: usize) -> &Value {
        &self.report["captures"][side]["sides"][0]
    }
}
