//! Hostile text in every field that is read from outside: whatever a command shows, none of it moves the
//! cursor, hides or reorders characters, begins a line of its own, or is a command to a workflow.

use std::process::Command;

use rollwire_conformance::{event::Event, text::is_shown_whole};
use rollwire_dissectors::{
    exported::{self, Direction},
    pcapng::Writer,
};
use serde_json::{Value, json};

use crate::reports::{FORMATS, GOLDEN, file};

/// Escape sequences, an escape in one character, marks of direction, characters without a width, a line
/// separator, a tag, and two lines that a workflow would execute.
const HOSTILE: &str = "a\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{61c}\u{200b}\u{2028}\u{e0041}\r\
    \n::error::INJECTED\n##[error]INJECTED\nINJECTED";

/// What this command writes to both streams.
fn output(arguments: &[&str]) -> [String; 2] {
    let output = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
}

/// What is wrong with a text that is shown, if anything is.
fn harm(text: &str, may_command: bool) -> Option<String> {
    text.split('\n').find_map(|line| {
        let begin = line.trim_start();
        let commands = begin.starts_with("::") && !may_command || line.contains("##[");
        let injected = begin.starts_with("INJECTED") || begin.starts_with("::error::INJECTED");
        let harmful = commands || injected || !is_shown_whole(line);
        harmful.then(|| format!("{line:?}"))
    })
}

/// Runs a command whose arguments or files are hostile. It must show something of the hostile text, escaped.
#[track_caller]
fn harmless(arguments: &[&str], may_command: bool) {
    let shown = output(arguments);
    for text in &shown {
        assert_eq!(harm(text, may_command), None, "{arguments:?}");
    }
    assert!(shown.concat().contains("INJECTED"), "{arguments:?} shows nothing: {shown:?}");
}

#[test]
fn harm_is_noticed() {
    for harmful in ["\u{1b}[1m", "a\n  ::b", "a ##[b", "\u{202e}", "INJECTED", "\u{9b}", "a\rb"] {
        assert!(harm(harmful, false).is_some(), "{harmful:?}");
    }
    assert_eq!(harm("a :: b\n\tINJECTED\n".trim_end_matches("INJECTED\n"), false), None);
    assert_eq!(harm("::error title=x::y\n", true), None);
}

/// Calls `each` with every string in this JSON text.
fn each_text(json: &mut Value, each: &mut dyn FnMut(&mut String)) {
    match json {
        Value::String(text) => each(text),
        Value::Array(elements) => elements.iter_mut().for_each(|it| each_text(it, each)),
        Value::Object(members) => members.values_mut().for_each(|it| each_text(it, each)),
        _ => {}
    }
}

/// An event in which every text is hostile that may be any text.
fn poisoned(line: &str) -> (Value, usize) {
    let mut event: Value = serde_json::from_str(line).unwrap();
    let mut texts = 0;
    each_text(&mut event, &mut |_| texts += 1);
    let mut count = 0;
    for number in 0..texts {
        let mut tried = event.clone();
        let mut at = 0;
        each_text(&mut tried, &mut |text| {
            if at == number {
                text.push_str(HOSTILE);
            }
            at += 1;
        });
        if serde_json::from_value::<Event>(tried.clone()).is_ok() {
            event = tried;
            count += 1;
        }
    }
    (event, count)
}

#[test]
fn every_text_of_an_event_may_be_hostile() {
    let mut count = 0;
    let events: String = GOLDEN
        .lines()
        .map(|line| {
            let (event, texts) = poisoned(line);
            count += texts;
            format!("{event}\n")
        })
        .collect();
    assert!(count > 100, "{count} texts");
    let events = file(events);
    let path = events.path().to_str().unwrap();
    // A badge shows no text from outside.
    for (format, _) in FORMATS.iter().filter(|(format, _)| *format != "shields") {
        harmless(&["report", "convert", path, "--format", *format], *format == "github");
    }
    harmless(&["report", "convert", path, "--verbose"], false);
    for format in ["markdown", "html"] {
        harmless(&["report", "merge", path, path, "--format", format], false);
    }
    let golden = file(GOLDEN);
    harmless(&["report", "diff", golden.path().to_str().unwrap(), path], false);
    harmless(&["list", "--failed", path], false);
}

