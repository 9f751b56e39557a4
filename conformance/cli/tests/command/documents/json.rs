//! The JSON of the adapter protocol: it parses, keeps to the schema, and says what is true.

use rollwire_model::exchange::Stimulus;
use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Value, json};

use crate::documents::markdown::{code_spans, lines, rows, text};

/// A validator for one definition of the adapter protocol's schema.
fn validator(definition: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(&text("spec/adapter.schema.json")).unwrap();
    let members = schema.as_object_mut().unwrap();
    members.remove("anyOf");
    members.insert("$ref".to_owned(), json!(format!("#/$defs/{definition}")));
    jsonschema::validator_for(&schema).unwrap()
}

/// Every JSON object of the chapter that is written out.
fn objects() -> Vec<(usize, Value)> {
    let document = text("spec/adapter.md");
    let mut objects = Vec::new();
    for line in lines(&document) {
        let spans = if line.fence.is_some() {
            line.text.split('\'').filter(|part| part.starts_with('{')).collect()
        } else {
            code_spans(line.text)
        };
        for span in spans.into_iter().filter(|span| span.starts_with('{') && !span.contains('…'))
        {
            let value = serde_json::from_str(span)
                .unwrap_or_else(|error| panic!("spec/adapter.md:{}: {error}: {span}", line.number));
            objects.push((line.number, value));
        }
    }
    objects
}

#[test]
fn every_object_keeps_to_the_schema() {
    let (request, answer) = (validator("request"), validator("answer"));
    let stimulus = validator("stimulus");
    let (mut requests, mut answers, mut stimuli) = (0, 0, 0);
    for (number, value) in objects() {
        let (count, fault) = if value.get("op").is_some() {
            (&mut requests, request.validate(&value).err().map(|error| error.to_string()))
        } else if serde_json::from_value::<Stimulus>(value.clone()).is_ok() {
            (&mut stimuli, stimulus.validate(&value).err().map(|error| error.to_string()))
        } else {
            let whole = value.get("id").is_some();
            let value = if whole { value } else { json!({"id": 0, "ok": value}) };
            (&mut answers, answer.validate(&value).err().map(|error| error.to_string()))
        };
        *count += 1;
        assert_eq!(fault, None, "spec/adapter.md:{number}");
    }
    assert!(requests >= 9 && answers >= 9, "{requests} requests, {answers} answers");
    assert_eq!(stimuli, 16, "every form of a stimulus stands there once");
}

#[test]
fn the_answers_beside_the_requests_are_true() {
    let document = text("spec/adapter.md");
    let mut asked = 0;
    let mut sessions = Sessions::default();
    for row in rows(&document, "op") {
        let Some(request) =
            code_spans(row[1]).first().filter(|span| span.starts_with('{')).copied()
        else {
            continue;
        };
        let answer = answer_within(&mut sessions, request.as_bytes());
        asked += 1;
        match code_spans(row[2])[..] {
            ["unsupported"] => assert!(answer.get("unsupported").is_some(), "{request}: {answer}"),
            // Who answers differs; that the nonce comes back does not.
            [ok] if row[0] == "`hello`" => {
                let ok: Value = serde_json::from_str(ok).unwrap();
                assert_eq!(answer["ok"]["nonce"], ok["nonce"]);
            }
            [ok] => {
                let ok: Value = serde_json::from_str(ok).unwrap();
                assert!(holds(&answer["ok"], &ok), "{request}: {answer}");
            }
            ref spans => panic!("{request}: {spans:?}"),
        }
    }
    assert_eq!(asked, 11);
}

/// Whether an answer has everything that is said of it; an observation may show more.
fn holds(answer: &Value, said: &Value) -> bool {
    match (answer, said) {
        (Value::Object(answer), Value::Object(said)) => said
            .iter()
            .all(|(name, said)| answer.get(name).is_some_and(|answer| holds(answer, said))),
        (Value::Array(answer), Value::Array(said)) => {
            answer.len() == said.len()
                && answer.iter().zip(said).all(|(answer, said)| holds(answer, said))
        }
        _ => answer == said,
    }
}

/// The session that is written out whole: `> request`, and behind it `< answer` on some lines.
#[test]
fn the_session_of_the_chapter_is_true() {
    let document = text("spec/adapter.md");
    let session = document.split("```text\n> ").nth(1).expect("a session in a block");
    let session = session.split("\n```").next().unwrap_or_default();
    let mut sessions = Sessions::default();
    let mut asked = 0;
    for exchange in session.split("\n> ") {
        let (request, said) = exchange.split_once("\n< ").expect("an answer to each request");
        let answer = answer_within(&mut sessions, request.as_bytes());
        assert_eq!(answer, serde_json::from_str::<Value>(said).expect("JSON"), "{request}");
        asked += 1;
    }
    assert_eq!(asked, 3);
}

/// The line to type by hand, in front of the built-in adapter.
#[cfg(unix)]
#[test]
fn the_line_to_type_by_hand_works() {
    let mut typed = 0;
    for path in crate::documents::markdown::files("", &["md"]) {
        let document = text(path.to_str().unwrap());
        for line in document.lines().map(str::trim).filter(|line| line.starts_with("printf '%s")) {
            let (printf, _) = line.split_once(" | ").expect("a pipe");
            let adapter = format!("{printf} | '{}' adapter", env!("CARGO_BIN_EXE_rollwire"));
            let output =
                std::process::Command::new("sh").args(["-c", &adapter]).output().expect("sh");
            let answer: Value = serde_json::from_slice(&output.stdout)
                .unwrap_or_else(|error| panic!("{}: {line}: {error}", path.display()));
            assert!(answer.get("ok").is_some(), "{}: {line}: {answer}", path.display());
            typed += 1;
        }
    }
    assert!(typed >= 3, "only {typed} lines");
}
