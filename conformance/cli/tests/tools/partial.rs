//! Implementations of a part of the protocol, and implementations that throw: what is asked of them,
//! and how they are judged.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::{
    command::run,
    support::{PYTHON, Test, trial},
};

const CHAPTER: &str = include_str!("../../../../spec/adapter.md");

pub(crate) fn tests() -> Vec<Test> {
    let tests: [(&str, fn()); 7] = [
        (
            "a_decoder_of_one_message_is_partial_and_green_at_its_first_run",
            a_decoder_of_one_message_is_partial_and_green_at_its_first_run,
        ),
        ("what_is_left_out_is_counted_by_reason", what_is_left_out_is_counted_by_reason),
        ("a_direction_is_declared_too", a_direction_is_declared_too),
        ("smoke_lists_everything_at_once", smoke_lists_everything_at_once),
        ("a_codec_that_throws_is_judged", a_codec_that_throws_is_judged),
        ("a_sanitizer_and_the_exit_code_count", a_sanitizer_and_the_exit_code_count),
        ("every_format_says_partial", every_format_says_partial),
    ];
    let trials = tests.into_iter().map(|(name, test)| {
        trial(name, &[&PYTHON], move || {
            test();
            Ok(())
        })
    });
    trials.collect()
}

/// An adapter in Python, in a folder of its own.
struct Script(tempfile::TempDir);

impl Script {
    fn new(source: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("adapter.py"), source).unwrap();
        Self(folder)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("adapter.py")
    }

    #[track_caller]
    fn run(&self, arguments: &[&str], code: i32) -> (String, String) {
        let path = self.path();
        run(&[arguments, &["--", "python3", path.to_str().unwrap()]].concat(), code)
    }
}

/// The adapter of the specification, for an implementation that decodes STATE_HASH and nothing else.
fn documented() -> String {
    let (_, rest) = CHAPTER.split_once("```python\n").expect("an adapter in Python");
    rest.split_once("```").expect("its end").0.to_owned()
}

fn a_decoder_of_one_message_is_partial_and_green_at_its_first_run() {
    let source = documented();
    let lines = source.lines().filter(|line| !line.trim().is_empty()).count();
    assert!(lines <= 30, "{lines} lines");
    let script = Script::new(&source);
    let (smoke, _) = script.run(&["smoke"], 0);
    assert!(smoke.ends_with("the adapter works; now try `rollwire check`\n"), "{smoke}");
    assert!(smoke.contains("\npartial: "), "{smoke}");
    let (said, _) = script.run(&["check", "--seed", "1"], 0);
    let [.., verdict, summary] = &said.lines().collect::<Vec<_>>()[..] else { panic!("{said}") };
    assert!(verdict.starts_with("partial: "), "{said}");
    assert!(verdict.contains(" checks, all passed; left out: messages "), "{said}");
    assert!(verdict.contains(", capabilities catch-up, digest, encode, episodes, exchange, focus, inputs, liveness, reencode, validation · "), "{said}");
    assert!(summary.contains(" passed, 0 failed, 0 weak, "), "{said}");
    assert!(said.contains(" checks are not applicable: messages episode_"), "{said}");
    script.run(&["fuzz", "--cases", "300", "--seed", "1"], 0);
}

fn what_is_left_out_is_counted_by_reason() {
    let script = Script::new(&documented());
    let (events, _) = script.run(&["check", "--seed", "1", "--format", "jsonl"], 0);
    let events: Vec<Value> =
        events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let left_out = &events.last().unwrap()["left_out"];
    assert!(left_out["messages"]["ping"].as_u64() > Some(50), "{left_out}");
    assert!(left_out["capabilities"]["encode"].as_u64() > Some(10), "{left_out}");
    for event in events.iter().filter(|event| event["verdict"] == "not_applicable") {
        let reason = event["reason"].as_str().unwrap();
        let capability = reason.starts_with("capability ") && reason.ends_with(" is not declared");
        let message = reason.starts_with("message ") && reason.ends_with(" is not declared");
        assert!(capability || message, "{event}");
    }
    // A decoder of one message refuses unknown types, whatever it declares.
    let asked = |id: &str| {
        let of_it = events
            .iter()
            .filter(|event| event["case"].as_str().is_some_and(|it| it.starts_with(id)));
        of_it.filter(|event| event["verdict"] == "pass").count()
    };
    assert!(asked("unknown-type/") > 100 && asked("state-hash/") > 20);
    assert_eq!(asked("ping/"), 0);
}

