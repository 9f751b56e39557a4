//! The same through the binary, with vectors of which some are wrong about the built-in implementation.

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;

use crate::baseline::entry;

/// A folder with vectors: `own/right` passes, `own/wrong` fails, and `own/class` is weak.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let case = |id: &str, hex: &str, reject: &str| {
            format!(
                r#"{{"id":"own/{id}","since":1,"source":"hand","rules":["KEEPALIVE-1"],"level":"must","comment":"","flags":[],"hex":"{hex}","reject":"{reject}","checks":["decode"]}}"#
            )
        };
        let right = case("right", "0400", "trailing");
        let wrong = case("wrong", "04", "trailing");
        let class = case("class", "0400", "text");
        let it = Self { folder: tempfile::tempdir().unwrap() };
        it.write(
            "own.json",
            &format!(r#"{{"vectors":1,"topic":"own","cases":[{right},{wrong},{class}]}}"#),
        );
        let late = case("late", "04", "trailing").replace(r#""since":1"#, r#""since":7"#);
        it.write(
            "late.json",
            &format!(r#"{{"vectors":1,"topic":"own","cases":[{right},{late}]}}"#),
        );
        it.write("wrong.json", &format!(r#"{{"vectors":1,"topic":"own","cases":[{wrong}]}}"#));
        it
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn list(&self, entries: &str) {
        self.write("b.toml", &format!("baseline = 1\n{entries}"));
    }

    /// Runs `rollwire` in the folder; what it prints, where it exits as it should.
    #[track_caller]
    fn run(&self, arguments: &str, code: i32) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_rollwire"))
            .args(arguments.split(' '))
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments}: {said}");
        said
    }

    #[track_caller]
    fn check(&self, more: &str, code: i32) -> String {
        self.run(
            &format!(
                "check --builtin --vectors own.json --baseline b.toml --today 2027-01-01{more}"
            ),
            code,
        )
    }
}

#[test]
fn a_listed_failure_does_not_fail_the_run() {
    let bench = Bench::new();
    bench.run("check --builtin --vectors own.json", 1);
    bench.list(&entry("own/wrong", ""));
    let said = bench.check("", 0);
    assert!(said.ends_with("1 passed, 0 failed, 1 weak, 1 expected to fail\n"), "{said}");
    assert!(!said.contains("XFAIL"), "{said}");
    let said = bench.check(" --verbose", 0);
    assert!(said.contains("XFAIL  own/wrong · decode · MUST · KEEPALIVE-1 · accepted"), "{said}");
    assert!(said.contains("baseline  line 2 expects fail · accepted: known"), "{said}");
    // A weak check is listed where it is fatal.
    bench.check(" --strict", 1);
    let weak =
        entry("own/class", "").replace("accepted", "wrong_class").replace("\"fail\"", "\"weak\"");
    bench.list(&(entry("own/wrong", "") + &weak));
    let said = bench.check(" --strict", 0);
    assert!(said.ends_with("1 passed, 0 failed, 0 weak, 2 expected to fail\n"), "{said}");
    bench.check("", 0);
}

#[test]
fn the_event_stream_says_what_is_listed() {
    let bench = Bench::new();
    bench.list(&(entry("own/wrong", "link = \"https://example.org\"") + &entry("own/right", "")));
    let said = bench.check(" --format jsonl", 1);
    // The verdict is written to standard error.
    let lines = said.lines().filter(|line| line.starts_with('{'));
    let events: Vec<Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let check = |id: &str| events.iter().find(|event| event["case"] == id).unwrap();
    let wrong = check("own/wrong");
    assert_eq!(wrong["verdict"], "expected_failure");
    assert_eq!(wrong["listed"]["link"], "https://example.org");
    assert_eq!(
        (&wrong["listed"]["line"], &wrong["code"]),
        (&Value::from(2), &Value::from("accepted"))
    );
    assert_eq!(check("own/right")["verdict"], "unexpected_pass");
    let footer = events.last().unwrap();
    assert_eq!(footer["counts"]["expected_failures"], 1);
    assert_eq!(footer["counts"]["unexpected_passes"], 1);
    assert_eq!((&footer["rot"], &footer["exit"]), (&Value::from(1), &Value::from(1)));
}

#[test]
fn every_kind_of_rot_fails_the_run_and_says_so() {
    let wrong = entry("own/wrong", "");
    let with = |other: String| wrong.clone() + &other;
    for (entries, said) in [
        (wrong.clone(), ""),
        (
            with(entry("own/right", "")),
            "XPASS  own/right · decode · KEEPALIVE-1: passed, but baseline line 8 expects",
        ),
        (with(entry("own/right", "")), "note: baseline, line 8: `own/right` is stale"),
        (wrong.replace("accepted", "wrong_value"), "baseline  line 2 expects fail · wrong_value"),
        (with(entry("own/wrogn", "")), "note: baseline, line 8: `own/wrogn` matches no case"),
        (entry("own/wrong", "expires = 2026-12-31"), "note: baseline, line 2: `own/wrong` expired"),
        (
            with(entry("own/w*", "")),
            "note: baseline, line 8: `own/w*` names own/wrong · decode, and so does",
        ),
        (
            with(entry("ping/trailing-*", "")),
            "note: baseline, line 8: `ping/trailing-*` names 32 checks, more than 20",
        ),
        (
            wrong.replace("known", "TODO"),
            "note: baseline, line 2: `own/wrong` has TODO as its reason",
        ),
    ] {
        let bench = Bench::new();
        bench.list(&entries);
        let printed = bench.check("", i32::from(!said.is_empty()));
        assert!(printed.contains(said), "{said}\n{printed}");
        let in_the_end = printed.contains("fault in the baseline\n");
        assert_eq!(in_the_end, said.starts_with("note") || said.starts_with("XPASS"), "{printed}");
    }
}

#[test]
fn what_was_left_out_is_not_stale() {
    let bench = Bench::new();
    bench.list(&(entry("own/wrong", "") + &entry("ping/truncated-8", "")));
    bench.check("", 0);
    bench.check(" --filter !own/wrong", 0);
    bench.list(&(entry("own/wrong", "") + &entry("own/right", "revision = 3")));
    bench.check("", 0);
}

/// What `--revision` leaves out is the caller's wish, and not the implementation's doing.
#[test]
fn another_revision_leaves_entries_alone() {
    let bench = Bench::new();
    bench.list(&entry("own/late", ""));
    let run = "check --builtin --vectors late.json --baseline b.toml";
    bench.run(run, 0);
    bench.run(&format!("{run} --revision 6"), 0);
}

/// Each round is judged by itself; an entry is as wide as the checks that it names.
#[test]
fn repeated_checks_count_once() {
    let bench = Bench::new();
    bench.list(&entry("own/wrong", ""));
    let said = bench.check(" --repeat 30", 0);
    assert!(said.ends_with("30 passed, 0 failed, 30 weak, 30 expected to fail\n"), "{said}");
}

#[test]
fn a_file_that_is_no_baseline_is_a_usage_error() {
    let bench = Bench::new();
    let said = bench.run("check --baseline nowhere.toml", 2);
    assert!(said.contains("nowhere.toml: cannot be read: "), "{said}");
    bench.list("[[entry]]\ncase = \"a b\"");
    for command in [
        "check --baseline b.toml",
        "baseline check b.toml",
        "baseline explain b.toml",
        "baseline update b.toml",
    ] {
        let said = bench.run(command, 2);
        assert!(said.contains("b.toml: not a valid baseline: line 2: missing field"), "{said}");
    }
    bench.write("b.toml", &"#".repeat(1024 * 1024 + 1));
    assert!(bench.run("baseline check b.toml", 2).contains("b.toml: is larger than 1048576 bytes"));
    bench.run("check --baseline b.toml --today 2027-02-30", 2);
    bench.run("baseline update b.toml --baseline b.toml", 2);
}

#[test]
fn a_file_is_checked_without_an_adapter() {
    let bench = Bench::new();
    bench.list(&entry("ping/basic", ""));
    assert_eq!(bench.run("baseline check b.toml", 0), "1 entry, 0 faults\n");
    bench.list(&(entry("ping/basic", "expires = 2026-12-31") + &entry("own/wrong", "")));
    let said = bench.run("baseline check b.toml --today 2027-01-01", 1);
    assert!(said.ends_with("2 entries, 2 faults\n"), "{said}");
    let said = bench.run("baseline check b.toml --today 2026-12-31 --vectors own.json", 0);
    assert_eq!(said, "2 entries, 0 faults\n");
}

#[test]
fn a_file_is_explained() {
    let bench = Bench::new();
    let more =
        "check = \"decode\"\nlink = \"https://example.org/1\"\nexpires = 2027-03-31\nrevision = 7";
    bench.list(&(entry("ping/trailing-1-*", more) + &entry("pong/basic", "")));
    insta::assert_snapshot!(
        "explained",
        bench.run("baseline explain b.toml ping/trailing-1-ff", 0)
    );
    assert!(bench.run("baseline explain b.toml", 0).contains("pong/basic"));
    let said = bench.run("baseline explain b.toml input/basic", 4);
    assert!(said.contains("no entry of b.toml names `input/basic`"), "{said}");
}

#[test]
fn a_file_is_written_and_then_only_wants_reasons() {
    let bench = Bench::new();
    let said = bench.run("baseline update new.toml --builtin --vectors own.json", 0);
    assert_eq!(
        said,
        "new.toml: 0 entries kept, 1 new\n\
         `rollwire check` accepts no reason that begins with TODO: say why\n"
    );
    let text = fs::read_to_string(bench.path("new.toml")).unwrap();
    bench.write("b.toml", &text);
    bench.check("", 1);
    bench.write("b.toml", &text.replace("TODO: say why", "known"));
    bench.check("", 0);
    let said = bench.run("baseline update b.toml --builtin --vectors own.json", 0);
    assert_eq!(said, "b.toml: 1 entry kept, 0 new\n");
    // Where nothing passes, and where not everything was asked, it is left alone.
    bench.run("baseline update none.toml --builtin --vectors wrong.json", 4);
    bench.run("baseline update none.toml --vectors own.json -- /no/such/program", 3);
    assert!(!bench.path("none.toml").exists());
}
