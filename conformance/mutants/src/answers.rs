//! The answers of a mutant in the form of the adapter protocol, and the kit's judgement of them.

use rollwire_conformance::{
    check::{bytes::judge::judge, judgement::Judgement},
    protocol::parse_line,
    runner::Reply,
};
use rollwire_model::{Grade, Outcome, hex};
use serde_json::{Value as Json, json};

/// The member of an answer besides its id.
pub(crate) type Answer = (&'static str, Json);

/// The kit's judgement of an outcome, as if an adapter had answered with it.
pub(crate) fn judged(expected: &[(Grade, Outcome)], got: &Outcome) -> Judgement {
    let reply = match parse_line(line(0, &outcome(got)).as_bytes()) {
        Ok(line) => match line.answer {
            Ok(answer) => Reply::Answered(vec![answer]),
            Err(malformed) => Reply::Malformed(malformed),
        },
        // The line was written here: it is JSON, and has an id.
        Err(_) => Reply::NotRun,
    };
    judge(expected, reply)
}

/// An answer with the id of its request, without a line end.
pub(crate) fn line(id: u64, (member, body): &Answer) -> String {
    json!({"id": id, *member: body}).to_string()
}

pub(crate) fn outcome(outcome: &Outcome) -> Answer {
    match outcome {
        Outcome::Value(value) => ("ok", json!({"type": value.message, "fields": value.fields})),
        Outcome::Bytes(bytes) => ("ok", json!({"hex": hex::plain(bytes)})),
        Outcome::Reject(class) => ("reject", json!({"class": class.as_str()})),
    }
}

pub(crate) fn error(text: &str) -> Answer {
    ("error", json!({"message": text}))
}
