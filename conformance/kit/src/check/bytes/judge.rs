//! The judge of bytes: a pure function from what may be answered and what was answered to a verdict.
//!
//! It does no I/O and has no state: to check a verdict, read this file.

use rollwire_model::{Grade, Outcome, Value};
use serde_json::{Map, Value as Json};

use crate::{
    check::judgement::{
        Answered, Judgement, answer, broken, graded, judge_reject, malformed, same_value,
    },
    protocol::{
        Answer, Malformed, Members, hex,
        raw::{each_member, once},
    },
    runner::Reply,
    text::shorten,
    verdict::{Code, Verdict},
};

pub use super::long::judge_long;

/// Judges one reply against the graded outcomes, the preferred one first.
#[must_use]
pub fn judge(outcomes: &[(Grade, Outcome)], reply: Reply) -> Judgement {
    let answer = match answer(reply) {
        Ok(answer) => answer,
        Err(judgement) => return judgement,
    };
    match answer {
        Answer::Ok(ok) => match read_ok(outcomes, &ok) {
            Ok(got) => judge_ok(outcomes, got),
            Err(fault) => malformed(&fault),
        },
        Answer::Reject { class, message } => judge_reject(outcomes, class, message),
        Answer::Unsupported | Answer::Error { .. } => broken(&answer),
    }
}

/// The judgement on an accepted input: one of the outcomes, or a failure.
fn judge_ok(outcomes: &[(Grade, Outcome)], got: Answered) -> Judgement {
    let matches = |outcome: &Outcome| match (outcome, &got) {
        (Outcome::Value(expected), Answered::Value(value)) => same_value(expected, value),
        (Outcome::Bytes(expected), Answered::Bytes(bytes)) => expected == bytes,
        _ => false,
    };
    if let Some((grade, _)) = outcomes.iter().find(|(_, outcome)| matches(outcome)) {
        return graded(*grade, got);
    }
    let acceptable = outcomes.iter().any(|(_, outcome)| !matches!(outcome, Outcome::Reject(_)));
    let code = match (&got, acceptable) {
        (_, false) => Code::Accepted,
        (Answered::Bytes(_), true) => Code::WrongBytes,
        (_, true) => Code::WrongValue,
    };
    Judgement { verdict: Verdict::Fail, code: Some(code), got }
}

/// Reads `ok` as what the check asked for: bytes, unless an outcome is a value, or `ok` has a `type` and no
/// `hex`.
fn read_ok(outcomes: &[(Grade, Outcome)], ok: &Members) -> Result<Answered, Malformed> {
    let wants_value = outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Value(_)));
    let (mut digits, mut has_type) = (None, false);
    if !wants_value {
        // Read without a tree, because the hex of a long datagram is long too.
        each_member("ok", ok.text(), |name, json| {
            match name {
                "hex" => return once(&mut digits, "ok.hex", json),
                "type" => has_type = true,
                _ => {}
            }
            Ok(())
        })?;
    }
    if wants_value || (has_type && digits.is_none()) {
        // Only values that `judge_long` judges are so long.
        let text = ok.compact();
        if text.len() > Members::LONGEST_READ {
            return Ok(Answered::Long(shorten(&text)));
        }
        return read_value(&ok.read()?).map(Answered::Value);
    }
    let digits = digits.ok_or(Malformed::Lacks("hex"))?;
    let member = "ok.hex";
    let text: String =
        serde_json::from_str(digits).map_err(|_| Malformed::not_text(member, digits))?;
    hex::decode(&text).map(Answered::Bytes).map_err(|fault| Malformed::NotHex { member, fault })
}

fn read_value(ok: &Map<String, Json>) -> Result<Value, Malformed> {
    let message = match ok.get("type") {
        Some(Json::String(name)) => name.clone(),
        Some(other) => return Err(Malformed::not_text("ok.type", &other.to_string())),
        None => return Err(Malformed::Lacks("type")),
    };
    match ok.get("fields") {
        Some(Json::Object(fields)) => Ok(Value { message, fields: fields.clone() }),
        Some(other) => Err(Malformed::not_an_object("ok.fields", &other.to_string())),
        None => Err(Malformed::Lacks("fields")),
    }
}
