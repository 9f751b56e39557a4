//! Cases that are made at run time from bytes or a value. The model says what may be answered.

use rollwire_model::{
    Grade, Kind, MessageLayout, Model, Outcome, Value,
    hex::Hex,
    vectors::{Alternative, Case, CheckKind},
};

/// A case of this message, about this rule, that asks nothing yet.
pub(crate) fn blank(message: &MessageLayout, name: &str, rule: String, comment: &str) -> Case {
    let mut case = Case::blank(format!("{}/{name}", message.slug()), message.since, comment);
    case.rules = vec![rule];
    case
}

/// Whether the specification leaves open how these bytes are refused: a count that a receiver may
/// accept, and another length, for which three classes are right.
pub(crate) fn is_undecided(model: &Model, bytes: &[u8]) -> bool {
    let Some(message) = model.named_message(bytes) else { return false };
    let Some(field) = message.field_of(Kind::Count) else { return false };
    let Some(limit) = field.limit(model.revision()) else { return false };
    let count = bytes.get(field.offset..field.offset + field.size).unwrap_or_default();
    let count = count.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    limit.may.is_some_and(|may| limit.max < count && count <= may)
        && bytes.len() != message.length_with(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Asks for the value of these bytes, which are not undecided; what may be answered is the model's.
pub(crate) fn ask_bytes(case: &mut Case, model: &Model, bytes: &[u8]) {
    case.hex = Some(Hex::from(bytes));
    case.checks = vec![CheckKind::Decode];
    match &model.decode_outcomes(bytes)[..] {
        [(_, Outcome::Value(value))] => case.value = Some(value.clone()),
        [(_, Outcome::Reject(class))] => case.reject = Some(*class),
        outcomes => choose(case, outcomes),
    }
}

/// Asks for the bytes of this value; what may be answered is the model's.
pub(crate) fn ask_value(case: &mut Case, model: &Model, value: Value) {
    case.checks = vec![CheckKind::Encode];
    match &model.encode_outcomes(&value)[..] {
        [(_, Outcome::Bytes(bytes))] => case.hex = Some(Hex::from(&bytes[..])),
        [(_, Outcome::Reject(class))] => case.reject = Some(*class),
        outcomes => choose(case, outcomes),
    }
    case.value = Some(value);
}

/// Several answers, and so the level of the rule that leaves the choice.
fn choose(case: &mut Case, outcomes: &[(Grade, Outcome)]) {
    let rule = case.rules.first().and_then(|id| rollwire_model::rule(id));
    case.level = rule.map_or(case.level, |rule| rule.level);
    case.one_of = Some(outcomes.iter().map(alternative).collect());
}

fn alternative((grade, outcome): &(Grade, Outcome)) -> Alternative {
    let mut alternative = Alternative { grade: *grade, value: None, hex: None, reject: None };
    match outcome {
        Outcome::Value(value) => alternative.value = Some(value.clone()),
        Outcome::Bytes(bytes) => alternative.hex = Some(Hex::from(&bytes[..])),
        Outcome::Reject(class) => alternative.reject = Some(*class),
    }
    alternative
}
