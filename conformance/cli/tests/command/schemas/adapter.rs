//! The lines that kit and adapter exchange.

use std::{collections::BTreeSet, fs, process::Command};

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::schemas::{assert_valid, json_of, validator};

/// A validator for one definition of the adapter protocol's schema.
fn adapter(definition: &str) -> Validator {
    let mut schema = json_of("spec/adapter.schema.json");
    let members = schema.as_object_mut().unwrap();
    members.remove("anyOf");
    members.insert("$ref".to_owned(), json!(format!("#/$defs/{definition}")));
    validator(&schema)
}

#[test]
fn both_sides_of_a_run_speak_as_the_schema_says() {
    let trace = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    let output = command
        .args(["check", "--builtin", "--seed", "1", "--timeout", "1m", "--trace"])
        .arg(trace.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));

    let (request, answer) = (adapter("request"), adapter("answer"));
    let (mut requests, mut answers) = (0, 0);
    let trace = fs::read_to_string(trace.path()).unwrap();
    // Malformed requests are answered with an error, and do not follow the schema.
    let is_error = |line: &Value| line.get("error").is_some();
    let lines = trace.lines().filter_map(|line| line.strip_prefix("< "));
    let read = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let malformed: BTreeSet<u64> =
        read.filter(is_error).filter_map(|it| it["id"].as_u64()).collect();
    for line in trace.lines() {
        let (mark, text) = line.split_at(2);
        let name: String = line.chars().take(200).collect();
        let (validator, count) = match mark {
            "> " => (&request, &mut requests),
            "< " => (&answer, &mut answers),
            _ => panic!("{name}"),
        };
        let value: Value = serde_json::from_str(text).unwrap();
        let is_malformed = value["id"].as_u64().is_some_and(|id| malformed.contains(&id));
        if mark == "< " || !is_malformed {
            assert_valid(validator, &value, &name);
        }
        *count += 1;
    }
    assert!(requests > 4_000, "{requests} requests");
    assert_eq!(requests, answers);
}

#[test]
fn broken_lines_are_found() {
    let hello = r#"{"id":0,"ok":{"protocol":1,"nonce":"n","impl":{"name":"x","version":"1","language":"c"},"capabilities":["decode"]}}"#;
    let tables: [(&str, &[&str], &[&str]); 2] = [
        (
            "request",
            &[
                r#"{"id":1,"op":"decode","hex":""}"#,
                r#"{"id":1,"op":"probe-x"}"#,
                r#"{"id":1,"op":"open","session":0}"#,
                r#"{"id":1,"op":"step","session":1,"do":[{"tick":{}},{"rollback":"end"}]}"#,
                r#"{"id":1,"op":"advance","session":1,"do":[{"tick":{}}]}"#,
            ],
            &[
                r#"{"op":"decode","hex":""}"#,
                r#"{"id":-1,"op":"decode","hex":""}"#,
                r#"{"id":1.5,"op":"decode","hex":""}"#,
                r#"{"id":1,"op":"decode"}"#,
                r#"{"id":1,"op":"decode","hex":"0"}"#,
                r#"{"id":1,"op":"decode","hex":"AB"}"#,
                r#"{"id":1,"op":"decode","hex":"","expected":1}"#,
                r#"{"id":1,"op":"encode","fields":{}}"#,
                r#"{"id":1,"op":"encode","type":"ping","fields":[]}"#,
                r#"{"id":1,"op":"nonsense"}"#,
                r#"{"id":1,"op":"open"}"#,
                r#"{"id":1,"op":"close","session":-1}"#,
                r#"{"id":1,"op":"step","session":1}"#,
                r#"{"id":1,"op":"step","session":1,"do":[]}"#,
                r#"{"id":1,"op":"step","session":1,"do":[{"tick":{},"reset":{}}]}"#,
                r#"{"id":1,"op":"step","session":1,"do":[{"confirm":{"frame":5,"hash":"aa"}}]}"#,
                r#"{"id":1,"op":"hello","protocol":[],"kit":"k","nonce":"n","limits":{"line":1,"window":1,"timeout_ms":0}}"#,
                r#"{"id":1,"op":"hello","protocol":[1],"kit":"k","limits":{"line":1,"window":1,"timeout_ms":0}}"#,
                "[]",
            ],
        ),
        (
            "answer",
            &[
                hello,
                r#"{"id":1,"ok":{"hex":"aB"}}"#,
                r#"{"id":1,"reject":{}}"#,
                r#"{"id":1,"ok":{}}"#,
                r#"{"id":1,"ok":{"observations":[{"sent":[]}]}}"#,
            ],
            &[
                r#"{"id":1}"#,
                r#"{"ok":{"hex":""}}"#,
                r#"{"id":"1","ok":{"hex":""}}"#,
                r#"{"id":1,"ok":{"observations":[]}}"#,
                r#"{"id":1,"ok":{"observations":[{}]}}"#,
                r#"{"id":1,"ok":{"observations":[{"sent":[],"verified":-1}]}}"#,
                r#"{"id":1,"ok":{"observations":[{"sent":[],"queue":[[5]]}]}}"#,
                r#"{"id":1,"ok":{"hex":"0"}}"#,
                r#"{"id":1,"ok":{"hex":"00 00"}}"#,
                r#"{"id":1,"ok":{"type":"ping"}}"#,
                r#"{"id":1,"ok":{"hex":""},"reject":{}}"#,
                r#"{"id":1,"reject":{"class":"wrong"}}"#,
                r#"{"id":1,"reject":{"message":5}}"#,
                r#"{"id":1,"unsupported":true}"#,
                r#"{"id":1,"error":"text"}"#,
                &hello.replace("\"decode\"", "\"decoed\""),
                &hello.replace("\"protocol\":1", "\"protocol\":2"),
                &hello.replace("\"nonce\":\"n\",", ""),
                &hello.replace("\"name\":\"x\",", ""),
            ],
        ),
    ];
    for (definition, good, bad) in tables {
        let validator = adapter(definition);
        for line in good {
            assert_valid(&validator, &serde_json::from_str(line).unwrap(), line);
        }
        for line in bad {
            assert!(
                !validator.is_valid(&serde_json::from_str(line).unwrap()),
                "{definition}: {line}"
            );
        }
    }
}
