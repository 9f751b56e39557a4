//! The command line, driven as a process.

use crate::run::run;

#[test]
fn checks_the_built_in_implementation_if_told_to() {
    // An unoptimised build on a busy machine must not fail the test.
    let (stdout, stderr) = run(&["check", "--builtin", "--timeout", "60s"], 0);
    assert_eq!(stderr, "");
    let last = stdout.lines().last().unwrap();
    let (cases, rest) = last.split_once(" cases, ").unwrap();
    assert!(cases.replace(',', "").parse::<u32>().unwrap() >= 600, "{last}");
    assert!(rest.ends_with(" passed, 0 failed, 0 weak"), "{last}");
    assert!(stdout.contains("\nconforms · "), "{stdout}");
    assert!(stdout.contains("adapter  rollwire-reference"), "{stdout}");
}

#[test]
fn a_wrong_command_line_is_a_usage_error() {
    let (stdout, stderr) = run(&["check", "--frobnicate"], 2);
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("error: unexpected argument '--frobnicate' found"), "{stderr}");
    for wrong in [
        &["check", "--builtin", "--revision", "8"][..],
        &["check", "--builtin", "--timeout", "soon"],
        &["check", "--builtin", "--filter", "a[b"],
        &["check", "--builtin", "--output", "/nowhere/report"],
        &["check", "--builtin", "--format", "text", "--format", "jsonl"],
        &["nonsense"],
    ] {
        run(wrong, 2);
    }
}

/// An empty variable must never be green: `rollwire check -- $UNSET`.
#[test]
fn nothing_is_checked_without_an_adapter() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("known.toml");
    let file = file.to_str().unwrap();
    for command in [&["check"][..], &["smoke"], &["fuzz"], &["baseline", "update", file]] {
        for (nothing, said) in [
            (&[][..], "error: no adapter was given; give the command that starts it after `--`"),
            (&["--"], "error: no adapter was given; give the command that starts it after `--`"),
            (
                &["--", ""],
                "error: the command of the adapter is empty; is a variable not set? Give",
            ),
            (
                &["--", " ", "x"],
                "error: the command of the adapter is empty; is a variable not set?",
            ),
        ] {
            let (stdout, stderr) = run(&[command, nothing].concat(), 2);
            assert_eq!(stdout, "", "{command:?} {nothing:?}");
            assert!(stderr.starts_with(said), "{command:?} {nothing:?}: {stderr}");
            assert!(stderr.contains("--builtin checks the built-in implementation"), "{stderr}");
        }
        let two = [command, &["--builtin", "--", "true"]].concat();
        assert!(run(&two, 2).1.contains("cannot be used with"));
    }
    assert!(!std::path::Path::new(file).exists());
}

#[test]
fn nothing_found_is_never_green() {
    run(&["list", "nothing/*"], 4);
    run(&["show", "no-such-case"], 4);
    run(&["explain", "no-such-word"], 4);
}

#[test]
fn hostile_vector_files_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.json");
    let path = file.to_str().unwrap();
    let case = |rules: &str, hex: &str| {
        format!(
            r#"{{"vectors":1,"topic":"x","cases":[{{"id":"x/y","since":1,"source":"hand","rules":[{rules}],"level":"must","comment":"","flags":[],"hex":"{hex}","reject":"trailing","checks":["decode"]}}]}}"#
        )
    };
    for (text, message) in [
        ("", "not a valid vector file: EOF while parsing a value at line 1 column 0"),
        ("{\"vectors\": 1}", "not a valid vector file: missing field `topic` at line 1 column 14"),
        (&"[".repeat(100_000), "not a valid vector file: "),
        (
            &case("\"WIRE-1\"", "04").replace(":1,\"topic", ":99,\"topic"),
            "`vectors` is 99; expected 1",
        ),
        (&case("", "04"), "case `x/y`: `rules` has 0 entries; expected 1 to 3"),
        (&case("\"WIRE-1\"", "0"), "expected two hex digits a byte, found one left over"),
    ] {
        std::fs::write(&file, text).unwrap();
        let (_, stderr) = run(&["check", "--builtin", "--vectors", path], 2);
        assert!(stderr.contains(message) && stderr.contains("broken.json"), "{stderr}");
    }
    let (_, stderr) = run(&["check", "--builtin", "--vectors", "/nowhere"], 2);
    assert!(stderr.contains("/nowhere: cannot be read"), "{stderr}");
}

