//! `check --failed REPORT`: what failed before, once more.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    holds, lacks,
    offline::{lines, write},
    plain, rollwire_in,
};
use crate::support::Test;
use crate::support::{Outcome, ensure};

pub(crate) fn trials() -> Vec<Test> {
    plain(&[
        ("failed_runs_what_failed_with_its_seed", again),
        ("failed_takes_what_must_be_looked_at", verdicts),
        ("failed_keeps_the_choice_of_the_run_before", choice),
        ("failed_of_nothing_is_nothing", nothing),
        ("failed_reads_a_truncated_file", truncated),
        ("failed_refuses_a_damaged_file", damaged),
        ("failed_refuses_cases_that_are_gone", gone),
        ("failed_leaves_a_baseline_alone", baseline),
    ])
}

/// Runs some checks and changes the verdicts of some.
fn report(
    folder: &Path,
    arguments: &[&str],
    mut verdict: impl FnMut(&Value) -> Option<&'static str>,
) -> Outcome {
    let begin =
        ["check", "--builtin", "--timeout", "60s", "--format", "jsonl", "--output", "run.jsonl"];
    rollwire_in(folder, &[&begin[..], arguments].concat(), 0)?;
    let mut events = lines(&folder.join("run.jsonl"))?;
    for event in &mut events {
        if event["event"] == "check"
            && let Some(verdict) = verdict(event)
        {
            event["verdict"] = json!(verdict);
        }
    }
    write(&folder.join("run.jsonl"), &events)
}

/// The cases that a run with `--failed` has, and its header.
fn asked(
    folder: &Path,
    more: &[&str],
    code: i32,
) -> Result<(Vec<String>, Value), libtest_mimic::Failed> {
    let begin = [
        "check",
        "--builtin",
        "--failed",
        "run.jsonl",
        "--format",
        "jsonl",
        "--output",
        "again.jsonl",
    ];
    rollwire_in(folder, &[&begin[..], more].concat(), code)?;
    let events = lines(&folder.join("again.jsonl"))?;
    let mut cases: Vec<String> = Vec::new();
    for event in events.iter().filter(|event| event["event"] == "check") {
        let case = event["case"].as_str().unwrap_or_default();
        if cases.last().is_none_or(|last| last != case) {
            cases.push(case.to_owned());
        }
    }
    Ok((cases, events[0].clone()))
}

fn again() -> Outcome {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let run = ["--seed", "abc", "--fresh", "2", "--filter", "{ping,fresh/ping,fresh/exchange}/*"];
    let wanted = ["ping/basic", "fresh/ping/valid-1", "fresh/exchange/3"];
    report(folder, &run, |event| {
        let once = event["check"] == "decode" || event["check"] == "run";
        let wanted = wanted.iter().any(|id| event["case"] == *id);
        (once && wanted).then_some("fail")
    })?;
    let known: Vec<Value> = lines(&folder.join("run.jsonl"))?;
    let known = |id: &str| known.iter().any(|event| event["case"] == id);
    let expected: Vec<&str> = wanted.into_iter().filter(|id| known(id)).collect();
    ensure(expected.len() == 3, || format!("{expected:?}"))?;
    let (cases, header) = asked(folder, &[], 0)?;
    ensure(cases == expected, || format!("{cases:?}"))?;
    ensure(header["seed"] == "0000000000000abc", || header.to_string())?;
    ensure(header["arguments"] == json!(["--fresh", "2"]), || header.to_string())?;
    ensure(header["filter"].as_array().map(Vec::len) == Some(3), || header.to_string())?;
    // A case is run whole.
    let events = lines(&folder.join("again.jsonl"))?;
    let of = |id: &str| events.iter().filter(|event| event["case"] == id).count();
    ensure(of("ping/basic") == 3, || format!("{}", of("ping/basic")))
}

fn verdicts() -> Outcome {
    let folder = tempfile::tempdir()?;
    let all = ["fail", "error", "unexpected_pass", "not_run", "weak", "expected_failure"];
    for (strict, expected) in [(false, 4), (true, 5)] {
        let mut left = all.into_iter();
        let strictly = if strict { &["--strict"][..] } else { &[] };
        let run = [&["--filter", "state-hash/*"][..], strictly].concat();
        report(folder.path(), &run, |event| {
            (event["check"] == "decode").then(|| left.next()).flatten()
        })?;
        ensure(left.next().is_none(), || "too few cases".to_owned())?;
        let (cases, header) = asked(folder.path(), &[], 0)?;
        ensure(cases.len() == expected, || format!("strict {strict}: {cases:?}"))?;
        ensure(header["strict"] == strict, || header.to_string())?;
    }
    Ok(())
}

