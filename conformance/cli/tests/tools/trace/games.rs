//! The JavaScript implementation plays with a second peer over a bad channel, and logs it: as it is,
//! and with each fault planted.

use std::{fs, path::Path};

use libtest_mimic::Failed;
use serde_json::Value;

use crate::support::Test;
use crate::support::{
    NODE, Outcome, ensure,
    javascript::{copy_javascript, edit},
    planted::Planted,
    rollwire, trial,
};

/// How many frames a game has.
const FRAMES: &str = "10000";

/// A game that a fault is looked for in.
const SEED: &str = "3";

/// All faults of the exchange that are planted anywhere.
static PLANTED: [&Planted; 13] = [
    &crate::support::planted::SENDS_ON_CONFIRM,
    &crate::support::planted::SENDS_DURING_A_ROLLBACK,
    &crate::support::planted::DROPS_THE_REFUSED_ENTRY,
    &crate::support::planted::LOSES_AN_ENTRY_WHEN_SEND_THROWS,
    &crate::support::planted::FIRST_WRITE_WINS,
    &crate::support::planted::ROLLBACK_KEEPS_ITS_TARGET,
    &crate::support::planted::RESET_KEEPS_THE_MAP,
    &crate::support::planted::HISTORY_OF_100,
    &crate::support::planted::VERIFIED_IS_THE_LAST_COMPARED,
    &crate::support::planted::FRAMES_SORTED_AS_TEXT_AT_THE_END,
    &crate::support::planted::STATE_BETWEEN_SESSIONS,
    &crate::support::planted::CHANCE,
    &crate::support::planted::A_CRASH_IN_THE_MIDDLE,
];

/// How many of them are planted by default.
const SOME: usize = 4;

/// The faults that no log of an ordinary session shows, and why.
const UNSEEN: [(&str, &str); 1] = [(
    "a_crash_in_the_middle",
    "it ends the process on a rollback to frame 4294967295, which no game plays to",
)];

pub(super) fn trials() -> Vec<Test> {
    vec![
        trial("a_game_over_a_bad_channel_is_accepted", &[&NODE], accepted),
        trial("planted_faults_are_not_accepted", &[&NODE], || planted_faults(&PLANTED[..SOME])),
        trial("all_planted_faults_are_not_accepted", &[&NODE], || planted_faults(&PLANTED)).deep(),
    ]
}

/// Plays a game; the two logs stand in the folder.
pub(super) fn play(folder: &Path, seed: &str, mine: &[(&str, &str)]) -> Result<(), Failed> {
    for peer in ["mine", "theirs"] {
        let folder = folder.join(peer);
        fs::create_dir(&folder)?;
        copy_javascript(&folder, "adapter.mjs")?;
    }
    edit(&folder.join("mine/src/exchange.mjs"), mine)?;
    let game = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/trace/game.mjs");
    fs::copy(game, folder.join("game.mjs"))?;
    let mut node = std::process::Command::new(NODE.name);
    node.args(["game.mjs", seed, FRAMES, "a.jsonl", "b.jsonl"]).current_dir(folder);
    crate::support::run(&mut node)?.exits(0)?;
    Ok(())
}

/// What `rollwire trace check --format json` says of some logs.
fn check(folder: &Path, logs: &[&str]) -> Result<(i32, Value), Failed> {
    let mut command = rollwire(&["trace", "check", "--format", "json"]);
    let finished = crate::support::run(command.args(logs).current_dir(folder))?;
    let report = serde_json::from_str(&finished.stdout)
        .map_err(|error| format!("{error}: {}{}", finished.stdout, finished.stderr))?;
    Ok((finished.code.unwrap_or(-1), report))
}

/// Two right peers are accepted, whatever the channel does to them; and it did something.
fn accepted() -> Outcome {
    for seed in [SEED, "20", "300"] {
        let folder = tempfile::tempdir()?;
        play(folder.path(), seed, &[])?;
        let (code, report) = check(folder.path(), &["a.jsonl", "b.jsonl"])?;
        ensure(code == 0, || format!("seed {seed}: {report:#}"))?;
        let crossing = &report["crossing"];
        for count in [
            &crossing["ways"][0]["lost"]["count"],
            &crossing["ways"][1]["lost"]["count"],
            &crossing["frames"]["never_compared"]["count"],
            &crossing["frames"]["differ"]["count"],
        ] {
            let some = count.as_u64().is_some_and(|count| count > 0);
            ensure(some, || format!("seed {seed}: {crossing:#}"))?;
        }
        for (way, log) in [(0, "b.jsonl"), (1, "a.jsonl")] {
            let never_sent = &crossing["ways"][way]["never_sent"]["count"];
            ensure(*never_sent == 0, || {
                format!("seed {seed}: {log} received what was never sent")
            })?;
        }
        for log in ["a.jsonl", "b.jsonl"] {
            let text = fs::read_to_string(folder.path().join(log))?;
            let count = |what: &str| text.matches(what).count();
            let (frames, lines) = (count(r#"{"confirm""#), text.lines().count());
            ensure(frames > 1500 && text.len() < 64 * lines, || format!("{frames} in {lines}"))?;
            for what in [r#""refused""#, r#"{"channel":"closed""#, r#"{"rollback":"end""#, "found"]
            {
                ensure(count(what) > 10, || format!("seed {seed}: {log} has little {what}"))?;
            }
        }
    }
    Ok(())
}

/// Of the peer with the fault more than nine logs in ten are not accepted; the other peer is never
/// blamed.
fn planted_faults(all: &[&Planted]) -> Outcome {
    let mut found = 0;
    for planted in all {
        let folder = tempfile::tempdir()?;
        play(folder.path(), SEED, planted.edits)?;
        let (code, report) = check(folder.path(), &["a.jsonl"])?;
        let first = &report["violations"][0];
        println!(
            "{}, {}: exit {code}, {} in line {}",
            planted.name, planted.rule, first["rule"], first["line"]
        );
        let (theirs, report) = check(folder.path(), &["b.jsonl"])?;
        ensure(theirs == 0, || format!("{}: the other peer: {report:#}", planted.name))?;
        found += usize::from(code == 1);
        let unseen = UNSEEN.iter().any(|(name, _)| *name == planted.name);
        ensure((code == 0) == unseen, || format!("{} is listed wrongly: {code}", planted.name))?;
    }
    println!("{found} of {} faults are found; not found are:", all.len());
    for (name, reason) in UNSEEN {
        println!("{name}: {reason}");
    }
    ensure(found * 10 >= all.len() * 9, || format!("only {found} of {}", all.len()))
}
