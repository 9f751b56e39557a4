//! The judge: a pure function from what may be answered and what was answered to a verdict.
//!
//! It does no I/O, has no state, and knows nothing of processes.

use rollwire_model::{Grade, Outcome, RefusalClass, Value};
use serde_json::{Map, Value as Json};

use crate::{
    protocol::{Answer, Malformed},
    runner::{FaultKind, Reply},
    verdict::{Code, Verdict},
};

/// A verdict with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong, unless it passed.
    pub code: Option<Code>,
    /// What was answered.
    pub got: Answered,
}

/// What an adapter answered, as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
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
    /// The beginning of a value that is longer than every right one.
    Long(String),
    /// Nothing that can be judged, and why.
    Nothing(String),
}

/// The answers of a reply.
///
/// # Errors
/// What went wrong instead, as a judgement.
pub fn answers(reply: Reply) -> Result<Vec<Answer>, Judgement> {
    Err(match reply {
        Reply::Answered(answers) => return Ok(answers),
        Reply::Malformed(malformed) => self::malformed(&malformed),
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
        Reply::NotRun => not_run(),
    })
}

/// The one answer of a reply to one request.
pub(crate) fn answer(reply: Reply) -> Result<Answer, Judgement> {
    answers(reply)?.pop().ok_or_else(not_run)
}

/// A check that was not asked.
impl Default for Judgement {
    fn default() -> Self {
        not_run()
    }
}

fn not_run() -> Judgement {
    let got = Answered::Nothing("the run ended before".to_owned());
    Judgement { verdict: Verdict::NotRun, code: None, got }
}

/// The judgement on an answer that is neither a result nor a refusal that was asked for.
#[must_use]
pub fn broken(answer: &Answer) -> Judgement {
    match answer {
        Answer::Error { message } => error(Code::AdapterError, format!("an error: {message}")),
        Answer::Unsupported => Judgement {
            verdict: Verdict::Fail,
            code: Some(Code::Unsupported),
            got: Answered::Nothing("`unsupported`, though the capability is declared".to_owned()),
        },
        other => malformed(&Malformed::NotOk(other.kind())),
    }
}

/// The judgement on a refusal. Where refusing is right, a wrong class is weak and never a failure.
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
    let got = Answered::Reject { class, message };
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

pub(crate) fn graded(grade: Grade, got: Answered) -> Judgement {
    match grade {
        Grade::Pass => Judgement { verdict: Verdict::Pass, code: None, got },
        Grade::Weak => Judgement { verdict: Verdict::Weak, code: Some(Code::Alternative), got },
    }
}

/// The judgement on a malformed answer.
#[must_use]
pub fn malformed(malformed: &Malformed) -> Judgement {
    error(Code::Malformed, malformed.to_string())
}

fn error(code: Code, text: String) -> Judgement {
    Judgement { verdict: Verdict::Error, code: Some(code), got: Answered::Nothing(text) }
}

/// Whether two values are the same. The order of names does not matter, and `1` and `1.0` are the same
/// number.
#[must_use]
pub fn same_value(left: &Value, right: &Value) -> bool {
    left.message == right.message && same_members(&left.fields, &right.fields)
}

fn same_members(left: &Map<String, Json>, right: &Map<String, Json>) -> bool {
    left.len() == right.len()
        && left.iter().all(|(name, one)| right.get(name).is_some_and(|other| same_json(one, other)))
}

/// Whether two JSON values are the same, by the same rules as [`same_value`].
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
