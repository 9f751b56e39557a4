//! `rollwire.toml`, as its schema describes it to editors, and as rollwire reads it.

use rollwire_conformance::settings::{FORMATS, KEYS, WATCH_KEYS, parse};
use rollwire_model::Layout;
use serde_json::Value;

use crate::schemas::{assert_valid, json_of, validator};

const SCHEMA: &str = "conformance/kit/schema/settings.schema.json";

fn names(object: &Value) -> Vec<String> {
    object["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_schema_of_settings_lists_every_key_and_format() {
    let schema = json_of(SCHEMA);
    assert_eq!(names(&schema), KEYS);
    assert_eq!(names(&schema["properties"]["reports"]), FORMATS);
    assert_eq!(names(&schema["properties"]["watch"]), WATCH_KEYS);
    assert_eq!(schema["properties"]["revision"]["maximum"], Layout::builtin().revision);
}

/// Each text is right for both or wrong for both.
#[test]
fn settings_are_judged_alike_by_schema_and_reader() {
    let validator = validator(&json_of(SCHEMA));
    let chapter = include_str!("../../../../SETTINGS.md");
    let example = chapter.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let json = |text: &str| -> Value {
        serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap()
    };
    assert_valid(&validator, &json(example), "the example of the chapter");
    for text in
        [example, "", "timeout = \"0\"", "deadline = \"1h 30m\"", "adapter = \"tcp:[::1]:1\""]
    {
        assert!(validator.is_valid(&json(text)) && parse(text).is_ok(), "{text}");
    }
    for text in [
        "stict = true",
        "strict = 1",
        "fresh = 1001",
        "revision = 0",
        "revision = 99",
        "window = 0",
        "restarts = -1",
        "timeout = 5",
        "timeout = \"5\"",
        "command = \"node\"",
        "command = []",
        "adapter = \"udp:a:1\"",
        "command = [\"a\"]\nadapter = \"tcp:a:1\"",
        "baseline = \"\"",
        "vectors = [1]",
        "reports = { xml = \"a\" }",
        "watch = { path = [] }",
        "watch = { ignore = \"*\" }",
    ] {
        assert!(!validator.is_valid(&json(text)), "the schema accepts {text}");
        assert!(parse(text).is_err(), "the reader accepts {text}");
    }
}

/// The table of the chapter names each key.
#[test]
fn the_chapter_on_settings_names_every_key() {
    let chapter = include_str!("../../../../SETTINGS.md");
    let cells = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let named: Vec<&str> =
        cells.flat_map(|cell| cell.trim_end_matches('`').split("`, `")).collect();
    assert_eq!(named, KEYS);
}
