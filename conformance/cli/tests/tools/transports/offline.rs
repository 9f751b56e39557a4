//! `--dump` and `--answers` with answers that are right: the same verdicts as in a live run.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::{holds, lacks, plain, rollwire_in};
use crate::support::Test;
use crate::support::{NODE, Outcome, PYTHON, Tool, adapters, ensure, rollwire, run, trial};

pub(crate) fn trials() -> Vec<Test> {
    let mut trials = plain(&[
        ("offline_verdicts_are_those_of_a_live_run", as_live),
        ("offline_requests_come_in_order", order),
        ("offline_requests_go_to_standard_output_too", to_standard_output),
        ("offline_answers_come_in_any_order", any_order),
        ("offline_capabilities_leave_out_what_they_do", capabilities),
        ("offline_a_revision_is_that_of_the_requests", revisions),
        ("offline_reports_say_so", reports),
        ("offline_flags_that_mean_nothing_are_refused", usage),
    ]);
    let others: [(&str, &'static Tool, &str); 2] =
        [("node", &NODE, "javascript/adapter.mjs"), ("python3", &PYTHON, "python/adapter.py")];
    for (program, tool, path) in others {
        let name = format!("offline_{program}_answers_from_a_file");
        trials.push(trial(name, &[tool], move || piped(program, path)));
    }
    trials
}

/// Writes the requests of a run, and the answers of the reference implementation to them.
pub(crate) fn record(folder: &Path, chosen: &[&str]) -> Outcome {
    rollwire_in(folder, &[&["check", "--dump", "requests.jsonl"], chosen].concat(), 0)?;
    let requests = File::open(folder.join("requests.jsonl"))?;
    let answers = File::create(folder.join("answers.jsonl"))?;
    Ok(rollwire_reference_adapter::serve(requests, answers)?)
}

/// The lines of a file of JSON Lines.
pub(crate) fn lines(path: &Path) -> Result<Vec<Value>, libtest_mimic::Failed> {
    let text = fs::read_to_string(path)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Writes them again.
pub(crate) fn write(path: &Path, lines: &[Value]) -> Outcome {
    Ok(fs::write(path, lines.iter().map(|line| format!("{line}\n")).collect::<String>())?)
}

const SMALL: [&str; 4] = ["--fresh", "1", "--seed", "5"];

fn as_live() -> Outcome {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    record(folder, &SMALL)?;
    let offline = ["--answers", "answers.jsonl", "--fresh", "1"];
    let mut streams = Vec::new();
    let live = [&SMALL[..], &["--builtin"]].concat();
    for source in [&offline[..], &live, &["--fresh", "1", "--answers", "answers.jsonl"]] {
        let report = ["check", "--format", "jsonl", "--output", "run.jsonl"];
        rollwire_in(folder, &[&report[..], source].concat(), 0)?;
        streams.push(lines(&folder.join("run.jsonl"))?);
    }
    let [first, live, second] = &streams[..] else { return Err("three runs".into()) };
    ensure(first == second, || "answers are judged otherwise the second time".to_owned())?;
    ensure(first.len() > 3000, || format!("{} events", first.len()))?;
    ensure(first[1..] == live[1..], || "the events are others".to_owned())?;
    ensure(first[0]["seed"] == "0000000000000005", || first[0].to_string())?;
    ensure(first[0]["offline"] == "answers.jsonl", || first[0].to_string())?;
    ensure(live[0]["offline"] == Value::Null, || live[0].to_string())
}

fn piped(program: &str, path: &str) -> Outcome {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    record(folder, &SMALL)?;
    let answered = Command::new(program)
        .arg(adapters().join(path))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(File::open(folder.join("requests.jsonl"))?)
        .stdout(File::create(folder.join("answers.jsonl"))?)
        .status()?;
    ensure(answered.success(), || format!("{answered}"))?;
    let ran = rollwire_in(folder, &["check", "--answers", "answers.jsonl", "--fresh", "1"], 0)?;
    holds(&ran.stdout, " passed, 0 failed, 0 weak\n")?;
    lacks(&ran.stdout, "note:")
}

fn order() -> Outcome {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let ran =
        rollwire_in(folder, &[&["check", "--dump", "requests.jsonl"][..], &SMALL].concat(), 0)?;
    let requests = lines(&folder.join("requests.jsonl"))?;
    let said = "requests; next: `your_adapter < requests.jsonl > ANSWERS`, and then \
         `rollwire check --answers ANSWERS --fresh 1`\n";
    holds(&ran.stderr, said)?;
    let ids = requests.iter().map(|it| it["id"].as_u64());
    ensure(ids.eq((0..requests.len() as u64).map(Some)), || "ids from 0".to_owned())?;
    let op = |at: usize| requests[at]["op"].as_str().unwrap_or_default();
    ensure(op(0) == "hello" && op(1).starts_with("probe-"), || format!("{} {}", op(0), op(1)))?;
    // The canaries stand behind the probe and at the end.
    let canaries = 96;
    let body = |it: &Value| {
        let mut body = it.clone();
        body["id"] = json!(0);
        body
    };
    let first: Vec<Value> = requests[2..2 + canaries].iter().map(body).collect();
    let last: Vec<Value> = requests[requests.len() - canaries..].iter().map(body).collect();
    ensure(first == last, || format!("{first:?}\n{last:?}"))?;
    // Sessions are whole: one is open at a time, and none is used twice.
    let (mut open, mut seen) = (None, BTreeSet::new());
    for request in &requests {
        let session = request["session"].as_u64();
        let right = match request["op"].as_str() {
            Some("open") => open.replace(session).is_none() && seen.insert(session),
            Some("close") => open.take() == Some(session),
            Some("step" | "advance") => open == Some(session),
            _ => open.is_none(),
        };
        ensure(right, || request.to_string())?;
    }
    ensure(seen.len() > 200, || format!("{} sessions", seen.len()))?;
    // No expected answer is among them.
    let text = fs::read_to_string(folder.join("requests.jsonl"))?;
    ["observations", "reject", "expect"].iter().try_for_each(|word| lacks(&text, word))
}

fn to_standard_output() -> Outcome {
    let folder = tempfile::tempdir()?;
    let chosen = ["--filter", "ping/*", "--seed", "1"];
    let shown = rollwire_in(folder.path(), &[&["check", "--dump", "-"][..], &chosen].concat(), 0)?;
    rollwire_in(folder.path(), &[&["check", "--dump", "x"][..], &chosen].concat(), 0)?;
    let written = fs::read_to_string(folder.path().join("x"))?;
    ensure(shown.stdout == written, || shown.stdout.clone())?;
    holds(&shown.stderr, "`your_adapter < FILE > ANSWERS`")?;
    holds(&shown.stderr, "`rollwire check --answers ANSWERS --filter 'ping/*'`")?;
    // As people use it.
    let mut command = rollwire(&["adapter"]);
    command.stdin(File::open(folder.path().join("x"))?);
    command.stdout(File::create(folder.path().join("y"))?).stderr(Stdio::null());
    ensure(command.status()?.success(), || "the adapter failed".to_owned())?;
    let judged = ["check", "--answers", "y", "--filter", "ping/*"];
    rollwire_in(folder.path(), &judged, 0)?;
    let ran = rollwire_in(folder.path(), &["check", "--dump", "-", "--filter", "pong/x"], 4)?;
    ensure(ran.stdout.is_empty(), || ran.stdout)?;
    let nothing = ["check", "--dump", "-", "--filter", "state-hash/*", "--revision", "3"];
    holds(&rollwire_in(folder.path(), &nothing, 4)?.stderr, "nothing was written")
}

fn any_order() -> Outcome {
    let folder = tempfile::tempdir()?;
    let answers = folder.path().join("answers.jsonl");
    record(folder.path(), &["--filter", "state-hash/*"])?;
    let mut all = lines(&answers)?;
    all.reverse();
    let middle = all.len() / 2;
    all.swap(0, middle);
    write(&answers, &all)?;
    let judged = ["check", "--answers", "answers.jsonl", "--filter", "state-hash/*"];
    rollwire_in(folder.path(), &judged, 0)?;
    // Line ends of another system, empty lines, and a last line without an end.
    let text = fs::read_to_string(&answers)?.replace('\n', "\r\n\r\n");
    fs::write(&answers, text.trim_end())?;
    lacks(&rollwire_in(folder.path(), &judged, 0)?.stdout, "note:")
}

/// An adapter that only decodes, and compares nothing.
fn capabilities() -> Outcome {
    let folder = tempfile::tempdir()?;
    let answers = folder.path().join("answers.jsonl");
    record(folder.path(), &SMALL)?;
    let requests = lines(&folder.path().join("requests.jsonl"))?;
    let right = lines(&answers)?;
    for (declared, kept) in
        [(json!(["decode"]), &["decode"][..]), (json!(["exchange"]), &["open", "step", "close"])]
    {
        let mut all = right.clone();
        all[0]["ok"]["capabilities"] = declared;
        for (answer, request) in all.iter_mut().zip(&requests).skip(1) {
            if !kept.iter().any(|it| request["op"] == *it) {
                *answer = json!({"id": answer["id"], "unsupported": {}});
            }
        }
        write(&answers, &all)?;
        let judged =
            ["check", "--answers", "answers.jsonl", "--fresh", "1", "--filter", "!*detect*/*"];
        // The answers are those to all requests, so a filter makes them others.
        rollwire_in(folder.path(), &judged, 2)?;
        let ran = rollwire_in(folder.path(), &judged[..5], 0)?;
        holds(&ran.stdout, "checks are not applicable: capabilit")?;
        holds(&ran.stdout, " encode, ")?;
        lacks(&ran.stdout, "holds no answer")?;
        lacks(&ran.stdout, "unsupported")?;
    }
    Ok(())
}

fn revisions() -> Outcome {
    let folder = tempfile::tempdir()?;
    let answers = folder.path().join("answers.jsonl");
    let chosen = ["--filter", "keepalive/*"];
    record(folder.path(), &chosen)?;
    let mut all = lines(&answers)?;
    all[0]["ok"]["revision"] = json!(5);
    write(&answers, &all)?;
    let judged = [&["check", "--answers", "answers.jsonl"][..], &chosen].concat();
    let ran = rollwire_in(folder.path(), &judged, 2)?;
    holds(&ran.stderr, "the adapter speaks revision 5, and the requests are about revision 7")?;
    holds(&ran.stderr, "`--dump FILE --revision 5`")?;
    let chosen = [&chosen[..], &["--revision", "5"]].concat();
    record(folder.path(), &chosen)?;
    let judged = [&["check", "--answers", "answers.jsonl"][..], &chosen].concat();
    holds(&rollwire_in(folder.path(), &judged, 0)?.stdout, "· revision 5 ·")
}

fn reports() -> Outcome {
    let folder = tempfile::tempdir()?;
    record(folder.path(), &["--vectors", "../nowhere"]).err().ok_or("there are no such vectors")?;
    record(folder.path(), &SMALL)?;
    let said = "recorded answers; the nonce, isolation and interleaving are not shown";
    let judged = ["check", "--answers", "answers.jsonl", "--fresh", "1", "--format"];
    for (format, part) in [
        ("text", format!("offline: {said} (answers.jsonl)\n")),
        ("markdown", format!("offline: {said}")),
        ("html", format!("{said} (answers.jsonl)")),
        ("junit", format!("name=\"offline\" value=\"{said} (answers.jsonl)\"")),
        ("json", "\"offline\": \"answers.jsonl\"".to_owned()),
        ("shields", "\"partial: ".to_owned()),
    ] {
        let ran = rollwire_in(folder.path(), &[&judged[..], &[format]].concat(), 0)?;
        holds(&ran.stdout, &part)?;
        if format == "shields" {
            holds(&ran.stdout, "passed (offline")?;
            lacks(&ran.stdout, "green")?;
        }
    }
    Ok(())
}

fn usage() -> Outcome {
    let folder = tempfile::tempdir()?;
    record(folder.path(), &["--filter", "ping/*"])?;
    for wrong in [
        &["--dump", "x", "--", "true"][..],
        &["--dump", "x", "--answers", "answers.jsonl"],
        &["--dump", "x", "--strict"],
        &["--dump", "x", "--repeat", "2"],
        &["--dump", "x", "--format", "json"],
        &["--answers", "answers.jsonl", "--", "true"],
        &["--answers", "answers.jsonl", "--seed", "1"],
        &["--answers", "answers.jsonl", "--repeat", "2"],
        &["--answers", "answers.jsonl", "--adapter", "tcp:127.0.0.1:1"],
        &["--answers", "answers.jsonl", "--timeout", "2s"],
    ] {
        let mut command = rollwire(&[&["check", "--filter", "ping/*"], wrong].concat());
        let ran = run(command.current_dir(folder.path()))?.exits(2)?;
        holds(&ran.stderr, "cannot be used with")?;
    }
    ensure(!folder.path().join("x").exists(), || "a file was written".to_owned())
}
