//! Every way of checking nothing, and of checking nothing that matters, has its exit code.
//!
//! | what happens | code |
//! |---|---|
//! | a filter that matches no case | 4 |
//! | an adapter without capabilities | 4 |
//! | every case needs what the adapter does not declare | 4 |
//! | a baseline that covers every case | 4 |
//! | a vector file without cases | 4 |
//! | a revision before every case | 4 |
//! | an adapter that is gone after hello | 3 |
//! | an adapter that knows every operation, or every message type | 3 |
//! | an adapter that answers every canary alike | 3 |
//! | an adapter that answers a canary rightly before, and wrongly after | 3 |
//! | an adapter that knows the published answers and nothing else | 1 |
//! | an adapter that does not know an operation that it declares | 1 |

use std::{cell::Cell, fs, io};

use rollwire_conformance::verdict::{Code, Verdict};
use serde_json::{Value, json};

use super::{check, faults::checks, published, without_id};
use crate::command::run;

pub(crate) const TESTS: [(&str, fn()); 12] = [
    ("a_filter_that_matches_nothing", a_filter_that_matches_nothing),
    ("no_capability", no_capability),
    ("everything_skipped", everything_skipped),
    ("a_baseline_that_covers_every_case", a_baseline_that_covers_every_case),
    ("a_vector_file_without_cases", a_vector_file_without_cases),
    ("a_revision_before_every_case", a_revision_before_every_case),
    ("gone_after_hello", gone_after_hello),
    ("everything_accepted", everything_accepted),
    ("everything_refused", everything_refused),
    ("a_canary_that_dies", a_canary_that_dies),
    ("published_answers_by_heart", published_answers_by_heart),
    ("unsupported_though_declared", unsupported_though_declared),
];

/// An adapter that checks out in its handshake, and then is of no use in its own way.
pub(crate) fn serve(mode: &str) -> io::Result<()> {
    let by_heart = published();
    let ill = Cell::new(mode == "ill");
    crate::support::adapter::serve(|request, mut right| {
        let (id, op) = (&request["id"], request["op"].as_str().unwrap_or_default());
        if op == "hello" {
            right["ok"]["capabilities"] = match mode {
                "no-capability" => json!([]),
                "only-encode" => json!(["encode"]),
                _ => json!(["decode", "encode", "reencode"]),
            };
            return right.to_string();
        }
        let refusal = json!({"id": id, "reject": {"class": "truncated"}});
        // Sane until the first question that is none of the canaries.
        let new = request["hex"].as_str().is_some_and(|hex| hex.starts_with("02"));
        ill.set(ill.get() || mode == "falls-ill" && new && !is_canary(request));
        let answer = match mode {
            "gone" => std::process::exit(0),
            "accepts" => json!({"id": id, "ok": {}}),
            "refuses" => json!({"id": id, "reject": {}}),
            "knows-nothing" => json!({"id": id, "unsupported": {}}),
            _ if op.starts_with("probe") => right,
            "ill" | "falls-ill" if ill.get() => refusal,
            // What is not known is refused, which is what fresh negative cases want too.
            "by-heart" if is_canary(request) || by_heart.contains_key(&without_id(request)) => {
                right
            }
            "by-heart" => refusal,
            "no-encode" if op == "encode" && !is_canary(request) => {
                json!({"id": id, "unsupported": {}})
            }
            _ => right,
        };
        answer.to_string()
    })
}

/// What everybody knows without looking.
fn is_canary(request: &Value) -> bool {
    let known = ["02", "020000000000000000", "021111111111111111"];
    let timestamp = request["fields"]["timestamp"].as_str();
    timestamp.is_some_and(|digits| ["0", "1"].iter().any(|digit| digits == digit.repeat(16)))
        || request["type"] == "no_such_message"
        || request["hex"].as_str().is_some_and(|hex| known.contains(&hex))
}

/// Runs the checks against the adapter of a mode; the last lines of what it prints.
#[track_caller]
fn ends(mode: &str, arguments: &[&str], code: i32) -> String {
    check(arguments, &crate::support::adapter::command(mode), code)
}

fn a_filter_that_matches_nothing() {
    let (stdout, stderr) = run(&["check", "--builtin", "--filter", "state-hsah/*"], 4);
    assert_eq!(stdout, "");
    assert_eq!(
        stderr,
        "error: the filter `state-hsah/*` matches no case; `rollwire list` shows the ids; \
         did you mean `state-hash/*`, `state-hash/basic` or `state-hash/hash-1`?\n"
    );
    // A filter that excludes everything is not better.
    let (stdout, _) = run(&["check", "--builtin", "--filter", "!**"], 4);
    assert!(stdout.contains("nothing ran: nothing was checked: no case applies"), "{stdout}");
}

const UNDECLARED: &str =
    "nothing was checked: the adapter declares none of the capabilities that the cases need";

fn no_capability() {
    let said = ends("no-capability", &[], 4);
    assert!(said.contains(UNDECLARED), "{said}");
}

fn everything_skipped() {
    let said = ends("only-encode", &["--filter", "exchange-*/*"], 4);
    assert!(said.contains(UNDECLARED), "{said}");
    assert!(said.lines().last().unwrap().contains("not applicable"), "{said}");
    // One check that does apply makes a claim, if a small one.
    let said = ends("only-encode", &["--filter", "exchange-*/*", "--filter", "ping/basic"], 0);
    assert!(said.contains(": 1 passed, 0 failed"), "{said}");
}