fn choice() -> Outcome {
    let folder = tempfile::tempdir()?;
    let own = r#"{"vectors":1,"topic":"own","cases":[{"id":"own/short","since":1,"source":"hand","rules":["PING-1"],"level":"must","comment":"a PING without its clock","flags":[],"hex":"02","reject":"truncated","checks":["decode"]}]}"#;
    fs::write(folder.path().join("own.json"), own)?;
    let run = ["--vectors", "own.json", "--revision", "3"];
    report(folder.path(), &run, |_| Some("fail"))?;
    let (cases, header) = asked(folder.path(), &[], 0)?;
    ensure(cases == ["own/short"], || format!("{cases:?}"))?;
    ensure(header["revision"] == 3, || header.to_string())?;
    // What is given goes before.
    let (_, header) = asked(folder.path(), &["--revision", "4"], 0)?;
    ensure(header["revision"] == 4, || header.to_string())?;
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], 0)?;
    lacks(&ran.stdout, "note:")?;
    fs::write(folder.path().join("own.json"), own.replace("its clock", "a clock"))?;
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], 0)?;
    holds(&ran.stdout, "note: the vectors are no longer those of run.jsonl\n")?;
    for wrong in [["--filter", "own/*"], ["--seed", "1"]] {
        let arguments = [&["check", "--builtin", "--failed", "run.jsonl"][..], &wrong].concat();
        holds(&rollwire_in(folder.path(), &arguments, 2)?.stderr, "cannot be used with")?;
    }
    // The requests of what failed, and the answers to them.
    rollwire_in(folder.path(), &["check", "--failed", "run.jsonl", "--dump", "requests"], 0)?;
    let requests = fs::File::open(folder.path().join("requests"))?;
    let answers = fs::File::create(folder.path().join("answers"))?;
    rollwire_reference_adapter::serve(requests, answers)?;
    let judged = ["check", "--failed", "run.jsonl", "--answers", "answers"];
    holds(&rollwire_in(folder.path(), &judged, 0)?.stdout, "1 case, 1 check: 1 passed")
}

fn nothing() -> Outcome {
    let folder = tempfile::tempdir()?;
    report(folder.path(), &["--filter", "ping/*"], |_| None)?;
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], 4)?;
    holds(
        &ran.stderr,
        "run.jsonl: has no check that failed or did not run, so there is nothing to run again\n",
    )?;
    let report = ["check", "--format", "jsonl", "--output", "run.jsonl", "--", "no-such-program"];
    rollwire_in(folder.path(), &report, 3)?;
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], 4)?;
    holds(&ran.stderr, "; that run is incomplete: cannot start `no-such-program`")
}

fn truncated() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("run.jsonl");
    report(folder.path(), &["--filter", "ping/*"], |_| Some("fail"))?;
    let text = fs::read_to_string(&path)?;
    let kept: Vec<&str> = text.lines().take(4).collect();
    fs::write(&path, kept.join("\n") + "\n{\"event\":\"che")?;
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], 0)?;
    holds(
        &ran.stdout,
        "note: run.jsonl is truncated: checks that it does not hold are not run again\n",
    )?;
    holds(&ran.stdout, "1 case, 3 checks: 3 passed")?;
    fs::write(&path, format!("{}\n", kept[0]))?;
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], 4)?;
    holds(&ran.stderr, "the file is truncated")
}

fn damaged() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("run.jsonl");
    report(folder.path(), &["--filter", "ping/*", "--seed", "1"], |_| Some("fail"))?;
    let good = fs::read_to_string(&path)?;
    for (text, code, said) in [
        (String::new(), 3, "run.jsonl: is empty; the run wrote no event"),
        ("hello\n".to_owned(), 2, "run.jsonl:1: is not an event"),
        (
            good.replace("\"verdict\":\"fail\"", "\"verdict\":\"lost\""),
            2,
            "run.jsonl:2: is not an event",
        ),
        (
            good.replace("\"seed\":\"0000000000000001\"", "\"seed\":\"one\""),
            2,
            "run.jsonl:1: `seed` is `one`",
        ),
        (
            good.replace("\"arguments\":[]", "\"arguments\":[\"--fresh\",\"many\"]"),
            2,
            "run.jsonl:1: `arguments` holds options that do not select cases: `--fresh many`",
        ),
        (
            good.replace("\"arguments\":[]", "\"arguments\":[\"--help\"]"),
            2,
            "run.jsonl:1: `arguments` holds options that do not select cases: `--help`",
        ),
    ] {
        fs::write(&path, text)?;
        holds(
            &rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], code)?
                .stderr,
            said,
        )?;
    }
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "nowhere"], 2)?;
    holds(&ran.stderr, "nowhere: cannot be read")
}

fn gone() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("run.jsonl");
    report(folder.path(), &["--filter", "ping/*"], |_| Some("fail"))?;
    fs::write(&path, fs::read_to_string(&path)?.replace("ping/basic", "ping/gone"))?;
    let ran = rollwire_in(folder.path(), &["check", "--builtin", "--failed", "run.jsonl"], 4)?;
    holds(&ran.stderr, "`ping/gone` failed in the earlier run but is not a case of this run")
}

/// An entry about what is not run again is not stale.
fn baseline() -> Outcome {
    let folder = tempfile::tempdir()?;
    report(folder.path(), &["--filter", "ping/*"], |event| {
        (event["case"] == "ping/basic").then_some("fail")
    })?;
    let entry = |case: &str| {
        format!(
            "baseline = 1\n\n[[entry]]\ncase = \"{case}\"\nverdict = \"fail\"\ncode = \"wrong_value\"\nreason = \"known\"\n"
        )
    };
    fs::write(folder.path().join("other.toml"), entry("pong/basic"))?;
    let arguments = ["check", "--builtin", "--failed", "run.jsonl", "--baseline"];
    let ran = rollwire_in(folder.path(), &[&arguments[..], &["other.toml"]].concat(), 0)?;
    lacks(&ran.stdout, "note:")?;
    // One about what is run again is.
    fs::write(folder.path().join("own.toml"), entry("ping/basic"))?;
    let ran = rollwire_in(folder.path(), &[&arguments[..], &["own.toml"]].concat(), 1)?;
    holds(&ran.stdout, "XPASS  ping/basic")?;
    let update = ["baseline", "update", "x.toml", "--builtin", "--failed", "run.jsonl"];
    rollwire_in(folder.path(), &update, 2).map(drop)
}
