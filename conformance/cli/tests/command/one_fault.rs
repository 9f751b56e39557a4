//! One fault does not take the whole run: a process that breaks in one way is told of a few checks, and
//! every other check gets its verdict.

use std::{
    collections::BTreeSet,
    process::{Command, Stdio},
};

use rollwire_conformance::{
    event::{CheckEvent, Event, Footer},
    vectors::{Content, VectorSet},
    verdict::{Code, Exit, Verdict},
};
use rollwire_model::{
    RefusalClass,
    exchange::Stimulus,
    vectors::{Case, large_cases},
};

/// What came of a default run on an adapter that misbehaves in this way.
struct Ran {
    checks: Vec<CheckEvent>,
    notes: Vec<String>,
    footer: Footer,
}

fn run(misbehaviour: &str) -> Ran {
    let program = env!("CARGO_BIN_EXE_rollwire");
    let output = Command::new(program)
        .args(["check", "--seed", "1", "--patience", "5s", "--deadline", "1h", "--format", "jsonl"])
        .args(["--", program, "adapter", "--misbehave", misbehaviour])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (mut checks, mut notes, mut end) = (Vec::new(), Vec::new(), None);
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        match serde_json::from_str(line).unwrap() {
            Event::Check(check) => checks.push(*check),
            Event::Note { text } => notes.push(text),
            Event::Footer(footer) => end = Some(footer),
            Event::Header(_) | Event::Cause(_) => {}
        }
    }
    let footer: Footer = *end.expect("a footer");
    assert_eq!(output.status.code(), Some(i32::from(footer.exit.code())));
    Ran { checks, notes, footer }
}

/// Demands that all checks but those of these cases passed, that a few of these failed with this code, and
/// that the rest of them was left out with a reason.
fn demand_few(ran: &Ran, is_broken: &dyn Fn(&CheckEvent) -> bool, code: Code, most: u64) {
    let Ran { checks, notes, footer } = ran;
    for check in checks.iter().filter(|check| !is_broken(check)) {
        assert_eq!(check.verdict, Verdict::Pass, "{check:#?}");
    }
    for check in checks.iter().filter(|check| check.verdict != Verdict::Pass) {
        match check.verdict {
            Verdict::Error => assert_eq!(check.code, Some(code), "{check:#?}"),
            Verdict::NotRun => assert!(check.reason.is_some(), "{check:#?}"),
            _ => panic!("{check:#?}"),
        }
    }
    let counts = &footer.counts;
    // A scenario is played twice, so three hangs may be those of two scenarios.
    assert!((2..=most).contains(&counts.errors), "{counts:?}");
    assert!(counts.not_run > 10, "{counts:?}");
    assert_eq!((footer.exit, footer.complete), (Exit::Failed, true));
    let left_out = |note: &String| note.contains("because the like of them breaks the adapter: ");
    assert!(notes.iter().any(left_out), "{notes:?}");
}

/// The ids of the published cases for which this holds.
fn published(holds: impl Fn(&Content) -> bool) -> BTreeSet<String> {
    let cases = VectorSet::builtin().unwrap().cases().iter();
    cases.filter(|case| holds(&case.content)).map(|case| case.meta().id().to_owned()).collect()
}

/// The ids of the published datagrams that are refused for their surplus bytes, of messages of a type for
/// which this holds. The large ones are not stored.
fn surplus(holds: impl Fn(u8) -> bool) -> BTreeSet<String> {
    let holds = |case: &Case| {
        let first = case.bytes().and_then(|bytes| bytes.first().copied());
        case.reject == Some(RefusalClass::Trailing) && first.is_some_and(&holds)
    };
    let stored = published(|content| matches!(content, Content::Bytes(case) if holds(case)));
    let large = large_cases().into_iter().filter(&holds).map(|case| case.id);
    stored.into_iter().chain(large).collect()
}

#[test]
fn a_crash_at_surplus_bytes() {
    let surplus = surplus(|_| true);
    let is_broken = |check: &CheckEvent| check.origin.is_fresh() || surplus.contains(&check.case);
    demand_few(&run("aborts-at-surplus"), &is_broken, Code::Crash, 6);
}

/// Surplus bytes of the other messages are answered rightly, and so is everything else that an INPUT can
/// hold.
#[test]
fn a_hang_at_surplus_bytes_of_one_message() {
    let surplus = surplus(|message| message == 1);
    let is_broken = |check: &CheckEvent| check.origin.is_fresh() || surplus.contains(&check.case);
    demand_few(&run("hangs-at-surplus-in-one-message"), &is_broken, Code::Timeout, 6);
}

#[test]
fn a_hang_in_one_situation() {
    let refusing = published(|content| match content {
        Content::Scenario(it) => it.stimuli().any(|one| matches!(one, Stimulus::Sends(_))),
        _ => false,
    });
    let is_broken = |check: &CheckEvent| check.origin.is_fresh() || refusing.contains(&check.case);
    demand_few(&run("hangs-in-one-situation"), &is_broken, Code::Timeout, 6);
}
