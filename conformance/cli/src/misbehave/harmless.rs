//! Adapters that behave unusually but correctly: the kit must report no failure.

use std::{
    io::{self, Write},
    time::Duration,
};

use serde_json::{Value, json};

use super::{
    adapter_process::AdapterProcess,
    conditions::{after_hello, always, at_hello, at_one_case},
    misbehaviour::{Misbehaviour, TIMEOUT},
    process::start_a_process_and_answer,
};

/// The same JSON with 15.0 in place of 15.
fn with_fractions(json: &Value) -> Value {
    match json {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        Value::Array(elements) => elements.iter().map(with_fractions).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), with_fractions(value))).collect()
        }
        other => other.clone(),
    }
}

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    let odd = [
        Misbehaviour::new(
            "a-byte-at-a-time",
            "writes each byte with a write of its own",
            |request| request.earlier < 40,
            |adapter, request| {
                let line = format!("{}\n", request.right_answer);
                line.as_bytes().chunks(1).try_for_each(|byte| adapter.write(byte))
            },
        ),
        Misbehaviour::new(
            "ends-lines-as-windows-does",
            "ends lines with CR LF",
            always,
            |adapter, request| adapter.write(format!("{}\r\n", request.right_answer).as_bytes()),
        ),
        Misbehaviour::new(
            "writes-empty-lines",
            "writes an empty line before every answer",
            always,
            |adapter, request| adapter.write(format!("\n\n{}\n", request.right_answer).as_bytes()),
        ),
        Misbehaviour::new(
            "answers-backwards",
            "answers the waiting requests in reverse order",
            always,
            AdapterProcess::answer_in_reverse,
        ),
        Misbehaviour::new(
            "says-more-than-it-must",
            "adds members that the protocol does not define",
            after_hello,
            |adapter, request| {
                adapter.answer(
                    &request.right_answer_with(&["took"], json!({"microseconds": [1, 2, 3]})),
                )
            },
        ),
        Misbehaviour::new(
            "writes-upper-case",
            "encodes to upper-case hex digits",
            |request| request.right_answer["ok"]["hex"].is_string(),
            |adapter, request| {
                let hex =
                    request.right_answer["ok"]["hex"].as_str().unwrap_or_default().to_uppercase();
                adapter.answer(&request.right_answer_with(&["ok", "hex"], json!(hex)))
            },
        ),
        Misbehaviour::new(
            "writes-integers-as-floats",
            "writes every integer with a fraction of zero, also ids and frames",
            always,
            |adapter, request| adapter.answer(&with_fractions(&request.right_answer)),
        ),
        Misbehaviour::new(
            "starts-slowly",
            "answers hello after 0.6 seconds",
            at_hello,
            |adapter, request| {
                adapter.sleep(Duration::from_millis(600))?;
                adapter.answer(&request.right_answer)
            },
        ),
        Misbehaviour::new(
            "answers-slowly",
            "takes a quarter of the timeout for one answer",
            at_one_case,
            |adapter, request| {
                adapter.sleep(TIMEOUT / 4)?;
                adapter.answer(&request.right_answer)
            },
        ),
        Misbehaviour::new(
            "logs-a-lot",
            "writes a page to standard error for every request",
            always,
            |adapter, request| {
                io::stderr().lock().write_all("so it goes\n".repeat(400).as_bytes())?;
                adapter.answer(&request.right_answer)
            },
        ),
        Misbehaviour::new(
            "is-not-alone",
            "starts a process that keeps its pipes open for an hour",
            at_hello,
            start_a_process_and_answer,
        ),
    ];
    odd.map(|misbehaviour| misbehaviour.expect(0, &[" 0 failed, 0 weak"])).to_vec()
}
