//! Two runs compared, several side by side.

use tempfile::NamedTempFile;

use crate::{
    reports::{GOLDEN, file, golden, stream},
    run::run,
};

#[track_caller]
fn diff(old: &NamedTempFile, new: &NamedTempFile, code: i32) -> String {
    let path = |file: &NamedTempFile| file.path().to_str().unwrap().to_owned();
    run(&["report", "diff", &path(old), &path(new)], code).0
}

#[test]
fn a_difference_is_fixed_broken_added_or_removed() {
    let old = file(stream(
        "x",
        "1",
        &[
            ("p/same", "pass"),
            ("p/fixed", "fail"),
            ("p/breaks", "pass"),
            ("p/gone", "pass"),
            ("fresh/p/0", "pass"),
        ],
        true,
    ));
    let new = file(stream(
        "x",
        "1",
        &[
            ("p/same", "pass"),
            ("p/fixed", "pass"),
            ("p/breaks", "error"),
            ("p/new", "fail"),
            ("fresh/p/0", "weak"),
        ],
        true,
    ));
    insta::assert_snapshot!(diff(&old, &new, 1), @r"
    broken   p/breaks · decode: passed → error (wrong_value)
    fixed    p/fixed · decode: failed (wrong_value) → passed
    added    p/new · decode: failed (wrong_value)
    removed  p/gone · decode: passed
    changed  fresh/p/0 · decode: passed → weak (wrong_value)
    5 checks: 1 broken, 1 fixed, 1 added, 1 removed, 1 changed
    ");
    assert_eq!(diff(&new, &new, 0), "5 checks: 0 broken, 0 fixed, 0 added, 0 removed, 0 changed\n");
    // A check that was fixed does not fail the comparison, nor does one that fails as before.
    let only = |verdict| file(stream("x", "1", &[("p/q", verdict)], true));
    diff(&only("fail"), &only("pass"), 0);
    diff(&only("fail"), &only("fail"), 0);
    diff(&only("pass"), &only("fail"), 1);
}

#[test]
fn fresh_cases_of_another_seed_are_not_compared() {
    let old = file(stream("x", "1", &[("p/q", "pass"), ("fresh/p/0", "pass")], true));
    let new = file(stream("x", "2", &[("p/q", "pass"), ("fresh/p/0", "fail")], true));
    let shown = diff(&old, &new, 0);
    assert!(
        shown.contains("note: 2 fresh checks are left out, because the seeds differ"),
        "{shown}"
    );
}

#[test]
fn an_incomplete_run_compares_to_nothing_certain() {
    let whole = file(stream("x", "1", &[("p/q", "pass")], true));
    let ended = file(stream("x", "1", &[("p/q", "not_run")], false));
    assert!(diff(&whole, &ended, 3).ends_with("the new run is incomplete\n"));
    let text = stream("x", "1", &[("p/q", "fail")], true);
    let cut = file(&text[..text.trim_end().rfind('\n').unwrap() + 1]);
    let shown = diff(&whole, &cut, 3);
    assert!(shown.contains("broken   p/q"), "{shown}");
    assert!(shown.contains("the new run is truncated"), "{shown}");
}

#[test]
fn implementations_stand_side_by_side() {
    let good =
        file(stream("good", "1", &[("p/q", "pass"), ("p/r", "pass"), ("fresh/p/0", "pass")], true));
    let bad = file(stream(
        "bad|er",
        "2",
        &[("p/q", "pass"), ("p/r", "fail"), ("fresh/p/0", "fail")],
        true,
    ));
    let (good, bad) = (good.path().to_str().unwrap(), bad.path().to_str().unwrap());
    let (shown, _) = run(&["report", "merge", good, bad], 1);
    let tables = &shown[shown.find("### ").unwrap()..];
    insta::assert_snapshot!(tables, @r"
    ### Why the totals differ

    - <code>seed &#40;fresh cases are not the same, and not compared&#41;&#58; good 1&#58; 1; bad&#124;er 1&#58; 2</code>

    ### What is wrong with <code>bad&#124;er 1</code>

    1. <code>PING-1 is not followed&#58; it decodes wrong values</code>: <code>2 checks · not a known fault</code>

    ### Rules

    | Rule | <code>good 1</code> | <code>bad&#124;er 1</code> |
    |---|---|---|
    | <code>PING-1</code> | ✓ 3 of 3 | ✗ 1 of 3 |

    ### Cases that not every implementation passes

    | Case | <code>good 1</code> | <code>bad&#124;er 1</code> |
    |---|---|---|
    | <code>p/r</code> | ✓ passed | ✗ failed |
    ");
    run(&["report", "merge", good], 0);
    let labels = ["report", "merge", good, bad, "--label", "main", "--label", "the branch"];
    let (shown, _) = run(&labels, 1);
    assert!(shown.contains("| Rule | <code>main</code> | <code>the branch</code> |"), "{shown}");
    let (_, stderr) = run(&labels[..6], 2);
    assert!(stderr.contains("1 --label option for 2 event files: give one --label"), "{stderr}");
    // Two runs of one implementation are told apart.
    let (shown, _) = run(&["report", "merge", good, good], 0);
    assert!(shown.contains("| Rule | <code>good 1 &#40;"), "{shown}");

    let golden = golden();
    let (page, _) =
        run(&["report", "merge", good, golden.to_str().unwrap(), bad, "--format", "html"], 3);
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("<th scope=\"col\">&#60;script&#62;alert(1)"), "{page}");
    assert!(page.contains("not asked"), "{page}");
}

#[test]
fn a_truncated_run_among_others_is_named() {
    let cut = file(&GOLDEN[..GOLDEN.trim_end().rfind('\n').unwrap() + 1]);
    let good = file(stream("good", "1", &[("p/q", "pass")], true));
    let (cut, good) = (cut.path().to_str().unwrap(), good.path().to_str().unwrap());
    for format in ["markdown", "html"] {
        let (shown, _) = run(&["report", "merge", good, cut, "--format", format], 3);
        assert!(shown.contains("truncated"), "{shown}");
    }
}

#[test]
fn a_difference_of_the_totals_is_explained() {
    let one = stream("one", "1", &[("p/q", "pass")], true);
    let other = stream("other", "2", &[("p/q", "pass"), ("p/r", "not_run")], false)
        .replacen("\"event\":\"header\"", "\"event\":\"header\",\"filter\":[\"p/*\"]", 1)
        .replacen("[\"decode\"]", "[\"decode\",\"encode\"]", 1)
        .replacen("\"revision\":7", "\"revision\":6", 2);
    let (one, other) = (file(one), file(other));
    let paths = [one.path().to_str().unwrap(), other.path().to_str().unwrap()];
    let same = run(&["report", "merge", paths[0], paths[0]], 0).0;
    assert!(!same.contains("totals"), "{same}");
    for format in ["markdown", "html"] {
        let arguments = ["report", "merge", paths[0], paths[1], "--format", format];
        let shown = run(&arguments, 3).0.replace("&#58;", ":").replace("&#42;", "*");
        assert!(shown.contains("Why the totals differ"), "{shown}");
        for fact in [
            "totals: one 1: 1 check; other 1: 2 checks",
            "one 1: none; other 1: p/*",
            "one 1: decode; other 1: decode encode",
            "one 1: 7; other 1: 6",
            "one 1: complete; other 1: 1 not run",
        ] {
            assert!(shown.contains(fact), "{fact}: {shown}");
        }
    }
}

#[test]
fn cells_lead_to_the_details_of_their_run() {
    let golden = golden();
    let golden = golden.to_str().unwrap();
    let page = run(&["report", "merge", golden, golden, "--format", "html"], 3).0;
    for link in page.split("href=\"#").skip(1).map(|it| it.split('"').next().unwrap()) {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
    }
    for run in ["r1-", "r2-"] {
        assert!(page.contains(&format!("<a href=\"#{run}g3-1\">failed (cause 3)</a>")), "{page}");
    }
}
