//! The two lines of code of each implementation, as the chapter shows them, log a session; and all
//! three log the same session alike.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter},
    path::Path,
    process::{Command, Stdio},
};

use libtest_mimic::Failed;
use rollwire_conformance::trace::line::{Line, Step};
use rollwire_model::exchange::{ChannelState, Rollback, Stimulus};
use rollwire_reference::{
    exchange::{Channel, Exchange, Refused},
    recorder::Recorder,
};
use serde_json::Value;

use super::games;
use crate::support::Test;
use crate::support::{NODE, Outcome, PYTHON, adapters, ensure, fail, rollwire, trial};

/// What `replay.mjs` does, in Python.
const REPLAY_PY: &str = r#"
import json, sys
from rollwire_reference import RecordedExchange

class Played:
    is_open, refused, tries = True, [], 0
    def send(self, datagram):
        self.tries += 1
        return self.tries - 1 not in self.refused

channel = Played()
# THE TWO LINES
for line in [json.loads(text) for text in sys.stdin][1:]:
    channel.refused, channel.tries = line.get("refused", []), 0
    for name, value in line.items():
        if name == "confirm": exchange.confirm(**value)
        if name == "tick": exchange.tick()
        if name == "recv": exchange.receive(bytes.fromhex(value))
        if name == "rollback" and value == "end": exchange.end_rollback()
        elif name == "rollback": exchange.begin_rollback(value["begin"])
        if name == "reset": exchange.reset()
        if name == "channel": channel.is_open = value == "open"
"#;

pub(super) fn trials() -> Vec<Test> {
    vec![
        trial("rust_logs_the_example", &[], || logs_the_example(rust)),
        trial("javascript_logs_the_example", &[&NODE], || logs_the_example(javascript)),
        trial("python_logs_the_example", &[&PYTHON], || logs_the_example(python)),
        trial("all_log_a_game_alike", &[&NODE, &PYTHON], all_log_a_game_alike),
        trial("the_example_is_accepted", &[], || {
            let folder = tempfile::tempdir()?;
            fs::write(folder.path().join("session.jsonl"), example()?)?;
            let mut command = rollwire(&["trace", "check", "session.jsonl"]);
            let said = crate::support::run(command.current_dir(&folder))?.exits(0)?.stdout;
            ensure(
                said == "session.jsonl: 17 lines, 1 session, 16 stimuli: no rule broken\n",
                || said,
            )
        }),
    ]
}

/// The first block of the chapter in this language.
fn block(language: &str) -> Result<String, Failed> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/trace.md");
    let chapter = fs::read_to_string(path)?;
    let begin = format!("```{language}\n");
    let block = chapter.split(&begin).nth(1).and_then(|rest| rest.split("```").next());
    block.map_or_else(|| fail(format!("no block {language}")), |block| Ok(block.to_owned()))
}

fn example() -> Result<String, Failed> {
    block("jsonl")
}

/// The lines as values: the order of members does not matter.
fn values(log: &str) -> Result<Vec<Value>, Failed> {
    Ok(log.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn logs_the_example(replay: fn(&str) -> Result<String, Failed>) -> Outcome {
    let example = example()?;
    same(&replay(&example)?, &example)
}

fn same(got: &str, expected: &str) -> Outcome {
    let (got, expected) = (values(got)?, values(expected)?);
    if let Some((at, (got, expected))) =
        got.iter().zip(&expected).enumerate().find(|(_, (got, expected))| got != expected)
    {
        return fail(format!("line {}: {got}\nexpected {expected}", at + 1));
    }
    ensure(got.len() == expected.len(), || format!("{} of {} lines", got.len(), expected.len()))
}

/// The first session of a game over a bad channel.
fn all_log_a_game_alike() -> Outcome {
    let folder = tempfile::tempdir()?;
    games::play(folder.path(), "7", &[])?;
    let log = BufReader::new(File::open(folder.path().join("a.jsonl"))?);
    let mut session = String::new();
    for (number, line) in log.lines().enumerate() {
        let line = line?;
        if number > 0 && line.starts_with("{\"trace\"") {
            break;
        }
        session += &line;
        session.push('\n');
    }
    ensure(session.lines().count() > 1000, || "a session of a thousand lines".to_owned())?;
    for replay in [rust, javascript, python] {
        same(&replay(&session)?, &session)?;
    }
    Ok(())
}

fn javascript(log: &str) -> Result<String, Failed> {
    let script = include_str!("replay.mjs");
    let modules = ["bytes", "codec", "exchange", "lasting", "recorder", "refusal"];
    let from = modules.map(|module| format!("src/{module}.mjs"));
    let from = from.each_ref().map(String::as_str);
    replay(log, ["javascript", "js", NODE.name, "replay.mjs"], &from, &[], script)
}

fn python(log: &str) -> Result<String, Failed> {
    let mut from = Vec::new();
    for folder in ["rollwire_reference", "rollwire_reference/peer"] {
        for entry in fs::read_dir(adapters().join("python").join(folder))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".py") {
                from.push(format!("{folder}/{name}"));
            }
        }
    }
    let from: Vec<&str> = from.iter().map(String::as_str).collect();
    replay(log, ["python", "python", PYTHON.name, "replay.py"], &from, &["-B"], REPLAY_PY)
}

