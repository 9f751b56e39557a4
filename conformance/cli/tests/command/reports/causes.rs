//! What is wrong comes before what failed: in every format, for every stream.

use std::process::Command;

use serde_json::{Value, json};

use crate::reports::{FORMATS, GOLDEN, convert, file, golden};

/// A stream with this many failures, which have this many causes; these are part of the stream if
/// `diagnosed`.
pub(crate) fn failing(causes: usize, failures: usize, diagnosed: bool) -> String {
    let mut events = vec![json!({
        "event": "header", "version": 1, "kit": "0.1.0",
        "vectors": {"name": "rollwire vectors", "version": "1", "sha256": "0123456789abcdef"},
        "command": ["node", "adapter.mjs"], "revision": 7, "seed": "1", "strict": false,
        "hello": {"impl": {"name": "faulty", "version": "1", "language": "C"}, "revision": 7,
            "capabilities": ["decode"], "window": 1, "sessions": 0},
        "cases": failures, "checks": failures, "other_revisions": 22,
    })];
    let case = |at: usize| format!("input/case-{at:04}");
    for at in 0..failures {
        events.push(json!({
            "event": "check", "case": case(at), "check": "decode",
            "rule": format!("INPUT-{}", at % causes + 1), "level": "MUST", "verdict": "fail",
            "code": "wrong_value",
            "detail": {"rule_text": "A rule.", "chapter": "spec/input.md",
                "bytes": {"role": "given", "marked": 1, "parts": [
                    {"name": "type", "offset": 0, "hex": "01"},
                    {"name": "frame", "offset": 1, "hex": "00000007"}]},
                "field": "frame", "offset": 1, "expected": ["frame = 7"],
                "got": format!("frame = {at}"), "comment": "a frame", "flags": {}, "stderr": [],
                "requests": ["{\"id\":1,\"op\":\"decode\",\"hex\":\"0100000007\"}"]},
        }));
    }
    let harms = ["diverges", "wrong_data", "accepts", "refuses"];
    for cause in (0..causes).filter(|_| diagnosed) {
        let checks: Vec<Value> = (cause..failures)
            .step_by(causes)
            .map(|at| json!({"case": case(at), "check": "decode"}))
            .collect();
        events.push(json!({
            "event": "cause", "id": format!("fault-{cause}"), "harm": harms[cause * 4 / causes],
            "explained": true, "sentence": format!("Field {cause} of each entry is read wrongly"),
            "failures": checks.len(), "messages": ["input", "input_response"],
            "rules": [format!("INPUT-{}", cause + 1)], "chapter": "spec/input.md",
            "example": checks[0], "checks": checks,
        }));
    }
    events.push(json!({
        "event": "footer", "cases": failures, "complete": true, "exit": 1,
        "counts": {"passed": 0, "failed": failures, "weak": 0, "errors": 0, "not_applicable": 0,
            "not_run": 0},
    }));
    events.iter().map(|event| format!("{event}\n")).collect()
}

