//! Finding things: `inspect` with every spelling, `explain` with every name, and the selection of cases.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    run::run,
    schemas::{assert_valid, json_of, validator},
};

const STATE_HASH: &str = "07000000960123456789abcdef";

/// Runs `rollwire inspect` with this standard input.
fn inspect(arguments: &[&str], input: &[u8], code: i32) -> (String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .arg("inspect")
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let (stdout, stderr) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
    let (stdout, stderr) = (stdout.unwrap(), stderr.unwrap());
    assert_eq!(output.status.code(), Some(code), "{stdout}{stderr}");
    (stdout, stderr)
}

#[test]
fn inspect_reads_arguments_standard_input_and_files() {
    let (plain, _) = run(&["inspect", STATE_HASH], 0);
    for arguments in
        [&["0x07000000960123456789abcdef"][..], &["07:00:00:00:96:01:23:45:67:89:ab:cd:ef"]]
    {
        assert_eq!(run(&[&["inspect"], arguments].concat(), 0).0, plain);
    }
    assert_eq!(inspect(&["-"], STATE_HASH.as_bytes(), 0).0, plain);
    assert_eq!(inspect(&[], STATE_HASH.as_bytes(), 0).0, plain);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("capture.txt");
    fs::write(&path, "0000   07 00 00 00 96 01 23 45 67 89 ab cd ef   ......#Eg....\n").unwrap();
    let (dump, _) = run(&["inspect", "--file", path.to_str().unwrap()], 0);
    assert_eq!(dump, plain.replace("13 bytes", "13 bytes · read as dump"));
    let (_, stderr) = run(&["inspect", path.to_str().unwrap()], 2);
    assert!(stderr.contains("a file has this name: did you mean `--file`?"), "{stderr}");
    let (_, stderr) = run(&["inspect", "[10, 20]"], 2);
    assert!(stderr.contains("give --as hex or --as decimal"), "{stderr}");
    assert!(run(&["inspect", "--as", "decimal", "[4]"], 0).0.contains("KEEPALIVE"));
    inspect(&[], b"", 2);
}

#[test]
fn several_datagrams_are_shown_one_after_another() {
    let (stdout, _) = inspect(&[], b"04\n\n[7, 0, 150]\n", 1);
    assert!(stdout.starts_with("packet 1 · standard input:1\nKEEPALIVE · 1 byte\n"), "{stdout}");
    assert!(
        stdout.contains("\n\npacket 2 · standard input:3\nrefused · 3 bytes · read as decimal"),
        "{stdout}"
    );
    let wrapped = format!("{}\n00\n", "07".repeat(30));
    let (_, stderr) = inspect(&[], wrapped.as_bytes(), 1);
    assert!(stderr.contains("note: standard input: every line is read as a datagram"), "{stderr}");
}

#[test]
fn the_json_of_inspect_is_as_its_schema_says() {
    let schema = validator(&json_of("conformance/kit/schema/inspect.schema.json"));
    let input = format!(
        "{STATE_HASH}\n07 00\n\"\"\nff\n01000100000064020000000063030000006404\n1402000001b8\n[4, 0]\n"
    );
    let (stdout, _) = inspect(&["--json"], input.as_bytes(), 1);
    let objects: Vec<Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 7, "{stdout}");
    for object in &objects {
        assert_valid(&schema, object, "inspect --json");
    }
    assert_eq!(objects[0]["accepted"]["fields"]["frame"], 150);
    assert_eq!(objects[0]["accepted"]["parts"][1]["value"], 150);
    assert_eq!(objects[1]["refused"]["rule"], "STATE_HASH-1");
    assert_eq!(objects[5]["refused"]["alternative"]["fields"]["frame"], 440);
    assert_eq!(objects[6]["spelling"], "decimal");
}