fn a_baseline_that_covers_every_case() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (vectors, baseline) = (path("wrong.json"), path("baseline.toml"));
    // The adapter accepts zeros after a KEEPALIVE.
    let mutant = ["adapter", "--mutant", "keepalive/surplus-zeros-ignored/decoder"];
    let adapter = [&[env!("CARGO_BIN_EXE_rollwire")][..], &mutant].concat();
    let adapter: Vec<String> = adapter.into_iter().map(str::to_owned).collect();
    let case = r#"{"id":"own/wrong","since":1,"source":"hand","rules":["KEEPALIVE-1"],"level":"must","comment":"","flags":[],"hex":"04 00","reject":"trailing","checks":["decode"]}"#;
    fs::write(&vectors, format!(r#"{{"vectors":1,"topic":"own","cases":[{case}]}}"#)).unwrap();
    let entry = |case: &str| {
        format!(
            "[[entry]]\ncase = \"{case}\"\nverdict = \"fail\"\ncode = \"accepted\"\nreason = \"known\"\n"
        )
    };
    let list = |entries: &str| fs::write(&baseline, format!("baseline = 1\n{entries}")).unwrap();
    let options = ["--vectors", &*vectors, "--baseline", &*baseline];
    list(&entry("own/wrong"));
    let said = check(&options, &adapter, 4);
    assert!(said.contains("nothing passed: every failure was expected"), "{said}");
    // Rot goes before that.
    list(&(entry("own/wrong") + &entry("own/wrogn")));
    check(&options, &adapter, 1);
}

fn a_vector_file_without_cases() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty.json");
    fs::write(&file, r#"{"vectors": 1, "topic": "x", "cases": []}"#).unwrap();
    let (stdout, _) = run(&["check", "--builtin", "--vectors", file.to_str().unwrap()], 4);
    assert!(stdout.contains("nothing ran: nothing was checked"), "{stdout}");
}

fn a_revision_before_every_case() {
    let (stdout, _) =
        run(&["check", "--builtin", "--filter", "state-hash/*", "--revision", "3"], 4);
    assert!(stdout.contains("nothing ran: nothing was checked: no case applies"), "{stdout}");
}

/// The reason why a run is incomplete.
#[track_caller]
fn incomplete(mode: &str, arguments: &[&str]) -> String {
    let said = ends(mode, arguments, 3);
    let [.., reason, _, summary] = &said.lines().collect::<Vec<_>>()[..] else { panic!("{said}") };
    assert!(summary.contains(" 0 failed"), "{said}");
    reason.strip_prefix("incomplete: ").unwrap_or_else(|| panic!("{said}")).to_owned()
}

fn gone_after_hello() {
    let reason = incomplete("gone", &[]);
    let expected =
        "the honesty probe: an unknown operation got the adapter exited with code 0; expected ";
    assert!(reason.starts_with(expected), "{reason}");
}

fn everything_accepted() {
    let reason = incomplete("accepts", &[]);
    assert!(reason.starts_with("the honesty probe: an unknown operation got `ok`"), "{reason}");
}

fn everything_refused() {
    let reason = incomplete("refuses", &[]);
    assert!(reason.starts_with("the honesty probe: an unknown operation got `reject`"), "{reason}");
    let reason = incomplete("knows-nothing", &[]);
    let expected = "the canaries: every decode got `unsupported`, valid or not; is the";
    assert!(reason.starts_with(expected), "{reason}");
}

fn a_canary_that_dies() {
    // All that is asked between the canaries is refused, and rightly so.
    for (mode, verdicts, reason) in [
        ("ill", " 0 passed", "incomplete: the canaries: every decode got `reject`, valid or not"),
        ("falls-ill", " 16 passed", "incomplete: the canary: decode a PING of zeros got `reject`"),
    ] {
        let said = ends(mode, &["--filter", "ping/truncated-*", "--fresh", "0"], 3);
        assert!(said.contains(reason) && said.contains(verdicts), "{said}");
    }
}

fn published_answers_by_heart() {
    let said = ends("by-heart", &["--fresh", "0"], 0);
    assert!(said.lines().last().unwrap().contains(" passed, 0 failed, 0 weak"), "{said}");
    // The same adapter as soon as a case is new to it, whatever the seed.
    for seed in ["1", "2"] {
        let said = ends("by-heart", &["--seed", seed, "--format", "jsonl"], 1);
        let (known, failed): (Vec<_>, Vec<_>) =
            checks(&said).into_iter().partition(|event| event.verdict != Verdict::Fail);
        let new = |id: &str| id.starts_with("fresh/") || id.starts_with("input-response/large-");
        assert!(failed.iter().all(|event| new(&event.case)), "{failed:#?}");
        assert!(failed.len() > 100, "{} checks failed", failed.len());
        assert!(known.iter().any(|event| event.verdict == Verdict::Pass));
    }
}

fn unsupported_though_declared() {
    let said = ends("no-encode", &["--fresh", "0", "--format", "jsonl"], 1);
    let mut encoded = 0;
    for event in checks(&said) {
        if event.check.to_string() == "encode" && event.verdict == Verdict::Fail {
            assert_eq!(event.code, Some(Code::Unsupported), "{event:#?}");
            encoded += 1;
        } else {
            assert_ne!(event.verdict, Verdict::Fail, "{event:#?}");
        }
    }
    assert!(encoded > 100, "{encoded} checks failed");
}
