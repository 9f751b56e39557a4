//! Event files that end too early, and files that are not event files.

use crate::{
    reports::{FORMATS, GOLDEN, convert, file, golden},
    run::run,
};

/// The golden events up to the line before the footer, and some bytes of the footer.
fn cut(more: usize) -> String {
    let at = GOLDEN.trim_end().rfind('\n').unwrap() + 1;
    GOLDEN[..at + more].to_owned()
}

#[test]
fn a_truncated_stream_says_so_in_every_format() {
    let (line, middle) = (file(cut(0)), file(cut(20)));
    for (format, _) in FORMATS {
        let shown = convert(line.path(), format, 3);
        let said = shown.contains("truncated") || shown.contains("without a footer");
        assert!(said, "{format}: {shown}");
        assert_eq!(convert(middle.path(), format, 3), shown, "{format}");
    }
    // Once, however often it is converted.
    let once = convert(line.path(), "jsonl", 3);
    assert_eq!(once.lines().count(), GOLDEN.lines().count());
    assert_eq!(convert(file(&once).path(), "jsonl", 3), once);
    let xml = convert(line.path(), "junit", 3);
    assert!(xml.contains("type=\"truncated\""), "{xml}");
    let json: serde_json::Value = serde_json::from_str(&convert(line.path(), "json", 3)).unwrap();
    assert_eq!(json["truncated"], true);
    assert_eq!(json["exit"], 3);
    // What is counted is what there is.
    assert_eq!(json["checks"]["passed"], 3);
}

#[test]
fn a_line_that_is_no_event_is_named() {
    let lines: Vec<&str> = GOLDEN.lines().collect();
    let (header, check, footer) = (lines[0], lines[1], lines[lines.len() - 1]);
    let deep = format!("{{\"event\":\"note\",\"x\":{}", "[".repeat(100_000));
    let huge = footer.replace("\"passed\":3", "\"passed\":18446744073709551615");
    let after = &*format!("{}: comes after the footer", lines.len() + 1);
    for (text, expected) in [
        ("hello\n".to_owned(), "1: is not an event: expected value at column 1"),
        (format!("{header}\n\n"), "2: is not an event: EOF while parsing a value"),
        (
            format!("{header}\n{{\"event\":\"surprise\"}}\n"),
            "2: is not an event: unknown variant `surprise`",
        ),
        (format!("{header}\n{deep}\n"), "2: is not an event: recursion limit exceeded at column "),
        (format!("{header}\n{}\n", &check[..40]), "2: is not an event: EOF while parsing"),
        (format!("{check}\n"), "1: is not the header, which must come first"),
        (format!("{header}\n{header}\n"), "2: is a second header"),
        (format!("{GOLDEN}{check}\n"), after),
        (format!("{header}\n{huge}\n"), "2: `counts` has a number above 9007199254740992"),
        (
            header.replace("\"version\":1,", "\"version\":2,") + "\n",
            "1: `version` is 2; this version of rollwire reads 1",
        ),
        (
            format!("{header}\n{}\n", check.replace("\"pass\"", "\"\\u001b[2J\"")),
            "2: is not an event: unknown variant `\\u{1b}[2J`",
        ),
    ] {
        let file = file(&text);
        let path = file.path().to_str().unwrap();
        let (_, stderr) = run(&["report", "convert", path], 2);
        assert!(stderr.contains(&format!("{path}:{expected}")), "{expected}: {stderr}");
        run(&["report", "diff", path, path], 2);
        run(&["report", "merge", path], 2);
    }
    let bytes = file([header.as_bytes(), b"\n\xff\xfe\n"].concat());
    run(&["report", "convert", bytes.path().to_str().unwrap()], 2);
    let long = file(format!("{header}\n\"{}\"\n", "x".repeat(17 << 20)));
    let (_, stderr) = run(&["report", "convert", long.path().to_str().unwrap()], 2);
    assert!(stderr.contains(":2: the line is longer than 16777216 bytes"), "{stderr}");
}

#[test]
fn files_that_are_not_there_or_hold_nothing() {
    let (_, stderr) = run(&["report", "convert", "/nowhere.jsonl"], 2);
    assert!(stderr.contains("/nowhere.jsonl: cannot be read: "), "{stderr}");
    let empty = file("");
    let path = empty.path().to_str().unwrap();
    let (stdout, stderr) = run(&["report", "convert", path, "--format", "shields"], 3);
    assert_eq!(stdout, "");
    assert!(stderr.contains("is empty; the run wrote no event"), "{stderr}");
}

#[test]
fn a_report_does_not_overwrite_what_it_reads() {
    let events = file(GOLDEN);
    let path = events.path().to_str().unwrap();
    for arguments in [
        &["report", "convert", path, "--format", "jsonl", "--output", path][..],
        &["report", "merge", golden().to_str().unwrap(), path, "--output", path],
    ] {
        let (_, stderr) = run(arguments, 2);
        assert!(stderr.contains("is an input and cannot be the output too"), "{stderr}");
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), GOLDEN);
}

#[test]
fn convert_exits_as_the_run_did() {
    let passed = crate::reports::stream("x", "1", &[("a/b", "pass")], true);
    convert(file(&passed).path(), "text", 0);
    let failed = crate::reports::stream("x", "1", &[("a/b", "fail")], true);
    convert(file(&failed).path(), "text", 1);
    let ended = crate::reports::stream("x", "1", &[("a/b", "not_run")], false);
    convert(file(ended.replace("\"exit\":3", "\"exit\":143")).path(), "text", 143);
}
