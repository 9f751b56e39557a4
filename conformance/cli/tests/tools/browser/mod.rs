//! The baseline of the deployed browser implementation, held against a stand-in for it.
//!
//! `codec.mjs` and `exchange.mjs` do what was observed of that implementation, and nothing that
//! was not observed; they show that the list is right about what it names, and complete.

use std::{collections::BTreeSet, fs, process::Command};

use libtest_mimic::Failed;
use rollwire_conformance::{
    baseline::{Entry, parse},
    event::Event,
    verdict::Verdict,
};

use crate::support::{Finished, NODE, Outcome, Test, adapters, ensure, rollwire, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("fails_as_listed", &[&NODE], fails_as_listed),
        trial("fails_as_listed_whatever_the_seed", &[&NODE], fails_as_listed_whatever_the_seed),
        trial("the_stand_in_does_what_was_observed", &[&NODE], the_stand_in_does_what_was_observed),
        trial("no_entry_is_superfluous", &[&NODE], no_entry_is_superfluous),
        trial("an_update_changes_nothing", &[&NODE], an_update_changes_nothing),
    ]
}

fn path(relative: &str) -> String {
    adapters().with_file_name(relative).display().to_string()
}

/// Runs `rollwire` against the stand-in.
fn run(arguments: &[&str]) -> Result<Finished, Failed> {
    let mut command = rollwire(arguments);
    // An unoptimised build on a busy machine must not fail the test.
    command.args(["--timeout", "30s", "--", "node", &path("cli/tests/tools/browser/adapter.mjs")]);
    Ok(crate::support::run(&mut command)?)
}

/// With a seed, entries about fresh cases have to fail too. Every entry excuses something.
fn fails_as_listed() -> Outcome {
    let baseline = path("baselines/browser.toml");
    let arguments = ["check", "--baseline", &baseline, "--seed", "1", "--format", "jsonl"];
    let run = run(&arguments)?.exits(0)?;
    let mut excusing = excusing(&run.stdout)?;
    let entries = parse(&fs::read_to_string(&baseline)?)?;
    let idle = |excusing: &BTreeSet<usize>| -> Vec<String> {
        entries.iter().filter(|it| !excusing.contains(&it.line)).map(Entry::title).collect()
    };
    // Which kind of edge or damage a seed draws is chance.
    for seed in (2..60).map(|seed: u64| seed.to_string()) {
        if idle(&excusing).is_empty() {
            break;
        }
        let only = ["--filter", "fresh/*/{edge,damaged}-*", "--seed", &seed, "--format", "jsonl"];
        let run =
            self::run(&[&["check", "--baseline", &baseline][..], &only].concat())?.exits(0)?;
        excusing.extend(self::excusing(&run.stdout)?);
    }
    let idle = idle(&excusing);
    ensure(idle.is_empty(), || format!("{idle:?} excuse nothing"))?;
    ensure(entries.len() > 50, || format!("{} entries are too few", entries.len()))
}

/// The lines of the entries that excuse a failure in this event stream.
fn excusing(events: &str) -> Result<BTreeSet<usize>, Failed> {
    let mut excusing = BTreeSet::new();
    for line in events.lines() {
        if let Event::Check(check) = serde_json::from_str(line)? {
            if check.verdict == Verdict::UnexpectedPass {
                return Err(format!("{} passes", check.case).into());
            }
            excusing.extend(check.baseline_match.map(|listed| listed.line));
        }
    }
    Ok(excusing)
}

/// Which kinds of damage and of scenarios a seed draws is chance: it makes no entry stale.
fn fails_as_listed_whatever_the_seed() -> Outcome {
    let baseline = path("baselines/browser.toml");
    for seed in ["2", "abcdef", "ffffffffffffffff"] {
        let only = ["--filter", "fresh/**", "--seed", seed];
        run(&[&["check", "--baseline", &baseline][..], &only].concat())?.exits(0)?;
    }
    Ok(())
}

