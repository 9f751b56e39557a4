//! The logs of whole peers: each implementation logs the sessions of a whole run, and none of the logs is
//! blamed for anything.

use std::{
    fs::{self, File},
    io::BufReader,
    path::Path,
};

use rollwire_conformance::trace::Log;

use crate::support::{NODE, Outcome, PYTHON, Test, Tool, adapters, ensure, fail, rollwire, trial};

/// An implementation that logs its peers.
type Logger = (&'static str, &'static [&'static str], &'static [&'static Tool]);

const LOGGERS: [Logger; 3] = [
    ("reference", &[env!("CARGO_BIN_EXE_rollwire"), "adapter"], &[]),
    ("javascript", &["node", "javascript/adapter.mjs"], &[&NODE]),
    ("python", &["python3", "python/adapter.py"], &[&PYTHON]),
];

pub(super) fn trials() -> Vec<Test> {
    let logger = |(name, command, needs): &Logger| {
        let (command, name) = (*command, format!("trace::peers::{name}"));
        trial(name, needs, move || logs_are_right(command))
    };
    LOGGERS.iter().map(logger).collect()
}

/// Every session of a peer in a run is logged, half of them with the state. What an adapter answered was
/// right, so what it logged is right too, and nothing of it is in doubt.
fn logs_are_right(command: &[&str]) -> Outcome {
    let folder = tempfile::tempdir()?;
    let logs = folder.path().join("logs");
    let mut check = rollwire(&["check", "--seed", "7", "--fresh", "16", "--timeout", "60s"]);
    check.args(["--filter", "{peer-*,fresh/peer}/*", "--"]).args(command);
    check.arg(format!("--log-peers={}", logs.display()));
    crate::support::run(check.current_dir(adapters()))?.exits(0)?;
    let (mut sessions, mut stimuli, mut shown) = (0, 0, 0);
    for entry in fs::read_dir(&logs)? {
        let path = entry?.path();
        let lines = fs::read_to_string(&path)?;
        shown += usize::from(lines.lines().next().is_some_and(|it| it.contains("\"inspect\"")));
        stimuli += judged(&path)?;
        sessions += 1;
    }
    ensure(sessions > 1_500, || format!("{sessions} logs are too few"))?;
    ensure(stimuli > 20_000, || format!("{stimuli} stimuli are too few"))?;
    ensure(3 * shown > sessions, || format!("{shown} of {sessions} logs show the state"))
}

/// How many stimuli a log has, if there is nothing wrong with it.
fn judged(path: &Path) -> Result<u64, libtest_mimic::Failed> {
    let source = BufReader::new(File::open(path)?);
    let Some(log) = Log::open(&path.to_string_lossy(), source)? else {
        return fail(format!("{} is empty", path.display()));
    };
    let findings = log.finish()?;
    let is_right = findings.violations.is_empty()
        && (findings.malformed.count, findings.doubted, findings.cut) == (0, 0, None);
    ensure(is_right, || format!("{findings:#?}"))?;
    Ok(findings.stimuli)
}
