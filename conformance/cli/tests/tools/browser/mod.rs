//! The baselines of the deployed browser implementation, held against a stand-in for it.
//!
//! The stand-in does what was observed of that implementation, and nothing that was not observed;
//! it shows that the lists are right about what they name, and complete.

use std::{collections::BTreeSet, fs, process::Command};

use libtest_mimic::Failed;
use rollwire_conformance::{
    baseline::{Entry, parse},
    event::Event,
    verdict::Verdict,
};

use crate::support::{Finished, NODE, Outcome, Test, adapters, ensure, rollwire, trial};

/// A baseline, what it is about, and how the stand-in is started for it.
struct List {
    baseline: &'static str,
    filter: &'static [&'static str],
    adapter: &'static [&'static str],
    /// Seeds with which the entries about rare random scenarios of peers excuse something.
    seeds: &'static [&'static str],
}

const LISTS: [List; 2] = [
    List {
        baseline: "baselines/browser.toml",
        filter: &[],
        adapter: &[],
        seeds: &["9", "4", "2", "36", "39"],
    },
    List {
        baseline: "baselines/browser-playing.toml",
        filter: &["--filter", "peer-*/*", "--filter", "fresh/peer/*"],
        adapter: &["--without=validation", "--without=episodes"],
        seeds: &["2", "13", "43", "23"],
    },
];

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("fails_as_listed", &[&NODE], fails_as_listed),
        trial("fails_as_listed_whatever_the_seed", &[&NODE], fails_as_listed_whatever_the_seed),
        trial("the_stand_in_does_what_was_observed", &[&NODE], the_stand_in_does_what_was_observed),
        trial(
            "the_stand_in_ends_episodes_as_observed",
            &[&NODE],
            the_stand_in_ends_episodes_as_observed,
        ),
        trial("no_entry_is_superfluous", &[&NODE], no_entry_is_superfluous),
        trial("an_update_changes_nothing", &[&NODE], an_update_changes_nothing),
    ]
}

fn path(relative: &str) -> String {
    adapters().with_file_name(relative).display().to_string()
}

/// Runs `rollwire` against the stand-in.
fn run(list: &List, arguments: &[&str]) -> Result<Finished, Failed> {
    let mut command = rollwire(arguments);
    // An unoptimised build on a busy machine must not fail the test.
    command.args(["--timeout", "30s", "--", "node", &path("cli/tests/tools/browser/adapter.mjs")]);
    command.args(list.adapter);
    Ok(crate::support::run(&mut command)?)
}

/// With a seed, entries about fresh cases have to fail too. Every entry excuses something.
fn fails_as_listed() -> Outcome {
    LISTS.iter().try_for_each(list_is_right)
}

