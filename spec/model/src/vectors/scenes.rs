//! How generated scenarios are written: lines in the notation of the chapters, with the claims of
//! their author. The model computes the rest.
//!
//! A line `== queue 5 10 | map -` states the precondition of the next line, which is the one that the
//! scenario is about. A claim that is not true of the model is a fault of the generator, reported with
//! the id of the scenario.

use crate::{
    Capability, Level, Model,
    check::CheckKind,
    exchange::{Claim, Line, Member, Observation, Session},
    rule,
    vectors::{
        case::Source,
        scenario::{Expectation, Precondition, Scenario, Step},
    },
};

/// The scenarios of one topic.
pub(super) struct Scenes {
    model: Model,
    slug: String,
    scenarios: Vec<Result<Scenario, String>>,
}

impl Scenes {
    pub(super) fn new(model: &Model, topic: &str) -> Self {
        Self { model: model.clone(), slug: topic.replace('_', "-"), scenarios: Vec::new() }
    }

    /// A scenario whose fault shows in the datagrams that are sent.
    pub(super) fn sent(&mut self, slug: &str, rules: &str, flags: &str, comment: &str, text: &str) {
        self.add(slug, rules, &[], flags, comment, text);
    }

    /// A scenario whose fault shows only in queue, map and history: it requires `inspect`.
    pub(super) fn inspect(
        &mut self,
        slug: &str,
        rules: &str,
        flags: &str,
        comment: &str,
        text: &str,
    ) {
        self.add(slug, rules, &[Capability::Inspect], flags, comment, text);
    }

    fn add(
        &mut self,
        slug: &str,
        rules: &str,
        requires: &[Capability],
        flags: &str,
        comment: &str,
        text: &str,
    ) {
        let id = format!("{}/{slug}", self.slug);
        let rules: Vec<String> = rules.split_whitespace().map(str::to_owned).collect();
        let about = rules.first().and_then(|id| rule(id));
        let capability = about.and_then(|rule| rule.capability).unwrap_or(Capability::Exchange);
        // Every scenario requires `exchange`: it is not listed.
        let beside = Some(capability).filter(|capability| *capability != Capability::Exchange);
        let requires = beside.iter().chain(requires);
        let scenario = self.run(text).map(|(precondition, steps)| Scenario {
            id: id.clone(),
            since: capability.since(),
            until: None,
            source: Source::Model,
            rules,
            level: Level::Must,
            comment: comment.to_owned(),
            flags: flags.split_whitespace().map(str::to_owned).collect(),
            requires: requires.map(Capability::to_string).collect(),
            precondition,
            steps,
            checks: vec![CheckKind::Run],
        });
        self.scenarios.push(scenario.map_err(|fault| format!("{id}: {fault}")));
    }

    /// The steps of a text, and its precondition; every claim is compared with the model.
    fn run(&self, text: &str) -> Result<(Precondition, Vec<Step>), String> {
        let mut session = Session::specified(&self.model);
        let mut before = Observation::default();
        let mut precondition = None;
        let mut steps = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(claims) = line.strip_prefix("==") {
                if precondition.is_some() {
                    return Err("two lines state a precondition".to_owned());
                }
                let state = state(&before, claims)?;
                precondition = Some(Precondition { step: steps.len(), state });
                continue;
            }
            let line: Line = line.parse().map_err(|error| format!("{line}: {error}"))?;
            let observed = session.step(&line.stimulus);
            if let Some(refuted) = line.refuted_by(&observed) {
                return Err(refuted);
            }
            steps.push(Step { stimulus: line.stimulus, expect: Expectation::default() });
            before = observed;
        }
        let precondition = precondition.ok_or("no line states a precondition")?;
        Ok((precondition, steps))
    }

    /// The finished scenarios.
    ///
    /// # Errors
    ///
    /// The first scenario with a claim that is not true of the model.
    pub(super) fn finish(self) -> Result<Vec<Scenario>, String> {
        let model = self.model;
        self.scenarios
            .into_iter()
            .map(|scenario| {
                scenario.map(|mut scenario| {
                    scenario.expect_observations_of(&model);
                    scenario
                })
            })
            .collect()
    }
}

/// The state that claims are about, with the hashes that the model has; each claim must hold.
fn state(observed: &Observation, claims: &str) -> Result<Expectation, String> {
    let mut state = Expectation::default();
    for text in claims.split('|').map(str::trim) {
        let claim: Claim = text.parse().map_err(|error| format!("{text}: {error}"))?;
        if !claim.holds(observed) {
            let found = Claim::observed(claim.member, observed);
            return Err(format!("precondition: expected {claim}, found {found}"));
        }
        match claim.member {
            Member::Queue => state.queue = Some(observed.queue.clone()),
            Member::Map => state.map = Some(observed.map.clone()),
            Member::History => state.history = Some(observed.history.clone()),
            Member::Verified => state.verified = Some(observed.verified),
            Member::Events => state.events = Some(observed.events.clone()),
            Member::Sent => return Err("`sent` is not part of the state".to_owned()),
        }
    }
    Ok(state)
}