#[test]
fn hostile_scenario_files_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.json");
    let path = file.to_str().unwrap();
    let good = r#"{"vectors":1,"kind":"scenario","topic":"own","cases":[{"id":"own/one","since":4,
        "source":"hand","rules":["EXCH-7"],"level":"must","comment":"c","flags":[],
        "precondition":{"step":1,"state":{"queue":[[5,"aaaaaaaaaaaaaaaa"]]}},
        "steps":[{"do":{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}}},
            {"do":{"tick":{}},"expect":{"sent":["0700000005aaaaaaaaaaaaaaaa"]}}],
        "checks":["run"]}]}"#;
    std::fs::write(&file, good).unwrap();
    let (stdout, _) = run(&["check", "--builtin", "--vectors", path], 0);
    assert!(stdout.ends_with("1 case, 1 check: 1 passed, 0 failed, 0 weak\n"), "{stdout}");
    for (from, to, message) in [
        ("\"kind\":\"scenario\"", "\"kind\":\"story\"", "unknown variant `story`"),
        ("\"kind\":\"scenario\",", "", "unknown field `precondition`"),
        ("\"vectors\":1", "\"vectors\":2", "`vectors` is 2; expected 1"),
        ("{\"tick\":{}}", "{\"tock\":{}}", "unknown variant `tock`"),
        ("\"frame\":5,", "\"frame\":4294967296,", "invalid value: integer `4294967296`"),
        ("\"hash\":\"aa", "\"hash\":\"AA", "expected 16 lower-case hex digits"),
        ("{\"step\":1", "{\"step\":2", "`precondition.step` is not a step of the scenario"),
        (
            "\"checks\":[\"run\"]",
            "\"checks\":[\"decode\"]",
            "`checks` of a scenario must be [\"run\"]",
        ),
        ("[\"EXCH-7\"]", "[]", "`rules` has 0 entries; expected 1 to 3"),
    ] {
        assert!(good.contains(from), "{from}");
        std::fs::write(&file, good.replace(from, to)).unwrap();
        let (_, stderr) = run(&["check", "--builtin", "--vectors", path], 2);
        assert!(stderr.contains(message) && stderr.contains("broken.json"), "{message}: {stderr}");
    }
    // A rule and a flag that do not exist are for lint to say.
    let odd = good.replace("EXCH-7", &format!("EXCH-{}", 99)).replace("[]", "[\"odd\"]");
    std::fs::write(&file, odd).unwrap();
    let (stdout, _) = run(&["vectors", "lint", path], 1);
    assert!(
        stdout.contains("99` is not a rule") && stdout.contains("`odd` is not explained"),
        "{stdout}"
    );
}

