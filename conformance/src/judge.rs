//! The judge: a pure function from what may be answered and what was answered to a verdict.
//!
//! No I/O, no state, no knowledge of processes; whoever doubts a verdict reads this file.

mod long;

use rollwire_model::{Grade, Outcome, RefusalClass, Value};
use serde_json::{Map, Value as Json};

pub use self::long::judge_long;
use crate::{
    protocol::{Answer, Members, raw::each_member},
    runner::{FaultKind, Reply},
    text::shorten,
    verdict::{Code, Verdict},
};

/// A verdict with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong, unless it passed.
    pub code: Option<Code>,
    /// What was answered, as far as it could be read.
    pub got: Got,
}

/// What an adapter answered, in the judge's terms.
#[derive(Clone, Debug, PartialEq)]
pub enum Got {
    /// A value.
    Value(Value),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A refusal, with its class and words if any.
    Reject {
        /// The class, as it was written.
        class: Option<String>,
        /// The implementation's own words.
        message: Option<String>,
    },
    /// A long value, as far as its first difference from the right one.
    Different {
        /// The path of the difference.
        path: String,
        /// What should be there.
        expected: String,
        /// What is there.
        got: String,
    },
    /// The beginning of a value that is longer than any that could be right.
    Long(String),
    /// Nothing that could be judged, and why.
    Nothing(String),
}

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

/// The answers of a reply; the judgement itself where there are none.
///
/// # Errors
/// Whatever went wrong, as a verdict.
pub fn answers(reply: Reply) -> Result<Vec<Answer>, Judgement> {
    Err(match reply {
        Reply::Answered(answers) => return Ok(answers),
        Reply::Malformed(text) => error(Code::Malformed, text),
        Reply::Fault(fault) => {
            let code = match fault.kind {
                FaultKind::Crash => Code::Crash,
                FaultKind::Timeout => Code::Timeout,
                FaultKind::Garbage => Code::Garbage,
            };
            error(code, fault.text)
        }
        Reply::Unstable(fault) => {
            error(Code::Unstable, format!("{}; asked again alone, it answered", fault.text))
        }
        Reply::NotRun => {
            let got = Got::Nothing("the run ended before".to_owned());
            Judgement { verdict: Verdict::NotRun, code: None, got }
        }
    })
}

/// The one answer of a reply to one request.
pub(crate) fn answer(reply: Reply) -> Result<Answer, Judgement> {
    let mut answers = answers(reply)?;
    let missing = || error(Code::Malformed, "no answer".to_owned());
    answers.pop().ok_or_else(missing)
}

/// The judgement on an answer that says that something broke.
#[must_use]
pub fn broken(answer: &Answer) -> Judgement {
    match answer {
        Answer::Error { message } => error(Code::AdapterError, format!("an error: {message}")),
        Answer::Unsupported => Judgement {
            verdict: Verdict::Fail,
            code: Some(Code::Unsupported),
            got: Got::Nothing("`unsupported`, though the capability is declared".to_owned()),
        },
        other => {
            let kind = other.kind();
            let text = format!("the answer to a request of a session is `{kind}`; expected `ok`");
            error(Code::Malformed, text)
        }
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

/// A refusal: if one is an outcome, a wrong class is weak and never a failure.
pub(crate) fn judge_reject(
    outcomes: &[(Grade, Outcome)],
    class: Option<String>,
    message: Option<String>,
) -> Judgement {
    let refusals: Vec<(Grade, RefusalClass)> = outcomes
        .iter()
        .filter_map(|(grade, outcome)| match outcome {
            Outcome::Reject(class) => Some((*grade, *class)),
            _ => None,
        })
        .collect();
    let named = class.clone();
    let got = Got::Reject { class, message };
    let Some((grade, _)) = refusals.first() else {
        return Judgement { verdict: Verdict::Fail, code: Some(Code::Refused), got };
    };
    match named {
        None => graded(*grade, got),
        Some(named) => match refusals.iter().find(|(_, class)| class.as_str() == named) {
            Some((grade, _)) => graded(*grade, got),
            None => Judgement { verdict: Verdict::Weak, code: Some(Code::WrongClass), got },
        },
    }
}

pub(crate) fn graded(grade: Grade, got: Got) -> Judgement {
    match grade {
        Grade::Pass => Judgement { verdict: Verdict::Pass, code: None, got },
        Grade::Weak => Judgement { verdict: Verdict::Weak, code: Some(Code::Alternative), got },
    }
}

/// An error with its reason.
#[must_use]
pub fn error(code: Code, text: String) -> Judgement {
    Judgement { verdict: Verdict::Error, code: Some(code), got: Got::Nothing(text) }
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
    crate::hex::decode(&text)
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

/// Whether two values are the same: names in any order, `1` and `1.0` the same number.
#[must_use]
pub fn same_value(left: &Value, right: &Value) -> bool {
    left.message == right.message && same_members(&left.fields, &right.fields)
}

fn same_members(left: &Map<String, Json>, right: &Map<String, Json>) -> bool {
    left.len() == right.len()
        && left.iter().all(|(name, one)| right.get(name).is_some_and(|other| same_json(one, other)))
}

/// Whether two JSON values are the same, as [`same_value`] has it.
#[must_use]
pub fn same_json(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(one), Json::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| same_json(one, other))
        }
        (Json::Object(one), Json::Object(other)) => same_members(one, other),
        _ => left == right,
    }
}
