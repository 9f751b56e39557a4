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

/// A game in which an input comes too late: the hashes of its frame differ.
const DIVERGED: [&str; 2] = [
    r#"{"capture":1,"peer":"ann"}
{"at":0,"channel":"open"}
{"at":1,"sent":"06000000016161616161616161"}
{"at":50,"received":"06000000016161616161616161"}
{"at":60,"sent":"0100000000000001000000000001"}
{"at":75,"sent":"0700000000aaaaaaaaaaaaaaaa"}
{"at":80,"sent":"01000000000001020000000000010000000105"}
{"at":90,"received":"01000100000001020000000000090000000109"}
{"at":100,"sent":"0700000001bbbbbbbbbbbbbbbb"}
{"at":120,"received":"0700000000aaaaaaaaaaaaaaaa"}
{"at":130,"received":"0700000001cccccccccccccccc"}
{"at":140,"sent":"04"}
"#,
    r#"{"capture":1,"peer":"bob"}
{"at":7000,"channel":"open"}
{"at":7001,"received":"06000000016161616161616161"}
{"at":7002,"sent":"06000000016161616161616161"}
{"at":7040,"sent":"01000100000001020000000000090000000109"}
{"at":7090,"sent":"0700000000aaaaaaaaaaaaaaaa"}
{"at":7091,"sent":"0700000001cccccccccccccccc"}
{"at":7099,"received":"01000000000001020000000000010000000105"}
{"at":7110,"received":"0700000000aaaaaaaaaaaaaaaa"}
{"at":7120,"received":"0700000001bbbbbbbbbbbbbbbb"}
{"at":7141,"received":"04"}
"#,
];

#[test]
fn the_first_difference_is_told_as_a_timeline_of_both_peers() {
    let files = DIVERGED.map(file);
    let [one, other] = files.each_ref().map(|file| file.path().to_str().unwrap());
    let shown = |format: &str| {
        let shown = run(&["capture", "check", one, other, "--format", format], 0).0;
        shown.replace(one, "ONE").replace(other, "OTHER")
    };
    // What stands before is wrapped, and depends on how long the paths are.
    let text = shown("text");
    let from = text.find("ann → bob").unwrap();
    insta::assert_snapshot!("capture_check_diverged", &text[from..]);
    let json: Value = serde_json::from_str(&shown("json")).unwrap();
    let divergence = &json["crossing"]["divergence"];
    assert_eq!(divergence["frame"], 1);
    assert_eq!(divergence["odd_inputs"][0]["is_late"], true);
    assert_eq!(divergence["deeds"][0][0]["of"], "hash");
    let page = shown("html");
    insta::assert_snapshot!("capture_check_diverged_html", page);
    // What would not even be read is not there, and what is there is well-formed.
    for unsafe_text in ["<script", "http:", "https:", "<link", "<img", "url(", "style="] {
        assert!(!page.contains(unsafe_text), "{unsafe_text}: {page}");
    }
    for picture in page.split("<svg ").skip(1) {
        let picture = picture.split("</svg>").next().unwrap();
        assert!(!picture.contains("NaN") && !picture.contains("x=\"\""), "{picture}");
    }
}

#[test]
fn a_page_shows_what_broke_a_rule() {
    let mut capture = example();
    capture.push_str(
        "{\"n\":9,\"at\":950,\"sent\":\"04\"}\n{\"n\":10,\"at\":960,\"received\":\"0700\"}\n",
    );
    let file = file(&capture);
    let path = file.path().to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("report.html");
    let output = output.to_str().unwrap();
    run(&["capture", "check", path, "--format", "html", "--output", output], 1);
    let page = fs::read_to_string(output).unwrap().replace(path, "FILE");
    insta::assert_snapshot!("capture_check_html", page);
    let (_, stderr) = run(&["capture", "check", path, "--format", "html", "--output", path], 2);
    assert!(stderr.contains("is an input and cannot be the output too"), "{stderr}");
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

/// The export of the example of the chapter, in a folder.
fn exported() -> (tempfile::TempDir, String) {
    let (folder, lines) = (tempfile::tempdir().unwrap(), file(&example()));
    let packets = folder.path().join("no extension").to_str().unwrap().to_owned();
    run(&["capture", "export", lines.path().to_str().unwrap(), "--output", &packets], 0);
    (folder, packets)
}

#[test]
fn an_exported_capture_is_read_again_whatever_its_name() {
    let (_folder, packets) = exported();
    let checked = run(&["capture", "check", &packets], 0).0.replace(&packets, "FILE");
    assert_eq!(checked, check(&example(), 0));
    let lines = file(&example());
    let show = |path: &str| -> Vec<Value> {
        let shown = run(&["capture", "show", "--json", path], 0).0;
        shown.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let (mut expected, read) = (show(lines.path().to_str().unwrap()), show(&packets));
    for record in &mut expected {
        // The header has no packet, and these are not exported.
        record["line"] = (record["line"].as_u64().unwrap() - 1).into();
        let members = record.as_object_mut().unwrap();
        members.retain(|name, _| !["n", "buffered"].contains(&&**name));
    }
    assert_eq!(read, expected);
    let again = format!("{packets} again");
    run(&["capture", "export", &packets, "--output", &again], 0);
    assert_eq!(fs::read(&again).unwrap(), fs::read(&packets).unwrap());
    // Both sides, one in each format.
    let both = run(&["capture", "check", &packets, lines.path().to_str().unwrap()], 0).0;
    assert!(both.contains("\nfastest round trip") || both.contains(" sent, "), "{both}");
    let json = run(&["capture", "check", "--format", "json", &packets], 0).0;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["captures"][0]["counts"], &json["captures"][0]["lines"]),
        (&"packets".into(), &9.into())
    );
}

#[test]
fn packets_that_cannot_be_read_have_the_exit_codes_of_the_chapter() {
    let (_folder, packets) = exported();
    let whole = fs::read(&packets).unwrap();
    let with = |bytes: &[u8], code: i32| {
        fs::write(&packets, bytes).unwrap();
        let (stdout, stderr) = run(&["capture", "check", &packets], code);
        (stdout + &stderr).replace(&packets, "FILE")
    };
    let cut = with(&whole[..whole.len() - 5], 0);
    assert!(cut.contains("FILE:9: the last block is cut off, and is not judged"), "{cut}");
    let none = with(&whole[..40], 4);
    assert!(
        none.contains("holds no datagram of rollwire: it is cut off in the block at byte"),
        "{none}"
    );
    let mut broken = whole.clone();
    broken.extend([6, 0, 0, 0, 7, 0, 0, 0]);
    let broken = with(&broken, 1);
    let expected = format!("FILE:9: the block at byte {} has a length of 7 bytes", whole.len());
    assert!(broken.contains(&expected), "{broken}");
    assert!(broken.ends_with("no rule broken, 1 block malformed\n"), "{broken}");
}
