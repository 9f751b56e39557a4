//! Taps that share the clock of their peer: the model plays along with what they have recorded.

use std::{path::Path, process::Command};

use serde_json::Value;

use super::taps;
use crate::support::{NODE, Outcome, PYTHON, Test, adapters, ensure, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("javascript::the_model_plays_along", &[&NODE], javascript),
        trial("python::the_model_plays_along", &[&PYTHON], python),
    ]
}

fn javascript() -> Outcome {
    let folder = tempfile::tempdir()?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/tap/own-clock.mjs");
    plays_along(folder.path(), || {
        let mut command = Command::new(NODE.name);
        command.arg(script).arg(folder.path());
        command
    })
}

fn python() -> Outcome {
    let folder = tempfile::tempdir()?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/tap/own_clock.py");
    let packages = [taps().join("python"), adapters().join("python")];
    plays_along(folder.path(), || {
        let mut command = Command::new(PYTHON.name);
        command.env("PYTHONPATH", std::env::join_paths(&packages).unwrap_or_default());
        command.arg(script).arg(folder.path());
        command
    })
}

/// Two right peers break no rule. A peer that does not repeat its ENDs is found by its own capture alone: to an
/// observer without its clock it looks like one whose partner has answered.
fn plays_along(folder: &Path, game: impl Fn() -> Command) -> Outcome {
    for (repeats, expected) in [("yes", &[][..]), ("no", &[("EPISODE-7", "own")])] {
        let played = run(game().arg(repeats))?.exits(0)?;
        ensure(played.stdout == "4 4\n", || played.stdout.clone())?;
        let mut check = rollwire(&["capture", "check", "--format", "json"]);
        for local in 0..2 {
            check.arg(folder.join(format!("{local}.jsonl")));
        }
        let checked = run(&mut check)?.exits(i32::from(!expected.is_empty()))?;
        let report: Value = serde_json::from_str(&checked.stdout)?;
        let accused = |capture: usize| {
            let violations = &report["captures"][capture]["sides"][0]["violations"];
            violations.as_array().into_iter().flatten().map(|it| {
                let text = |name: &str| it[name].as_str().unwrap_or_default();
                (text("rule"), text("side"))
            })
        };
        let [own, partner] = [0, 1].map(|capture| accused(capture).collect::<Vec<_>>());
        ensure(own == expected && partner.is_empty(), || {
            format!("END repeated: {repeats}; found {own:?} and {partner:?}")
        })?;
        let sent = report["captures"][0]["sides"][0]["sent"].as_u64().unwrap_or_default();
        ensure(sent > 250, || format!("{sent} datagrams were sent"))?;
    }
    Ok(())
}