#[test]
fn somebodys_own_vectors_are_checked_and_linted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.json");
    let path = file.to_str().unwrap();
    let case = |reject: &str| {
        format!(
            r#"{{"vectors":1,"topic":"own","cases":[{{"id":"own/short","since":1,"source":"hand","rules":["PING-1"],"level":"must","comment":"a PING without its clock","flags":[],"hex":"02","reject":"{reject}","checks":["decode"]}}]}}"#
        )
    };
    std::fs::write(&file, case("truncated")).unwrap();
    let (stdout, _) = run(&["check", "--builtin", "--vectors", path], 0);
    assert!(stdout.ends_with("1 case, 1 check: 1 passed, 0 failed, 0 weak\n"), "{stdout}");
    run(&["vectors", "lint", path], 0);

    // The wrong class: a defect of the file, for which the implementation is not to blame.
    std::fs::write(&file, case("text")).unwrap();
    insta::assert_snapshot!("lint", run(&["vectors", "lint", path], 1).0);
    let (stdout, _) = run(&["check", "--builtin", "--strict", "--vectors", path], 4);
    assert!(
        stdout.contains(
            "own/short contradicts the specification and is not asked: decode: the case allows"
        ),
        "{stdout}"
    );
    assert!(stdout.contains("every selected case contradicts the specification"), "{stdout}");
    // The other cases of such a file are asked.
    let second = case("truncated");
    let second = second
        .split_once("\"cases\":[")
        .unwrap()
        .1
        .strip_suffix("]}")
        .unwrap()
        .replace("short", "right");
    let first = case("text");
    let first = first.strip_suffix("]}").unwrap();
    std::fs::write(&file, format!("{first},{second}]}}")).unwrap();
    let (stdout, _) = run(&["check", "--builtin", "--strict", "--vectors", path], 0);
    assert!(stdout.contains("own/short contradicts the specification"), "{stdout}");
    assert!(stdout.contains("1 case, 1 check: 1 passed, 0 failed, 0 weak"), "{stdout}");
    assert!(stdout.contains("left out: 1 case that contradicts the specification"), "{stdout}");
}

#[test]
fn scenarios_and_digests_that_contradict_the_specification_are_not_asked_either() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.json");
    let path = file.to_str().unwrap();
    let scenario = r#"{"vectors":1,"kind":"scenario","topic":"own","cases":[{"id":"own/one","since":4,
        "source":"hand","rules":["EXCH-7"],"level":"must","comment":"c","flags":[],
        "precondition":{"step":1,"state":{"queue":[[5,"aaaaaaaaaaaaaaaa"]]}},
        "steps":[{"do":{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}}},
            {"do":{"tick":{}},"expect":{"sent":["0700000006aaaaaaaaaaaaaaaa"]}}],
        "checks":["run"]}]}"#;
    let digest = r#"{"vectors":1,"kind":"digest","topic":"own","cases":[{"id":"own/one","since":5,
        "source":"hand","rules":["DIGEST-1"],"level":"must","comment":"c","flags":[],
        "form":"state_hash","state":"[]","reject":"text","checks":["digest"]}]}"#;
    let unsettled = scenario.replace("[[5,", "[[6,").replace("0700000006", "0700000005");
    for (text, how) in [
        (scenario, "step 1, `tick`: `sent` is not what the specification demands"),
        (&*unsettled, "the precondition does not hold: `queue`"),
        (digest, "the case allows a refusal: text; revision 5 demands 4f53cda18c2baa0c of []"),
    ] {
        std::fs::write(&file, text).unwrap();
        let (stdout, _) = run(&["check", "--builtin", "--vectors", path], 4);
        let note = format!("own/one contradicts the specification and is not asked: {how}");
        assert!(stdout.contains(&note), "{stdout}");
        let (stdout, _) = run(&["vectors", "lint", path], 1);
        assert!(stdout.contains(how), "{stdout}");
    }
}

#[test]
fn the_published_vectors_have_no_defect_and_can_be_exported() {
    let (stdout, _) = run(&["vectors", "lint"], 0);
    assert!(stdout.ends_with(" cases, 0 defects\n"), "{stdout}");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    run(&["vectors", "export", target.to_str().unwrap()], 0);
    run(&["vectors", "export", target.to_str().unwrap()], 2);
    let (check, _) = run(&["check", "--builtin", "--vectors", target.to_str().unwrap()], 0);
    assert!(check.contains("passed, 0 failed, 0 weak"), "{check}");
    let (lines, _) = run(&["vectors", "export"], 0);
    assert!(lines.lines().count() > 600);
}

#[test]
fn coverage_has_no_gap() {
    let (stdout, _) = run(&["coverage"], 0);
    assert!(!stdout.contains("GAP"), "{stdout}");
    let last = stdout.lines().last().unwrap();
    let share = last.split_once(" about bytes, ").unwrap().1.split(' ').next().unwrap();
    assert!(share.parse::<u32>().unwrap() >= 40, "{last}");
    let scenarios = last.rsplit_once("; ").unwrap().1.split(' ').next().unwrap();
    assert!(scenarios.parse::<u32>().unwrap() >= 60, "{last}");
}

