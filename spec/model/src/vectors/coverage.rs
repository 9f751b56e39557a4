//! Which rules the cases cover, and which they do not.

use std::collections::BTreeSet;

use crate::{
    Grade, Model, Outcome, Proof, Rule,
    check::CheckKind,
    digest::Answer,
    exchange::{Session, Stimulus},
    rules,
    vectors::{case::Case, digest::DigestCase, scenario::Scenario},
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
    /// How many scenarios there are.
    pub scenarios: usize,
    /// How many different right answers or observations the accepted cases or scenarios have.
    pub answers: usize,
    /// What is missing; `None` for a rule that is covered or not testable.
    pub gap: Option<String>,
}

/// The coverage of every rule, in reading order.
///
/// A rule that demands refusal needs a refused case and the nearest accepted one; a rule that demands
/// acceptance needs two accepted cases whose right answers differ, so that no constant answer passes;
/// a rule about behaviour needs two scenarios whose right observations differ, for the same reason.
#[must_use]
pub fn coverage(
    cases: &[Case],
    scenarios: &[Scenario],
    digests: &[DigestCase],
) -> Vec<RuleCoverage> {
    rules().iter().map(|rule| cover(rule, cases, scenarios, digests)).collect()
}

fn cover(
    rule: &'static Rule,
    cases: &[Case],
    scenarios: &[Scenario],
    digests: &[DigestCase],
) -> RuleCoverage {
    let (mut accepted, mut refused) = (0, 0);
    let mut answers = BTreeSet::new();
    let about = |scenario: &&Scenario| scenario.rules.first() == Some(&rule.id);
    let scenarios: Vec<&Scenario> = scenarios.iter().filter(about).collect();
    for scenario in &scenarios {
        answers.insert(observations(scenario));
    }
    let codec = cases.iter().filter(|case| case.rules.first() == Some(&rule.id));
    let digests = digests.iter().filter(|case| case.rules.first() == Some(&rule.id));
    // Every answer as text; none for a refusal.
    let codec = codec.map(|case| first_outcomes(case).iter().map(answer).collect::<Vec<_>>());
    let digests = digests.map(|case| case.answers().iter().map(digest).collect());
    for outcomes in codec.chain(digests) {
        let rejects = outcomes.iter().any(Option::is_none);
        let accepts: Vec<String> = outcomes.into_iter().flatten().collect();
        refused += usize::from(rejects);
        // The accepted case beside a refused one must not itself allow several answers.
        let counts = !accepts.is_empty() && (rule.proof == Proof::Accept || !rejects);
        if counts {
            accepted += 1;
            answers.extend(accepts);
        }
    }
    let scenarios = scenarios.len();
    let mut row =
        RuleCoverage { rule, accepted, refused, scenarios, answers: answers.len(), gap: None };
    row.gap = gap(&row);
    row
}

/// What is to be observed, as text: of a long scenario only what is observed at its end.
fn observations(scenario: &Scenario) -> String {
    const LONG: usize = 512;
    let model = Model::latest();
    if scenario.steps.len() <= LONG {
        return format!("{:?}", scenario.observed(&model, true).collect::<Vec<_>>());
    }
    let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
    format!("{:?}", Session::specified(&model).advance(&stimuli))
}

fn gap(row: &RuleCoverage) -> Option<String> {
    let RuleCoverage { rule, accepted, refused, scenarios, answers, .. } = *row;
    match &rule.proof {
        Proof::Refuse if refused == 0 => Some("no refused case".to_owned()),
        Proof::Refuse if accepted == 0 => {
            Some("no accepted case beside the refused ones".to_owned())
        }
        Proof::Accept if accepted < 2 => {
            Some(format!("two accepted cases are needed, found {accepted}"))
        }
        Proof::Accept if answers < 2 => Some("all accepted cases have the same answer".to_owned()),
        Proof::Scenario if scenarios < 2 => {
            Some(format!("two scenarios are needed, found {scenarios}"))
        }
        Proof::Scenario if answers < 2 => {
            Some("all scenarios have the same right observations".to_owned())
        }
        Proof::Refuse | Proof::Accept | Proof::Scenario | Proof::NotTestable(_) => None,
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

fn digest((_, answer): &(Grade, Answer)) -> Option<String> {
    match answer {
        Answer::Digest(digest) => Some(digest.hash.clone()),
        Answer::Reject(_) => None,
    }
}
