//! What used to panic: no command line exits with code 101.

use std::{
    fs::{File, OpenOptions},
    process::{Command, Stdio},
};

use crate::run::run;

/// The exit code and standard error of a command line with this environment and these outputs.
fn end(
    arguments: &[&str],
    environment: &[(&str, &str)],
    stdout: Stdio,
    stderr: Stdio,
) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(arguments)
        .envs(environment.iter().copied())
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(stderr)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_panic_is_told_as_a_defect() {
    let request = tempfile::NamedTempFile::new().unwrap();
    let decode = r#"{"id":1,"op":"decode","hex":"027ff0000000000000"}"#;
    std::fs::write(request.path(), format!("{decode}\n")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(["adapter", "--misbehave", "panics"])
        .stdin(File::open(request.path()).unwrap())
        .env("NO_COLOR", "1")
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5), "{said}");
    let expected = "error: this is a defect of rollwire, please report it with the command line: a planted defect at ";
    assert!(said.starts_with(expected), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_glob_may_have_many_braces() {
    for (depth, is_valid) in [(100, true), (250, false), (500, false)] {
        let glob = format!("{}ping/basic{}", "{".repeat(depth), "}".repeat(depth));
        let (_, said) = run(&["list", &glob], if is_valid { 0 } else { 2 });
        // By this program, or by the reader of globs.
        let is_refused = said.contains("it is too complex") || said.contains("nested too deeply");
        assert!(is_valid || is_refused, "{said}");
    }
}

#[test]
fn a_time_may_be_as_long_as_it_can_be_written() {
    // The longest time that is understood.
    let ever = "18446744073709551615s";
    let limits = ["--deadline", ever, "--timeout", ever, "--patience", ever];
    let startup = ["--startup-timeout", ever];
    let check = ["check", "--builtin", "--fresh", "0", "--filter", "ping/basic"];
    run(&[&check[..], &limits, &startup].concat(), 0);
    let fuzz = ["fuzz", "--builtin", "--cases", "1", "--time", ever];
    run(&[&fuzz[..], &limits, &startup].concat(), 0);
    // Nothing listens at this port.
    let connect = ["check", "--adapter", "tcp:127.0.0.1:1"];
    let (said, _) = run(&[&connect[..], &limits, &startup].concat(), 3);
    assert!(said.contains("nothing listens there"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_an_error() {
    let full = || Stdio::from(OpenOptions::new().write(true).open("/dev/full").unwrap());
    let commands = [
        "list ping/basic",
        "show ping/basic",
        "explain PING-1",
        "explain ping.md",
        "inspect 04",
        "coverage",
        "vectors export",
        "baseline explain",
        "check --builtin --fresh 0 --filter ping/basic",
        "check --builtin --fresh 0 --filter ping/basic --format jsonl",
        "smoke --builtin",
        "fuzz --builtin --cases 1",
        "check --dump - --filter ping/basic",
        "--help",
        "no-such-command",
    ];
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        for (stdout, stderr) in
            [(full(), Stdio::piped()), (Stdio::null(), full()), (full(), full())]
        {
            let (code, said) = end(&arguments, &[], stdout, stderr);
            assert!(code.is_some_and(|code| code < 5), "{command}: {code:?} {said}");
        }
    }
    for command in ["list", "smoke --builtin", "fuzz --builtin --cases 1"] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let (code, said) = end(&arguments, &[], full(), Stdio::piped());
        assert_eq!(code, Some(3), "{command}: {said}");
        assert!(said.contains("cannot be written"), "{command}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_thread_to_be_had_is_an_error() {
    // No thread can have a stack of this size.
    let environment = [("RUST_MIN_STACK", "70368744177664")];
    for command in [
        "check --builtin --fresh 0 --filter ping/basic",
        "check --adapter tcp:127.0.0.1:1",
        "smoke --builtin",
        "fuzz --builtin --cases 1",
    ] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let (code, said) = end(&arguments, &environment, Stdio::piped(), Stdio::piped());
        assert_eq!(code, Some(3), "{command}: {said}");
    }
    let (code, said) = end(&["selftest", "adapters"], &environment, Stdio::piped(), Stdio::piped());
    assert_eq!(code, Some(3), "{said}");
    // Where threads only make it faster, none is needed.
    let (code, said) = end(&["list", "ping/basic"], &environment, Stdio::piped(), Stdio::piped());
    assert_eq!(code, Some(0), "{said}");
}
