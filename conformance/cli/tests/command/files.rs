//! Files that the command writes: none is lost, and no planted link is followed.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::{FileTypeExt, symlink},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a test waits for a command that must not hang. It takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// An adapter that never sends a hash, so that random scenarios fail.
const SENDS_NOTHING: &str = "sends-on-confirm";

/// Runs the command in a folder; kills it if it hangs.
fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    let child = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    ended(child, arguments)
}

fn ended(mut child: Child, arguments: &[&str]) -> Output {
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{arguments:?} hangs");
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

#[track_caller]
fn exits(output: &Output, code: i32) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

const ONE_CHECK: [&str; 6] = ["check", "--builtin", "--fresh", "0", "--filter", "ping/basic"];

fn failing() -> Vec<&'static str> {
    let program = env!("CARGO_BIN_EXE_rollwire");
    let check = ["check", "--seed", "1", "--fresh", "1", "--filter", "fresh/exchange/*", "--"];
    [&check[..], &[program, "adapter", "--mutant", SENDS_NOTHING]].concat()
}

#[test]
fn what_is_planted_at_a_name_that_can_be_guessed_is_replaced() {
    const SHRUNK: &str = "rollwire-shrunk-0000000000000001.json";
    for plants_a_pipe in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (shrunk, precious) = (folder.path().join(SHRUNK), folder.path().join("precious"));
        fs::write(&precious, "precious").unwrap();
        if plants_a_pipe {
            pipe(&shrunk);
        } else {
            symlink(&precious, &shrunk).unwrap();
        }
        let said = exits(&run_in(folder.path(), &failing()), 1);
        assert!(said.contains(&format!("{SHRUNK} has the random scenarios that failed")), "{said}");
        assert!(fs::symlink_metadata(&shrunk).unwrap().is_file());
        assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
    }
}

#[test]
fn a_link_that_the_user_names_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("real.json"), "old").unwrap();
    symlink("real.json", path("link.json")).unwrap();
    let mut arguments = failing();
    arguments.splice(1..1, ["--write", "link.json"]);
    exits(&run_in(folder.path(), &arguments), 1);
    assert!(fs::symlink_metadata(path("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(path("real.json")).unwrap().contains("\"cases\""));
}

#[test]
fn a_full_disk_loses_no_baseline_and_no_word() {
    let folder = tempfile::tempdir().unwrap();
    let old = "# written by hand\nbaseline = 1\n";
    fs::write(folder.path().join("b.toml"), old).unwrap();
    // No file can have a byte. The signal would end the process before it sees the error.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    let program = env!("CARGO_BIN_EXE_rollwire");
    let limited = |arguments: &[&str]| {
        Command::new("sh")
            .args(["-c", script, program])
            .args(arguments)
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .output()
            .unwrap()
    };
    let mutant = "keepalive/surplus-zeros-ignored/decoder";
    let update = ["baseline", "update", "b.toml", "--fresh", "0", "--filter", "keepalive/*"];
    let adapter = ["--", program, "adapter", "--mutant", mutant];
    let said = exits(&limited(&[&update[..], &adapter].concat()), 3);
    assert!(said.contains("b.toml: cannot be written"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("b.toml")).unwrap(), old);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    let said = exits(&limited(&[&ONE_CHECK[..], &["--trace", "lines"]].concat()), 0);
    assert!(said.contains("note: the file of --trace is incomplete"), "{said}");
}

#[test]
fn no_file_is_read_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let baseline = "baseline = 1\n";
    fs::write(path("b.toml"), baseline).unwrap();
    fs::hard_link(path("b.toml"), path("same")).unwrap();
    symlink("b.toml", path("link")).unwrap();
    fs::create_dir(path("vectors")).unwrap();
    fs::write(path("vectors/v.json"), r#"{"vectors": 1, "topic": "x", "cases": []}"#).unwrap();
    let two = ["--format", "json", "--output", "new", "--format", "html", "--output", "./new"];
    symlink(path("new"), path("dangling")).unwrap();
    let collisions: [&[&str]; 8] = [
        &["--baseline", "b.toml", "--output", "b.toml"],
        &["--baseline", "b.toml", "--output", "./same"],
        &["--baseline", "link", "--trace", "b.toml"],
        &["--vectors", "vectors", "--output", "vectors/v.json"],
        &["--vectors", "vectors/v.json", "--write", "vectors/../vectors/v.json"],
        &["--output", "new", "--trace", "new"],
        &["--output", "new", "--trace", "dangling"],
        &two,
    ];
    for (at, collision) in collisions.into_iter().enumerate() {
        let said = exits(&run_in(folder.path(), &[&ONE_CHECK[..], collision].concat()), 2);
        let expected = match at {
            0..5 => "is an input and cannot be the output too",
            _ => "; give each a file of its own",
        };
        assert!(said.contains(expected), "{said}");
        assert_eq!(fs::read_to_string(path("b.toml")).unwrap(), baseline);
    }
    // Devices are not files, and a new file in the folder of the vectors is not one of them.
    for distinct in [
        &["--output", "/dev/null", "--trace", "/dev/null"][..],
        &["--baseline", "b.toml", "--output", "new"],
    ] {
        exits(&run_in(folder.path(), &[&ONE_CHECK[..], distinct].concat()), 0);
    }
}

