//! Right answers as an adapter writes them, each behind the number of its question.

use rollwire_model::{Outcome, hex};
use serde_json::{Value as Json, json};

use crate::targets::adapter_line::{NONCE, QUESTIONS, Question};

/// One question in so many has seeds: more of them make a fuzzer try each less often.
const ONE_IN: usize = 16;

/// A line for every outcome of some questions, the first two among them, which are no checks.
pub(super) fn lines() -> Vec<(String, Vec<u8>)> {
    let mut lines = Vec::new();
    for (number, question) in QUESTIONS.iter().enumerate() {
        if number > 1 && !number.is_multiple_of(ONE_IN) {
            continue;
        }
        let Ok(place) = u16::try_from(number) else { break };
        for (answer, members) in answers(question).into_iter().enumerate() {
            let mut line = json!({ "id": 7 });
            line.as_object_mut().into_iter().for_each(|line| line.extend(members.clone()));
            let bytes = [&place.to_le_bytes()[..], line.to_string().as_bytes()].concat();
            lines.push((format!("{number:04}-{answer}"), bytes));
        }
    }
    lines
}

/// The members of right answers to a question.
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
        // The right answer is as long as the message; its beginning is enough to start from.
        Question::Long => vec![json!({ "ok": { "type": "input_response", "fields": {
            "player": 1,
            "entries": [{ "frame": 0, "action": 0 }],
        } } })],
        Question::Check(outcomes) => outcomes.iter().map(|(_, outcome)| of(outcome)).collect(),
        Question::Step(observations) => {
            vec![json!({ "ok": { "observations": observations } })]
        }
    };
    answers.into_iter().filter_map(|answer| answer.as_object().cloned()).collect()
}

fn of(outcome: &Outcome) -> Json {
    match outcome {
        Outcome::Value(value) => json!({ "ok": value }),
        Outcome::Bytes(bytes) => json!({ "ok": { "hex": hex::plain(bytes) } }),
        Outcome::Reject(class) => json!({ "reject": { "class": class.as_str() } }),
    }
}