fn a_direction_is_declared_too() {
    let source = documented().replace(
        r#""capabilities": ["decode"]"#,
        r#""capabilities": ["decode", "encode", "reencode"]"#,
    );
    let script = Script::new(&source);
    let (said, _) = script.run(&["check", "--seed", "1", "--filter", "state-hash/*"], 0);
    assert!(
        said.contains("not applicable: direction state_hash encode is not declared\n"),
        "{said}"
    );
    let wrong = Script::new(
        &source.replace("{\"state_hash\": [\"decode\"]}", "[\"state-hash\", \"pong\"]"),
    );
    let (said, _) = wrong.run(&["check"], 3);
    assert!(
        said.contains(
            "unknown message `state-hash` in the answer to hello; did you mean `state_hash`?"
        ),
        "{said}"
    );
}

/// Everything that is missing is listed at once, also where it looks as if nothing answers.
fn smoke_lists_everything_at_once() {
    // No messages are declared, and an operation that does not exist is accepted.
    let source = documented()
        .replace("    \"messages\": {\"state_hash\": [\"decode\"]},\n", "")
        .replace("return {\"unsupported\": {}}", "return {\"ok\": {}}");
    let (said, _) = Script::new(&source).run(&["smoke"], 3);
    for part in [
        "note: the honesty probe: an unknown operation got `ok`",
        "FAIL  ping/",
        "FAIL  focus-state/",
        "\nincomplete: the honesty probe: an unknown operation",
        "declare those that it has in hello: \"messages\": [\"state_hash\"]",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let (said, _) = Script::new(
        &source.replace("\"protocol\": 1", "\"protocol\": 2").replace("\"version\"", "\"v\""),
    )
    .run(&["smoke"], 3);
    assert!(said.contains("expected 1; also: the answer to hello lacks `impl.version`"), "{said}");
}

fn a_codec_that_throws_is_judged() {
    // Like a DataView that is read beyond its end: an exception instead of a refusal.
    let throws = documented().replace(
        "    if len(datagram) != 13:\n",
        "    if len(datagram) < 13:\n        return {\"error\": {\"message\": \"RangeError\"}}\n    if len(datagram) != 13:\n",
    );
    assert_ne!(throws, documented());
    let (events, stderr) =
        Script::new(&throws).run(&["check", "--seed", "1", "--format", "jsonl"], 1);
    let events: Vec<Value> =
        events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (header, footer) = (&events[0], events.last().unwrap());
    assert_eq!((&footer["complete"], &footer["counts"]["not_run"]), (&true.into(), &0.into()));
    assert_eq!(header["checks"], events.iter().filter(|event| event["event"] == "check").count());
    let mut errors = 0;
    for event in events.iter().filter(|event| event["event"] == "check") {
        if event["verdict"] == "error" {
            assert_eq!(event["code"], "adapter_error", "{event}");
            errors += 1;
        } else {
            assert!(
                ["pass", "not_applicable"].contains(&event["verdict"].as_str().unwrap()),
                "{event}"
            );
        }
    }
    assert!(errors > 10, "{errors} errors");
    assert!(stderr.starts_with("does not conform: "), "{stderr}");
}

fn a_sanitizer_and_the_exit_code_count() {
    for (end, said) in [
        ("sys.exit(3)", "note: at the end of its standard input the adapter exited with code 3"),
        (
            "print('==7==ERROR: LeakSanitizer: detected memory leaks', file=sys.stderr)",
            "note: the adapter wrote a sanitizer's report to standard error: ==7==ERROR: LeakSanitizer",
        ),
    ] {
        let script = Script::new(&format!("{}{end}\n", documented()));
        for (strict, code, verdict) in [
            (&["--fresh", "0"][..], 0, "1 fault of the adapter; left out: "),
            (
                &["--fresh", "0", "--strict"],
                1,
                "does not conform: 1 fault of the adapter; left out",
            ),
        ] {
            let (shown, _) = script.run(&[&["check"], strict].concat(), code);
            assert!(shown.contains(said) && shown.contains(verdict), "{shown}");
        }
    }
}

/// Every format gives the same verdict on a run that left something out.
fn every_format_says_partial() {
    let script = Script::new(&documented());
    for (format, said) in [
        ("text", "\npartial: "),
        ("json", "\"conclusion\": \"partial: "),
        ("markdown", "partial: "),
        ("github", "partial%3A "),
        ("shields", "\"message\":\"partial: "),
        ("html", "partial: "),
    ] {
        let (shown, _) = script.run(&["check", "--seed", "1", "--format", format], 0);
        assert!(shown.contains(said), "{format}: {shown}");
        assert!(!shown.contains("conforms"), "{format}: {shown}");
    }
}
