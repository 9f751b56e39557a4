//! What a failed scenario looks like: what happened up to where it went wrong, what was to be
//! observed, and which rule describes it.

use rollwire_model::{Model, exchange::Stimulus, vectors::Scenario};

use super::{
    judge::{Deviation, rule_of},
    plan::Planned,
    result::ScenarioResult,
};
use crate::{
    check::{detail, judgement::Answered},
    event::Detail,
    protocol::Body,
    text::shorten,
    verdict::Verdict,
};

/// How many stimuli before the wrong one are shown.
const SHOWN: usize = 12;

/// Explains what became of scenarios.
#[derive(Debug)]
pub struct Explainer<'a> {
    model: &'a Model,
    detects: bool,
}

impl<'a> Explainer<'a> {
    /// An explainer for an adapter with or without detection.
    #[must_use]
    pub fn new(model: &'a Model, detects: bool) -> Self {
        Self { model, detects }
    }

    /// The rule that describes what went wrong first.
    #[must_use]
    pub fn rule(&self, stimuli: &[Stimulus], wrong: Deviation) -> &'static str {
        rule_of(self.model, stimuli, wrong, self.detects)
    }

    /// Everything a reader needs about a scenario that did not pass; `rule` is the one that it is
    /// reported under.
    #[must_use]
    pub fn explain(&self, planned: &Planned, played: &ScenarioResult, rule: &str) -> Detail {
        let scenario = &planned.scenario;
        let rule = rollwire_model::rule(rule);
        let stimuli = &planned.session.stimuli;
        let reached = played.wrong.map_or(stimuli.len(), |wrong| wrong.step + 1);
        let mut detail = detail::begin(scenario, rule, &played.stderr);
        detail.steps = steps(stimuli, reached, played.wrong.is_some());
        detail.requests = requests(&stimuli[..reached.min(stimuli.len())]);
        let why = match &played.judgement.got {
            Answered::Nothing(text) => text.as_str(),
            _ => "",
        };
        let Some(wrong) = played.wrong else {
            detail.got = shorten(why);
            return detail;
        };
        detail.field = Some(format!("`{}` of step {}", wrong.member, wrong.step));
        detail.expected = vec![played.expected.clone().unwrap_or_default()];
        detail.got = played.got.clone().unwrap_or_default();
        detail.hint = if played.judgement.verdict == Verdict::Error {
            Some(why.to_owned())
        } else {
            self.hint(scenario, stimuli, wrong)
        };
        detail
    }

    fn hint(&self, scenario: &Scenario, stimuli: &[Stimulus], wrong: Deviation) -> Option<String> {
        let before = wrong.step < scenario.precondition.step;
        let about = self.rule(stimuli, wrong);
        let listed = scenario.rules.iter().any(|rule| rule == about);
        match (before, listed) {
            (false, true) => None,
            (false, false) => Some(format!("{about} describes it")),
            (true, _) => Some(format!(
                "{about} describes it; what the scenario is about comes at step {}",
                scenario.precondition.step
            )),
        }
    }
}

/// The stimuli up to the last that counts, which is marked if it is the wrong one.
fn steps(stimuli: &[Stimulus], reached: usize, marked: bool) -> Vec<String> {
    let reached = reached.min(stimuli.len());
    let from = reached.saturating_sub(SHOWN);
    let mut lines = Vec::new();
    if from > 0 {
        lines.push(format!("      … {from} before"));
    }
    for (number, stimulus) in stimuli.iter().enumerate().take(reached).skip(from) {
        let mark = if marked && number + 1 == reached { ">" } else { " " };
        lines.push(format!("{mark} {number:>4}  {stimulus}"));
    }
    lines
}

/// The lines by which a human asks the same, with ids from 1; none where they are too long for that.
fn requests(stimuli: &[Stimulus]) -> Vec<String> {
    const MOST: usize = 256;
    if stimuli.len() > MOST {
        return Vec::new();
    }
    let bodies = [Body::open(1), Body::step(1, stimuli)];
    bodies.iter().zip(1..).map(|(body, id)| body.with_id(id)).collect()
}
