//! Each format keeps the rules of the machine that reads it.

use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::{
    reports::{causes::failing, convert, edited, file, golden, stream},
    run::run,
};

#[test]
fn json_keeps_to_its_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../../kit/schema/report.schema.json")).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let valid = |text: &str| {
        let report: Value = serde_json::from_str(text).unwrap();
        let faults: Vec<String> = schema.iter_errors(&report).map(|it| it.to_string()).collect();
        assert_eq!(faults, [""; 0], "{text}");
        report
    };
    let report = valid(&convert(&golden(), "json", 3));
    assert_eq!(report["complete"], false);
    assert_eq!(report["failures"].as_array().unwrap().len(), 5);
    let rules: u64 =
        report["rules"].as_array().unwrap().iter().map(|it| it["cases"].as_u64().unwrap()).sum();
    assert_eq!(report["cases"], rules);
    valid(&run(&["check", "--builtin", "--filter", "ping/*", "--format", "json"], 0).0);
    let not_started = run(&["check", "--format", "json", "--", "rollwire-no-such-program"], 3).0;
    assert_eq!(valid(&not_started)["run"]["adapter"], Value::Null);

    // The schema is one that can fail.
    for (pointer, value) in [("/checks/surprise", json!(1)), ("/failures/0/verdict", json!("pass"))]
    {
        let mut wrong = report.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        wrong.pointer_mut(parent).unwrap()[key] = value;
        assert!(!schema.is_valid(&wrong), "{pointer}");
    }
}

/// The test case with this name.
fn test_case<'a>(document: &'a Document<'a>, name: &str) -> Node<'a, 'a> {
    let mut cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    cases.find(|node| node.attribute("name") == Some(name)).unwrap_or_else(|| panic!("no {name}"))
}

/// What a test case came to: the element, its type and whether it has a message.
fn outcome(case: Node<'_, '_>) -> Option<(String, Option<String>)> {
    let mut found = case
        .children()
        .filter(|node| ["failure", "error", "skipped"].contains(&node.tag_name().name()));
    let node = found.next()?;
    assert!(found.next().is_none() && node.attribute("message").is_some(), "{node:?}");
    Some((node.tag_name().name().to_owned(), node.attribute("type").map(str::to_owned)))
}

#[test]
fn junit_is_xml_that_ci_servers_understand() {
    let xml = convert(&golden(), "junit", 3);
    let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert_eq!(xml.chars().find(|c| !allowed(*c)), None);
    let document = Document::parse(&xml).unwrap();
    let cases: Vec<Node<'_, '_>> =
        document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    // Ten checks, and the run that did not come to its end.
    assert_eq!(cases.len(), 13);
    for case in &cases {
        assert!(case.attribute("name").is_some_and(|it| !it.is_empty()), "{case:?}");
        assert!(case.attribute("classname").is_some_and(|it| !it.is_empty()), "{case:?}");
    }
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    let totals = ["tests", "failures", "errors", "skipped"].map(|it| suite.attribute(it).unwrap());
    assert_eq!(totals, ["13", "3", "3", "3"]);
    for (name, expected) in [
        ("state-hash/recorded-150 · decode", None),
        ("state-hash/recorded-150 · reencode", Some(("skipped", None))),
        ("state-hash/frame-in-hash · decode", Some(("failure", Some("wrong_value")))),
        ("focus/one-for-two · decode", None),
        ("<script>alert(1)</script> · decode", Some(("error", Some("crash")))),
        ("exchange-reset/late · run", Some(("error", Some("not-run")))),
        ("the run is complete", Some(("error", Some("incomplete")))),
    ] {
        let expected = expected.map(|(tag, code)| (tag.to_owned(), code.map(str::to_owned)));
        assert_eq!(outcome(test_case(&document, name)), expected, "{name}");
    }
    let class = test_case(&document, "state-hash/frame-in-hash · decode").attribute("classname");
    assert_eq!(class, Some("STATE_HASH-2"));
    let property = |name: &str| {
        let mut all = suite.descendants().filter(|node| node.has_tag_name("property"));
        all.find(|node| node.attribute("name") == Some(name))
            .and_then(|node| node.attribute("value"))
    };
    assert_eq!(property("seed"), Some("0000000000000001"));
    assert!(property("vectors.sha256").unwrap().starts_with("a36d7719331c"));
    assert!(property("adapter.name").unwrap().starts_with("<script>alert(1)</script>"));
    let weak = test_case(&document, "focus/one-for-two · decode");
    let output = weak.children().find(|node| node.has_tag_name("system-out")).unwrap();
    assert!(output.text().unwrap().starts_with("weak      wrong_class\ncause "), "{output:?}");
    // What junit-10.xsd refuses; `.ci/run reports` holds the rest of it.
    assert_eq!(document.root_element().attribute("skipped"), None);
    let properties = document.descendants().filter(|node| node.has_tag_name("properties"));
    assert!(properties.eq([suite.first_element_child().unwrap()]), "only a suite has properties");
}

