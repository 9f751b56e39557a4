//! `rollwire capture`: what it says about the example of the chapter, about broken captures, and about those
//! of failed games.

use std::fs;

use serde_json::Value;

use crate::{documents::markdown::root, run::run};

/// The capture in the chapter.
fn example() -> String {
    let chapter = fs::read_to_string(root().join("spec/capture.md")).unwrap();
    let example = chapter.split("```jsonl\n").nth(1).unwrap();
    example.split("```").next().unwrap().to_owned()
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, text).unwrap();
    file
}

fn check(text: &str, code: i32) -> String {
    let file = file(text);
    let path = file.path().to_str().unwrap();
    let shown = run(&["capture", "check", path], code).0;
    shown.replace(path, "FILE")
}

#[test]
fn the_example_of_the_chapter_breaks_no_rule() {
    assert_eq!(
        check(&example(), 0),
        "FILE: 6 datagrams, 0.9 s, 0 frames compared: no rule broken\n"
    );
}

#[test]
fn a_broken_rule_is_shown_with_the_lines_before_it() {
    let mut capture = example();
    capture.push_str(
        "{\"n\":9,\"at\":950,\"sent\":\"04\"}\n{\"n\":10,\"at\":960,\"received\":\"0700\"}\n",
    );
    insta::assert_snapshot!("capture_check", check(&capture, 1));
    let file = file(&capture);
    let path = file.path().to_str().unwrap();
    let json: Value =
        serde_json::from_str(&run(&["capture", "check", "--format", "json", path], 1).0).unwrap();
    assert_eq!(json["exit"], 1);
    let violations = &json["captures"][0]["sides"][0]["violations"];
    assert_eq!((&violations[0]["rule"], &violations[0]["side"]), (&"PEER-3".into(), &"own".into()));
    assert_eq!((&violations[1]["line"], &violations[1]["side"]), (&12.into(), &"partner".into()));
}

#[test]
fn the_exit_codes_are_those_of_the_chapter() {
    assert!(check("{\"capture\":1}\n", 4).contains("nothing was checked"));
    assert!(
        check("{\"capture\":1}\n{\"at\":1,\"sent\":\"04\"}\nnonsense\n", 1)
            .contains("1 line malformed")
    );
    let empty = file("");
    run(&["capture", "check", empty.path().to_str().unwrap()], 4);
    let other = file("{\"trace\":1}\n");
    let (_, stderr) = run(&["capture", "check", other.path().to_str().unwrap()], 2);
    assert!(stderr.contains("is not the header of a capture"), "{stderr}");
    let (_, stderr) = run(&["capture", "check", "-", "-"], 2);
    assert!(stderr.contains("`-` is standard input, which can be read only once"), "{stderr}");
}

#[test]
fn show_prints_a_line_for_each_record_that_was_asked_for() {
    let file = file(&example());
    let path = file.path().to_str().unwrap();
    let show =
        |options: &[&str], code: i32| run(&[&["capture", "show", path], options].concat(), code).0;
    insta::assert_snapshot!("capture_show", show(&[], 0));
    insta::assert_snapshot!("capture_show_verbose", show(&["-V", "--frames", "5"], 0));
    let lines = |options: &[&str], code: i32| show(options, code).lines().count();
    assert_eq!(lines(&["--direction", "received"], 0), 3);
    assert_eq!(lines(&["--message", "ping", "--message", "0x07"], 0), 2);
    assert_eq!(lines(&["--frames", "4..6"], 0), 1);
    assert_eq!(lines(&["--frames", "6.."], 4), 0);
    assert_eq!(lines(&["--from", "0.6", "--to", "0.8"], 0), 2);
    assert_eq!(lines(&["--only", "wrong"], 4), 0);
    assert_eq!(lines(&["--only", "right"], 0), 9);
    for line in show(&["--json"], 0).lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(
            record["at"].is_number() && record["objections"] == serde_json::json!([]),
            "{line}"
        );
    }
    let (_, stderr) = run(&["capture", "show", path, "--frames", "9..3"], 2);
    assert!(stderr.contains("9 is greater than 3"), "{stderr}");
    let (_, stderr) = run(&["capture", "show", path, "--message", "state"], 2);
    assert!(stderr.contains("state_hash"), "{stderr}");
}

#[test]
fn both_sides_are_compared() {
    let (one, other) = (file(&example()), file(&mirrored(&example())));
    let paths = [&one, &other].map(|file| file.path().to_str().unwrap());
    let shown = run(&["capture", "check", paths[0], paths[1]], 0).0;
    let shown = shown.replace(paths[0], "ONE").replace(paths[1], "OTHER");
    insta::assert_snapshot!("capture_check_both", shown);
}

/// What the other side would have recorded: everything arrives at once.
fn mirrored(capture: &str) -> String {
    let mirrored = capture.replace("sent", "SENT").replace("received", "sent");
    let mirrored = mirrored.replace("SENT", "received").replace("\"ann\"", "\"bob\"");
    // What was refused never arrives.
    mirrored
        .lines()
        .filter(|line| !line.contains("refused"))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn the_captures_of_failed_games_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let captures = folder.path().join("captures");
    let adapter =
        format!("wrong='{}' adapter --mutant answers-as-player-0", env!("CARGO_BIN_EXE_rollwire"));
    let report = run(
        &[
            "interop",
            "--peer",
            &adapter,
            "--games",
            "4",
            "--link",
            "mobile",
            "--captures",
            captures.to_str().unwrap(),
        ],
        1,
    )
    .0;
    let name = |file: &str| captures.join(file).to_str().unwrap().to_owned();
    // It is wrong as the second player, and its own capture blames it.
    let own = run(&["capture", "check", &name("model-wrong-1.jsonl")], 1).0;
    assert!(own.contains(" wrong · SYNC-3"), "{own}\n{report}");
    let both = [name("model-wrong-0.jsonl"), name("model-wrong-1.jsonl")];
    let both = run(&["capture", "check", &both[0], &both[1]], 1).0;
    assert!(both.contains("\nmodel → wrong: ") && both.contains("\nwrong → model: "), "{both}");
}
