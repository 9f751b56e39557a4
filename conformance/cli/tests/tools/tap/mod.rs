//! The tap: its own tests in both languages, and what it records in a real browser.

pub(crate) mod browser;
mod capture;
mod examples;
mod own_clock;
mod packages;
mod streams;

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command, sync::Arc};

use libtest_mimic::Failed;
use rollwire_conformance::vectors::VectorSet;
use rollwire_model::vectors::CheckKind;
use serde_json::{Value, json};

use crate::support::{
    CHROMIUM, NODE, Outcome, PYTHON, Test, adapters, ensure, fail, rollwire, run, trial,
};
use browser::Files;
use capture::{Happened, channels};

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = vec![
        trial("javascript::own_tests", &[&NODE], javascript_tests),
        trial("python::own_tests", &[&PYTHON], python_tests),
        trial(
            "browser::a_capture_holds_what_happened",
            &[&CHROMIUM],
            a_capture_holds_what_happened,
        ),
        trial("browser::a_game_notices_nothing", &[&CHROMIUM], a_game_notices_nothing),
        trial(
            "browser::an_answer_follows_its_question",
            &[&CHROMIUM],
            an_answer_follows_its_question,
        ),
        trial("browser::nothing_is_kept_alive", &[&CHROMIUM], nothing_is_kept_alive),
        trial("a_wrong_capture_is_noticed", &[], a_wrong_capture_is_noticed),
    ];
    tests.extend(examples::tests());
    tests.extend(own_clock::tests());
    tests.extend(packages::tests());
    tests.extend(streams::tests());
    tests
}

/// The folder of the taps.
fn taps() -> PathBuf {
    adapters().with_file_name("tap")
}

fn javascript_tests() -> Outcome {
    let mut command = Command::new(NODE.name);
    command.args(["--test", "--test-reporter=tap"]).current_dir(taps().join("javascript"));
    let run = run(&mut command)?.exits(0)?;
    let passed = run.stdout.lines().find_map(|line| line.strip_prefix("# pass "));
    let ran = passed.and_then(|number| number.parse().ok()).is_some_and(|number: u32| number > 0);
    ensure(ran, || format!("nothing passed\n{}", run.stdout))
}

fn python_tests() -> Outcome {
    let mut command = Command::new(PYTHON.name);
    command.args(["-m", "unittest"]).current_dir(taps().join("python"));
    let run = run(&mut command)?.exits(0)?;
    let ran = run.stderr.lines().find(|line| line.starts_with("Ran "));
    ensure(ran.is_some_and(|line| !line.starts_with("Ran 0 ")), || run.stderr.clone())
}

/// What a page can load: the page that plays, its modules, the JavaScript tap, and what it plays.
fn files(plan: &Value) -> Arc<Files> {
    let plan = plan.to_string();
    Arc::new(move |path: &str| match path {
        "page.html" => Some(("text/html", include_bytes!("page.html").to_vec())),
        "games.mjs" => Some(("text/javascript", include_bytes!("games.mjs").to_vec())),
        "examples.mjs" => Some(("text/javascript", include_bytes!("examples.mjs").to_vec())),
        "connect.mjs" => Some(("text/javascript", include_bytes!("connect.mjs").to_vec())),
        "plan.json" => Some(("application/json", plan.clone().into_bytes())),
        _ => module_of_the_tap(path),
    })
}

fn module_of_the_tap(path: &str) -> Option<(&'static str, Vec<u8>)> {
    let below = path.strip_prefix("tap/").filter(|it| !it.contains(".."))?;
    Some(("text/javascript", fs::read(taps().join("javascript").join(below)).ok()?))
}

/// Datagrams of every type, the longest ones that all channels take, and what a page does with them.
fn plan() -> Result<Value, Failed> {
    let set = VectorSet::builtin()?;
    let accepted = set
        .bytes()
        .filter(|case| case.checks.contains(&CheckKind::Decode) && case.reject.is_none());
    let hex = accepted.filter_map(|case| Some(rollwire_model::hex::plain(case.bytes()?)));
    // What cannot be recorded or sent as a whole has tests of its own.
    let mut datagrams: BTreeSet<String> = hex.filter(|it| it.len() <= 2 * 20_000).collect();
    let types: BTreeSet<&str> = datagrams.iter().filter_map(|hex| hex.get(..2)).collect();
    ensure(types.len() >= 12, || format!("these types have a datagram: {types:?}"))?;
    datagrams.extend([0, 1, 1200, 16_384, 65_536].map(|size| "5a".repeat(size)));
    Ok(json!({"datagrams": datagrams, "count": 4000, "least": 500}))
}

