//! The schemas themselves, and the closed sets that they list.

use rollwire_model::{
    Capability, Layout, RefusalClass, digest::Form, exchange::Member, vectors::CheckKind,
};
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
    for name in names("conformance/kit/schema") {
        let path = format!("conformance/kit/schema/{name}");
        schemas.push((name, json_of(&path)));
    }
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
fn the_schemas_know_every_revision() {
    let latest = json!(Layout::builtin().revision);
    for name in ["cases", "digests", "scenarios"] {
        let schema = json_of(&format!("vectors/schema/{name}.schema.json"));
        assert_eq!(schema["$defs"]["revision"]["maximum"], latest, "{name}");
    }
    let adapter = json_of("spec/adapter.schema.json");
    assert_eq!(adapter["$defs"]["hello_ok"]["properties"]["revision"]["maximum"], latest);
}

#[test]
fn the_closed_sets_are_those_of_the_code() {
    let adapter = json_of("spec/adapter.schema.json");
    let set = |schema: &Value, definition: &str| schema["$defs"][definition]["enum"].clone();

    let digests = json_of("vectors/schema/digests.schema.json");
    let forms = json!(Form::ALL.map(Form::as_str));
    assert_eq!(digests["$defs"]["case"]["properties"]["form"]["enum"], forms);
    assert_eq!(adapter["$defs"]["digest_request"]["properties"]["form"]["enum"], forms);
    let report = json_of("conformance/kit/schema/report.schema.json");
    let checks = &report["$defs"]["failure"]["properties"]["check"]["enum"];
    assert_eq!(*checks, json!(CheckKind::ALL.map(CheckKind::as_str)));
    assert_eq!(set(&adapter, "capability"), json!(Capability::ALL.map(Capability::as_str)));

    let messages: Vec<&str> =
        Layout::builtin().messages.iter().map(|message| &*message.name).collect();
    assert_eq!(set(&adapter, "message"), json!(messages));

    let scenarios = json_of("vectors/schema/scenarios.schema.json");
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
    // A scenario is run by four kinds of requests.
    let codec = CheckKind::ALL.into_iter().filter(|kind| *kind != CheckKind::Run);
    let mut known: Vec<&str> = codec.map(CheckKind::as_str).collect();
    known.extend(["hello", "open", "step", "advance", "close"]);
    known.sort_unstable();
    assert_eq!(ops, known);
}

/// Every schema of the repository, by path.
fn schemas() -> Vec<(String, Value)> {
    let mut paths: Vec<String> =
        names("vectors/schema").iter().map(|name| format!("vectors/schema/{name}")).collect();
    let kit = names("conformance/kit/schema");
    paths.extend(kit.iter().map(|name| format!("conformance/kit/schema/{name}")));
    paths.extend(["adapter", "capture"].map(|name| format!("spec/{name}.schema.json")));
    paths.into_iter().map(|path| (path.clone(), json_of(&path))).collect()
}

/// Calls `visit` for a schema and for every schema in it, each with the name that it is stored under.
fn each_schema(name: &str, schema: &Value, visit: &mut impl FnMut(&str, &Value)) {
    visit(name, schema);
    for (key, below) in schema.as_object().into_iter().flatten() {
        each_schema(key, below, visit);
    }
    for below in schema.as_array().into_iter().flatten() {
        each_schema(name, below, visit);
    }
}

#[test]
fn every_schema_lists_the_refusal_classes_and_capabilities_of_the_model() {
    let classes = RefusalClass::ALL.map(RefusalClass::as_str);
    let (mut complete, mut required) = (0, 0);
    for (path, schema) in schemas() {
        each_schema("", &schema, &mut |name, schema| {
            let Some(values) = schema["enum"].as_array() else { return };
            let words: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            // A class that no other list has tells a list of classes from every other one.
            if name == "refusal_class" || words.contains(&RefusalClass::UnknownType.as_str()) {
                assert_eq!(words, classes, "{path}: {name}");
                complete += 1;
            }
            if words.iter().any(|word| Capability::named(word).is_some_and(is_required)) {
                let unknown = words.iter().find(|word| Capability::named(word).is_none());
                assert_eq!(unknown, None, "{path}: {name}");
                required += 1;
            }
        });
    }
    assert_eq!((complete, required), (4, 3), "how often the lists stand in the schemas");
}

/// Whether a case can require the capability beside the operation that it is asked by.
fn is_required(capability: Capability) -> bool {
    matches!(capability, Capability::Inspect | Capability::Detect | Capability::NanPayload)
}

#[test]
fn every_schema_knows_the_latest_revision() {
    let latest = Layout::builtin().revision;
    let mut found = 0;
    for (path, schema) in schemas() {
        each_schema("", &schema, &mut |name, schema| {
            if name != "revision" || schema["maximum"].is_null() {
                return;
            }
            // A report can come from a kit that knows later revisions: any byte may stand there.
            let expected = if path.ends_with("report.schema.json") { u8::MAX } else { latest };
            assert_eq!(schema["maximum"], expected, "{path}");
            found += 1;
        });
    }
    assert!(found >= 4, "{found} revisions");
}
