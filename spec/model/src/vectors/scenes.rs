//! How generated scenarios are written: lines in the notation of the chapters, with the claims of
//! their author. The model computes the rest.
//!
//! A line `== queue 5 10 | map -` states the precondition of the next line, which is the one that the
//! scenario is about. The scenario of a peer begins with a line `peer 0 0 started validated`, as in
//! `spec/peer.md`. A claim that is not true of the model is a fault of the generator, reported with
//! the id of the scenario.

use std::collections::BTreeSet;

use crate::{
    AnySession, Capability, Level, Model,
    check::CheckKind,
    exchange::{Claim, Line, Member, Observation, Scene, Session},
    peer::{self, Setup},
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

    /// A scenario about an exchange whose fault shows only in verified frame and events.
    pub(super) fn detect(
        &mut self,
        slug: &str,
        rules: &str,
        flags: &str,
        comment: &str,
        text: &str,
    ) {
        self.add(slug, rules, &[Capability::Detect], flags, comment, text);
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
        // A rule of DETECT about hashes that last needs both.
        let detects = rules.first().is_some_and(|id| id.starts_with("DETECT-"));
        let detect = detects.then_some(&Capability::Detect);
        let scenario = self.run(text).map(|played| {
            let about = [&capability].into_iter().chain(detect);
            let needed = about.chain(requires).chain(&played.needed);
            let since = needed.clone().map(|it| it.since()).max().unwrap_or(4);
            let mut requires: Vec<String> = Vec::new();
            for name in needed.map(Capability::to_string) {
                // Every scenario of an exchange requires `exchange`: it is not listed.
                let is_implied = played.peer.is_none() && name == Capability::Exchange.as_str();
                if !is_implied && !requires.contains(&name) {
                    requires.push(name);
                }
            }
            Scenario {
                id: id.clone(),
                since,
                until: None,
                source: Source::Model,
                rules,
                level: Level::Must,
                comment: comment.to_owned(),
                flags: flags.split_whitespace().map(str::to_owned).collect(),
                requires,
                peer: played.peer,
                precondition: played.precondition,
                steps: played.steps,
                checks: vec![CheckKind::Run],
            }
        });
        self.scenarios.push(scenario.map_err(|fault| format!("{id}: {fault}")));
    }

    /// Plays a text; every claim is compared with the model.
    fn run(&self, text: &str) -> Result<Played, String> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
        let first = lines.next_if(|line| Scene::is_opening(line)).unwrap_or_default();
        let Scene { peer: opening, variant, .. } = first.parse().map_err(|it| format!("{it}"))?;
        let mut session: AnySession = match &opening {
            Some((setup, _)) => peer::Session::specified(&self.model, *setup).into(),
            None => Session::of_variant(&self.model, variant).into(),
        };
        let step = |stimulus| Step { stimulus, expect: Expectation::default() };
        let mut before = session.advance(&[]);
        let (mut precondition, mut steps, mut needed) = (None, Vec::new(), BTreeSet::new());
        needed.extend(variant.hash_sends.map(|_| Capability::LastingHashes));
        let peer = opening.as_ref().map(|(setup, _)| *setup);
        for stimulus in opening.into_iter().flat_map(|(_, stimuli)| stimuli) {
            before = session.step(&stimulus);
            steps.push(step(stimulus));
        }
        for line in lines {
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
            needed.extend(line.stimulus.capability());
            steps.push(step(line.stimulus));
            before = observed;
        }
        let precondition = precondition.ok_or("no line states a precondition")?;
        Ok(Played { peer, precondition, steps, needed })
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

/// A text that was played.
struct Played {
    peer: Option<Setup>,
    precondition: Precondition,
    steps: Vec<Step>,
    /// The capabilities of its stimuli.
    needed: BTreeSet<Capability>,
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
            Member::Confirmed => state.confirmed = Some(observed.peer.confirmed),
            Member::Held => state.held = Some(observed.peer.held.clone()),
            Member::RoundTrips => state.round_trips = Some(observed.peer.round_trips.clone()),
            Member::Validation => state.validation = Some(observed.peer.validation),
            Member::Episode => state.episode = Some(observed.peer.episode),
            Member::Request => state.request = Some(observed.peer.request),
            Member::Partner => state.partner = Some(observed.peer.partner),
            Member::Sent => return Err("`sent` is not part of the state".to_owned()),
        }
    }
    Ok(state)
}