#[test]
fn every_text_of_a_vector_may_be_hostile() {
    let bytes = json!({"vectors": 1, "topic": HOSTILE, "cases": [{
        "id": "x/y", "since": 1, "source": "hand", "rules": ["PING-1"], "level": "must",
        "comment": HOSTILE, "flags": [], "value": {"type": HOSTILE, "fields": {HOSTILE: HOSTILE}},
        "reject": "unknown_type", "checks": ["encode"],
    }]});
    let digest = json!({"vectors": 1, "kind": "digest", "topic": "x", "cases": [{
        "id": "x/y", "since": 5, "source": "hand", "rules": ["DIGEST-26"], "level": "must",
        "comment": HOSTILE, "flags": [], "form": "state_hash",
        "state": json!({ HOSTILE: HOSTILE }).to_string(), "text": HOSTILE,
        "hash": "0000000000000000", "checks": ["digest"],
    }]});
    for vectors in [&bytes, &digest] {
        let file = file(vectors.to_string());
        let path = file.path().to_str().unwrap();
        for arguments in [
            &["list", "--vectors", path][..],
            &["list", "--json", "--vectors", path],
            &["show", "x/y", "--vectors", path],
        ] {
            harmless(arguments, false);
        }
        // These show no text of a case that agrees with the specification.
        for arguments in [
            &["check", "--builtin", "--verbose", "--vectors", path][..],
            &["vectors", "lint", path],
        ] {
            for text in output(arguments) {
                assert_eq!(harm(&text, false), None, "{arguments:?}");
            }
        }
    }
    // A name is refused: it is what people copy.
    for pointer in ["/cases/0/id", "/cases/0/rules/0", "/cases/0/flags", "/topic"] {
        let mut named = bytes.clone();
        *named.pointer_mut(pointer).unwrap() =
            if pointer.ends_with("flags") { json!([HOSTILE]) } else { json!(HOSTILE) };
        let file = file(named.to_string());
        harmless(&["list", "--vectors", file.path().to_str().unwrap()], false);
    }
}

#[test]
fn a_hostile_argument_or_file_name_is_shown_and_does_no_harm() {
    let flag = format!("--{HOSTILE}");
    for arguments in [
        &[HOSTILE][..],
        &["list", HOSTILE],
        &["list", &flag],
        &["list", "--message", HOSTILE],
        &["list", "--vectors", HOSTILE],
        &["list", "--failed", HOSTILE],
        &["show", HOSTILE],
        &["explain", HOSTILE],
        &["inspect", HOSTILE],
        &["inspect", "--file", HOSTILE],
        &["digest", HOSTILE],
        &["vectors", "lint", HOSTILE],
        &["vectors", "export", "/dev/null", HOSTILE],
        &["trace", "check", HOSTILE],
        &["capture", "check", HOSTILE],
        &["capture", "show", "/dev/null", "--message", HOSTILE],
        &["trace", "check", "/dev/null", HOSTILE],
        &["report", "convert", HOSTILE],
        &["report", "convert", "/dev/null", "--format", HOSTILE],
        &["report", "merge", HOSTILE],
        &["report", "diff", HOSTILE, HOSTILE],
        &["baseline", "check", HOSTILE],
        &["baseline", "explain", HOSTILE],
        &["check", "--builtin", "--filter", HOSTILE],
        &["check", "--builtin", "--baseline", HOSTILE],
        &["check", "--builtin", "--seed", HOSTILE],
        &["check", "--answers", HOSTILE],
        &["check", "--adapter", HOSTILE],
        &["check", "--", HOSTILE],
        &["fuzz", "--", HOSTILE],
        &["smoke", "--", HOSTILE],
        &["adapter", "--misbehave", HOSTILE],
    ] {
        let shown = output(arguments);
        for text in &shown {
            assert_eq!(harm(text, false), None, "{arguments:?}");
        }
        assert!(!shown.concat().is_empty(), "{arguments:?}");
    }
}

