//! The schemas themselves, and the closed sets that they list.

use rollwire_conformance::protocol::Capability;
use rollwire_model::{Layout, RefusalClass, digest::Form, exchange::Member, vectors::CheckKind};
use serde_json::{Value, json};

use crate::schemas::{json_of, names};

/// Where an object schema names its properties and is not closed.
///
/// `oneOf` and its siblings narrow the object that they stand in: where that one is closed, so are
/// they, and all that is below them.
fn open_objects(schema: &Value, path: &str, closed: bool, open: &mut Vec<String>) {
    if let Some(members) = schema.as_object() {
        let here = closed || members.get("additionalProperties") == Some(&json!(false));
        if !here && members.get("properties").is_some_and(Value::is_object) {
            open.push(path.to_owned());
        }
        for (key, below) in members {
            let narrows = ["oneOf", "anyOf", "allOf", "not", "if", "then", "else"];
            let closed = closed || here && narrows.contains(&key.as_str());
            open_objects(below, &format!("{path}/{key}"), closed, open);
        }
    }
    for (index, below) in schema.as_array().into_iter().flatten().enumerate() {
        open_objects(below, &format!("{path}/{index}"), closed, open);
    }
}

#[test]
fn schemas_are_schemas_and_closed() {
    let mut schemas: Vec<(String, Value)> = names("vectors/schema")
        .into_iter()
        .map(|name| (name.clone(), json_of(&format!("vectors/schema/{name}"))))
        .collect();
    assert!(schemas.len() >= 3, "{schemas:?}");
    let report = "conformance/schema/report.schema.json";
    schemas.push((report.to_owned(), json_of(report)));
    // Answers may have more members than are asked for; requests have none.
    let adapter = json_of("spec/adapter.schema.json");
    jsonschema::draft202012::meta::validate(&adapter).unwrap();
    let definitions = adapter["$defs"].as_object().unwrap();
    let requests = definitions.iter().filter(|(name, _)| name.ends_with("request"));
    schemas.extend(requests.map(|(name, schema)| (name.clone(), schema.clone())));
    for (name, schema) in schemas {
        if schema.get("$schema").is_some() || name.ends_with(".json") {
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        }
        jsonschema::draft202012::meta::validate(&schema)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut open = Vec::new();
        open_objects(&schema, "", false, &mut open);
        assert_eq!(open, [""; 0], "{name}");
    }
}

#[test]
fn open_objects_are_found() {
    let closed = json!({"additionalProperties": false, "properties": {"a": {}},
        "oneOf": [{"properties": {"a": {"properties": {"b": false}}}}]});
    let open =
        json!({"properties": {"a": {"items": {"properties": {"b": {}}}}}, "$defs": {"c": closed}});
    let mut found = Vec::new();
    open_objects(&open, "", false, &mut found);
    assert_eq!(found, ["", "/properties/a/items"]);
}

#[test]
fn the_closed_sets_are_those_of_the_code() {
    let adapter = json_of("spec/adapter.schema.json");
    let cases = json_of("vectors/schema/cases.schema.json");
    let set = |schema: &Value, definition: &str| schema["$defs"][definition]["enum"].clone();

    let classes = json!(RefusalClass::ALL.map(RefusalClass::as_str));
    assert_eq!(set(&adapter, "refusal_class"), classes);
    assert_eq!(set(&cases, "refusal_class"), classes);
    let digests = json_of("vectors/schema/digests.schema.json");
    assert_eq!(set(&digests, "refusal_class"), classes);
    let forms = json!(Form::ALL.map(Form::as_str));
    assert_eq!(digests["$defs"]["case"]["properties"]["form"]["enum"], forms);
    assert_eq!(adapter["$defs"]["digest_request"]["properties"]["form"]["enum"], forms);
    assert_eq!(digests["$defs"]["revision"]["maximum"], Layout::builtin().revision);
    let report = json_of("conformance/schema/report.schema.json");
    let checks = &report["$defs"]["failure"]["properties"]["check"]["enum"];
    assert_eq!(*checks, json!(CheckKind::ALL.map(CheckKind::as_str)));
    assert_eq!(set(&adapter, "capability"), json!(Capability::ALL.map(Capability::as_str)));

    let scenarios = json_of("vectors/schema/scenarios.schema.json");
    assert_eq!(scenarios["$defs"]["revision"]["maximum"], Layout::builtin().revision);
    // What happens in a session is the same on the wire and in a file.
    for shared in ["stimulus", "pairs", "frame", "hash"] {
        assert_eq!(scenarios["$defs"][shared], adapter["$defs"][shared], "{shared}");
    }
    let shown = adapter["$defs"]["observation"]["properties"].as_object().unwrap();
    assert_eq!(shown.keys().collect::<Vec<_>>(), Member::ALL.map(Member::as_str));

    let requests = [
        "hello_request",
        "bytes_request",
        "encode_request",
        "digest_request",
        "session_request",
        "step_request",
    ];
    let mut ops: Vec<String> = requests
        .iter()
        .flat_map(|name| {
            let op = &adapter["$defs"][name]["properties"]["op"];
            let listed = op["enum"].as_array().cloned().unwrap_or_default();
            listed.into_iter().chain(op.get("const").cloned())
        })
        .map(|op| op.as_str().unwrap().to_owned())
        .collect();
    ops.sort();
    // A scenario is run by three requests.
    let codec = CheckKind::ALL.into_iter().filter(|kind| *kind != CheckKind::Run);
    let mut known: Vec<&str> = codec.map(CheckKind::as_str).collect();
    known.extend(["hello", "open", "step", "close"]);
    known.sort_unstable();
    assert_eq!(ops, known);

    let latest = Layout::builtin().revision;
    assert_eq!(adapter["$defs"]["hello_ok"]["properties"]["revision"]["maximum"], latest);
    assert_eq!(cases["$defs"]["revision"]["maximum"], latest);
}
