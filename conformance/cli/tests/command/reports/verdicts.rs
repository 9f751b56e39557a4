//! Every format says the same verdict of a run.

use serde_json::{Value, json};

use crate::reports::{convert, file, stream};

/// A stream of which the footer, or the header, has these members too.
fn with(events: &str, event: &str, members: &Value) -> String {
    let edit = |line: &str| {
        let mut value: Value = serde_json::from_str(line).unwrap();
        if value["event"] == event {
            let members = members.as_object().unwrap().clone();
            value.as_object_mut().unwrap().extend(members);
        }
        format!("{value}\n")
    };
    events.lines().map(edit).collect()
}

/// Each situation: its events, the exit code, and the verdict.
fn situations() -> Vec<(&'static str, String, i32, &'static str)> {
    let whole = stream("x", "1", &[("a/b", "pass"), ("a/c", "pass")], true);
    let weak = stream("x", "1", &[("a/b", "pass"), ("a/c", "weak")], true);
    let failing = stream("x", "1", &[("a/b", "pass"), ("a/c", "fail")], true);
    let crashing = stream("x", "1", &[("a/b", "pass"), ("a/c", "error")], true);
    let skipped = stream("x", "1", &[("a/b", "pass"), ("a/c", "not_applicable")], true);
    let ended = stream("x", "1", &[("a/b", "pass"), ("a/c", "not_run")], false);
    let nothing = stream("x", "1", &[], true);
    let left_out = |members: Value| with(&whole, "footer", &json!({"left_out": members}));
    let excused = stream("x", "1", &[("a/b", "pass"), ("a/c", "expected_failure")], true);
    let filter = json!({"filter": ["a/*"], "filtered_checks": 7});
    let offline = |events: &str| with(events, "header", &json!({"offline": "answers.jsonl"}));
    let cut = whole[..whole.trim_end().rfind('\n').unwrap() + 1].to_owned();
    vec![
        ("offline", offline(&whole), 0, "partial"),
        ("offline and failing", offline(&failing), 1, "does not conform"),
        (
            "other vectors",
            with(&whole, "header", &json!({"arguments": ["--vectors", "own.json"]})),
            0,
            "partial",
        ),
        ("filtered", left_out(filter), 0, "partial"),
        ("wrong vectors", left_out(json!({"contradictions": 1})), 0, "partial"),
        ("messages", left_out(json!({"messages": {"ping": 7}})), 0, "partial"),
        ("a direction", left_out(json!({"directions": {"keepalive encode": 7}})), 0, "partial"),
        ("capabilities", left_out(json!({"capabilities": {"digest": 7}})), 0, "partial"),
        ("another revision", left_out(json!({"revision": 6})), 0, "partial"),
        ("no fresh cases", left_out(json!({"fresh_cases": true})), 0, "partial"),
        ("an old stream", skipped, 0, "partial"),
        ("baseline", excused, 0, "no unexpected failures"),
        ("failing", failing, 1, "does not conform"),
        ("crashing", crashing, 1, "does not conform"),
        ("weak", weak, 0, "conforms"),
        ("incomplete", with(&ended, "footer", &json!({"reason": "it ended"})), 3, "incomplete"),
        ("nothing", with(&nothing, "footer", &json!({"exit": 4})), 4, "nothing was checked"),
        ("truncated", cut, 3, "truncated"),
        ("whole", whole, 0, "conforms"),
    ]
}

/// The verdict in a report.
fn verdict(format: &str, report: &str) -> String {
    let between = |begin: &str, end: &str| {
        let (_, rest) = report.rsplit_once(begin).unwrap_or_else(|| panic!("{format}: {report}"));
        rest.split(end).next().unwrap_or_default().to_owned()
    };
    let said = match format {
        // The last line has the counts, unless there is no footer.
        "text" => {
            let lines: Vec<&str> = report.lines().collect();
            let last = lines[lines.len() - 1];
            if last.starts_with("truncated") { last } else { lines[lines.len() - 2] }.to_owned()
        }
        "json" => between("\"verdict\": \"", "\""),
        "junit" => between("name=\"verdict\" value=\"", "\""),
        "markdown" => between("rollwire: ", "\n"),
        "github" => between("x 1%3A ", "::").replace("%3A", ":").replace("%2C", ","),
        _ => between("\"message\":\"", "\""),
    };
    said.split([':', ';', '(', '·']).next().unwrap_or_default().trim().to_owned()
}

#[test]
fn every_format_agrees_on_the_verdict() {
    for (situation, events, code, expected) in situations() {
        let events = file(events);
        for format in ["text", "json", "junit", "markdown", "github", "shields"] {
            let report = convert(events.path(), format, code);
            assert_eq!(verdict(format, &report), expected, "{situation}, {format}: {report}");
        }
        let page = convert(events.path(), "html", code);
        let banner = page.split("id=\"verdict\"").nth(1).unwrap();
        let banner = banner.split("<strong>").nth(1).unwrap().split("</strong>").next().unwrap();
        assert_eq!(banner.split([':', '&']).next(), Some(expected), "{situation}: {banner}");
        // A badge is green only for the whole.
        let badge = convert(events.path(), "shields", code);
        let is_green = badge.contains("\"brightgreen\"");
        assert_eq!(is_green, situation == "whole", "{situation}: {badge}");
    }
}