/// Runs a script beside a copy of an implementation, with the two lines of the chapter in it, and
/// returns what it has logged.
fn replay(
    log: &str,
    [folder, language, program, name]: [&str; 4],
    copied: &[&str],
    options: &[&str],
    script: &str,
) -> Result<String, Failed> {
    let place = tempfile::tempdir()?;
    for file in copied {
        let copy = place.path().join(file);
        fs::create_dir_all(copy.parent().ok_or("a folder")?)?;
        fs::copy(adapters().join(folder).join(file), copy)?;
    }
    let mark = if language == "js" { "// THE TWO LINES\n" } else { "# THE TWO LINES\n" };
    let lines = block(language)?;
    ensure(lines.lines().count() == 2 && script.contains(mark), || "two lines".to_owned())?;
    fs::write(place.path().join(name), script.replace(mark, &lines))?;
    fs::write(place.path().join("input"), log)?;
    let mut command = Command::new(program);
    command.args(options).arg(name).current_dir(&place);
    command.stdin(Stdio::from(File::open(place.path().join("input"))?));
    let output = command.output()?;
    ensure(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(fs::read_to_string(place.path().join("session.jsonl"))?)
}

/// The same with the Rust implementation, whose two lines stand in here as they stand in the chapter.
fn rust(log: &str) -> Result<String, Failed> {
    for line in block("rust")?.lines() {
        let here = line.replace("\"session.jsonl\"", "&path");
        ensure(include_str!("replay.rs").contains(&here), || {
            format!("{here} stands nowhere here")
        })?;
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("session.jsonl");
    let log_lines = log.lines().map(|line| Line::read(line.as_bytes(), false));
    let log = BufWriter::new(File::create(&path)?);
    let mut exchange = Recorder::new(Exchange::new(), log);
    let mut channel = Played::default();
    for line in log_lines {
        let Line::Step(Step { stimulus, observation }) = line? else { continue };
        (channel.refused, channel.tries) = (observation.refused, 0);
        match stimulus {
            Stimulus::Confirm { frame, hash } => exchange.confirm(frame, hash.to_string().parse()?),
            Stimulus::Tick {} => drop(exchange.tick(&mut channel)),
            Stimulus::Recv(datagram) => drop(exchange.receive(datagram.bytes())),
            Stimulus::Rollback(Rollback::Begin(target)) => exchange.begin_rollback(target),
            Stimulus::Rollback(Rollback::End) => exchange.end_rollback(),
            Stimulus::Reset {} => exchange.reset(),
            Stimulus::Channel(state) => channel.closed = state == ChannelState::Closed,
            _ => return fail("the game of a log has no such stimulus"),
        }
    }
    exchange.finish()?;
    Ok(fs::read_to_string(path)?)
}

/// A channel that refuses what the log says.
#[derive(Default)]
struct Played {
    closed: bool,
    refused: Vec<u32>,
    tries: u32,
}

impl Channel for Played {
    fn is_open(&self) -> bool {
        !self.closed
    }

    fn send(&mut self, _: &[u8; 13]) -> Result<(), Refused> {
        self.tries += 1;
        if self.refused.contains(&(self.tries - 1)) { Err(Refused) } else { Ok(()) }
    }
}
