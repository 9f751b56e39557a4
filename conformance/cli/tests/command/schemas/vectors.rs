//! The files of vectors.

use serde_json::{Value, json};

use crate::schemas::{assert_valid, json_of, names, validator};

#[test]
fn every_vector_file_is_what_its_schema_says() {
    let schema = |name: &str| validator(&json_of(&format!("vectors/schema/{name}.schema.json")));
    let (cases, scenarios, digests) = (schema("cases"), schema("scenarios"), schema("digests"));
    let mut count = 0;
    for folder in names("vectors").iter().filter(|name| !name.contains('.') && *name != "schema") {
        let cases = match &**folder {
            "codec" => &cases,
            "exchange" | "peer" => &scenarios,
            "digest" => &digests,
            _ => panic!("vectors/{folder} has no schema"),
        };
        for name in names(&format!("vectors/{folder}")) {
            let path = format!("vectors/{folder}/{name}");
            assert_valid(cases, &json_of(&path), &path);
            count += 1;
        }
    }
    assert!(count >= 14, "{count} files of cases");
    for name in names("vectors").iter().filter_map(|name| name.strip_suffix(".json")) {
        let path = format!("vectors/{name}.json");
        assert_valid(&schema(name), &json_of(&path), &path);
    }
}

/// A document with one thing changed: `null` removes a member.
fn changed(document: &Value, pointer: &str, to: &Value) -> Value {
    let mut changed = document.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap();
    match (parent, to) {
        (Value::Object(members), Value::Null) => {
            members.remove(key).unwrap();
        }
        (Value::Object(members), to) => {
            members.insert(key.to_owned(), to.clone());
        }
        (list, to) => list[key.parse::<usize>().unwrap()] = to.clone(),
    }
    changed
}

