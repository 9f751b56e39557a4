//! Event files that were edited after the run: the reader counts for itself, and refuses what contradicts it.

use rollwire_conformance::vectors::VectorSet;
use serde_json::{Value, json};

use crate::{
    reports::{FORMATS, edited, file, golden, stream},
    run::run,
};

/// A stream of one pass and one failure after an edit of its events.
fn forged(complete: bool, edit: impl Fn(&mut Vec<Value>)) -> String {
    let verdicts = [("a/b", "pass"), ("a/c", if complete { "fail" } else { "not_run" })];
    let text = stream("x", "1", &verdicts, complete);
    let mut events: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    edit(&mut events);
    events.iter().map(|event| format!("{event}\n")).collect()
}

/// Refused by everything that reads event files, with exit code 2 and this text.
#[track_caller]
fn refused(text: &str, line: usize, expected: &str) {
    let file = file(text);
    let path = file.path().to_str().unwrap();
    for (format, _) in FORMATS {
        let (stdout, stderr) = run(&["report", "convert", path, "--format", format], 2);
        let place = format!("{path}:{line}: {expected}");
        assert!(stderr.contains(&place), "{format}: {place}: {stderr}");
        // What is written only at the end is not written at all.
        assert!(!stdout.contains("conforms"), "{format}: {stdout}");
        assert!(stdout.is_empty() || ["text", "jsonl", "github"].contains(&format), "{format}");
    }
    let golden = golden();
    for command in
        [&["report", "merge", golden.to_str().unwrap(), path][..], &["report", "diff", path, path]]
    {
        let (stdout, stderr) = run(command, 2);
        assert!(stderr.contains(expected), "{command:?}: {stderr}");
        assert_eq!(stdout, "", "{command:?}");
    }
}

#[test]
fn a_footer_that_contradicts_its_checks_is_refused() {
    let green = |events: &mut Vec<Value>| {
        let footer = events.last_mut().unwrap();
        footer["counts"]["passed"] = json!(2);
        footer["counts"]["failed"] = json!(0);
        footer["exit"] = json!(0);
    };
    let said = "the footer contradicts the stream: ";
    refused(
        &forged(true, green),
        4,
        &format!("{said}it counts 2 checks with the verdict PASS, but the lines before it hold 1"),
    );
    let without_checks = forged(true, |events| {
        green(events);
        events.retain(|event| event["event"] != "check");
    });
    refused(
        &without_checks,
        2,
        &format!("{said}it counts 2 checks with the verdict PASS, but the lines before it hold 0"),
    );
    let lost = forged(true, |events| {
        green(events);
        events.remove(2);
        events[2]["counts"]["passed"] = json!(1);
    });
    refused(&lost, 3, &format!("{said}it counts 1 check, but the header announces 2"));
    let cases = forged(true, |events| events[3]["cases"] = json!(9));
    refused(&cases, 4, &format!("{said}it counts 9 cases, but the header announces 2"));
    let rot = forged(true, |events| events[3]["rot"] = json!(1));
    refused(
        &rot,
        4,
        &format!(
            "{said}it counts 1 fault of the baseline and the adapter, but the lines before it hold 0 notes"
        ),
    );
    let nothing = stream("x", "1", &[], true);
    refused(&nothing, 2, &format!("{said}`exit` is 0, but the checks give 4"));
}

#[test]
fn an_exit_code_that_the_checks_do_not_give_is_refused() {
    for (complete, exit) in [(true, 0), (true, 3), (true, 4), (true, 77), (true, 130), (false, 0)] {
        let text = forged(complete, |events| events[3]["exit"] = json!(exit));
        let code = if exit == 77 { 5 } else { exit };
        refused(&text, 4, &format!("the footer contradicts the stream: `exit` is {code}, but "));
    }
    // Only the signals that end a run.
    for exit in [137, 139, 255, 77, 1] {
        let text = forged(false, |events| events[3]["exit"] = json!(exit));
        refused(&text, 4, "the footer contradicts the stream: `exit` is ");
    }
    let passed = stream("x", "1", &[("a/b", "pass")], true);
    refused(
        &passed.replace("\"exit\":0", "\"exit\":1"),
        3,
        "the footer contradicts the stream: `exit` is 1, but the checks give 0",
    );
}

