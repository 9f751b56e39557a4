//! Reading files of users: what they are instead of what they should be is named.

use std::fs;

use crate::run::run;

#[test]
fn another_encoding_than_utf_8_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let wide: Vec<u8> = "\u{feff}{\"x\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, said) in [
        (&b"\xef\xbb\xbf{}"[..], "state.json: begins with a byte order mark"),
        (&wide, "state.json: is UTF-16, little-endian; write UTF-8"),
        (b"[\"\xe9\"]", "state.json: is not UTF-8 at byte 2 (0xe9)"),
    ] {
        fs::write(&path, bytes).unwrap();
        let path = path.to_str().unwrap();
        // One reader serves every kind of file.
        for command in [
            &["digest", path][..],
            &["check", "--builtin", "--vectors", path],
            &["check", "--builtin", "--baseline", path],
            &["report", "convert", path],
            &["trace", "check", path],
            &["capture", "check", path],
            &["inspect", "--file", path],
        ] {
            let (_, stderr) = run(command, 2);
            let said = said.split_once(": ").unwrap().1;
            assert!(stderr.contains(said), "{command:?}: {stderr}");
        }
    }
}

#[test]
fn recorded_answers_in_another_encoding_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.jsonl");
    fs::write(&path, b"\xef\xbb\xbf{\"id\":0,\"ok\":{}}\n").unwrap();
    let (_, stderr) = run(&["check", "--answers", path.to_str().unwrap()], 3);
    assert!(stderr.contains("line 1 begins with a byte order mark"), "{stderr}");
}

/// What `trace check` prints about a log.
fn trace(lines: &[&str], code: i32) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.jsonl");
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    run(&["trace", "check", path.to_str().unwrap()], code).0
}

const HEADER: &str = r#"{"trace":1,"capabilities":["exchange"]}"#;
const CONFIRM: &str = r#"{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}}"#;
const RECV: &str = r#"{"recv":"0700000005aaaaaaaaaaaaaaaa"}"#;

#[test]
fn two_headers_and_lines_that_occur_twice_get_a_note() {
    let another = "line 3 is another header: a new session begins there";
    let twice = "every line occurs twice in a row";
    let text = trace(&[HEADER, CONFIRM, HEADER, CONFIRM], 0);
    assert!(text.contains(another) && !text.contains(twice), "{text}");
    let text = trace(&[HEADER, CONFIRM, RECV], 0);
    assert!(!text.contains("note"), "{text}");
    let doubled = [HEADER, HEADER, CONFIRM, CONFIRM, RECV, RECV];
    let text = trace(&doubled, 0);
    assert!(text.contains(twice) && text.contains("line 2 is another header"), "{text}");
    let text = trace(&doubled[1..], 0);
    assert!(text.contains(twice) && !text.contains("another header"), "{text}");
}

#[test]
fn integers_of_a_log_may_be_written_with_a_fraction_of_zero() {
    let floating = CONFIRM.replace(":5,", ":5.0,");
    assert!(trace(&[HEADER, &floating], 0).contains("1 stimulus: no rule broken"));
    let inexact = CONFIRM.replace(":5,", ":5.0000000000000000001,");
    assert!(trace(&[HEADER, &inexact], 1).contains("1 line malformed"));
}

/// An adapter that ends at a long line is told what the reason may be, in whole words on any terminal.
#[test]
fn a_request_of_megabytes_before_a_fault_is_named() {
    let adapter = [env!("CARGO_BIN_EXE_rollwire"), "adapter", "--misbehave", "reads-short-lines"];
    let options = ["check", "--filter", "input-response/large-65535-truncated", "--"];
    let (stdout, _) = run(&[&options[..], &adapter].concat(), 1);
    let words: Vec<&str> = stdout.split_whitespace().collect();
    let said = "the request has 655,382 bytes: does the adapter read lines up to 4 MiB?";
    assert!(words.join(" ").contains(said), "{stdout}");
}

/// An adapter that writes every integer of its answers with a fraction of zero: in hello, as ids, in
/// values and in observations.
#[test]
fn integers_of_an_answer_are_the_same_however_they_are_written() {
    let cases = ["--filter", "state-hash/*", "--filter", "exchange-confirm/*"];
    let adapter = [env!("CARGO_BIN_EXE_rollwire"), "adapter", "--misbehave"];
    let options = ["--fresh", "0", "--timeout", "60s", "--"];
    let command =
        [&["check"], &cases[..], &options[..], &adapter, &["writes-integers-as-floats"]].concat();
    let (stdout, _) = run(&command, 0);
    assert!(stdout.contains(" 0 failed, 0 weak"), "{stdout}");
}
