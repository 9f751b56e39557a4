//! Every way in which a baseline stops to hold: each is a note, and makes exit 1.

use rollwire_conformance::{
    baseline::{Baseline, Matcher, Scope, faults::lint},
    generate,
    vectors::{VectorSet, filter::Filter},
    verdict::{Code, Verdict},
};
use rollwire_model::vectors::CheckKind;

use crate::baseline::{PUBLISHED, baseline, entry, event};

/// What is wrong whatever a run comes to.
#[track_caller]
fn linted(entries: &str, expected: &[&str]) {
    let faults = lint(&baseline(entries), &PUBLISHED);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults, expected, "{entries}");
}

#[test]
fn an_entry_that_names_something_is_fine() {
    linted(&entry("ping/basic", ""), &[]);
    linted(&entry("ping/trailing-*", "check = \"decode\""), &[]);
    linted(&entry("fresh/ping/*", ""), &[]);
    // A large case, made at run time.
    linted(&entry("input-response/large-65536-wrapped", ""), &[]);
}

#[test]
fn unmatched() {
    linted(
        &entry("pnig/basic", ""),
        &["baseline, line 2: `pnig/basic` matches no case; `rollwire list` shows the ids"],
    );
    linted(
        &entry("fresh/pnig/*", ""),
        &["baseline, line 2: `fresh/pnig/*` matches no case; `rollwire list` shows the ids"],
    );
    linted(
        &entry("ping/truncated-8", "check = \"run\""),
        &["baseline, line 2: `ping/truncated-8 · run` matches cases that have no check `run`; \
           `rollwire show ID` shows the checks of a case"],
    );
}

#[test]
fn expired() {
    linted(&entry("ping/basic", "expires = 2027-01-01"), &[]);
    linted(
        &entry("ping/basic", "expires = 2026-12-31"),
        &["baseline, line 2: `ping/basic` expired after 2026-12-31; \
           fix the cause, or review the entry and set a later date"],
    );
}

#[test]
fn over_wide() {
    // 16 cases with two checks each.
    linted(
        &entry("ping/trailing-*", ""),
        &["baseline, line 2: `ping/trailing-*` names 32 checks, more than 20; \
           split it into entries that can be reviewed"],
    );
    linted(
        &entry("fresh/p*/damaged-*", ""),
        &["baseline, line 2: `fresh/p*/damaged-*` matches fresh cases of 2 topics; \
           write one entry per topic, such as `fresh/input/*`"],
    );
}

#[test]
fn duplicates() {
    let two = entry("ping/truncated-*", "") + &entry("ping/truncated-8", "check = \"decode\"");
    linted(
        &two,
        &["baseline, line 8: `ping/truncated-8 · decode` names ping/truncated-8 · decode, \
           and so does the entry on line 2; remove one of them"],
    );
    linted(
        &(entry("ping/basic", "check = \"decode\"") + &entry("ping/basic", "check = \"encode\"")),
        &[],
    );
    linted(&(entry("ping/basic", "revision = 6") + &entry("ping/basic", "revision = 7")), &[]);
    // A fresh topic fails in several ways, but an entry twice is one too many.
    let fresh = entry("fresh/ping/*", "");
    linted(&(fresh.clone() + &fresh.replace("accepted", "refused")), &[]);
    assert_eq!(lint(&baseline(&(fresh.clone() + &fresh)), &PUBLISHED).len(), 1);
    // Two reasons of one kind of failure are told apart by their rules.
    let of = |rule: &str| entry("fresh/ping/*", &format!("rule = \"{rule}\""));
    linted(&(of("PING-1") + &of("PING-2")), &[]);
    for other in [of("PING-1"), fresh.clone()] {
        assert_eq!(lint(&baseline(&(of("PING-1") + &other)), &PUBLISHED).len(), 1, "{other}");
        assert_eq!(
            lint(&baseline(&(other.clone() + &of("PING-1"))), &PUBLISHED).len(),
            1,
            "{other}"
        );
    }
}

#[test]
fn unexplained() {
    linted(
        &entry("ping/basic", "").replace("known", "TODO: say why"),
        &["baseline, line 2: `ping/basic` has TODO as its reason; say why it is expected to fail"],
    );
}

/// A run at revision 7 of everything, in which these checks came to this.
struct Run<'a> {
    baseline: &'a Baseline,
    filter: &'a str,
    fresh: u32,
    complete: bool,
}

impl<'a> Run<'a> {
    fn of(baseline: &'a Baseline) -> Self {
        Self { baseline, filter: "**", fresh: generate::DEFAULT, complete: true }
    }