#[test]
fn the_event_stream_has_a_header_a_check_each_and_a_footer() {
    let arguments = [
        &["check", "--builtin", "--format", "jsonl", "--seed", "1"][..],
        &["--filter", "state-hash/*", "--repeat", "2"],
    ]
    .concat();
    let (stdout, _) = run(&arguments, 0);
    let events: Vec<serde_json::Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [header, checks @ .., footer] = &events[..] else { panic!("{stdout}") };
    assert_eq!(header["event"], "header");
    assert_eq!(header["hello"]["impl"]["name"], "rollwire-reference");
    assert_eq!(header["checks"], checks.len());
    assert!(checks.iter().all(|event| event["event"] == "check" && event["verdict"] == "pass"));
    assert_eq!(footer["event"], "footer");
    assert_eq!(footer["counts"]["passed"], checks.len());
    assert_eq!(footer["exit"], 0);
    assert_eq!(run(&arguments, 0).0, stdout);
}

#[test]
fn reports_go_where_they_are_sent() {
    let folder = tempfile::tempdir().unwrap();
    let (text, lines) = (folder.path().join("report.txt"), folder.path().join("report.jsonl"));
    let reports = [
        &["check", "--builtin", "--filter", "ping/*"][..],
        &["--format", "text", "--output", text.to_str().unwrap()],
        &["--format", "jsonl", "--output", lines.to_str().unwrap()],
    ];
    let (stdout, stderr) = run(&reports.concat(), 0);
    assert_eq!(stdout, "");
    // No run ends without a word.
    let lines_of_stderr: Vec<&str> = stderr.lines().collect();
    let [verdict, counts, files] = lines_of_stderr[..] else { panic!("{stderr}") };
    assert!(verdict.starts_with("partial: ") && verdict.contains(", all passed; "), "{stderr}");
    assert!(counts.contains(" 0 failed, 0 weak, in ") && counts.ends_with(" s"), "{stderr}");
    assert_eq!(files, format!("written: {}, {}", text.display(), lines.display()));
    assert!(std::fs::read_to_string(text).unwrap().ends_with(" 0 failed, 0 weak\n"));
    assert!(std::fs::read_to_string(lines).unwrap().lines().last().unwrap().contains("footer"));
}

#[test]
fn colours_are_for_terminals() {
    assert!(!run(&["check", "--builtin", "--filter", "ping/*"], 0).0.contains('\u{1b}'));
}

#[test]
fn help_texts() {
    insta::assert_snapshot!("help", run(&["--help"], 0).0);
    for command in [
        "check",
        "smoke",
        "fuzz",
        "list",
        "show",
        "explain",
        "inspect",
        "digest",
        "coverage",
        "completions",
        "man",
        "selftest",
        "vectors",
    ] {
        insta::assert_snapshot!(format!("help_{command}"), run(&[command, "--help"], 0).0);
    }
    let groups: [(&str, &[&str]); 5] = [
        ("report", &["convert", "diff", "merge"]),
        ("capture", &["check", "show", "export"]),
        ("tools", &["wireshark", "kaitai"]),
        ("trace", &["check"]),
        ("baseline", &["update", "check", "explain"]),
    ];
    for (group, commands) in groups {
        insta::assert_snapshot!(format!("help_{group}"), run(&[group, "--help"], 0).0);
        for command in commands {
            let help = run(&[group, command, "--help"], 0).0;
            insta::assert_snapshot!(format!("help_{group}_{command}"), help);
        }
    }
}