#[test]
fn explain_knows_every_kind_of_name_in_every_spelling() {
    for (words, says) in [
        (&["EXCH-8", "exch8", "Exch_8"][..], "EXCH-8 MUST"),
        (&["state_hash", "STATE_HASH", "state-hash", "stateHash", "0x07"], "STATE_HASH, a message"),
        (&["wrong_bytes", "wrongBytes"], "wrong_bytes, a code of checks"),
        (&["XFAIL", "expected_failure"], "expected_failure, a verdict on a check"),
        (&["partial", "PARTIAL"], "partial, a verdict on a run"),
        (&["does not conform", "doesNotConform"], "does not conform, a verdict on a run"),
        (&["nan-payload", "NAN_PAYLOAD"], "nan-payload, a capability"),
        (&["decode"], "declares the operation `decode`"),
        (&["exchange.md", "spec/exchange.md"], "# "),
        (&["state-hash/recorded-150", "STATE_HASH/recorded_150"], "state-hash/recorded-150\n"),
        (&["byte-order", "byteOrder"], "byte-order, a flag of cases"),
        (&["unknownType"], "unknown_type, a refusal class"),
    ] {
        for word in words {
            let (stdout, _) = run(&["explain", word], 0);
            assert!(stdout.contains(says), "{word}: {stdout}");
        }
    }
    // What has several meanings is explained in all of them.
    let (stdout, _) = run(&["explain", "input"], 0);
    assert!(
        stdout.contains("INPUT, a message") && stdout.contains("rollwire explain input.md"),
        "{stdout}"
    );
    let (_, stderr) = run(&["explain", "STATE_HSAH"], 4);
    assert!(stderr.contains("did you mean `state_hash`"), "{stderr}");
    let (_, stderr) = run(&["explain", "qqqqqq"], 4);
    assert!(!stderr.contains("did you mean"), "{stderr}");
}

#[test]
fn every_chapter_and_every_code_can_be_explained() {
    for chapter in rollwire_model::chapters() {
        let (stdout, _) = run(&["explain", chapter.name], 0);
        assert!(stdout.contains(chapter.text.trim_end()), "{}", chapter.name);
    }
    for code in rollwire_conformance::verdict::Code::ALL {
        assert!(
            run(&["explain", code.as_str()], 0)
                .0
                .contains(code.meaning().split(' ').next().unwrap())
        );
    }
}

#[test]
fn cases_are_selected_by_message_rule_and_flag() {
    let ids = |arguments: &[&str]| {
        let (stdout, _) = run(&[&["list"], arguments].concat(), 0);
        let ids = stdout.lines().filter_map(|line| line.split(' ').next().map(str::to_owned));
        ids.collect::<Vec<_>>()
    };
    let by_message = ids(&["--message", "stateHash"]);
    assert!(by_message.iter().any(|id| id == "state-hash/recorded-150"));
    assert!(by_message.iter().all(|id| !id.starts_with("ping/")), "{by_message:?}");
    let by_both = ids(&["--message", "0x07", "--flag", "byte_order"]);
    assert!(!by_both.is_empty() && by_both.len() < by_message.len());
    let by_rule = ids(&["--rule", "exch8", "--rule", "STATE_HASH-2"]);
    assert!(by_rule.iter().any(|id| id.starts_with("exchange")), "{by_rule:?}");
    assert!(by_rule.iter().any(|id| id.starts_with("state-hash")), "{by_rule:?}");
    let (shown, _) = run(&["show", "--rule", "STATE_HASH-4"], 0);
    assert!(shown.contains("STATE_HASH-4 "), "{shown}");
    run(&["show"], 2);
    let (_, stderr) = run(&["list", "--message", "state_hsah"], 2);
    assert!(stderr.contains("did you mean `state_hash`?"), "{stderr}");
    let (_, stderr) = run(&["list", "STATE_HASH/*"], 4);
    assert!(stderr.contains("did you mean `state-hash/*`?"), "{stderr}");
    let (_, stderr) = run(&["show", "state-hash/recorded-15"], 4);
    assert!(stderr.contains("did you mean `state-hash/recorded-150`"), "{stderr}");
    run(&["list", "--rule", "STATE_HASH-2", "--flag", "nested-rollback"], 4);
}

#[test]
fn check_runs_what_is_selected_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let events = folder.path().join("run.jsonl");
    let path = events.to_str().unwrap();
    let select = ["--message", "KEEPALIVE", "--fresh", "1", "--timeout", "60s"];
    let report = ["--format", "jsonl", "--output", path];
    let (built_in, adapter) = (["adapter"], env!("CARGO_BIN_EXE_rollwire"));
    let command = [&["check"], &select[..], &report, &["--", adapter], &built_in].concat();
    run(&command, 0);
    let lines = fs::read_to_string(&events).unwrap();
    assert!(lines.contains(r#""filter":["message:keepalive"]"#), "{lines}");
    assert!(lines.contains("keepalive/") && !lines.contains("state-hash/"), "{lines}");
    // Nothing failed with this code.
    let again = ["check", "--failed", path, "--code", "WRONG_BYTES", "--", adapter, "adapter"];
    let (_, stderr) = run(&again, 4);
    assert!(stderr.contains("has no check that failed with wrong_bytes"), "{stderr}");
    run(&["check", "--code", "wrong_bytes", "--", adapter, "adapter"], 2);
}