#[test]
fn broken_vector_files_are_found() {
    let case = json!({"id": "focus-state/a", "since": 1, "source": "hand", "rules": ["FOCUS_STATE-1"],
        "level": "must", "comment": "c", "flags": ["value"], "hex": "14 01 00000001",
        "parts": [["type", 1], ["focused", 1], ["frame", 4]],
        "value": {"type": "focus_state", "fields": {"focused": true, "frame": 1}},
        "checks": ["decode", "encode", "reencode"]});
    let cases = json!({"vectors": 1, "topic": "focus_state", "cases": [case]});
    let scenario = json!({"id": "exchange-send/a", "since": 4, "source": "hand", "rules": ["EXCH-7"],
        "level": "must", "comment": "c", "flags": ["queue-order"], "requires": ["detect"],
        "precondition": {"step": 1, "state": {"queue": []}},
        "steps": [{"do": {"confirm": {"frame": 5, "hash": "0123456789abcdef"}},
            "expect": {"queue": [[5, "0123456789abcdef"]], "verified": null}},
            {"do": {"tick": {}}, "expect": {"sent": ["07000000050123456789abcdef"]}}],
        "checks": ["run"]});
    let scenarios =
        json!({"vectors": 1, "kind": "scenario", "topic": "exchange_send", "cases": [scenario]});
    let digest = json!({"id": "digest-keys/a", "since": 5, "source": "recorded",
        "rules": ["DIGEST-6"], "level": "must", "comment": "c", "flags": ["key-order"],
        "form": "state_hash", "state": "{}", "text": "{}", "hash": "44136fa355b3678a",
        "checks": ["digest"]});
    let choice = json!({"id": "digest-keys/b", "since": 3, "source": "recorded",
        "rules": ["DIGEST-2"], "level": "should", "comment": "c", "flags": ["graded"],
        "form": "episode_ready", "state": "5", "one_of": [{"grade": "pass", "reject": "value"},
        {"grade": "weak", "text": "5", "hash": "e4da3b7f"}], "checks": ["digest"]});
    let digests =
        json!({"vectors": 1, "kind": "digest", "topic": "digest_keys", "cases": [digest, choice]});
    let flag = json!({"bug_class": "b", "description": "d", "effect": "e"});
    let flags = json!({"flags": {"big-message": flag}});
    let sum = "0".repeat(64);
    let file = json!({"path": "codec/ping.json", "cases": 1, "sha256": sum});
    let manifest = json!({"name": "n", "version": "1.0.0", "format": 1, "files": [file]});
    let none = Value::Null;
    for (name, document, pointer, to) in [
        ("cases", &cases, "/vectors", &json!(2)),
        ("cases", &cases, "/topic", &none),
        ("cases", &cases, "/topic", &json!("Focus")),
        ("cases", &cases, "/surplus", &json!(1)),
        ("cases", &cases, "/cases", &json!([])),
        ("cases", &cases, "/cases", &json!({})),
        ("cases", &cases, "/cases/0/id", &none),
        ("cases", &cases, "/cases/0/id", &json!("focus_state/a")),
        ("cases", &cases, "/cases/0/since", &json!("1")),
        ("cases", &cases, "/cases/0/since", &json!(8)),
        ("cases", &cases, "/cases/0/source", &json!("guess")),
        ("cases", &cases, "/cases/0/rules", &json!([])),
        ("cases", &cases, "/cases/0/rules", &json!(["A-1", "A-2", "A-3", "A-4"])),
        ("cases", &cases, "/cases/0/level", &json!("MUST")),
        ("cases", &cases, "/cases/0/requires", &json!(["nan"])),
        ("cases", &cases, "/cases/0/hex", &none),
        ("cases", &cases, "/cases/0/hex", &json!("14 01 0000000")),
        ("cases", &cases, "/cases/0/hex", &json!("14 01 0000000g")),
        ("cases", &cases, "/cases/0/hex", &json!("14  01")),
        ("cases", &cases, "/cases/0/parts", &none),
        ("cases", &cases, "/cases/0/parts/0", &json!(["type", 0])),
        ("cases", &cases, "/cases/0/value", &none),
        ("cases", &cases, "/cases/0/value/type", &json!(20)),
        ("cases", &cases, "/cases/0/value/surplus", &json!(1)),
        ("cases", &cases, "/cases/0/reject", &json!("value")),
        ("cases", &cases, "/cases/0/checks", &json!(["decode"])),
        ("cases", &cases, "/cases/0/surplus", &json!(1)),
        ("scenarios", &scenarios, "/kind", &none),
        ("scenarios", &scenarios, "/kind", &json!("case")),
        ("scenarios", &scenarios, "/cases/0/precondition", &none),
        ("scenarios", &scenarios, "/cases/0/precondition/step", &json!(-1)),
        ("scenarios", &scenarios, "/cases/0/precondition/state", &json!({})),
        ("scenarios", &scenarios, "/cases/0/precondition/state/sent", &json!(["07"])),
        ("scenarios", &scenarios, "/cases/0/precondition/state/surplus", &json!(1)),
        ("scenarios", &scenarios, "/cases/0/requires", &json!(["nan-payload"])),
        ("scenarios", &scenarios, "/cases/0/checks", &json!(["decode"])),
        ("scenarios", &scenarios, "/cases/0/steps", &json!([])),
        ("scenarios", &scenarios, "/cases/0/steps/0/do", &json!({})),
        ("scenarios", &scenarios, "/cases/0/steps/0/do/tick", &json!({})),
        ("scenarios", &scenarios, "/cases/0/steps/0/do/confirm/frame", &json!(4_294_967_296_u64)),
        ("scenarios", &scenarios, "/cases/0/steps/0/do/confirm/hash", &json!("0123456789ABCDEF")),
        ("scenarios", &scenarios, "/cases/0/steps/0/expect", &json!({})),
        ("scenarios", &scenarios, "/cases/0/steps/0/expect/queue/0", &json!([5])),
        ("scenarios", &scenarios, "/cases/0/steps/0/expect/verified", &json!("none")),
        ("scenarios", &scenarios, "/cases/0/steps/1/expect/sent", &json!(["0"])),
        ("digests", &digests, "/kind", &json!("case")),
        ("digests", &digests, "/topic", &json!("keys")),
        ("digests", &digests, "/cases/0/form", &none),
        ("digests", &digests, "/cases/0/form", &json!("ready")),
        ("digests", &digests, "/cases/0/form", &json!("episode_ready")),
        ("digests", &digests, "/cases/0/state", &json!({})),
        ("digests", &digests, "/cases/0/text", &none),
        ("digests", &digests, "/cases/0/text", &json!("\u{e9}")),
        ("digests", &digests, "/cases/0/hash", &none),
        ("digests", &digests, "/cases/0/hash", &json!("44136FA355B3678A")),
        ("digests", &digests, "/cases/0/hash", &json!("44136fa3")),
        ("digests", &digests, "/cases/0/reject", &json!("text")),
        ("digests", &digests, "/cases/0/level", &json!("should")),
        ("digests", &digests, "/cases/0/checks", &json!(["decode"])),
        ("digests", &digests, "/cases/1/one_of/0/reject", &none),
        ("digests", &digests, "/cases/1/one_of/1/text", &none),
        ("digests", &digests, "/cases/1/one_of/1/reject", &json!("text")),
        ("digests", &digests, "/cases/1/one_of", &json!([])),
        ("digests", &digests, "/cases/1/surplus", &json!(1)),
        ("flags", &flags, "/flags", &none),
        ("flags", &flags, "/flags/Big", &json!(flag)),
        ("flags", &flags, "/flags/big-message/effect", &none),
        ("flags", &flags, "/flags/big-message/effect", &json!("")),
        ("flags", &flags, "/flags/big-message/surplus", &json!("s")),
        ("manifest", &manifest, "/version", &json!("1.0")),
        ("manifest", &manifest, "/files", &json!([])),
        ("manifest", &manifest, "/files/0/sha256", &json!("0".repeat(63))),
        ("manifest", &manifest, "/files/0/path", &json!("/codec/ping.json")),
        ("manifest", &manifest, "/files/0/cases", &json!(1.5)),
        ("manifest", &manifest, "/surplus", &json!(1)),
    ] {
        let validator = validator(&json_of(&format!("vectors/schema/{name}.schema.json")));
        assert_valid(&validator, document, name);
        let broken = changed(document, pointer, to);
        assert!(!validator.is_valid(&broken), "{name}: {pointer} may be {to}");
    }
}