#[test]
fn the_selftest_has_no_survivor() {
    let (stdout, _) = run(&["selftest", "exchange"], 0);
    assert!(stdout.contains(" they break, 0 survived\n"), "{stdout}");
    let line = |start: &str| stdout.lines().find(|line| line.starts_with(start)).unwrap();
    assert!(line("  loses-what-was-refused").contains("exchange-refusal/"), "{stdout}");
    let (matrix, _) = run(&["selftest", "bytes", "exchange", "--matrix"], 0);
    let rows = |mark: char| matrix.lines().filter(|line| line.contains(&format!("{mark}"))).count();
    assert!(rows('#') >= 40, "{matrix}");
    assert!(rows('*') >= 1000, "{matrix}");
    let lines = selftest_lines();
    let mut by_other_rules = 0;
    for line in lines.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        if object["family"] == "adapters" {
            continue;
        }
        let caught = object["caught"].as_array().unwrap();
        let own = caught.iter().filter(|it| it["rule"] == object["rule"]).count();
        assert!(!caught.is_empty() && !object["fault"].as_str().unwrap().is_empty(), "{line}");
        if own == 0 {
            assert_eq!(object["family"], "bytes", "{line}");
            by_other_rules += 1;
        }
    }
    let of = |family: &str| lines.matches(&format!("{{\"family\":\"{family}\"")).count();
    assert!(of("bytes") >= 150 && of("exchange") >= 40 && of("adapters") >= 40, "{lines}");
    let said = format!("{} wrong digests, ", of("digest"));
    assert!(readme().contains(&said), "{said}");
    // What the README says of it.
    let readme = readme();
    let codecs = rollwire_conformance::text::grouped((of("bytes") / 100 * 100) as u64);
    let said = format!("Some {codecs} wrong codecs, ");
    assert!(readme.contains(&said), "{said}");
    assert!(100 * by_other_rules < of("bytes"), "more than 99 in 100");
    let said = format!("{} adapters that misbehave", of("adapters"));
    assert!(readme.contains(&said), "{said}");
}

#[test]
fn what_people_ask() {
    for (name, hex, code) in [
        ("inspect_state_hash", "07 00000096 0123456789abcdef", 0),
        ("inspect_input", "01000100000064020000000063030000006404", 0),
        ("inspect_truncated", "07000000960123456789abcd", 1),
        ("inspect_focus_2", "1402000001b8", 1),
        ("inspect_unknown", "0801", 1),
    ] {
        insta::assert_snapshot!(name, run(&["inspect", hex], code).0);
    }
    run(&["inspect", "zz"], 2);
    let first_lines = |text: String, count| text.lines().take(count).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!("explain_rule", run(&["explain", "STATE_HASH-3"], 0).0);
    insta::assert_snapshot!("explain_flag", first_lines(run(&["explain", "byte-order"], 0).0, 4));
    insta::assert_snapshot!("explain_class", run(&["explain", "count"], 0).0);
    insta::assert_snapshot!("show", run(&["show", "state-hash/recorded-150"], 0).0);
    insta::assert_snapshot!(
        "show_scenario",
        run(&["show", "exchange-confirm/falling-frames"], 0).0
    );
    insta::assert_snapshot!("explain_exchange", first_lines(run(&["explain", "EXCH-20"], 0).0, 4));
    let smoke = run(&["smoke", "--builtin"], 0).0;
    // A few cases are not the whole, and their share changes with every new case.
    let (verdict, others): (Vec<&str>, Vec<&str>) =
        smoke.lines().skip(1).partition(|line| line.starts_with("partial: "));
    assert!(verdict.len() == 1 && verdict[0].contains("checks, all passed; left out: "), "{smoke}");
    insta::assert_snapshot!("smoke", others.join("\n"));
}

fn readme() -> &'static str {
    include_str!("../../../../README.md")
}

/// What `selftest --json` prints, all of it conforming: where an adapter does not, its lines alone are shown.
/// Diagnoses take minutes in a build that is not optimised.
#[track_caller]
fn selftest_lines() -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(["selftest", "bytes", "exchange", "digest", "adapters", "--json"])
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let adapters = lines.lines().filter(|it| it.starts_with("{\"family\":\"adapters\""));
    let wrong: Vec<_> = adapters.filter(|it| !it.contains("\"faults\":[]")).collect();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &wrong[..]), (Some(0), &[][..]), "{stderr}");
    lines
}
