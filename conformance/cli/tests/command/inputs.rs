//! Files that the command reads: a pipe or a device that never ends is refused, and what is open already is
//! read.
#![cfg(unix)]

use std::{
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a test waits for a command that must not hang. It takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the command in a folder; kills it if it hangs.
#[track_caller]
fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
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

#[test]
fn what_is_no_regular_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("p.json")).status().unwrap().success());
    std::fs::write(folder.path().join("state"), "[1]").unwrap();
    std::fs::create_dir(folder.path().join("d")).unwrap();
    let commands: [&[&str]; 15] = [
        &["report", "convert", "FILE"],
        &["report", "diff", "FILE", "FILE"],
        &["report", "merge", "FILE", "FILE"],
        &["baseline", "check", "FILE"],
        &["check", "--builtin", "--baseline", "FILE"],
        &["check", "--builtin", "--failed", "FILE"],
        &["check", "--answers", "FILE"],
        &["trace", "check", "FILE"],
        &["trace", "check", "FILE", "FILE"],
        &["capture", "check", "FILE"],
        &["capture", "check", "FILE", "FILE"],
        &["capture", "show", "FILE"],
        &["digest", "FILE"],
        &["digest", "state", "FILE"],
        &["inspect", "--file", "FILE"],
    ];
    let vectors: [&[&str]; 2] = [&["vectors", "lint", "FILE"], &["list", "--vectors", "FILE"]];
    for (file, kind) in [("p.json", "a named pipe"), ("/dev/zero", "a device"), ("d", "a folder")] {
        // A folder of vectors is read.
        let vectors = vectors.iter().filter(|_| file != "d");
        for command in commands.iter().chain(vectors) {
            let words: Vec<&str> =
                command.iter().map(|word| if *word == "FILE" { file } else { word }).collect();
            let output = run_in(folder.path(), &words);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
            let is_said = said.contains(kind) || said.contains("is not a regular file");
            assert!(is_said && said.contains(file), "{words:?}: {said}");
        }
    }
}

#[test]
fn what_is_open_already_is_read() {
    let program = env!("CARGO_BIN_EXE_rollwire");
    let has_bash = Command::new("bash").args(["-c", "true"]).status().is_ok();
    let lines = [
        "echo '[1]' | PROGRAM digest -",
        "echo '[1]' | PROGRAM digest /dev/stdin",
        "PROGRAM digest <(echo '[1]')",
        "PROGRAM inspect --file <(echo 04)",
        "PROGRAM report convert <(PROGRAM check --builtin --fresh 0 --filter ping/basic --format jsonl)",
    ];
    for line in lines.iter().filter(|_| has_bash) {
        let line = line.replace("PROGRAM", program);
        let output = Command::new("bash").args(["-c", &line]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}: {said}");
    }
}

#[test]
fn a_folder_without_a_vector_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.jsn"), "{}").unwrap();
    let output = run_in(folder.path(), &["vectors", "lint", "."]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains(".: no case was found; a vector file ends with `.json`"), "{said}");
}
