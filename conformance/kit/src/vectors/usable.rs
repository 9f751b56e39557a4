//! Finds cases in a user's file that have the right types but cannot be asked.

use rollwire_model::vectors::{Case, CheckKind, DigestAlternative, DigestCase, Scenario};

use super::case::{AnyCase, CaseMeta, Content};
use crate::text::{is_shown_whole, shorten};

/// The longest scenario that is run. The work of the model grows with the square of its length.
const MAX_STEPS: usize = 8192;

/// The longest id, in bytes. Every report shows it, and each of its failures does once more.
const LONGEST_ID: usize = 256;

/// Why a case cannot be asked, if it cannot.
pub(super) fn defect(case: &AnyCase) -> Option<String> {
    common(case.meta()).or_else(|| match &case.content {
        Content::Bytes(case) => bytes(case),
        Content::Scenario(scenario) => self::scenario(scenario),
        Content::Digest(case) => digest(case),
    })
}

fn common(case: &dyn CaseMeta) -> Option<String> {
    let (id, rules) = (case.id(), case.rules());
    if id.len() > LONGEST_ID {
        return Some(format!("`id` has {} bytes; at most {LONGEST_ID} are allowed", id.len()));
    }
    if id.is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some("`id` is empty or contains whitespace".to_owned());
    }
    let names = [rules, case.flags(), case.requires()].into_iter().flatten();
    if let Some(name) = names.chain([&id.to_owned()]).find(|name| !is_shown_whole(name)) {
        let name = shorten(name);
        return Some(format!("the name `{name}` contains characters that are not visible"));
    }
    if rules.is_empty() || rules.len() > 3 {
        return Some(format!("`rules` has {} entries; expected 1 to 3", rules.len()));
    }
    None
}

fn bytes(case: &Case) -> Option<String> {
    if case.hex.is_none() && case.value.is_none() {
        return Some("neither `hex` nor `value` is given".to_owned());
    }
    if case.reject.is_some() && case.one_of.is_some() {
        return Some("`reject` and `one_of` cannot both be given".to_owned());
    }
    if case.checks.is_empty() {
        return Some("`checks` is empty".to_owned());
    }
    let unanswerable = case.checks.iter().find(|kind| case.outcomes(**kind).is_empty())?;
    Some(format!("the check `{unanswerable}` has no right answer in this case"))
}

fn scenario(scenario: &Scenario) -> Option<String> {
    let steps = scenario.steps.len();
    if !(1..=MAX_STEPS).contains(&steps) {
        return Some(format!("`steps` has {steps} entries; expected 1 to {MAX_STEPS}"));
    }
    if scenario.checks != [CheckKind::Run] {
        return Some("`checks` of a scenario must be [\"run\"]".to_owned());
    }
    if scenario.precondition.step >= steps {
        return Some("`precondition.step` is not a step of the scenario".to_owned());
    }
    None
}

fn digest(case: &DigestCase) -> Option<String> {
    if case.checks != [CheckKind::Digest] {
        return Some("`checks` of a digest case must be [\"digest\"]".to_owned());
    }
    let given =
        [case.text.is_some() || case.hash.is_some(), case.reject.is_some(), case.one_of.is_some()];
    // A digest needs both members, and each alternative needs exactly one answer.
    let complete = case.text.is_some() == case.hash.is_some();
    let alternatives = case.one_of.as_ref();
    let whole = alternatives.is_none_or(|all| !all.is_empty() && all.iter().all(is_answer));
    if given.into_iter().filter(|&it| it).count() != 1 || !complete || !whole {
        return Some(
            "exactly one of `text` with `hash`, `reject` and `one_of` is needed".to_owned(),
        );
    }
    None
}

fn is_answer(alternative: &DigestAlternative) -> bool {
    let DigestAlternative { grade: _, text, hash, reject } = alternative;
    matches!((text, hash, reject), (Some(_), Some(_), None) | (None, None, Some(_)))
}