#[test]
fn strictness_makes_a_weak_check_a_failure_in_junit() {
    let strict = file(edited(|event| {
        if event["event"] == "header" {
            event["strict"] = json!(true);
        }
    }));
    let xml = convert(strict.path(), "junit", 3);
    let document = Document::parse(&xml).unwrap();
    let weak = outcome(test_case(&document, "focus/one-for-two · decode"));
    assert_eq!(weak, Some(("failure".to_owned(), Some("wrong_class".to_owned()))));
}

#[test]
fn github_gets_whole_commands_and_few_of_them() {
    let text = convert(&golden(), "github", 3);
    for line in text.lines() {
        let rest = line.strip_prefix("::").unwrap();
        let (command, rest) = rest.split_once(" title=").unwrap();
        assert!(["error", "warning", "notice"].contains(&command), "{line}");
        let (title, _) = rest.split_once("::").unwrap();
        assert!(!title.contains([':', ',']), "{line}");
    }
    // Three causes, an unexpected pass, and the result.
    assert_eq!(text.matches("::error title=").count(), 5);
    assert_eq!(text.matches("::warning title=").count(), 1);
    let many = file(failing(500, 1000, true));
    let text = convert(many.path(), "github", 1);
    // No more than GitHub shows of one step.
    assert_eq!(text.lines().count(), 10, "{text}");
    assert!(text.contains("492 more not shown here"), "{text}");
}

/// The message of the badge of a stream.
#[track_caller]
fn badge(events: &str, code: i32) -> (String, bool) {
    let badge = convert(file(events).path(), "shields", code);
    let badge: Value = serde_json::from_str(&badge).unwrap();
    assert_eq!(badge["schemaVersion"], 1);
    (badge["message"].as_str().unwrap().to_owned(), badge["isError"].as_bool().unwrap())
}

#[test]
fn only_a_whole_run_may_claim_conformity() {
    let said = |text: &str, wrong| (text.to_owned(), wrong);
    let whole = stream("x", "1", &[("a/b", "pass"), ("a/c", "pass")], true);
    assert_eq!(badge(&whole, 0), said("conforms · 2 passed", false));
    let weak = stream("x", "1", &[("a/b", "pass"), ("a/c", "weak")], true);
    assert_eq!(badge(&weak, 0), said("conforms: 1 weak · 1 passed", false));
    let failed = stream("x", "1", &[("a/b", "pass"), ("a/c", "fail")], true);
    assert_eq!(badge(&failed, 1), said("does not conform: 1 failed · 1 cause", true));
    let ended = stream("x", "1", &[("a/b", "pass"), ("a/c", "not_run")], false);
    assert_eq!(badge(&ended, 3), said("incomplete", true));
    let skipped = stream("x", "1", &[("a/b", "pass"), ("a/c", "not_applicable")], true);
    assert_eq!(
        badge(&skipped, 0),
        said("partial: 1 of 2 checks, all passed (1 check not applicable)", false)
    );
    let cut: String = whole.lines().take(3).map(|line| format!("{line}\n")).collect();
    assert_eq!(badge(&cut, 3), said("truncated", true));
    for option in [&["--filter", "ping/*"][..], &["--vectors", "../../vectors/codec/ping.json"]] {
        let arguments = [&["check", "--builtin", "--format", "shields"], option].concat();
        let badge = run(&arguments, 0).0;
        assert!(badge.contains("\"partial: "), "{badge}");
    }
}