fn list_is_right(list: &List) -> Outcome {
    let baseline = path(list.baseline);
    let arguments = ["check", "--baseline", &baseline, "--seed", "1", "--format", "jsonl"];
    let run = run(list, &[&arguments[..], list.filter].concat())?.exits(0)?;
    let mut excusing = excusing(&run.stdout)?;
    let entries = parse(&fs::read_to_string(&baseline)?)?;
    let idle = |excusing: &BTreeSet<usize>, is_peer: bool| -> Vec<String> {
        let idle = entries.iter().filter(|it| !excusing.contains(&it.line));
        idle.filter(|it| it.case.starts_with("fresh/peer/") == is_peer).map(Entry::title).collect()
    };
    // Which kind of edge or damage a seed draws is chance.
    let bytes = (2..60).map(|seed: u64| (seed.to_string(), "fresh/*/{edge,damaged}-*", false));
    // So is what a random peer meets.
    let peers = list.seeds.iter().map(|seed| ((*seed).to_owned(), "fresh/peer/*", true));
    for (seed, filter, is_peer) in bytes.chain(peers) {
        if idle(&excusing, is_peer).is_empty() {
            continue;
        }
        let only = ["--filter", filter, "--seed", &seed, "--format", "jsonl"];
        let arguments = [&["check", "--baseline", &baseline][..], &only].concat();
        let run = self::run(list, &arguments)?.exits(0)?;
        excusing.extend(self::excusing(&run.stdout)?);
    }
    let idle = [idle(&excusing, false), idle(&excusing, true)].concat();
    ensure(idle.is_empty(), || format!("{idle:?} excuse nothing"))?;
    ensure(entries.len() > 30, || format!("{} entries are too few", entries.len()))
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
    for list in &LISTS {
        let baseline = path(list.baseline);
        let filter = if list.filter.is_empty() { "fresh/**" } else { "fresh/peer/*" };
        for seed in ["2", "abcdef", "ffffffffffffffff"] {
            let only = ["--filter", filter, "--seed", seed];
            run(list, &[&["check", "--baseline", &baseline][..], &only].concat())?.exits(0)?;
        }
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

/// How it ends episodes shows in no report: its answer to the first EPISODE_READY comes before.
fn the_stand_in_ends_episodes_as_observed() -> Outcome {
    let open = r#"{"id":1,"op":"open","session":1,"peer":{"local":1,"first_frame":0}}"#;
    let start = r#"{"ready":{"hash":"aaaaaaaa"}},{"recv":"06000000016161616161616161"}"#;
    let act = |frame: u32| format!(r#"{{"act":{{"frame":{frame},"action":1}}}}"#);
    let adapter = path("cli/tests/tools/browser/adapter.mjs");
    let last = |stimuli: &str| -> Result<serde_json::Value, Failed> {
        let step = format!(r#"{{"id":2,"op":"step","session":1,"do":[{start},{stimuli}]}}"#);
        let answers =
            crate::support::answers(Command::new("node").arg(&adapter), &[open, step.as_str()])?;
        let observations = answers[1]["ok"]["observations"].as_array().ok_or("observations")?;
        Ok(observations.last().ok_or("no observation")?.clone())
    };
    // Only the last frame is looked at, and the number of the END is not.
    let acts = [act(0), act(1), act(2)].join(",");
    let hole = r#"{"ended":{"frame":3}},{"recv":"0100000000000201000000000205"}"#;
    let shown = last(&format!(r#"{acts},{hole},{{"recv":"050000000300000063"}}"#))?;
    ensure(shown["confirmed"].is_null(), || shown.to_string())?;
    ensure(shown["episode"]["phase"] == "complete", || shown.to_string())?;
    // A second END completes the episode twice.
    let end = r#"{"recv":"050000000300000000"}"#;
    let twice = format!(
        r#"{},{{"ended":{{"frame":1}}}},{end},{{"advance":100}},{end},{{"advance":500}},{{"ready":{{"hash":"aaaaaaaa"}}}}"#,
        act(0)
    );
    let shown = last(&twice)?;
    ensure(shown["sent"] == serde_json::json!(["06000000036161616161616161"]), || {
        shown.to_string()
    })?;
    // What is told after the page was hidden has the wrong player, 15 of 20 frames, and no action.
    let hidden = format!(
        r#"{{"focus":{{"shown":false,"frame":0}}}},{},{{"recv":"0100000000001401000000000505"}},{{"focus":{{"shown":true,"frame":0}}}},{{"catch_up":{{}}}},{{"recv":"1300000000"}}"#,
        act(0)
    );
    let shown = last(&hidden)?;
    let told = shown["sent"][0].as_str().unwrap_or_default();
    ensure(told.starts_with("010000000000140f00"), || shown.to_string())?;
    ensure(shown["confirmed"] == 19, || shown.to_string())
}

/// Without any one entry the checks that it names fail.
fn no_entry_is_superfluous() -> Outcome {
    LISTS.iter().try_for_each(none_is_superfluous)
}

fn none_is_superfluous(list: &List) -> Outcome {
    let text = fs::read_to_string(path(list.baseline))?;
    let folder = tempfile::tempdir()?;
    let shorter = folder.path().join("shorter.toml");
    let entries = parse(&text)?;
    // Each costs a process: one in eight is enough to notice that all do nothing.
    let by_chance = ["edge-", "fresh/peer/"];
    let always = entries.iter().filter(|entry| !by_chance.iter().any(|it| entry.case.contains(it)));
    for entry in always.step_by(8) {
        fs::write(&shorter, without(&text, entry))?;
        let filter = ["--filter", &entry.case, "--seed", "1", "--verbose"];
        let baseline = shorter.to_string_lossy();
        let arguments = [&["check", "--baseline", &baseline][..], &filter].concat();
        let run = run(list, &arguments)?.exits(1)?;
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
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.toml");
    for list in &LISTS {
        let text = fs::read_to_string(path(list.baseline))?;
        fs::write(&copy, &text)?;
        let name = copy.to_string_lossy();
        let arguments = [&["baseline", "update", &name, "--seed", "1"][..], list.filter].concat();
        run(list, &arguments)?.exits(0)?;
        let same = fs::read_to_string(&copy)? == text;
        ensure(same, || format!("the update changed something in {}", list.baseline))?;
    }
    Ok(())
}
