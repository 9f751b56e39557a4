//! Which rules the cases cover, and which not.

use std::collections::BTreeSet;

use crate::{
    Outcome, Proof, Rule, rules,
    vectors::case::{Case, CheckKind},
};

/// What the cases show about one rule. Only the first rule of a case counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCoverage {
    /// The rule.
    pub rule: &'static Rule,
    /// Cases where the input is accepted, by preference or as an allowed alternative.
    pub accepted: usize,
    /// Cases where the input is refused, by preference or as an allowed alternative.
    pub refused: usize,
    /// How many different right answers the accepted cases have.
    pub answers: usize,
    /// What is missing; `None` for a rule that is covered or not testable.
    pub gap: Option<String>,
}

/// The coverage of every rule, in reading order.
///
/// A rule that demands refusal needs a refused case and the nearest accepted one; a rule that demands
/// acceptance needs two accepted cases whose right answers differ, so that no constant answer passes.
#[must_use]
pub fn coverage(cases: &[Case]) -> Vec<RuleCoverage> {
    rules().iter().map(|rule| cover(rule, cases)).collect()
}

fn cover(rule: &'static Rule, cases: &[Case]) -> RuleCoverage {
    let (mut accepted, mut refused) = (0, 0);
    let mut answers = BTreeSet::new();
    for case in cases.iter().filter(|case| case.rules.first() == Some(&rule.id)) {
        let outcomes = first_outcomes(case);
        let rejects = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Reject(_)));
        let accepts: Vec<_> = outcomes.iter().filter_map(answer).collect();
        refused += usize::from(rejects);
        // The accepted neighbour of a refusal must not itself be a choice.
        let counts = !accepts.is_empty() && (rule.proof == Proof::Accept || !rejects);
        if counts {
            accepted += 1;
            answers.extend(accepts);
        }
    }
    let gap = gap(&rule.proof, accepted, refused, answers.len());
    RuleCoverage { rule, accepted, refused, answers: answers.len(), gap }
}

fn gap(proof: &Proof, accepted: usize, refused: usize, answers: usize) -> Option<String> {
    match proof {
        Proof::Refuse if refused == 0 => Some("no refused case".to_owned()),
        Proof::Refuse if accepted == 0 => {
            Some("no accepted case beside the refused ones".to_owned())
        }
        Proof::Accept if accepted < 2 => {
            Some(format!("two accepted cases are needed, found {accepted}"))
        }
        Proof::Accept if answers < 2 => Some("all accepted cases have the same answer".to_owned()),
        Proof::Refuse | Proof::Accept | Proof::NotTestable(_) => None,
    }
}

/// The answers to the first thing that the case checks.
fn first_outcomes(case: &Case) -> Vec<Outcome> {
    let check: Option<&CheckKind> = case.checks.first();
    let outcomes = check.map(|&check| case.outcomes(check)).unwrap_or_default();
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn answer(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Value(value) => Some(value.to_string()),
        Outcome::Bytes(bytes) => Some(crate::hex::plain(bytes)),
        Outcome::Reject(_) => None,
    }
}
