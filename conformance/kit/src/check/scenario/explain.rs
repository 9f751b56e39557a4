//! What a failed scenario looks like: what happened up to where it went wrong, what was to be
//! observed, and which rule describes it.

use rollwire_model::{
    exchange::{Observation, Stimulus, message_or_hex},
    vectors::Scenario,
};

use super::{
    judge::Deviation,
    plan::{PeerPlan, Planned, SessionPlan},
    result::ScenarioResult,
    rule::rule_of,
    visible::Visible,
};
use crate::{
    check::{detail, judgement::Answered},
    event::Detail,
    protocol::Body,
    text::shorten,
    vectors::Origin,
    verdict::Verdict,
};

/// How many stimuli before the wrong one are shown.
const SHOWN: usize = 12;

/// Explains what became of scenarios.
#[derive(Debug)]
pub struct Explainer {
    shown: Visible,
}

impl Explainer {
    /// An explainer for an adapter that shows these members.
    #[must_use]
    pub const fn new(shown: Visible) -> Self {
        Self { shown }
    }

    /// The rule that what went wrong first breaks; `seen` is what should have been observed there, and
    /// what was.
    #[must_use]
    pub fn rule(
        &self,
        plan: &SessionPlan,
        wrong: Deviation,
        seen: Option<&(Observation, Observation)>,
    ) -> &'static str {
        rule_of(plan, wrong, seen, self.shown)
    }

    /// The rule that a scenario that did not pass is reported under.
    #[must_use]
    pub fn headline(&self, planned: &Planned, played: &ScenarioResult) -> String {
        let scenario = &planned.scenario;
        let own = scenario.rules.first().cloned().unwrap_or_default();
        if detail::breaks_the_protocol(&played.judgement, planned.origin) {
            return detail::ADAPTER_PROTOCOL.to_owned();
        }
        let Some(wrong) = played.wrong else { return own };
        let found = self.rule(&planned.session, wrong, played.seen.as_deref());
        let is_drawn = matches!(planned.origin, Origin::Fresh(_) | Origin::Fuzz(_));
        let is_reached = wrong.step >= scenario.precondition.step;
        // Without a look inside, a scenario that was written about a rule knows better what is behind a
        // hash that is missing. So does one of a peer, where most stimuli are subject to several rules.
        let knows_better = !self.shown.inspect || scenario.peer.is_some();
        if !is_drawn && is_reached && knows_better && !scenario.rules.iter().any(|it| it == found) {
            return own;
        }
        found.to_owned()
    }

    /// Everything a reader needs about a scenario that did not pass; `rule` is the one that it is
    /// reported under.
    #[must_use]
    pub fn explain(&self, planned: &Planned, played: &ScenarioResult, rule: &str) -> Detail {
        let scenario = &planned.scenario;
        let stimuli = &planned.session.stimuli;
        let reached = played.wrong.map_or(stimuli.len(), |wrong| wrong.step + 1);
        let mut detail = detail::begin(scenario, rule, &played.stderr);
        detail.steps = steps(&planned.session, reached, played.wrong.is_some());
        detail.requests = match &played.requests {
            Some(requests) => requests.clone(),
            None => requests(&planned.session, reached.min(stimuli.len())),
        };
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
            Self::hint(scenario, rule, wrong)
        };
        detail
    }

    fn hint(scenario: &Scenario, rule: &str, wrong: Deviation) -> Option<String> {
        if wrong.step < scenario.precondition.step {
            let step = scenario.precondition.step;
            return Some(format!("what the scenario is about comes at step {step}"));
        }
        detail::subject(scenario, rule)
    }
}

/// The stimuli up to the last that counts, which is marked if it is the wrong one.
fn steps(plan: &SessionPlan, reached: usize, marked: bool) -> Vec<String> {
    let stimuli = &plan.stimuli;
    let reached = reached.min(stimuli.len());
    let from = reached.saturating_sub(SHOWN);
    let mut lines = Vec::new();
    if let Some(PeerPlan { setup, .. }) = plan.peer {
        lines.push(format!("      peer {} {}", setup.local, setup.first_frame));
    }
    if from > 0 {
        lines.push(format!("      … {from} before"));
    }
    for (number, stimulus) in stimuli.iter().enumerate().take(reached).skip(from) {
        let mark = if marked && number + 1 == reached { ">" } else { " " };
        let words = match stimulus {
            Stimulus::Recv(datagram) if plan.peer.is_some() => {
                format!("recv {}", message_or_hex(datagram))
            }
            stimulus => stimulus.to_string(),
        };
        lines.push(format!("{mark} {number:>4}  {words}"));
    }
    lines
}

/// The lines by which a human asks the same, with ids from 1; none where they are too long for that.
fn requests(plan: &SessionPlan, reached: usize) -> Vec<String> {
    const MOST: usize = 256;
    if reached > MOST {
        return Vec::new();
    }
    let bodies = [plan.open(1), Body::step(1, &plan.stimuli[..reached])];
    bodies.iter().zip(1..).map(|(body, id)| body.with_id(id)).collect()
}
