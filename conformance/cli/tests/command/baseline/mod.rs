//! Expected failures: the file, the matching, every kind of rot, the update, and the command line.

mod cli;
mod format;
mod matching;
mod rot;
mod update;

use std::sync::LazyLock;

use rollwire_conformance::{
    baseline::{Baseline, Known, parse, parse_date},
    event::CheckEvent,
    vectors::{CaseSeed, Origin},
    verdict::{Code, Verdict},
};
use rollwire_model::vectors::CheckKind;

/// The published checks; making the fresh ones takes a while.
static PUBLISHED: LazyLock<Known> = LazyLock::new(|| Known::published().unwrap());

/// A baseline on the first of January 2027.
fn baseline(entries: &str) -> Baseline {
    Baseline {
        entries: parse(&format!("baseline = 1\n{entries}")).unwrap(),
        today: parse_date("2027-01-01").unwrap(),
        seeded: true,
        published: PUBLISHED.clone(),
    }
}

/// An entry that expects a check to fail with `accepted`, and these lines.
fn entry(case: &str, more: &str) -> String {
    format!(
        "[[entry]]\ncase = \"{case}\"\nverdict = \"fail\"\ncode = \"accepted\"\nreason = \"known\"\n{more}\n"
    )
}

/// What a check came to before the baseline.
fn event(case: &str, check: CheckKind, code: Option<Code>) -> CheckEvent {
    CheckEvent {
        case: case.to_owned(),
        origin: if case.starts_with("fresh/") {
            Origin::Fresh(CaseSeed { seed: 1, number: 0 })
        } else {
            Origin::Published
        },
        check,
        rule: "PING-1".to_owned(),
        level: "MUST".to_owned(),
        verdict: code.map_or(Verdict::Pass, Code::verdict),
        code,
        baseline_match: None,
        reason: None,
        detail: None,
    }
}
