//! The file format.

use rollwire_conformance::{
    baseline::{Known, faults::lint, parse, parse_date},
    verdict::{Code, Verdict},
};
use rollwire_model::vectors::CheckKind;

use crate::baseline::{PUBLISHED, baseline, entry};

const README: &str = include_str!("../../../../baselines/README.md");
const BROWSER: &str = include_str!("../../../../baselines/browser.toml");
const PLAYING: &str = include_str!("../../../../baselines/browser-playing.toml");

/// The longest glob that can be written into a file of a baseline made globset panic.
#[test]
fn a_glob_is_bounded() {
    let entry = |length| {
        let case = "?".repeat(length);
        let keys = "verdict = \"fail\"\ncode = \"accepted\"\nreason = \"known\"\n";
        format!("baseline = 1\n\n[[entry]]\ncase = \"{case}\"\n{keys}")
    };
    assert_eq!(parse(&entry(1024)).map(|entries| entries.len()), Ok(1));
    for length in [1025, 900_000] {
        let fault = parse(&entry(length)).unwrap_err().to_string();
        let expected = format!("is not a valid glob: it has {length} bytes; expected at most 1024");
        assert!(fault.starts_with("line 4: `???") && fault.ends_with(&expected), "{fault}");
        assert!(fault.len() < 300, "{fault}");
    }
}

#[test]
fn the_documented_example_is_a_baseline() {
    let text = README.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let entries = parse(text).unwrap();
    let [first, second] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!((first.case.as_str(), first.line), ("ping/trailing-*", 5));
    assert_eq!(first.check, Some(CheckKind::Decode));
    assert_eq!((first.verdict, first.code), (Verdict::Fail, Code::Accepted));
    assert_eq!(first.link.as_deref(), Some("https://example.org/issues/17"));
    assert_eq!(first.expires, Some(parse_date("2027-03-31").unwrap()));
    assert_eq!((second.check, second.revision), (None, Some(7)));
    assert_eq!((&first.rule, second.rule.as_deref()), (&None, Some("EXCH-12")));
    let mut it = baseline("");
    it.entries = entries;
    assert_eq!(lint(&it, &PUBLISHED), []);
}

/// What the README says of every member is what is read.
#[test]
fn the_documented_members_are_all_there_are() {
    let error = parse("baseline = 1\n[[entry]]\nnonsense = 1").unwrap_err().to_string();
    let listed = error.split_once("expected one of ").unwrap().1;
    for member in listed.split(", ") {
        assert!(README.contains(&format!("\n| {member} |")), "{member} is not in the README");
    }
    assert_eq!(listed.split(", ").count(), 9);
}

#[test]
fn the_baseline_of_the_browser_has_no_fault() {
    for (text, least) in [(BROWSER, 300), (PLAYING, 30)] {
        let mut it = baseline("");
        it.entries = parse(text).unwrap();
        assert!(it.entries.len() >= least);
        assert_eq!(lint(&it, &Known::published().unwrap()), []);
    }
}

/// An entry that gives two reasons would hide a new failure behind an old one.
#[test]
fn each_entry_of_the_browser_has_one_reason() {
    for entry in [BROWSER, PLAYING].into_iter().flat_map(|text| parse(text).unwrap()) {
        assert!(!entry.reason.contains(" or "), "{}: {}", entry.title(), entry.reason);
        // What a fresh scenario fails at is known by the rule alone.
        let is_scenario = ["fresh/exchange/", "fresh/peer/"];
        let is_scenario = is_scenario.iter().any(|it| entry.case.starts_with(it));
        let named = entry.rule.is_some() || !is_scenario;
        assert!(named, "{}: no rule", entry.title());
    }
}

#[test]
fn a_fault_says_its_line_and_what_to_do() {
    let with = |from: &str, to: &str| {
        let text = format!("baseline = 1\n\n{}", entry("ping/basic", "")).replace(from, to);
        parse(&text).unwrap_err().to_string()
    };
    for (from, to, expected) in [
        ("baseline = 1", "baseline = 2", "line 1: `baseline` is 2; expected 1"),
        ("baseline = 1", "", "line 1: missing field `baseline`"),
        ("ping/basic", "", "line 4: `case` is empty or contains whitespace; give an id or a glob"),
        (
            "ping/basic",
            "ping basic",
            "line 4: `case` is empty or contains whitespace; give an id or a glob",
        ),
        (
            "ping/basic",
            "ping/[a",
            "line 4: `ping/[a` is not a valid glob: unclosed character class; missing ']'",
        ),
        (
            "\"fail\"",
            "\"pass\"",
            "line 5: unknown variant `pass`, expected one of `fail`, `weak`, `error`",
        ),
        ("\"fail\"", "\"weak\"", "line 6: a check with code `accepted` has verdict `fail`"),
        (
            "\"known\"",
            "\" \"",
            "line 7: the reason of `ping/basic` is empty; say why it is expected to fail",
        ),
        ("reason = \"known\"", "", "line 3: missing field `reason`"),
        ("reason =", "link = 1\nreason =", "line 7: invalid type: integer `1`, expected a string"),
        (
            "reason =",
            "expires = 07:32:00\nreason =",
            "line 7: `expires`: `07:32:00` is not a date such as 2027-03-31",
        ),
        (
            "reason =",
            "rule = \"NOTHING\"\nreason =",
            "line 7: `NOTHING` matches no rule; `rollwire coverage` lists the rules",
        ),
        ("reason =", "revision = 8\nreason =", "line 7: `revision` is 8; expected 1 to 7"),
        ("reason =", "reson = \"\"\nreason =", "line 7: unknown field `reson`, expected one of"),
        ("[[entry]]", "[[entry", "line 3: "),
    ] {
        let fault = with(from, to);
        assert!(fault.starts_with(expected), "{to}: {fault}");
    }
    // A date that does not exist is none for TOML either.
    assert!(with("reason =", "expires = 2027-02-30\nreason =").starts_with("line 7: "));
    assert!(parse(&"[".repeat(100_000)).is_err());
    for no_date in ["2027-2-1", "20270201", "2027-02-30", "2027-02-01T00:00:00", "soon", ""] {
        assert!(parse_date(no_date).is_err(), "{no_date}");
    }
}

/// A baseline cannot say something that no check ever comes to.
#[test]
fn every_code_has_one_verdict() {
    for (code, verdict) in [
        (Code::Alternative, Verdict::Weak),
        (Code::WrongClass, Verdict::Weak),
        (Code::Crash, Verdict::Error),
        (Code::Nondeterministic, Verdict::Error),
        (Code::Unsupported, Verdict::Fail),
        (Code::WrongState, Verdict::Fail),
    ] {
        assert_eq!(code.verdict(), verdict);
    }
}
