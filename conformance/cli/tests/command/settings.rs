//! `rollwire.toml`: what it completes, what wins over it, and how it is refused.

#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rollwire");

/// A folder with an adapter, which `sh adapter.sh` starts there and nowhere else.
fn project(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), settings);
    folder
}

fn write(folder: &Path, settings: &str) {
    fs::write(folder.join("adapter.sh"), format!("exec '{PROGRAM}' adapter \"$@\"\n")).unwrap();
    fs::write(folder.join("rollwire.toml"), settings).unwrap();
}

/// Runs it in a folder, demands the exit code, and returns both outputs.
#[track_caller]
fn run(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").env("COLUMNS", "100");
    let output = command.stdin(Stdio::null()).output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{stdout}{stderr}");
    (stdout, stderr)
}

/// The header of an event file.
fn header(text: &str) -> Value {
    serde_json::from_str(text.lines().next().unwrap()).unwrap()
}

const SETTINGS: &str = r#"command = ["sh", "adapter.sh"]
strict = true
fresh = 0
revision = 6

[reports]
text = "-"
jsonl = "run.jsonl"
"#;

#[test]
fn check_needs_no_options_where_there_are_settings() {
    let folder = project(SETTINGS);
    let (said, _) = run(folder.path(), &["check", "--filter", "ping/*"], 0);
    let note = "rollwire.toml has command, strict, fresh, revision, reports; an option of the command line wins";
    assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains(note), "{said}");
    let events = fs::read_to_string(folder.path().join("run.jsonl")).unwrap();
    let header = header(&events);
    assert_eq!((&header["strict"], &header["revision"]), (&true.into(), &6.into()));
    assert_eq!(header["command"], serde_json::json!(["sh", "adapter.sh"]));
    assert!(!events.contains("fresh/"), "{events}");
}

#[test]
fn an_option_wins() {
    let folder = project(SETTINGS);
    let events = |options: &[&str], code: i32| {
        let always = ["check", "--format", "jsonl", "--filter", "ping/*"];
        run(folder.path(), &[&always, options].concat(), code).0
    };
    let plain = header(&events(&["--no-strict", "--revision", "7"], 0));
    assert_eq!((&plain["strict"], &plain["revision"]), (&false.into(), &7.into()));
    assert_eq!(header(&events(&[], 0))["strict"], true);
    let builtin = header(&events(&["--builtin"], 0));
    assert_eq!(builtin["command"][1], "adapter", "{builtin}");
    let other = events(&["--", "sh", "adapter.sh", "--mutant", "no-such-mutant"], 3);
    assert_eq!(header(&other)["command"][3], "no-such-mutant");
    let fresh = events(&["--fresh", "1", "--filter", "fresh/ping/*"], 0);
    assert!(fresh.contains("\"fresh/ping/v"), "{fresh}");
    assert!(!folder.path().join("run.jsonl").exists(), "the reports of the file were replaced");
}

/// `-- $UNSET` must never be a run of something else.
#[test]
fn an_empty_command_is_not_completed() {
    let folder = project(SETTINGS);
    for command in ["check", "smoke", "fuzz"] {
        let (_, said) = run(folder.path(), &[command, "--"], 2);
        assert!(said.starts_with("error: no adapter was given; "), "{said}");
        assert!(said.contains("or write `command` into rollwire.toml"), "{said}");
    }
    run(folder.path(), &["check", "--", ""], 2);
}

#[test]
fn only_the_current_folder_is_searched_and_only_when_that_is_wanted() {
    let folder = project(SETTINGS);
    let below = folder.path().join("below");
    fs::create_dir(&below).unwrap();
    for (folder, options) in [(&*below, &["check"][..]), (folder.path(), &["check", "--no-config"])]
    {
        let (_, said) = run(folder, options, 2);
        assert!(said.starts_with("error: no adapter was given; "), "{said}");
    }
    let both = ["check", "--no-config", "--config", "rollwire.toml"];
    assert!(run(folder.path(), &both, 2).1.contains("cannot be used with"));
    // A broken file concerns those who need it alone.
    fs::write(folder.path().join("rollwire.toml"), "[").unwrap();
    run(folder.path(), &["check", "--no-config", "--builtin", "--filter", "ping/*"], 0);
    run(folder.path(), &["explain", "PING-1"], 0);
}

