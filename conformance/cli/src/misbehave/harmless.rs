//! Adapters that are odd and right: they conform, and nothing is said against them.

use std::{
    io::{self, Write},
    time::Duration,
};

use serde_json::json;

use super::{
    Misbehaviour, TIMEOUT, always, at_hello, at_one, behind_hello, process::with_a_grand_child,
    stage::Stage,
};

pub(super) fn rows() -> Vec<Misbehaviour> {
    let odd = [
        Misbehaviour::new(
            "a-byte-at-a-time",
            "writes every byte for itself",
            |it| it.before < 40,
            |stage, it| {
                let line = format!("{}\n", it.right);
                line.as_bytes().chunks(1).try_for_each(|byte| stage.write(byte))
            },
        ),
        Misbehaviour::new(
            "ends-lines-as-windows-does",
            "ends lines with two bytes",
            always,
            |stage, it| stage.write(format!("{}\r\n", it.right).as_bytes()),
        ),
        Misbehaviour::new(
            "writes-empty-lines",
            "writes an empty line before every answer",
            always,
            |stage, it| stage.write(format!("\n\n{}\n", it.right).as_bytes()),
        ),
        Misbehaviour::new(
            "answers-backwards",
            "answers what waits in reverse order",
            always,
            Stage::hold,
        ),
        Misbehaviour::new(
            "says-more-than-it-must",
            "adds members that nobody knows",
            behind_hello,
            |stage, it| stage.answer(&it.but(&["took"], json!({"microseconds": [1, 2, 3]}))),
        ),
        Misbehaviour::new(
            "writes-upper-case",
            "encodes into upper-case digits",
            |it| it.right["ok"]["hex"].is_string(),
            |stage, it| {
                let hex = it.right["ok"]["hex"].as_str().unwrap_or_default().to_uppercase();
                stage.answer(&it.but(&["ok", "hex"], json!(hex)))
            },
        ),
        Misbehaviour::new("starts-slowly", "takes 0.6 s to start", at_hello, |stage, it| {
            stage.sleep(Duration::from_millis(600))?;
            stage.answer(&it.right)
        }),
        Misbehaviour::new(
            "answers-slowly",
            "takes a quarter of its time for one answer",
            at_one,
            |stage, it| {
                stage.sleep(TIMEOUT / 4)?;
                stage.answer(&it.right)
            },
        ),
        Misbehaviour::new(
            "logs-a-lot",
            "writes a page to standard error for every request",
            always,
            |stage, it| {
                io::stderr().lock().write_all("so it goes\n".repeat(400).as_bytes())?;
                stage.answer(&it.right)
            },
        ),
        Misbehaviour::new(
            "is-not-alone",
            "starts a process that holds its pipes for an hour",
            at_hello,
            with_a_grand_child,
        ),
    ];
    odd.map(|it| it.is(0, &[" 0 failed, 0 weak"])).to_vec()
}
