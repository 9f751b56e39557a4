//! A capture that a page streams to a WebSocket while the game runs.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use libtest_mimic::Failed;
use serde_json::json;

use super::{
    browser,
    capture::{Happened, channels},
    datagrams, files, log, plan, taps,
};
use crate::support::{CHROMIUM, NODE, Outcome, Test, ensure, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![trial("browser::a_stream_brings_everything", &[&CHROMIUM, &NODE], brings_everything)]
}

fn brings_everything() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut command = Command::new(NODE.name);
    command.arg(taps().join("javascript/testing/websocket-server.mjs")).arg(folder.path());
    let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut port = String::new();
    let stdout = server.stdout.take().ok_or("no standard output")?;
    BufReader::new(stdout).read_line(&mut port)?;
    let mut plan = plan()?;
    plan["port"] = json!(port.trim().parse::<u16>()?);
    let played = browser::play("page.html#streamed", files(&plan));
    // It ends with its standard input.
    drop(server.stdin.take());
    server.wait()?;
    let played = played?;
    let read = |name: &str| -> Result<Vec<Vec<Happened>>, Failed> {
        let text = fs::read_to_string(folder.path().join(name))?;
        let mut channels = channels(&text).map_err(|error| format!("{name}: {error:?}"))?;
        // After the connection broke, either side may be the first one.
        channels.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(channels.iter().map(|(_, records)| datagrams(records)).collect())
    };
    let logs = [log(&played["logs"][0])?, log(&played["logs"][1])?];
    let whole = read("whole-0.jsonl")?;
    let [first, second] = [read("broken-0.jsonl")?, read("broken-1.jsonl")?];
    for (side, log) in logs.iter().enumerate() {
        let found = whole[side].starts_with(log);
        ensure(found && log.len() >= 200, || {
            format!("side {side}: {} of {} in the stream", whole[side].len(), log.len())
        })?;
        // What was on its way when the connection broke may be lost or repeated, and nothing else.
        // The stream goes on after the game has handed over its log, so the rest may have more.
        let (begin, rest) = (&first[side], &second[side]);
        let is_rest = (0..log.len()).any(|from| rest.starts_with(&log[from..]));
        let right = log.starts_with(begin) && is_rest;
        ensure(right && !begin.is_empty() && !rest.is_empty(), || {
            format!("side {side}: {} and {} of {}", begin.len(), rest.len(), log.len())
        })?;
    }
    Ok(())
}
