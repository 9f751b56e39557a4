//! Reports: what they show of one event file, and how files that are not event files are refused.
//!
//! `golden.jsonl` holds one of everything, and an adapter that tries to break out of each format.

mod causes;
mod files;
mod forged;
mod formats;
mod golden;
mod markup;
mod together;
mod verdicts;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::run::run;

/// Every format and how its file ends.
pub(crate) const FORMATS: [(&str, &str); 8] = [
    ("text", "txt"),
    ("jsonl", "jsonl"),
    ("json", "json"),
    ("junit", "xml"),
    ("markdown", "markdown"),
    ("github", "log"),
    ("shields", "badge"),
    ("html", "html"),
];

pub(crate) const GOLDEN: &str = include_str!("golden.jsonl");

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command/reports/golden.jsonl")
}

/// An event file rendered.
#[track_caller]
fn convert(events: &Path, format: &str, code: i32) -> String {
    let (stdout, stderr) =
        run(&["report", "convert", events.to_str().unwrap(), "--format", format], code);
    assert_eq!(stderr, "", "{format}");
    stdout
}

/// A file with these events, deleted when it is dropped.
pub(crate) fn file(text: impl AsRef<[u8]>) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

/// The golden events, changed.
fn edited(edit: impl FnMut(&mut Value)) -> String {
    let mut events: Vec<Value> =
        GOLDEN.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    events.iter_mut().for_each(edit);
    events.iter().map(|event| format!("{event}\n")).collect()
}

/// A stream of a run in which these checks came to these verdicts, without any detail.
fn stream(name: &str, seed: &str, checks: &[(&str, &str)], complete: bool) -> String {
    let header = json!({
        "event": "header", "version": 1, "kit": "0.1.0",
        "vectors": {"name": "rollwire vectors", "version": "1", "sha256": "00"},
        "command": ["adapter"], "revision": 7, "seed": seed, "strict": false,
        "hello": {"impl": {"name": name, "version": "1", "language": "C"}, "revision": 7,
            "capabilities": ["decode"], "window": 1, "sessions": 0},
        "cases": checks.len(), "checks": checks.len(), "other_revisions": 0,
    });
    let count = |verdict: &str| checks.iter().filter(|(_, it)| *it == verdict).count();
    let footer = json!({
        "event": "footer", "cases": checks.len(), "complete": complete,
        "counts": {"passed": count("pass"), "failed": count("fail"), "weak": count("weak"),
            "errors": count("error"), "expected_failures": count("expected_failure"),
            "not_applicable": count("not_applicable"), "not_run": count("not_run")},
        "exit": if complete { u8::from(count("fail") + count("error") > 0) } else { 3 },
    });
    let check = |(case, verdict): &(&str, &str)| {
        let mut check = json!({"event": "check", "case": case, "check": "decode", "rule": "PING-1",
            "level": "MUST", "verdict": verdict});
        if let "fail" | "weak" | "error" = *verdict {
            check["code"] = json!("wrong_value");
        }
        if case.starts_with("fresh/") {
            check["origin"] = json!({"fresh": {"seed": seed, "number": 0}});
        }
        check
    };
    let events = [header].into_iter().chain(checks.iter().map(check)).chain([footer]);
    events.map(|event| format!("{event}\n")).collect()
}
