//! The smallest file that describes a run, with what people wrote into the old one.

use rollwire_conformance::{
    baseline::{
        Scope,
        update::{Observed, UpdateOptions, Updated, update},
    },
    generate,
    vectors::{VectorSet, filter::Filter},
    verdict::Code,
};
use rollwire_model::vectors::CheckKind::{self, Decode, Encode, Reencode};

use crate::baseline::{baseline, event};

/// The file after a run of everything in which these checks came to this, and all others passed.
fn updated(text: &str, filter: &str, strict: bool, failed: &[(&str, CheckKind, Code)]) -> Updated {
    let chosen = VectorSet::builtin().unwrap();
    let filter = Filter::new(&[filter]).unwrap();
    let listed = baseline("");
    let mut scope = Scope::new(&listed.published, chosen.cases(), generate::DEFAULT);
    scope.filter(&filter);
    let mut observed = Observed::default();
    for case in chosen.bytes().filter(|case| filter.selects(&case.id)) {
        for kind in &case.checks {
            let came = failed.iter().find(|(id, check, _)| *id == case.id && check == kind);
            observed.event(&event(&case.id, *kind, came.map(|(_, _, code)| *code)));
        }
    }
    for (id, kind, code) in failed.iter().filter(|(id, ..)| id.starts_with("fresh/")) {
        observed.event(&event(id, *kind, Some(*code)));
    }
    let options = UpdateOptions { scope: &scope, today: listed.today, revision: 7, strict };
    update(text, &observed, options).unwrap()
}

const OLD: &str = r#"# The baseline of a port. This stays.
baseline = 1 # the format

# Found by Ann; repaired in 2.0.
[[entry]]
case = "pong/trailing-1-*"
check = "decode"
verdict = "fail"
code = "accepted"
reason = "trailing bytes are ignored" # as ever
link = "https://example.org/1"

# Fits no more: two of three still fail.
[[entry]]
case = "pong/truncated-[123]"
verdict = "fail"
code = "accepted"
reason = "short ones are filled up"
expires = 2027-12-31

# Fails in another way by now.
[[entry]]
case = "ping/truncated-8"
verdict = "fail"
code = "accepted"
reason = "was accepted"

# Passes by now.
[[entry]]
case = "ping/truncated-7"
verdict = "fail"
code = "accepted"
reason = "gone"

# Expired, and still so: for people to decide.
[[entry]]
case = "state-hash/truncated-12"
verdict = "fail"
code = "accepted"
reason = "there was no time"
expires = 2026-06-30

[[entry]]
case = "no/such-case"
verdict = "fail"
code = "accepted"
reason = "renamed"
# The end stays as well.
"#;

const FAILED: [(&str, CheckKind, Code); 12] = [
    ("pong/trailing-1-zero", Decode, Code::Accepted),
    ("pong/trailing-1-ff", Decode, Code::Accepted),
    ("pong/truncated-1", Decode, Code::Accepted),
    ("pong/truncated-3", Decode, Code::Accepted),
    ("ping/truncated-8", Decode, Code::Crash),
    ("state-hash/truncated-12", Decode, Code::Accepted),
    // New: all checks of a case in one way, some checks, and two ways.
    ("state-hash/basic", Decode, Code::Crash),
    ("state-hash/basic", Encode, Code::Crash),
    ("state-hash/basic", Reencode, Code::Crash),
    ("pong/zero", Decode, Code::WrongValue),
    ("pong/one", Decode, Code::WrongValue),
    ("pong/one", Reencode, Code::WrongBytes),
];

#[test]
fn comments_and_reasons_stay_and_the_rest_goes() {
    let new = updated(OLD, "**", false, &FAILED);
    insta::assert_snapshot!("updated", new.text);
    insta::assert_snapshot!(
        "updated_said",
        format!("{:#?}", Updated { text: String::new(), ..new.clone() })
    );
    // What was written is what the next update leaves alone.
    let again = updated(&new.text, "**", false, &FAILED);
    assert_eq!(again.text, new.text);
    assert_eq!((again.new, again.dropped), (0, Vec::new()));
}

#[test]
fn what_was_left_out_stays() {
    let new = updated(OLD, "pong/*", false, &FAILED);
    for kept in ["ping/truncated-8", "ping/truncated-7", "state-hash/truncated-12"] {
        assert!(new.text.contains(kept), "{}", new.text);
    }
    assert!(!new.text.contains("state-hash/basic"), "{}", new.text);
}

#[test]
fn a_weak_check_needs_an_entry_only_when_it_is_fatal() {
    let weak = [("focus-state/focused-02", Decode, Code::Alternative)];
    assert_eq!(updated("", "**", false, &weak).text, "baseline = 1\n");
    let strict = updated("", "**", true, &weak);
    assert!(strict.text.contains("verdict = \"weak\"\ncode = \"alternative\""), "{}", strict.text);
    // One that is there and holds stays in either case.
    assert_eq!(updated(&strict.text, "**", false, &weak).text, strict.text);
}

#[test]
fn a_glob_that_is_too_wide_becomes_entries() {
    let wide = crate::baseline::entry("ping/trailing-*", "");
    let chosen = VectorSet::builtin().unwrap();
    let failed: Vec<(&str, CheckKind, Code)> = chosen
        .bytes()
        .filter(|case| case.id.starts_with("ping/trailing-"))
        .flat_map(|case| case.checks.iter().map(|kind| (&*case.id, *kind, Code::Accepted)))
        .collect();
    let new = updated(&format!("baseline = 1\n{wide}"), "**", false, &failed);
    assert_eq!(new.text.matches("reason = \"known\"").count(), 16, "{}", new.text);
}

/// A fresh case has no entry of its own; a glob over some stays as long as one of them fails so.
#[test]
fn fresh_cases_are_for_globs_that_people_write() {
    let failed = [
        ("fresh/ping/valid-1", Decode, Code::Accepted),
        ("fresh/pong/valid-1", Decode, Code::Accepted),
    ];
    let glob = |topic| crate::baseline::entry(&format!("fresh/{topic}/*"), "");
    let text = format!("baseline = 1\n\n{}\n{}", glob("ping"), glob("input"));
    let new = updated(&text, "**", false, &failed);
    assert!(new.text.contains("fresh/ping/*") && !new.text.contains("fresh/input"), "{}", new.text);
    assert_eq!((new.fresh, new.kept, new.new), (1, 1, 0));
}

#[test]
fn what_fails_only_sometimes_cannot_be_listed() {
    let mut observed = Observed::default();
    for code in [Some(Code::Crash), None] {
        observed.event(&event("ping/basic", Decode, code));
    }
    let listed = baseline("");
    let scope = Scope::new(&listed.published, VectorSet::builtin().unwrap().cases(), 0);
    let options = UpdateOptions { scope: &scope, today: listed.today, revision: 7, strict: false };
    let new = update("", &observed, options).unwrap();
    assert_eq!((new.varying, new.text.as_str()), (1, "baseline = 1\n"));
}
