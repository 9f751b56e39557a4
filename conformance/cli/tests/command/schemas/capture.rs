//! The lines of captures.

use rollwire_capture::line::Line;
use serde_json::Value;

use crate::{
    documents::markdown::text,
    schemas::{assert_valid, json_of, validator},
};

#[test]
fn the_example_of_the_chapter_follows_the_schema() {
    let schema = validator(&json_of("spec/capture.schema.json"));
    let chapter = text("spec/capture.md");
    let example = chapter.split("```jsonl\n").nth(1).unwrap().split("```").next().unwrap();
    for line in example.lines() {
        assert_valid(&schema, &serde_json::from_str(line).unwrap(), line);
    }
}

/// The schema and the reader accept the same lines.
#[test]
fn the_schema_refuses_what_cannot_be_read() {
    let schema = validator(&json_of("spec/capture.schema.json"));
    let lines = [
        (true, r#"{"capture":1}"#),
        (
            true,
            r#"{"capture":1,"peer":"ann","revision":1,"origin":-1.5,"redundancy":15,"tap":"a"}"#,
        ),
        (true, r#"{"at":0,"sent":""}"#),
        (true, r#"{"at":1e15,"n":3,"received":{"text":"x","more":1},"buffered":5,"more":[]}"#),
        (true, r#"{"at":0.25,"missing":18446744073709551615}"#),
        (true, r#"{"at":0,"error":""}"#),
        (true, r#"{"at":0,"channel":"closed"}"#),
        (false, r#"{"capture":2}"#),
        (false, r#"{"capture":1,"revision":0}"#),
        (false, r#"{"capture":1,"revision":8}"#),
        (false, r#"{"capture":1,"redundancy":0}"#),
        (false, r#"{"capture":1,"peer":5}"#),
        (false, r#"{"at":0}"#),
        (false, r#"{"sent":"00"}"#),
        (false, r#"{"at":-0.5,"sent":"00"}"#),
        (false, r#"{"at":2e15,"sent":"00"}"#),
        (false, r#"{"at":0,"sent":"0"}"#),
        (false, r#"{"at":0,"sent":"0g"}"#),
        (false, r#"{"at":0,"sent":{}}"#),
        (false, r#"{"at":0,"sent":"00","refused":"00"}"#),
        (false, r#"{"at":0,"channel":"ajar"}"#),
        (false, r#"{"at":0,"missing":-1}"#),
        (false, r#"{"at":0,"sent":"00","buffered":"5"}"#),
        (false, r"[]"),
    ];
    for (is_right, line) in lines {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(schema.is_valid(&value), is_right, "{line}");
        assert_eq!(Line::read(line.as_bytes()).is_ok(), is_right, "{line}");
    }
}
