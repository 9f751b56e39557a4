//! `--adapter tcp:HOST:PORT` with adapters that are right, or wrong in one place.

use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use super::{
    holds, lacks,
    peer::{Deed, reference, wrong},
    plain, rollwire_in,
};
use crate::support::Test;
use crate::support::{Outcome, PYTHON, adapters, ensure, fail, trial};

pub(crate) fn trials() -> Vec<Test> {
    let mut trials = plain(&[
        ("tcp_a_right_adapter_conforms", conforms),
        ("tcp_smoke_and_baseline_attach_too", smoke_and_baseline),
        ("tcp_a_closed_connection_is_a_crash_of_its_check", closes),
        ("tcp_garbage_is_that_of_a_connection", garbage),
        ("tcp_every_report_names_the_address", reports),
        ("tcp_other_machines_need_a_flag", remote),
        ("tcp_an_address_is_one_or_a_usage_error", usage),
    ]);
    trials.push(trial("tcp_the_documented_server_serves", &[&PYTHON], documented));
    trials
}

fn conforms() -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = reference();
    let ran = rollwire_in(
        folder.path(),
        &["check", "--adapter", &address, "--fresh", "1", "--timeout", "60s"],
        0,
    )?;
    holds(&ran.stdout, "adapter  rollwire-reference")?;
    holds(&ran.stdout, &format!("attached to {address}\n"))?;
    lacks(&ran.stdout, "note:")?;
    // The connection was closed, and another run makes a new one.
    rollwire_in(folder.path(), &["check", "--adapter", &address, "--filter", "ping/*"], 0).map(drop)
}

fn smoke_and_baseline() -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = reference();
    let ran = rollwire_in(folder.path(), &["smoke", "--adapter", &address], 0)?;
    holds(&ran.stdout, "the adapter works")?;
    let update = ["baseline", "update", "known.toml", "--filter", "ping/*", "--adapter"];
    let ran = rollwire_in(folder.path(), &[&update[..], &[&address]].concat(), 0)?;
    holds(&ran.stdout, "known.toml: 0 entries kept, 0 new")
}

/// Hangs up at STATE_HASHes with one frame.
fn hangs_up(request: &Value) -> Deed {
    let hex = request["hex"].as_str().unwrap_or_default();
    if request["op"] == "decode" && hex.starts_with("0700000005") {
        Deed::Close
    } else {
        Deed::Answer
    }
}

fn closes() -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = wrong(hangs_up);
    let arguments = ["check", "--verbose", "--filter", "state-hash/*", "--adapter", &address];
    let ran = rollwire_in(folder.path(), &arguments, 1)?;
    holds(&ran.stdout, "ERROR  state-hash/frame-in-hash · decode")?;
    holds(&ran.stdout, "got       the adapter closed the connection\n")?;
    lacks(&ran.stdout, "killed")?;
    lacks(&ran.stdout, "stderr")?;
    let again = format!("rollwire check --filter state-hash/frame-in-hash --adapter {address}\n");
    holds(&ran.stdout, &format!("again     {again}"))?;
    let (_, port) = address.rsplit_once(':').ok_or("a port")?;
    holds(&ran.stdout, &format!("' | nc 127.0.0.1 {port}\n"))?;
    // It was asked again until it was known whose fault it is: every other check keeps its verdict.
    let last = ran.stdout.lines().last().unwrap_or_default();
    holds(last, " passed, 0 failed, 0 weak, ")?;
    lacks(last, "not run")
}

fn garbage() -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = wrong(|request| match request["hex"].as_str() {
        Some("020000000000000001") if request["op"] == "decode" => Deed::Write(b"decoding\n"),
        _ => Deed::Answer,
    });
    let arguments = ["check", "--filter", "{ping,pong}/*", "--adapter", &address];
    let ran = rollwire_in(folder.path(), &arguments, 1)?;
    holds(&ran.stdout, "got       a line on the connection is not JSON: `decoding` (")?;
    lacks(&ran.stdout, "standard output")?;
    holds(&ran.stdout, " passed, 0 failed, 0 weak, 1 error\n")
}

fn reports() -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = reference();
    for format in ["json", "jsonl", "junit", "markdown", "html", "text"] {
        let arguments = ["check", "--filter", "ping/*", "--adapter", &address, "--format", format];
        let ran = rollwire_in(folder.path(), &arguments, 0)?;
        let port = address.rsplit_once(':').map_or("", |(_, port)| port);
        holds(&ran.stdout, port)?;
        lacks(&ran.stdout, "offline:")?;
    }
    Ok(())
}

fn remote() -> Outcome {
    let folder = tempfile::tempdir()?;
    let ran = rollwire_in(folder.path(), &["check", "--adapter", "tcp:192.0.2.1:7007"], 3)?;
    let text = "incomplete: cannot connect to `tcp:192.0.2.1:7007`: 192.0.2.1 is not a loopback address; `--allow-remote` permits others";
    holds(&ran.stdout, text)?;
    // An address that means any machine leads to this one on Linux, and is not a loopback address.
    if cfg!(target_os = "linux") {
        let address = reference().replace("127.0.0.1", "0.0.0.0");
        let arguments = ["check", "--filter", "ping/*", "--adapter", &address];
        rollwire_in(folder.path(), &arguments, 3)?;
        rollwire_in(folder.path(), &[&arguments[..], &["--allow-remote"]].concat(), 0)?;
    }
    Ok(())
}

fn usage() -> Outcome {
    let folder = tempfile::tempdir()?;
    for wrong in [
        &["--adapter", "tcp:localhost:7007", "--", "true"][..],
        &["--adapter", "127.0.0.1:7007"],
        &["--adapter", "tcp:127.0.0.1:0"],
        &["--allow-remote"],
    ] {
        for subcommand in [&["check"][..], &["smoke"]] {
            let ran = rollwire_in(folder.path(), &[subcommand, wrong].concat(), 2)?;
            ensure(ran.stdout.is_empty(), || ran.stdout.clone())?;
        }
    }
    Ok(())
}

/// The program of the chapter, in front of the Python adapter.
fn documented() -> Outcome {
    let chapter = std::fs::read_to_string(adapters().join("../../spec/adapter.md"))?;
    let block = chapter.split("```sh\n").find(|block| block.starts_with("python3 -c"));
    let block = block.and_then(|it| it.split("```").next()).ok_or("no such block")?;
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let adapter = adapters().join("python/adapter.py");
    let line = block
        .replace("7007", &port.to_string())
        .replace("node my_adapter.mjs", &format!("python3 '{}'", adapter.display()));
    ensure(line.contains("adapter.py"), || format!("no command in {block}"))?;
    let mut server = Command::new("sh").args(["-c", &format!("exec {line}")]).spawn()?;
    let asked = ask_until_it_listens(port);
    server.kill()?;
    server.wait()?;
    asked
}

fn ask_until_it_listens(port: u16) -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = format!("tcp:127.0.0.1:{port}");
    for _ in 0..100 {
        let arguments = ["check", "--filter", "ping/*", "--timeout", "20s", "--adapter", &address];
        let ran: Result<_, Failed> = rollwire_in(folder.path(), &arguments, 0);
        match ran {
            Ok(ran) => return lacks(&ran.stdout, "note:"),
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(100)),
        }
    }
    fail("it never listened")
}
