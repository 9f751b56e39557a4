//! What an entry makes of a verdict.

use rollwire_conformance::{
    baseline::Matcher,
    verdict::{Code, Verdict},
};
use rollwire_model::vectors::CheckKind;

use crate::baseline::{baseline, entry, event};

/// The verdict on a check of a case at revision 7, with these entries.
#[track_caller]
fn judged(entries: &str, case: &str, code: Option<Code>) -> (Verdict, bool) {
    let baseline = baseline(entries);
    let mut event = event(case, CheckKind::Decode, code);
    Matcher::new(&baseline, 7).judge(&mut event);
    (event.verdict, event.baseline_match.is_some())
}

#[test]
fn a_check_fails_as_listed_or_it_fails() {
    let listed = entry("ping/*", "");
    for (code, expected) in [
        (Some(Code::Accepted), Verdict::ExpectedFailure),
        (Some(Code::WrongValue), Verdict::Fail),
        (Some(Code::Alternative), Verdict::Fail),
        (Some(Code::Crash), Verdict::Error),
        (None, Verdict::UnexpectedPass),
    ] {
        assert_eq!(judged(&listed, "ping/basic", code), (expected, true), "{code:?}");
        // Another case, and no baseline at all: as ever.
        let before = code.map_or(Verdict::Pass, Code::verdict);
        assert_eq!(judged(&listed, "pong/basic", code), (before, false), "{code:?}");
        assert_eq!(judged("", "ping/basic", code), (before, false), "{code:?}");
    }
}

#[test]
fn an_entry_holds_for_its_check_its_revision_and_until_its_last_day() {
    for (more, verdict) in [
        ("check = \"decode\"", Verdict::ExpectedFailure),
        ("check = \"encode\"", Verdict::Fail),
        ("revision = 7", Verdict::ExpectedFailure),
        ("revision = 6", Verdict::Fail),
        ("expires = 2027-01-01", Verdict::ExpectedFailure),
        ("expires = 2026-12-31", Verdict::Fail),
        // The event is reported under PING-1.
        ("rule = \"PING-1\"", Verdict::ExpectedFailure),
        ("rule = \"PING-2\"", Verdict::Fail),
        ("rule = \"P*-1\"", Verdict::ExpectedFailure),
        ("rule = \"{PING-2,PONG-1}\"", Verdict::Fail),
    ] {
        let listed = entry("ping/basic", more);
        assert_eq!(judged(&listed, "ping/basic", Some(Code::Accepted)).0, verdict, "{more}");
    }
}

#[test]
fn what_was_not_asked_stays_what_it_is() {
    let baseline = baseline(&entry("ping/basic", ""));
    let mut matcher = Matcher::new(&baseline, 7);
    for verdict in [Verdict::NotApplicable, Verdict::NotRun] {
        let mut event = event("ping/basic", CheckKind::Decode, None);
        event.verdict = verdict;
        matcher.judge(&mut event);
        assert_eq!((event.verdict, event.baseline_match), (verdict, None));
    }
}

/// What a fresh case asks changes with the seed: it may fail as listed, and it may pass.
#[test]
fn a_fresh_check_may_pass() {
    let both =
        entry("fresh/ping/*", "") + &entry("fresh/ping/*", "").replace("accepted", "wrong_value");
    for (code, expected) in [
        (Some(Code::Accepted), (Verdict::ExpectedFailure, true)),
        (Some(Code::WrongValue), (Verdict::ExpectedFailure, true)),
        (Some(Code::WrongBytes), (Verdict::Fail, true)),
        (Some(Code::Alternative), (Verdict::Weak, false)),
        (None, (Verdict::Pass, false)),
    ] {
        assert_eq!(judged(&both, "fresh/ping/damaged-1", code), expected, "{code:?}");
    }
}