/// The golden events of a run whose header has these members too.
fn with_header(members: &Value) -> tempfile::NamedTempFile {
    file(edited(|event| {
        if event["event"] == "header"
            && let (Some(header), Some(members)) = (event.as_object_mut(), members.as_object())
        {
            header.extend(members.clone());
        }
    }))
}

#[test]
fn where_answers_came_from_is_shown_and_not_obeyed() {
    let hostile = "<b>\u{1b}[2J.jsonl";
    let offline = with_header(&json!({"command": [], "offline": hostile}));
    let attached = with_header(&json!({"command": [], "attached": "tcp:[::1]:7007"}));
    let said = "recorded answers; the nonce, isolation and interleaving are not shown";
    for format in ["text", "markdown", "junit", "html"] {
        let shown = convert(offline.path(), format, 3);
        assert!(shown.contains(said), "{format}: {shown}");
        assert!(!shown.contains('\u{1b}'), "{format}");
        let markup = format != "text" && shown.contains("<b>\\u");
        assert!(!markup, "{format}: {shown}");
        assert!(!convert(attached.path(), format, 3).contains(said), "{format}");
    }
    for format in ["text", "markdown", "junit", "html", "json"] {
        let shown = convert(attached.path(), format, 3);
        // Markdown writes what means something to it by its number.
        let plain = shown.replace("&#58;", ":").replace("&#91;", "[").replace("&#93;", "]");
        assert!(plain.contains("tcp:[::1]:7007"), "{format}: {shown}");
    }
    let text = convert(attached.path(), "text", 3);
    assert!(text.contains("1 --adapter 'tcp:[::1]:7007'\n"), "{text}");
    let all = run(&["report", "convert", attached.path().to_str().unwrap(), "--verbose"], 3).0;
    assert!(all.contains("' | nc ::1 7007\n"), "{all}");
    // Text that is not an address is not a command either.
    let nonsense = with_header(&json!({"command": [], "attached": "tcp:x;reboot:1"}));
    let text = convert(nonsense.path(), "text", 3);
    assert!(!text.contains("by hand") && text.contains("--adapter 'tcp:x;reboot:1'"), "{text}");
    for (events, member) in [(&offline, "offline"), (&attached, "attached")] {
        let report: Value = serde_json::from_str(&convert(events.path(), "json", 3)).unwrap();
        assert!(report["run"][member].is_string(), "{member}");
        let restricted = report["restrictions"].as_array().unwrap().contains(&json!("offline"));
        assert_eq!(restricted, member == "offline");
    }
}

#[test]
fn a_badge_of_recorded_answers_claims_no_conformity() {
    let whole = stream("x", "1", &[("a/b", "pass")], true);
    let offline =
        whole.replacen("\"event\":\"header\"", "\"event\":\"header\",\"offline\":\"x\"", 1);
    assert_ne!(whole, offline);
    let said = "partial: 1 of 1 check, all passed (offline)";
    assert_eq!(badge(&offline, 0), (said.to_owned(), false));
}

#[test]
fn whoever_shows_little_says_what_keeps_a_run_from_being_one_of_everything() {
    let whole = stream("x", "1", &[("a/b", "pass")], true);
    let offline =
        whole.replacen("\"event\":\"header\"", "\"event\":\"header\",\"offline\":\"x\"", 1);
    let (whole, offline) = (file(whole), file(offline));
    let last = |events| convert(events, "github", 0).lines().last().unwrap().to_owned();
    assert!(last(offline.path()).ends_with("0 weak%0Aoffline"), "{}", last(offline.path()));
    assert!(last(whole.path()).ends_with("0 weak"), "{}", last(whole.path()));
    let paths = [whole.path().to_str().unwrap(), offline.path().to_str().unwrap()];
    let merged = run(&["report", "merge", paths[0], paths[1]], 0).0;
    assert_eq!(
        merged.matches(": partial: 1 of 1 check, all passed; offline (").count(),
        1,
        "{merged}"
    );
    let page = run(&["report", "merge", paths[0], paths[1], "--format", "html"], 0).0;
    assert_eq!(page.matches("<span class=\"reason\">offline</span>").count(), 1);
}