    fn stale(&self, events: &[(&str, CheckKind, Verdict)]) -> Vec<String> {
        let mut chosen = VectorSet::builtin().unwrap().clone();
        chosen.extend(generate::all(&rollwire_model::Model::latest(), 9, self.fresh).collect());
        let published = &self.baseline.published;
        let mut scope = Scope::new(published, chosen.cases(), self.fresh);
        scope.filter(&Filter::new(&[self.filter]).unwrap());
        let mut matcher = Matcher::new(self.baseline, 7);
        for (case, kind, verdict) in events {
            let code = (*verdict == Verdict::Fail).then_some(Code::Accepted);
            let mut event = event(case, *kind, code);
            event.verdict = *verdict;
            matcher.judge(&mut event);
        }
        let faults = matcher.faults(&scope, self.complete);
        faults
            .iter()
            .map(|fault| fault.to_string().split_once(": ").unwrap().1.to_owned())
            .collect()
    }
}

/// As many fresh checks as make an entry stale if they pass.
const PASSED: [&str; 8] = [
    "fresh/ping/valid-0",
    "fresh/ping/valid-1",
    "fresh/ping/valid-2",
    "fresh/ping/valid-3",
    "fresh/ping/valid-4",
    "fresh/ping/valid-5",
    "fresh/ping/valid-6",
    "fresh/ping/valid-7",
];

const ONE: (&str, CheckKind, Verdict) = ("ping/truncated-8", CheckKind::Decode, Verdict::Pass);

#[test]
fn stale_because_everything_passed() {
    let listed = baseline(&entry("ping/truncated-8", ""));
    let run = Run::of(&listed);
    let stale =
        ["`ping/truncated-8` is stale: 1 check that it names passed and none failed; remove it"];
    assert_eq!(run.stale(&[ONE]), stale);
    // A failure in one of two rounds makes the entry neither stale nor right: the other round fails.
    assert_eq!(run.stale(&[ONE, (ONE.0, ONE.1, Verdict::Fail)]), [""; 0]);
    assert_eq!(run.stale(&[(ONE.0, ONE.1, Verdict::Fail)]), [""; 0]);
    // A run that ended early, and a check that was not asked, say nothing.
    assert_eq!(Run { complete: false, ..run }.stale(&[ONE]), [""; 0]);
    let run = Run::of(&listed);
    assert_eq!(run.stale(&[(ONE.0, ONE.1, Verdict::NotApplicable)]), [""; 0]);
    assert_eq!(run.stale(&[(ONE.0, ONE.1, Verdict::NotRun)]), [""; 0]);
}

#[test]
fn an_entry_of_which_something_was_left_out_is_not_stale() {
    let listed = baseline(&entry("ping/truncated-*", ""));
    let run = Run { filter: "ping/truncated-8", ..Run::of(&listed) };
    assert_eq!(run.stale(&[ONE]), [""; 0]);
    assert_eq!(Run::of(&listed).stale(&[ONE]).len(), 1);
    let run = Run { filter: "pong/*", ..Run::of(&listed) };
    assert_eq!(run.stale(&[]), [""; 0]);
}

#[test]
fn stale_because_nothing_of_it_applies() {
    let listed = baseline(&entry("ping/truncated-8", ""));
    let stale =
        ["`ping/truncated-8` is stale: none of its checks applies at revision 7; remove it"];
    assert_eq!(Run::of(&listed).stale(&[]), stale);
    // An entry of another revision is not asked about.
    let other = baseline(&entry("ping/truncated-8", "revision = 6"));
    assert_eq!(Run::of(&other).stale(&[]), [""; 0]);
}

#[test]
fn stale_though_fresh_where_the_seed_is_given() {
    let mut listed = baseline(&entry("fresh/ping/valid-*", ""));
    let passed = PASSED.map(|case| (case, CheckKind::Decode, Verdict::Pass));
    let stale = ["`fresh/ping/valid-*` is stale: 8 fresh checks passed and none failed; \
                  remove it, or ask more with `--fresh`"];
    assert_eq!(Run::of(&listed).stale(&passed), stale);
    // Fewer than by default prove nothing, and neither do a few that passed.
    assert_eq!(Run { fresh: 4, ..Run::of(&listed) }.stale(&passed), [""; 0]);
    assert_eq!(Run { fresh: 0, ..Run::of(&listed) }.stale(&[]), [""; 0]);
    assert_eq!(Run::of(&listed).stale(&passed[1..]), [""; 0]);
    listed.seeded = false;
    assert_eq!(Run::of(&listed).stale(&passed), [""; 0]);
}

/// Which kind of damage a seed draws is chance, and a scenario ends at its first difference.
#[test]
fn a_fresh_check_that_failed_otherwise_makes_no_entry_stale() {
    let passed = PASSED.map(|case| (case, CheckKind::Decode, Verdict::Pass));
    let failed = ("fresh/ping/valid-9", CheckKind::Decode, Verdict::Fail);
    for more in ["rule = \"PING-2\"", "rule = \"PING-1\""] {
        let listed = baseline(&entry("fresh/ping/valid-*", more));
        let both = [&passed[..], &[failed]].concat();
        assert_eq!(Run::of(&listed).stale(&both), [""; 0], "{more}");
        assert_eq!(Run::of(&listed).stale(&passed).len(), 1, "{more}");
    }
}