/// A report that took the place of the settings would be the settings of the next run.
#[test]
fn no_report_overwrites_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let own = "fresh = 0\n";
    let with_report = "fresh = 0\n[reports]\njsonl = \"rollwire.toml\"\n";
    fs::write(path("other.toml"), own).unwrap();
    symlink("rollwire.toml", path("link")).unwrap();
    let other = &["--config", "other.toml"][..];
    let output = [other, &["--output", "other.toml"]].concat();
    let update = [&["baseline", "update", "other.toml"][..], other, &["--builtin"]].concat();
    let fuzz = ["fuzz", "--builtin", "--cases", "1", "--write", "rollwire.toml"];
    let check = |more: &[&'static str]| [&ONE_CHECK[..], more].concat();
    for (settings, arguments, reader) in [
        (Some(own), check(&["--output", "rollwire.toml"]), "the next run"),
        (Some(own), check(&["--trace", "link"]), "the next run"),
        (Some(own), check(&["--write", "./rollwire.toml"]), "the next run"),
        (Some(with_report), check(&[]), "the next run"),
        (Some(own), fuzz.to_vec(), "the next run"),
        (None, check(&["--output", "rollwire.toml"]), "the next run"),
        (None, check(&output), "--config"),
        (None, update, "--config"),
    ] {
        let _ = fs::remove_file(path("rollwire.toml"));
        settings.iter().for_each(|text| fs::write(path("rollwire.toml"), text).unwrap());
        let said = exits(&run_in(folder.path(), &arguments), 2);
        let expected = format!("is an input and cannot be the output too: {reader} reads what");
        assert!(said.contains(&expected), "{arguments:?}: {said}");
        assert_eq!(fs::read_to_string(path("rollwire.toml")).ok().as_deref(), settings);
        assert_eq!(fs::read_to_string(path("other.toml")).unwrap(), own);
    }
    // Settings that are not read are a file like any other.
    exits(&run_in(folder.path(), &check(&["--no-config", "--output", "rollwire.toml"])), 0);
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let script = "ulimit -f 8; \"$0\" check --builtin --fresh 0 --format jsonl --output run.jsonl";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_rollwire")])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = exits(&output, 3);
    assert!(said.contains("the report cannot be written: run.jsonl: File too large"), "{said}");
}

#[test]
fn a_log_that_is_one_endless_line_is_refused() {
    let child = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(["trace", "check", "-"])
        .stdin(fs::File::open("/dev/zero").unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = exits(&ended(child, &["trace"]), 2);
    let expected = "standard input:1: is not a header of a log: the line is longer";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_pipe_without_a_reader_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    pipe(&path);
    for option in ["--output", "--trace"] {
        let said = exits(&run_in(folder.path(), &[&ONE_CHECK[..], &[option, "pipe"]].concat()), 2);
        assert!(said.contains("it is a named pipe without a reader"), "{said}");
    }
    // This end is open, and never read.
    let _reader = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let options = ["--format", "jsonl", "--output", "pipe", "--deadline", "3s"];
    let said = exits(&run_in(folder.path(), &[&["check", "--builtin"][..], &options].concat()), 3);
    assert!(said.contains("the reader of the pipe did not read before the deadline"), "{said}");
    assert!(fs::metadata(&path).unwrap().file_type().is_fifo());
}

#[test]
fn no_link_to_a_folder_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // Each folder has two links to the next one: 2^40 ways lead to the last one.
    for at in 0..40 {
        fs::create_dir(path(&at.to_string())).unwrap();
        for link in ["a.json", "b.json"] {
            symlink(format!("../{}", at + 1), path(&format!("{at}/{link}"))).unwrap();
        }
    }
    fs::create_dir(path("40")).unwrap();
    let said = exits(&run_in(folder.path(), &["vectors", "lint", "0"]), 4);
    assert!(said.starts_with("0 cases"), "{said}");
}