/// The golden events as an earlier version would have written them.
fn without_causes() -> String {
    let is_cause = |line: &&str| line.contains("\"event\":\"cause\"");
    GOLDEN.lines().filter(|line| !is_cause(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn causes_come_before_failures() {
    let sentence = "Integers are read in little-endian byte order";
    for (format, failure) in [
        ("markdown", "<details>"),
        ("html", "class=\"failure"),
        ("json", "\"failures\": [\n    {"),
        ("junit", "<testcase"),
    ] {
        let shown = convert(&golden(), format, 3);
        let cause = shown.find(sentence).unwrap_or_else(|| panic!("{format}: {shown}"));
        if let Some(failure) = shown.find(failure) {
            assert!(cause < failure, "{format}: {shown}");
        }
    }
    // The worst first, and a weak check last.
    let shown = convert(&golden(), "text", 3);
    let places = ["stays in the queue", "it crashes", sentence, "the wrong class"];
    let places = places.map(|part| shown.find(part).unwrap());
    assert!(places.is_sorted(), "{shown}");
    let markdown = convert(&golden(), "markdown", 3);
    let (failed, weak) = (markdown.find("<summary>✗"), markdown.find("<summary>~"));
    assert!(failed.is_some() && failed < weak, "{markdown}");
}

#[test]
fn every_failure_names_its_cause() {
    let report: Value = serde_json::from_str(&convert(&golden(), "json", 3)).unwrap();
    let causes = report["causes"].as_array().unwrap();
    for failure in report["failures"].as_array().unwrap() {
        let known = causes.iter().any(|cause| cause["id"] == failure["cause"]);
        // What a baseline expects is not diagnosed.
        assert_eq!(known, failure["verdict"] != "expected_failure", "{failure}");
    }
    for (format, begin) in
        [("markdown", "<pre>\n"), ("html", "class=\"failure "), ("junit", "<testcase")]
    {
        let shown = convert(&golden(), format, 3);
        let failures: Vec<&str> = shown.split(begin).skip(1).collect();
        let named = |text: &&&str| text.contains("cause     ") || text.contains("↑ Cause ");
        assert_eq!(failures.iter().filter(named).count(), 4, "{format}: {shown}");
    }
}

#[test]
fn a_stream_without_causes_is_grouped_by_rule_and_code() {
    let old = file(without_causes());
    let cut = without_causes();
    let cut = file(&cut[..cut.trim_end().rfind('\n').unwrap() + 1]);
    for events in [&old, &cut] {
        let report: Value = serde_json::from_str(&convert(events.path(), "json", 3)).unwrap();
        assert_eq!(report["causes"].as_array().unwrap().len(), 4, "{report}");
        for (format, _) in
            FORMATS.iter().filter(|(format, _)| !["jsonl", "shields"].contains(format))
        {
            let shown = convert(events.path(), format, 3);
            assert!(shown.contains("STATE_HASH-2 is not followed"), "{format}: {shown}");
        }
    }
}

/// The text report in this many columns.
fn text(events: &str, columns: &str) -> String {
    let file = file(events);
    let output = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(["report", "convert", file.path().to_str().unwrap()])
        .env("NO_COLOR", "1")
        .env("COLUMNS", columns)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn twenty_causes_of_a_thousand_failures_fit_on_a_screen() {
    for causes in [1, 2, 5, 13, 20] {
        let shown = text(&failing(causes, 1000, true), "80");
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines.len() <= 40, "{causes}: {} lines\n{shown}", lines.len());
        for line in
            lines.iter().filter(|line| !line.contains("rollwire check") && !line.contains("printf"))
        {
            assert!(line.chars().count() <= 80, "{line}");
        }
        for cause in 0..causes {
            assert!(shown.contains(&format!("Field {cause} of each entry")), "{shown}");
        }
        // The first one is shown in full.
        for part in [
            "expected  frame = 7",
            "given     01 00000007",
            "read spec/input.md",
            "again     rollwire",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(lines.iter().any(|line| line.starts_with("does not conform: 1,000 failed")));
    }
    // Sentences that do not fit are cut, and stay on the screen.
    let sentence = " of each entry is read wrongly";
    let long = failing(20, 1000, true).replace(sentence, &sentence.repeat(3));
    let shown = text(&long, "80");
    assert!(shown.lines().count() <= 40 && shown.contains("… (50 checks)"), "{shown}");
    // What is not shown is counted.
    let shown = text(&failing(60, 1000, true), "80");
    assert!(shown.contains("40 more causes for 660 checks are not shown"), "{shown}");
    // Causes are as wide as the terminal; commands are not cut.
    let shown = text(&failing(3, 10, true), "50");
    let is_command = |line: &str| line.contains("rollwire check") || line.contains("printf");
    let mut causes = shown.lines().filter(|line| line.starts_with(' ') && !is_command(line));
    assert!(causes.all(|line| line.chars().count() <= 50), "{shown}");
}

#[test]
fn a_page_counts_what_it_does_not_show() {
    let page = convert(file(failing(7, 1093, true)).path(), "html", 1);
    assert_eq!(page.matches("class=\"failure ").count(), 1000);
    assert!(page.contains("shows 1,000 of 1,093 checks"), "the page does not say so");
    assert!(page.contains("data-details=\"1093\""), "the filter does not say so");
    // Each of the others is named.
    assert_eq!(page.matches("Not shown in full: ").count(), 7);
    for at in 0..1093 {
        assert!(
            page.contains(&format!("input/case-{at:04} · decode"))
                || page.contains(&format!("<strong>input/case-{at:04}</strong>")),
            "{at}"
        );
    }
    let all = convert(file(failing(7, 20, true)).path(), "html", 1);
    assert!(!all.contains("Not shown in full") && !all.contains("This page shows"));
}

#[test]
fn broken_rules_come_first_in_the_order_of_their_numbers() {
    let page = convert(file(failing(12, 24, true)).path(), "html", 1);
    let rules = &page[page.find("class=\"matrix\"").unwrap()..];
    let places = (1..=12).map(|at| rules.find(&format!("<code>INPUT-{at}</code>")).unwrap());
    assert!(places.is_sorted());
}