/// The facts that an adapter for the real implementation depends on, asked of the stand-in.
fn the_stand_in_does_what_was_observed() -> Outcome {
    let requests = [
        r#"{"id":1,"op":"decode","hex":"0700000005010203"}"#,
        r#"{"id":2,"op":"decode","hex":""}"#,
        r#"{"id":3,"op":"decode","hex":"08"}"#,
        r#"{"id":4,"op":"encode","type":"ping","fields":{"timestamp":"0000000000000000"}}"#,
        r#"{"id":5,"op":"open","session":1}"#,
        r#"{"id":6,"op":"step","session":1,"do":[{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}},{"sends":{"accept":0,"refuse":1,"how":"false"}},{"tick":{}},{"confirm":{"frame":10,"hash":"bbbbbbbbbbbbbbbb"}},{"reset":{}},{"confirm":{"frame":0,"hash":"cccccccccccccccc"}},{"tick":{}},{"recv":"07"}]}"#,
    ];
    let adapter = path("cli/tests/tools/browser/adapter.mjs");
    let answers = crate::support::answers(Command::new("node").arg(adapter), &requests)?;
    ensure(answers.len() == requests.len(), || format!("{answers:?}"))?;
    // Its codec throws at what is too short, and ignores an unknown type.
    for answer in &answers[..2] {
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        ensure(message.starts_with("RangeError: "), || answer.to_string())?;
    }
    ensure(answers[2]["reject"].is_object(), || answers[2].to_string())?;
    // The encoder of PING takes no value.
    let hex = answers[3]["ok"]["hex"].as_str().unwrap_or_default();
    ensure(hex.starts_with("02") && hex != "020000000000000000", || answers[3].to_string())?;
    // A channel that refuses throws, the entry is lost, and no later step sends, even after a reset.
    let observations = answers[5]["ok"]["observations"].as_array().ok_or("observations")?;
    let queues: Vec<String> = observations.iter().map(|it| it["queue"].to_string()).collect();
    let [first, zero] = [r#"[[5,"aaaaaaaaaaaaaaaa"]]"#, r#"[[0,"cccccccccccccccc"]]"#];
    let ten = r#"[[10,"bbbbbbbbbbbbbbbb"]]"#;
    let expected = [first, first, "[]", ten, "[]", zero, zero, zero];
    ensure(queues == expected, || format!("{queues:?}"))?;
    ensure(observations.iter().all(|it| it["sent"] == serde_json::json!([])), || {
        answers[5].to_string()
    })
}

/// Without any one entry the checks that it names fail.
fn no_entry_is_superfluous() -> Outcome {
    let text = fs::read_to_string(path("baselines/browser.toml"))?;
    let folder = tempfile::tempdir()?;
    let shorter = folder.path().join("shorter.toml");
    let entries = parse(&text)?;
    // Each costs a process: one in eight is enough to notice that all do nothing.
    let always = entries.iter().filter(|entry| !entry.case.contains("edge-"));
    for entry in always.step_by(8) {
        fs::write(&shorter, without(&text, entry))?;
        let filter = ["--filter", &entry.case, "--seed", "1", "--verbose"];
        let baseline = shorter.to_string_lossy();
        let run = run(&[&["check", "--baseline", &baseline][..], &filter].concat())?.exits(1)?;
        let fails = ["FAIL  ", "ERROR  "].iter().any(|word| run.stdout.contains(word));
        ensure(fails, || format!("{}: {}", entry.title(), run.stdout))?;
    }
    Ok(())
}

/// The text without one entry.
fn without(text: &str, entry: &Entry) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let begin = entry.line - 1;
    let rest = lines[begin..].iter().position(|line| line.is_empty());
    let end = rest.map_or(lines.len(), |length| begin + length);
    [&lines[..begin], &lines[end..]].concat().join("\n")
}

/// It is sorted, and as small as globs make it.
fn an_update_changes_nothing() -> Outcome {
    let text = fs::read_to_string(path("baselines/browser.toml"))?;
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.toml");
    fs::write(&copy, &text)?;
    run(&["baseline", "update", &copy.to_string_lossy(), "--seed", "1"])?.exits(0)?;
    ensure(fs::read_to_string(&copy)? == text, || "the update changed something".to_owned())
}
