//! Codecs whose answers cannot be read, never end or want to reach the terminal: the helpers fail each of
//! their checks with a reason, and show nothing that a terminal or a CI service would obey.

use std::{fs, path::Path, process::Command};

use super::places;
use crate::support::{NODE, Outcome, PYTHON, Test, ensure, run, trial};

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("a_hostile_javascript_codec_fails_with_a_reason", &[&NODE], javascript),
        trial("a_hostile_python_codec_fails_with_a_reason", &[&PYTHON], python),
    ]
}

fn javascript() -> Outcome {
    let folder = tempfile::tempdir()?;
    places::javascript(folder.path(), &[])?;
    let script = folder.path().join("hostile.mjs");
    fs::write(&script, include_str!("hostile.mjs"))?;
    all_fail(NODE.name, &script)
}

fn python() -> Outcome {
    let folder = tempfile::tempdir()?;
    places::python(folder.path(), &[])?;
    let script = folder.path().join("hostile.py");
    fs::write(&script, include_str!("hostile.py"))?;
    all_fail(PYTHON.name, &script)
}

/// The script looks at each failure, and prints how many there were.
fn all_fail(program: &str, script: &Path) -> Outcome {
    let printed = run(Command::new(program).arg(script))?.exits(0)?.stdout;
    let count: usize = printed.trim().parse()?;
    ensure(count > 1000, || format!("only {count} checks failed"))
}
