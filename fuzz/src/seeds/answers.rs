//! Right answers as an adapter writes them, each after the index of its question.

use rollwire_model::{Outcome, hex};
use serde_json::{Value as Json, json};

use crate::questions::{NONCE, QUESTIONS, Question};

/// One in this many questions has seeds: with more of them, a fuzzer tries each less often.
const QUESTIONS_PER_SEED: usize = 16;

/// A line for every right answer to some questions. The first two, which are not checks, are always
/// among them.
pub(super) fn lines() -> Vec<(String, Vec<u8>)> {
    let mut lines = Vec::new();
    for (index, question) in QUESTIONS.iter().enumerate() {
        if index > 1 && !index.is_multiple_of(QUESTIONS_PER_SEED) {
            continue;
        }
        let Ok(wire_index) = u16::try_from(index) else { break };
        for (number, members) in answers(question).into_iter().enumerate() {
            let mut line = json!({ "id": 7 });
            line.as_object_mut().into_iter().for_each(|line| line.extend(members.clone()));
            let bytes = [&wire_index.to_le_bytes()[..], line.to_string().as_bytes()].concat();
            lines.push((format!("{index:04}-{number}"), bytes));
        }
    }
    lines
}

/// The right answers to a question, without their ids.
fn answers(question: &Question) -> Vec<serde_json::Map<String, Json>> {
    let answers = match question {
        Question::Hello => vec![json!({ "ok": {
            "protocol": 1,
            "nonce": NONCE,
            "impl": { "name": "seed", "version": "1", "language": "Rust" },
            "revision": 7,
            "capabilities": ["decode", "encode", "exchange", "inspect", "detect"],
            "window": 64,
            "sessions": 2,
        } })],
        // The whole answer is as long as the message; its beginning is enough to start from.
        Question::Long => vec![json!({ "ok": { "type": "input_response", "fields": {
            "player": 1,
            "entries": [{ "frame": 0, "action": 0 }],
        } } })],
        Question::Check(outcomes) => outcomes.iter().map(|(_, outcome)| answer(outcome)).collect(),
        Question::Step(observations) => {
            vec![json!({ "ok": { "observations": observations } })]
        }
    };
    answers.into_iter().filter_map(|answer| answer.as_object().cloned()).collect()
}

fn answer(outcome: &Outcome) -> Json {
    match outcome {
        Outcome::Value(value) => json!({ "ok": value }),
        Outcome::Bytes(bytes) => json!({ "ok": { "hex": hex::plain(bytes) } }),
        Outcome::Reject(class) => json!({ "reject": { "class": class.as_str() } }),
    }
}