/// The command is started in the folder of the file, and the commands that a report shows work from here.
#[test]
fn another_file_is_read_with_paths_from_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("the adapter");
    fs::create_dir(&there).unwrap();
    write(
        &there,
        &SETTINGS
            .replace("\"adapter.sh\"", "\"adapter.sh\", \"--mutant\", \"MUTANT\"")
            .replace("MUTANT", FAULT),
    );
    let config = ["--config", "the adapter/rollwire.toml"];
    let check = ["check", "--seed", "1", "--filter", "state-hash/*"];
    let (said, _) = run(folder.path(), &[&check[..], &config].concat(), 1);
    assert!(there.join("run.jsonl").exists() && !folder.path().join("run.jsonl").exists());
    let shown = |label: &str| {
        let line = said.lines().find_map(|line| line.trim().strip_prefix(label)).expect(label);
        line.trim().to_owned()
    };
    let again = shown("again ").replacen("rollwire", PROGRAM, 1);
    assert!(again.contains("--config 'the adapter/rollwire.toml'"), "{again}");
    let by_hand = shown("by hand ");
    for (line, code, part) in [(again, 1, "does not conform: "), (by_hand, 0, "{\"id\":1,")] {
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.code() == Some(code) && text.contains(part), "{line}: {text}");
    }
    // A rerun knows the cases of that run, and takes the rest from the file again.
    let rerun = ["check", "--failed", "the adapter/run.jsonl", "--format", "json"];
    run(folder.path(), &[&rerun[..], &config].concat(), 1);
}

/// A codec that is wrong about the frame of STATE_HASH.
const FAULT: &str = "state-hash/frame/little-endian/decoder";

#[test]
fn an_earlier_run_knows_its_cases_better() {
    let folder = project("command = [\"sh\", \"adapter.sh\"]\nfresh = 0\n");
    let first = ["check", "--fresh", "2", "--seed", "1", "--filter", "fresh/ping/*"];
    let first = [&first[..], &["--format", "jsonl", "--output", "first.jsonl"]].concat();
    run(folder.path(), &first, 0);
    let path = folder.path().join("first.jsonl");
    let failed = fs::read_to_string(&path).unwrap().replacen("\"pass\"", "\"fail\"", 1);
    fs::write(&path, failed).unwrap();
    let again = ["check", "--failed", "first.jsonl", "--format", "jsonl"];
    let (events, _) = run(folder.path(), &again, 0);
    assert!(events.contains("\"fresh/ping/"), "{events}");
}

#[test]
fn the_other_subcommands_take_what_concerns_them() {
    let known = "baseline = \"gone.toml\"\n";
    let folder = project(&format!("{known}{SETTINGS}"));
    let (said, _) = run(folder.path(), &["smoke"], 0);
    assert!(said.contains("the adapter works"), "{said}");
    let (said, _) = run(folder.path(), &["fuzz", "--cases", "50", "--seed", "1"], 0);
    assert!(said.contains("no difference"), "{said}");
    // Neither the baseline nor the reports of the file: both are arguments here.
    let update = ["baseline", "update", "new.toml", "--filter", "ping/*"];
    run(folder.path(), &update, 0);
    assert!(folder.path().join("new.toml").exists());
    assert!(!folder.path().join("run.jsonl").exists());
    // Requests are written without an adapter, and with the cases of the file.
    let (requests, _) = run(folder.path(), &["check", "--dump", "-"], 0);
    assert!(!requests.is_empty());
    let (_, said) = run(folder.path(), &["check"], 2);
    assert!(said.starts_with("error: gone.toml: cannot be read"), "{said}");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let folder = project("");
    let path = folder.path().join("rollwire.toml");
    for (text, said) in [
        ("\nstict = true\n", "rollwire.toml:2: `stict` is not a key; did you mean `strict`?"),
        ("strict = 1", "rollwire.toml:1: `strict` is a whole number; expected true or false"),
        ("a = \u{1b}", "rollwire.toml:1: "),
        (
            &"#".repeat(70_000),
            "rollwire.toml: is larger than 65536 bytes; --no-config runs without settings",
        ),
    ] {
        fs::write(&path, text).unwrap();
        let (out, found) = run(folder.path(), &["check"], 2);
        assert!(out.is_empty() && found.starts_with(&format!("error: {said}")), "{said}: {found}");
        assert!(
            !found.contains("Usage") && !found.contains('\u{1b}') && found.lines().count() == 1,
            "{found}"
        );
    }
    // What the chapter shows.
    fs::write(&path, "\nstict = true\n").unwrap();
    let chapter = include_str!("../../../SETTINGS.md");
    let shown = chapter.split("```text\n").nth(1).and_then(|rest| rest.split("```").next());
    assert_eq!(Some(&*run(folder.path(), &["check"], 2).1), shown);
    fs::write(&path, b"a = \xff").unwrap();
    assert!(run(folder.path(), &["check"], 2).1.contains("is not UTF-8 at byte 4"));
    let (_, found) = run(folder.path(), &["smoke", "--config", "other.toml"], 2);
    assert!(found.starts_with("error: other.toml: "), "{found}");
}

/// Neither waits, and neither is taken for a file that is not there.
#[test]
fn a_pipe_a_folder_and_a_link_to_nothing_are_refused() {
    let folder = project("");
    let path = folder.path().join("rollwire.toml");
    let refused = |said: &str| {
        let (_, found) = run(folder.path(), &["check", "--builtin"], 2);
        assert!(found.starts_with("error: rollwire.toml: ") && found.contains(said), "{found}");
    };
    fs::remove_file(&path).unwrap();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    refused("it is a named pipe, not a regular file");
    fs::remove_file(&path).unwrap();
    symlink("nowhere", &path).unwrap();
    refused("No such file");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    refused("it is a folder, not a regular file");
}