fn play(game: &str) -> Result<Value, Failed> {
    browser::play(&format!("page.html#{game}"), files(&plan()?))
}

/// The log that a page kept of one side.
fn log(value: &Value) -> Result<Vec<Happened>, Failed> {
    Ok(serde_json::from_value(value.clone())?)
}

/// The records about datagrams alone.
fn datagrams(records: &[Happened]) -> Vec<Happened> {
    let kinds = ["sent", "refused", "received", "missing"];
    records.iter().filter(|(what, _)| kinds.contains(&&**what)).cloned().collect()
}

fn a_capture_holds_what_happened() -> Outcome {
    let mut played = play("traffic")?;
    let capture = played["capture"].as_str().unwrap_or_default();
    let channels = channels(capture)?;
    let names: Vec<&str> = channels.iter().map(|(name, _)| &**name).collect();
    ensure(names == ["game", "game-2"], || format!("{names:?}"))?;
    for (side, (name, records)) in channels.iter().enumerate() {
        let mut log = log(&played["logs"][side])?;
        if side == 0 {
            // The last send was refused, and is too long to be recorded as what it is.
            let last = log.pop().map(|(what, _)| what);
            ensure(last.as_deref() == Some("refused"), || format!("{last:?}"))?;
            log.push(("missing".to_owned(), json!(1)));
        }
        let found = datagrams(records);
        let differs = log.iter().zip(&found).position(|(log, found)| log != found);
        ensure(found == log, || {
            let lengths = (log.len(), found.len());
            format!("{name}: of {lengths:?} records, number {differs:?} is the first that differs")
        })?;
        for what in ["sent", "received"] {
            let count = found.iter().filter(|(it, _)| it == what).count();
            ensure(count >= 500, || format!("{name}: {count} were {what}"))?;
        }
        let texts = found.iter().filter(|(_, value)| value.is_object()).count();
        ensure(texts > 100, || format!("{texts} text frames"))?;
        let opened = records.iter().filter(|(what, _)| what == "channel").count();
        ensure(opened == 1, || format!("{name}: {opened} records of the channel"))?;
    }
    is_read_by_rollwire(capture, &channels)?;
    ensure(capture.contains(r#""buffered":"#), || "nothing was buffered".to_owned())?;
    for promise in ["untouched", "restored", "silent"] {
        ensure(played[promise].take() == true, || format!("not {promise}"))?;
    }
    Ok(())
}

/// `rollwire capture check` reads every line, and counts what is there.
fn is_read_by_rollwire(capture: &str, channels: &[(String, Vec<Happened>)]) -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("capture.jsonl");
    fs::write(&path, capture)?;
    let mut check = rollwire(&["capture", "check", "--format", "json"]);
    // The datagrams are right, but the game that they make is nonsense.
    let checked = run(check.arg(&path))?.exits(1)?;
    let report: Value = serde_json::from_str(&checked.stdout)?;
    let findings = &report["captures"][0];
    ensure(findings["malformed"] == 0, || findings["malformed"].to_string())?;
    for (side, (name, records)) in channels.iter().enumerate() {
        let found = &findings["sides"][side];
        let count = |what: &str| {
            let datagrams = records.iter().filter(|(it, value)| it == what && value.is_string());
            datagrams.count() as u64
        };
        let missing = records.iter().filter(|(it, _)| it == "missing").count();
        let texts = records.iter().filter(|(_, value)| value.is_object()).count();
        let counts = [found["sent"].as_u64(), found["received"].as_u64(), found["texts"].as_u64()];
        let right = counts == [Some(count("sent")), Some(count("received")), Some(texts as u64)];
        let right = right && found["tap"] == **name && found["missing"] == missing;
        ensure(right, || format!("{name}: {found}"))?;
    }
    Ok(())
}

fn a_game_notices_nothing() -> Outcome {
    let played = play("transparency")?;
    let [untapped, tapped] = ["untapped", "tapped"].map(|it| &played[it]["seen"]);
    let seen = untapped.as_array().map(Vec::len).unwrap_or_default();
    ensure(seen > 1800, || format!("{seen} things were seen"))?;
    let different = untapped.as_array().into_iter().flatten();
    let different = different.zip(tapped.as_array().into_iter().flatten());
    let different = different.filter(|(one, other)| one != other).take(3).collect::<Vec<_>>();
    ensure(untapped == tapped, || format!("{different:?}"))?;
    let text = untapped.to_string();
    for error in ["TypeError", "InvalidStateError"] {
        ensure(text.contains(error), || format!("there was no {error}"))?;
    }
    for capture in played["tapped"]["captures"].as_array().into_iter().flatten() {
        let all = channels(capture.as_str().unwrap_or_default())?;
        let records = &all[0].1;
        let received = records.iter().filter(|(what, _)| what == "received").count();
        ensure(received >= 300, || format!("{received} of 300 were received"))?;
        let last = records.iter().rfind(|(what, _)| what == "channel");
        ensure(last.is_some_and(|(_, value)| value == "closed"), || format!("{last:?}"))?;
    }
    let first = played["tapped"]["captures"][0].as_str().unwrap_or_default();
    let late = channels(first)?[0].1.last().cloned();
    let expected = Some(("refused".to_owned(), json!({"text": "late"})));
    ensure(late == expected, || format!("{late:?}"))
}

fn an_answer_follows_its_question() -> Outcome {
    let played = play("order")?;
    for capture in played["captures"].as_array().into_iter().flatten() {
        let all = channels(capture.as_str().unwrap_or_default())?;
        let found = datagrams(&all[0].1);
        ensure(found.len() >= 40, || format!("{} records", found.len()))?;
        for pair in found.chunks(2) {
            let is_answered =
                pair[0].0 == "received" && pair[1].0 == "sent" && pair[0].1 == pair[1].1;
            ensure(is_answered, || format!("{pair:?}"))?;
        }
    }
    ensure(played["captures"].as_array().is_some_and(|it| it.len() == 6), || played.to_string())
}

fn nothing_is_kept_alive() -> Outcome {
    let played = play("rounds")?;
    ensure(played["references"] == 40 && played["left"] == 0, || played["left"].to_string())?;
    let memory = played["memory"].as_u64().unwrap_or_default();
    ensure(memory == 256 * 1024, || format!("the ring has {memory} bytes"))?;
    let all = channels(played["capture"].as_str().unwrap_or_default())?;
    let names: Vec<&str> = all.iter().map(|(name, _)| &**name).collect();
    ensure(names == ["game", "game-2"], || format!("the names of closed channels: {names:?}"))
}

fn a_wrong_capture_is_noticed() -> Outcome {
    let header = r#"{"capture":1,"origin":1790000000000,"tap":"game"}"#;
    let right = r#"{"n":0,"at":5.5,"sent":"07ff","buffered":3,"tap":"game"}"#;
    channels(&format!("{header}\n{right}\n"))?;
    for wrong in [
        r#"{"n":0,"at":5,"sent":"07f","tap":"game"}"#,
        r#"{"n":0,"at":5,"sent":"07FF","tap":"game"}"#,
        r#"{"n":0,"at":-1,"sent":"07","tap":"game"}"#,
        r#"{"n":0,"at":5,"sent":"07","received":"07","tap":"game"}"#,
        r#"{"n":0,"at":5,"sent":"07"}"#,
        r#"{"n":0,"at":5,"sent":{"text":5},"tap":"game"}"#,
        r#"{"n":0,"at":5,"channel":"shut","tap":"game"}"#,
        r#"{"n":0,"at":5,"missing":0,"tap":"game"}"#,
        r#"{"n":0,"at":5,"sent":"07","buffered":0,"tap":"game"}"#,
        r#"{"n":0,"at":5,"tap":"game"}"#,
        r#"{"capture":2,"origin":1790000000000,"tap":"game"}"#,
        r#"{"n":1,"at":5,"sent":"07","tap":"game"}"#,
        r#"{"at":5,"sent":"07","tap":"game"}"#,
        "{}",
    ] {
        if channels(&format!("{header}\n{wrong}\n")).is_ok() {
            return fail(format!("accepted: {wrong}"));
        }
    }
    ensure(channels(&format!("{header}\n{right}")).is_err(), || "no end of a line".to_owned())
}
