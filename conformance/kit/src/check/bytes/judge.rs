//! The judge of bytes: a pure function from what may be answered and what was answered to a verdict.
//!
//! It does no I/O and has no state: to check a verdict, read this file.

use rollwire_model::{Grade, Outcome, Value};
use serde_json::{Map, Value as Json};

use crate::{
    check::judgement::{Got, Judgement, answer, broken, error, graded, judge_reject, same_value},
    protocol::{Answer, Members, raw::each_member},
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
            Err(text) => error(Code::Malformed, text),
        },
        Answer::Reject { class, message } => judge_reject(outcomes, class, message),
        Answer::Unsupported | Answer::Error { .. } => broken(&answer),
    }
}

/// An accepted input: one of the outcomes, or a failure.
fn judge_ok(outcomes: &[(Grade, Outcome)], got: Got) -> Judgement {
    let matches = |outcome: &Outcome| match (outcome, &got) {
        (Outcome::Value(expected), Got::Value(value)) => same_value(expected, value),
        (Outcome::Bytes(expected), Got::Bytes(bytes)) => expected == bytes,
        _ => false,
    };
    if let Some((grade, _)) = outcomes.iter().find(|(_, outcome)| matches(outcome)) {
        return graded(*grade, got);
    }
    let acceptable = outcomes.iter().any(|(_, outcome)| !matches!(outcome, Outcome::Reject(_)));
    let code = match (&got, acceptable) {
        (_, false) => Code::Accepted,
        (Got::Bytes(_), true) => Code::WrongBytes,
        (_, true) => Code::WrongValue,
    };
    Judgement { verdict: Verdict::Fail, code: Some(code), got }
}

/// Reads `ok` as what the check asked for: bytes if any outcome or the lack of `type` says so.
fn read_ok(outcomes: &[(Grade, Outcome)], ok: &Members) -> Result<Got, String> {
    let wants_value = outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Value(_)));
    let (mut hex, mut has_type) = (None, false);
    if !wants_value {
        // Without a tree: the bytes of a long datagram are long too.
        each_member(ok.text(), |name, text| {
            match name {
                "hex" => hex = Some(text),
                "type" => has_type = true,
                _ => {}
            }
            Ok(())
        })?;
    }
    if wants_value || (has_type && hex.is_none()) {
        // No value of a case is so long, but for those that `judge_long` judges.
        if ok.text().len() > Members::LONGEST_READ {
            return Ok(Got::Long(shorten(ok.text())));
        }
        return read_value(&ok.read()?).map(Got::Value);
    }
    let hex = hex.ok_or("`ok` of the answer lacks `hex`")?;
    let text: String = serde_json::from_str(hex)
        .map_err(|_| format!("`ok.hex` of the answer is not text: {}", shorten(hex)))?;
    crate::protocol::hex::decode(&text)
        .map(Got::Bytes)
        .map_err(|fault| format!("`ok.hex` of the answer is no hex: {fault}"))
}

fn read_value(ok: &Map<String, Json>) -> Result<Value, String> {
    let message = match ok.get("type") {
        Some(Json::String(name)) => name.clone(),
        Some(other) => {
            return Err(format!("`ok.type` of the answer is not text: {}", shown(other)));
        }
        None => return Err("`ok` of the answer lacks `type`".to_owned()),
    };
    match ok.get("fields") {
        Some(Json::Object(fields)) => Ok(Value { message, fields: fields.clone() }),
        Some(other) => Err(format!("`ok.fields` of the answer is not an object: {}", shown(other))),
        None => Err("`ok` of the answer lacks `fields`".to_owned()),
    }
}

fn shown(value: &Json) -> String {
    shorten(&value.to_string())
}