/// Files of packets: one with a name, an error and a text frame that are hostile, and one for another program.
fn packets_with_hostile_texts() -> [tempfile::NamedTempFile; 2] {
    let of = |dissector: &str, comments: &[&str]| {
        let mut writer = Writer::new(Vec::new(), HOSTILE).unwrap();
        let interface = writer.interface(HOSTILE, exported::LINK_TYPE).unwrap();
        let sent = Some(Direction::Outbound);
        for (bytes, comments) in [(&b"\x99"[..], comments), (HOSTILE.as_bytes(), &["a text frame"])]
        {
            let packet = exported::directed_packet(dissector, sent, bytes);
            writer.packet(interface, 0, &packet, comments).unwrap();
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, writer.into_inner()).unwrap();
        file
    };
    [of("rollwire", &[&format!("error: {HOSTILE}")]), of(HOSTILE, &[])]
}

#[test]
fn logs_baselines_states_and_requests_may_be_hostile() {
    let quoted = json!(HOSTILE).to_string();
    let baseline = file(format!(
        "baseline = 1\n[[expect]]\ncase = \"ping/basic\"\ncheck = \"decode\"\nverdict = \"fail\"\n\
         code = \"wrong_value\"\nreason = {quoted}\n"
    ));
    let log = file(format!(
        "{{\"trace\":1,\"revision\":7,\"capabilities\":[\"exchange\"]}}\n{{\"tick\":{quoted}}}\n\
         {{\"tick\":{{}},\"sent\":[{quoted}]}}\n{{{quoted}:1}}\n"
    ));
    let capture = file(format!(
        "{{\"capture\":1,\"peer\":{quoted},\"tap\":\"\\u202e\"}}\n\
         {{\"tap\":\"\\u202e\",\"at\":1,\"sent\":{{\"text\":{quoted}}}}}\n\
         {{\"tap\":\"\\u202e\",\"at\":1,\"error\":{quoted}}}\n\
         {{\"tap\":\"\\u202e\",\"at\":1,\"sent\":\"99\"}}\n\
         {{\"tap\":{quoted},\"at\":1,\"sent\":{quoted}}}\n{{{quoted}:1}}\n"
    ));
    let [hostile, foreign] = packets_with_hostile_texts();
    let header = file(format!("{{\"trace\":1,\"capabilities\":[{quoted}]}}\n"));
    let state = file(format!("{{{quoted}:1}}"));
    let other = file(format!("{{{quoted}:2}}"));
    let packets = file(HOSTILE);
    let path = |file: &tempfile::NamedTempFile| file.path().to_str().unwrap().to_owned();
    for arguments in [
        &["baseline", "check", &path(&baseline)][..],
        &["baseline", "explain", &path(&baseline)],
        &["check", "--builtin", "--filter", "ping/*", "--baseline", &path(&baseline)],
        &["trace", "check", &path(&log)],
        &["trace", "check", "--format", "json", &path(&log)],
        &["trace", "check", &path(&header)],
        &["capture", "check", &path(&capture)],
        &["capture", "check", "--format", "json", &path(&capture)],
        &["capture", "check", &path(&capture), &path(&capture)],
        &["capture", "show", &path(&capture)],
        &["capture", "show", "-V", &path(&capture)],
        &["capture", "show", "--json", &path(&capture)],
        &["capture", "check", &path(&hostile)],
        &["capture", "check", "--format", "html", &path(&hostile)],
        &["capture", "show", &path(&hostile)],
        &["capture", "show", "--json", &path(&hostile)],
        &["capture", "check", &path(&foreign)],
        &["digest", &path(&state)],
        &["digest", &path(&state), &path(&other)],
        &["inspect", "--file", &path(&packets)],
    ] {
        let shown = output(arguments);
        for text in &shown {
            assert_eq!(harm(text, false), None, "{arguments:?}");
        }
        assert!(!shown.concat().is_empty(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_an_adapter_writes_to_standard_error_does_no_harm() {
    let script =
        "printf 'Error: one\\n::error::INJECTED\\n\\033[2J##[error]INJECTED\\n' >&2; exit 3";
    for format in ["text", "github", "junit", "markdown", "html", "jsonl", "json"] {
        let arguments = ["check", "--format", format, "--", "sh", "-c", script];
        for text in output(&arguments) {
            assert_eq!(harm(&text, format == "github"), None, "{format}");
        }
    }
}
