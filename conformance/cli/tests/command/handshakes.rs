//! Programs that are not adapters: each ends within its time limit, with its exit code and one message.

#![cfg(unix)]

use std::{
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

/// The start-up limit given to the runner; what is asserted is three times as long.
const STARTUP: Duration = Duration::from_secs(1);

fn check(arguments: &[&str]) -> Output {
    let began = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(["check", "--startup-timeout", "1s", "--timeout", "300ms", "--seed", "1"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        began.elapsed() < 3 * (STARTUP + Duration::from_secs(1)),
        "{arguments:?} took too long"
    );
    output
}

/// The reason, which stands before the conclusion and the counts.
fn incomplete(command: &[&str]) -> String {
    let output = check(&[&["--"], command].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    let [.., reason, _, summary] = &lines[..] else { panic!("{text}") };
    assert!(summary.contains(" 0 failed"), "{text}");
    reason.strip_prefix("incomplete: ").unwrap_or_else(|| panic!("{text}")).to_owned()
}

fn script(text: &str) -> String {
    incomplete(&["sh", "-c", text])
}

#[test]
fn nothing_to_start() {
    assert_eq!(
        incomplete(&["/nowhere/adapter"]),
        "cannot start `/nowhere/adapter`: No such file or directory (os error 2)"
    );
}

#[test]
fn exits_at_once() {
    assert_eq!(incomplete(&["true"]), "the adapter exited with code 0 before it answered hello");
    assert_eq!(
        script("echo 'no module named game' >&2; exit 3"),
        "the adapter exited with code 3 before it answered hello (standard error: no module named game)"
    );
    assert_eq!(
        script("kill -SEGV $$"),
        "the adapter was killed by signal 11 (SIGSEGV) before it answered hello"
    );
}

#[test]
fn prints_a_banner_first() {
    assert_eq!(
        script("echo 'Hello, world'; cat"),
        "before it answered hello: a line on standard output is not JSON: `Hello, world` \
         (expected value at line 1 column 1); logs belong on standard error"
    );
}

#[test]
fn echoes() {
    let reason = incomplete(&["cat"]);
    assert!(
        reason.starts_with(
            "before it answered hello: the adapter sends its requests back instead of answering \
             them: `{\"id\":0,\"op\":\"hello\""
        ),
        "{reason}"
    );
}

#[test]
fn never_answers() {
    let expected = "the adapter did not answer hello within 1s: does it flush its answers? `--startup-timeout` raises the limit";
    assert_eq!(incomplete(&["sleep", "60"]), expected);
    // Half a line is not an answer either, and not every program obeys TERM.
    assert_eq!(script("trap '' TERM; printf '{\"id\":'; sleep 60; sleep 60"), expected);
}

#[test]
fn a_grand_child_that_holds_the_pipe_does_not_hold_the_run() {
    assert_eq!(
        script("sleep 60 & exit 0"),
        "the adapter exited with code 0 before it answered hello"
    );
}

#[test]
fn answers_hello_wrongly() {
    assert_eq!(
        script(r#"echo '{"id":0,"ok":{"protocol":1,"nonce":"stale"}}'; cat >/dev/null"#)
            .split("the request's nonce")
            .next(),
        Some("`nonce` in the answer to hello is \"stale\"; expected ")
    );
    assert_eq!(
        script(r#"echo '{"id":7,"ok":{}}'; cat >/dev/null"#),
        "the first answer has id 7; expected 0, the id of hello"
    );
    assert_eq!(
        script(r#"echo '{"id":0,"unsupported":{}}'; cat >/dev/null"#),
        "the adapter answered hello with `unsupported`; it must answer `ok`"
    );
    assert_eq!(
        script(r#"echo '{"id":0}'; cat >/dev/null"#),
        "in the answer to hello: the answer has none of `ok`, `reject`, `unsupported` and `error`"
    );
}