#[test]
fn a_pass_that_names_a_fault_is_refused() {
    let text = forged(true, |events| events[2]["verdict"] = json!("pass"));
    refused(&text, 3, "the verdict is PASS, but the code `wrong_value` says what failed");
}

#[test]
fn more_checks_than_announced_are_refused_at_once() {
    let text = forged(true, |events| {
        let more = events[1].clone();
        events.splice(2..2, [more.clone(), more]);
    });
    refused(&text, 4, "there are more checks than the 2 checks that the header announces");
}

#[test]
fn more_cases_than_announced_are_refused_at_once() {
    let text = forged(true, |events| {
        events[0]["cases"] = json!(1);
        events[3]["cases"] = json!(1);
    });
    refused(&text, 3, "there are more cases than the 1 case that the header announces");
}

/// A report keeps each case, so its memory would grow with what a stream announces and holds.
#[test]
fn more_cases_than_any_run_has_are_refused() {
    let text = forged(true, |events| events[0]["cases"] = json!(4_000_000));
    let said = "the header announces 4,000,000 cases; at most 250,000 are read";
    refused(&text, 1, said);
}

#[test]
fn a_run_of_the_whole_set_without_most_of_it_is_refused() {
    let published = &VectorSet::builtin().unwrap().id;
    let of_the_set = |filter: Value| {
        forged(true, |events| {
            events[0]["vectors"] = json!(published);
            events[0]["filter"] = filter.clone();
        })
    };
    let said = "the header announces 2 cases and no filter, but its vector set has ";
    refused(&of_the_set(json!([])), 1, said);
    let file = file(of_the_set(json!(["a/*"])));
    run(&["report", "convert", file.path().to_str().unwrap(), "--format", "shields"], 1);
}

/// What `check` writes of a run of the whole set can be read again, also without fresh cases, whatever the
/// adapter declares. A stream that lacks published cases is not made whole by fresh ones.
#[test]
fn a_run_of_the_whole_set_is_read_and_one_that_lacks_cases_is_refused() {
    let events = |fresh: &str| {
        let arguments = ["check", "--builtin", "--fresh", fresh, "--format", "jsonl"];
        run(&arguments, 0).0
    };
    let whole = file(events("0"));
    let path = whole.path().to_str().unwrap();
    run(&["report", "convert", path, "--format", "shields"], 0);

    let text = events("9");
    let mut events: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let before = events.len();
    let is_kept = |event: &Value| {
        event["case"].as_str().is_none_or(|id| id != "peer-live/a-ping-while-closed")
    };
    events.retain(is_kept);
    let removed = (before - events.len()) as u64;
    assert_eq!(removed, 1);
    let less = |count: &mut Value| *count = json!(count.as_u64().unwrap() - removed);
    let last = events.len() - 1;
    less(&mut events[0]["cases"]);
    less(&mut events[0]["checks"]);
    less(&mut events[last]["cases"]);
    less(&mut events[last]["counts"]["passed"]);
    let text: String = events.iter().map(|event| format!("{event}\n")).collect();
    let lacks = "the lines before it hold no check of 1 published case; the first is \
                 peer-live/a-ping-while-closed";
    let file = file(text);
    let path = file.path().to_str().unwrap();
    let (_, stderr) = run(&["report", "convert", path, "--format", "shields"], 2);
    assert!(stderr.contains(lacks), "{stderr}");
}

/// What a run may write is read: more checks left out than there are lines, and a strict run that
/// fails because no refusal has a class.
#[test]
fn a_footer_that_no_check_contradicts_is_read() {
    let rounds = forged(false, |events| {
        events[0]["checks"] = json!(6);
        events[3]["counts"]["not_run"] = json!(5);
    });
    let strict = forged(true, |events| {
        events[0]["strict"] = json!(true);
        events[2]["verdict"] = json!("pass");
        events[2].as_object_mut().unwrap().remove("code");
        events[3]["counts"]["passed"] = json!(2);
        events[3]["counts"]["failed"] = json!(0);
        events[3]["refusals_without_class"] = json!(1);
    });
    for (text, code) in [(rounds, 3), (strict, 1)] {
        let file = file(text);
        run(&["report", "convert", file.path().to_str().unwrap()], code);
    }
    run(&["report", "convert", file(edited(|_| {})).path().to_str().unwrap()], 3);
}
