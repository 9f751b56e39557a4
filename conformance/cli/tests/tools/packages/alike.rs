//! The helpers that judge a codec in its own process are as strict as the kit, and as lenient: every
//! verdict on every published case about bytes is the one of `rollwire check`, for every revision, and
//! of codecs that are wrong, too.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use libtest_mimic::Failed;
use rollwire_conformance::{
    event::{CheckEvent, Event},
    verdict::Code,
};
use rollwire_model::{Model, vectors::CheckKind};

use super::{
    mistakes::{IN_JAVASCRIPT, IN_PYTHON},
    places::{self, Edit},
};
use crate::support::{NODE, Outcome, PYTHON, Test, ensure, fail, rollwire, run, trial};

/// The verdict and the code of each check, by its case and its operation.
type Judged = BTreeMap<String, String>;

pub(super) fn tests() -> Vec<Test> {
    let latest = Model::latest().revision();
    let mut tests = vec![
        trial("javascript_judges_without_nan_payload_as_the_kit", &[&NODE], move || {
            javascript(latest, &[("adapter.mjs", r#"      "nan-payload","#, "")], &["without-nan"])
                .map(drop)
        }),
        trial("python_judges_without_nan_payload_as_the_kit", &[&PYTHON], move || {
            python(latest, &[("adapter.py", r#"    "nan-payload","#, "")], &["without-nan"])
                .map(drop)
        }),
    ];
    for revision in 1..=latest {
        let name = |language| format!("{language}_judges_revision_{revision}_as_the_kit");
        tests.push(trial(name("javascript"), &[&NODE], move || {
            let declared = format!("revision: {revision},");
            javascript(revision, &[("adapter.mjs", "revision: REVISION,", &declared)], &[])
                .map(drop)
        }));
        // Both languages choose their cases alike; the first, the last and one between stand for all.
        let is_slow = ![1, 4, latest].contains(&revision);
        let in_python = trial(name("python"), &[&PYTHON], move || {
            // The line is longer than before: a replacement has to change something.
            let declared = format!("\"revision\": int({revision}),");
            python(revision, &[("adapter.py", "\"revision\": REVISION,", &declared)], &[]).map(drop)
        });
        tests.push(in_python.deep_if(is_slow));
    }
    tests.extend(IN_PYTHON.iter().map(|(fault, edit, verdict)| {
        trial(format!("python_judges_{fault}_as_the_kit"), &[&PYTHON], move || {
            gets(verdict, &python(latest, &[*edit], &[])?)
        })
    }));
    tests.extend(IN_JAVASCRIPT.iter().map(|(fault, edit, verdict)| {
        trial(format!("javascript_judges_{fault}_as_the_kit"), &[&NODE], move || {
            gets(verdict, &javascript(latest, &[*edit], &[])?)
        })
    }));
    tests
}

/// The package for npm judges a codec with this fault as the kit did.
pub(crate) fn javascript_fails_alike(edits: &[(&str, &str)], failures: &[CheckEvent]) -> Outcome {
    let folder = tempfile::tempdir()?;
    let edits: Vec<Edit> =
        edits.iter().map(|(right, wrong)| ("src/codec.mjs", *right, *wrong)).collect();
    places::javascript(folder.path(), &edits)?;
    let mut judged = javascript_judged(folder.path(), Model::latest().revision(), &[])?;
    judged.retain(|_, verdict| is_failure(verdict));
    same(&by_the_kit(failures), &judged)
}

/// Some check has this verdict and code: the mistake was made.
fn gets(verdict: &str, judged: &Judged) -> Outcome {
    let all: BTreeSet<&String> = judged.values().collect();
    ensure(judged.values().any(|it| it == verdict), || format!("{verdict} is not among {all:?}"))
}

fn is_failure(judged: &str) -> bool {
    judged.starts_with("fail") || judged.starts_with("error")
}

/// The kit and the package for npm, on one copy of the JavaScript implementation.
fn javascript(revision: u8, edits: &[Edit], words: &[&str]) -> Result<Judged, Failed> {
    let folder = tempfile::tempdir()?;
    places::javascript(folder.path(), edits)?;
    let judged = javascript_judged(folder.path(), revision, words)?;
    same(&checked(folder.path(), &[NODE.name, "adapter.mjs"])?, &judged)?;
    Ok(judged)
}

fn javascript_judged(folder: &Path, revision: u8, words: &[&str]) -> Result<Judged, Failed> {
    let script = folder.join("judged.mjs");
    fs::write(&script, include_str!("judged.mjs"))?;
    judged(Command::new(NODE.name).arg(script), revision, words)
}

/// The kit and the package for Python, on one copy of the Python implementation.
fn python(revision: u8, edits: &[Edit], words: &[&str]) -> Result<Judged, Failed> {
    let folder = tempfile::tempdir()?;
    places::python(folder.path(), edits)?;
    let judged = python_judged(folder.path(), revision, words)?;
    same(&checked(folder.path(), &[PYTHON.name, "adapter.py"])?, &judged)?;
    Ok(judged)
}

fn python_judged(folder: &Path, revision: u8, words: &[&str]) -> Result<Judged, Failed> {
    let script = folder.join("judged.py");
    fs::write(&script, include_str!("judged.py"))?;
    judged(Command::new(PYTHON.name).arg(script), revision, words)
}

/// What a script printed.
fn judged(command: &mut Command, revision: u8, words: &[&str]) -> Result<Judged, Failed> {
    let printed = run(command.arg(revision.to_string()).args(words))?.exits(0)?.stdout;
    let parts = |line: &str| {
        let (at, _) = line.match_indices(' ').nth(1)?;
        Some((line[..at].to_owned(), line[at + 1..].to_owned()))
    };
    let read = |line| parts(line).ok_or_else(|| format!("not a verdict: {line}").into());
    printed.lines().map(read).collect()
}

/// What the kit says about the bytes of an adapter.
fn checked(folder: &Path, adapter: &[&str]) -> Result<Judged, Failed> {
    let mut command = rollwire(&["check", "--fresh", "0", "--format", "jsonl"]);
    for sessions in ["!exchange-*/*", "!peer-*/*", "!digest-*/*"] {
        command.args(["--filter", sessions]);
    }
    let printed = run(command.arg("--").args(adapter).current_dir(folder))?.stdout;
    let mut checks = Vec::new();
    for line in printed.lines() {
        if let Event::Check(check) = serde_json::from_str(line)? {
            checks.push(*check);
        }
    }
    Ok(by_the_kit(&checks))
}

fn by_the_kit(checks: &[CheckEvent]) -> Judged {
    let of_bytes = |it: &&CheckEvent| !matches!(it.check, CheckKind::Run | CheckKind::Digest);
    let judged = checks.iter().filter(of_bytes).map(|it| {
        let code = match it.code {
            // In one process, nothing stands between an exception and the verdict.
            Some(Code::AdapterError) => Code::Crash.as_str(),
            Some(code) => code.as_str(),
            None => "-",
        };
        (format!("{} {}", it.case, it.check), format!("{} {code}", it.verdict.as_str()))
    });
    judged.collect()
}

fn same(by_the_kit: &Judged, judged: &Judged) -> Outcome {
    ensure(!by_the_kit.is_empty(), || "the kit checked nothing".to_owned())?;
    let lines = |one: &Judged, other: &Judged| -> Vec<String> {
        let differing = one.iter().filter(|(subject, it)| other.get(*subject) != Some(it));
        differing.map(|(subject, it)| format!("{subject} {it}")).collect()
    };
    let (kit, helper) = (lines(by_the_kit, judged), lines(judged, by_the_kit));
    if kit.is_empty() && helper.is_empty() {
        return Ok(());
    }
    fail(format!("only the kit: {kit:#?}\nonly the helper: {helper:#?}"))
}
