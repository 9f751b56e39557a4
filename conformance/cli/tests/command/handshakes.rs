//! Programs that are not adapters: each ends within its time limit, with its exit code and one message.

#![cfg(unix)]

use std::process::{Command, Output, Stdio};

/// A limit that no start reaches, however busy the machine is. The programs sleep for longer.
const PATIENT: &str = "50s";

fn check(startup: &str, command: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(["check", "--startup-timeout", startup, "--seed", "1", "--"])
        .args(command)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The reason, which stands before the conclusion and the counts.
fn incomplete(command: &[&str]) -> String {
    incomplete_within(PATIENT, command)
}

fn incomplete_within(startup: &str, command: &[&str]) -> String {
    let output = check(startup, command);
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
    let node = "a.mjs:1\n  foo bar\n      ^^^\n\nSyntaxError: Unexpected identifier 'bar'\n    at x\n\nNode.js v22";
    assert_eq!(
        script(&format!("printf '%s\\n' \"{node}\" >&2; exit 1")),
        "the adapter exited with code 1 before it answered hello (standard error: SyntaxError: Unexpected identifier 'bar')"
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
    assert_eq!(incomplete_within("1s", &["sleep", "60"]), expected);
    // Half a line is not an answer either, and not every program obeys TERM.
    let half = "trap '' TERM; printf '{\"id\":'; sleep 60; sleep 60";
    assert_eq!(incomplete_within("1s", &["sh", "-c", half]), expected);
}

#[test]
fn a_grand_child_that_holds_the_pipe_does_not_hold_the_run() {
    assert_eq!(
        script("sleep 60 & exit 0"),
        "the adapter exited with code 0 before it answered hello"
    );
}

/// In a container that was entered from outside, the leader of the session has no number. Not every machine
/// lets its users make a namespace; where a container runs the tests, all of them check the same.
#[cfg(target_os = "linux")]
#[test]
fn a_session_from_outside_of_the_container_is_no_fault() {
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--pid", "--fork", "--mount-proc", program]);
        command.args(arguments).stdin(Stdio::null()).output()
    };
    if !run("true", &[]).is_ok_and(|output| output.status.success()) {
        return;
    }
    let check = ["check", "--startup-timeout", PATIENT, "--seed", "1", "--", "sh", "-c"];
    let script = "sleep 60 >/dev/null 2>&1 & echo 'Hello, world'; cat";
    let output = run(env!("CARGO_BIN_EXE_rollwire"), &[&check[..], &[script]].concat()).unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("a line on standard output is not JSON: `Hello, world`"), "{text}");
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
