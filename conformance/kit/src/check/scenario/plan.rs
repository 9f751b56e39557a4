//! A scenario as requests: how it is cut into steps, and among which others.

use std::sync::Arc;

use rollwire_model::{
    Model,
    exchange::{Behaviour, Observation, Session, Stimulus},
    vectors::{CheckKind, Scenario},
};

use crate::{
    protocol::{Body, Capability, Hello, Missing},
    runner::Script,
    vectors::Origin,
};

/// The message that the exchange sends and receives.
const STATE_HASH: &str = "state_hash";

/// A right answer to one step has about this many bytes at most.
const ANSWER: usize = 128 * 1024;

/// What happens in the session of a scenario.
///
/// What is to be observed is worked out whenever it is needed: of long scenarios it takes more memory
/// than all the rest of a run.
#[derive(Clone, Debug)]
pub struct SessionPlan {
    /// What happens.
    pub stimuli: Vec<Stimulus>,
    /// The model of the revision that is spoken.
    pub model: Arc<Model>,
    /// Whether the adapter compares.
    pub detects: bool,
}

impl SessionPlan {
    /// What is to be observed, stimulus by stimulus. It never leaves this process.
    pub fn expected(&self) -> impl Iterator<Item = Observation> {
        self.expected_with(self.detects)
    }

    /// What an adapter shows that compares, or does not.
    fn expected_with(&self, detects: bool) -> impl Iterator<Item = Observation> {
        let mut session = Session::new(&self.model, Behaviour::of(self.model.revision()), detects);
        self.stimuli.iter().map(move |stimulus| session.step(stimulus))
    }
}

/// A scenario to play, and what an adapter with this hello must show.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The scenario.
    pub scenario: Scenario,
    /// Where it comes from.
    pub origin: Origin,
    /// What the adapter does not declare, so that it is not played.
    pub missing: Option<Missing>,
    /// What happens.
    pub session: SessionPlan,
}

impl Planned {
    /// A scenario as this hello has it: without detection nothing is compared.
    #[must_use]
    pub fn new(scenario: Scenario, origin: Origin, hello: &Hello, model: &Arc<Model>) -> Self {
        let required = scenario.requires.iter().filter_map(|name| Capability::named(name));
        let missing = hello.missing(CheckKind::Run, Some(STATE_HASH), required);
        let stimuli = scenario.stimuli().cloned().collect();
        let (model, detects) = (Arc::clone(model), hello.declares(Capability::Detect));
        Self { scenario, origin, missing, session: SessionPlan { stimuli, model, detects } }
    }
}

/// How many bytes an observation has as JSON, roughly.
fn size(observation: &Observation) -> usize {
    let entries = observation.queue.len() + observation.map.len() + observation.history.len();
    100 + 32 * (entries + observation.sent.len()) + 80 * observation.events.len()
}

/// This many stimuli always fit into one step, because each adds at most one entry to each list.
const FEW: usize = 64;

/// The numbers of stimuli of one step after another, as many in each as an answer has room for.
///
/// With and without detection the cuts are the same: requests are written to a file before it is known
/// who will answer them.
fn wide_cuts(part: &SessionPlan) -> Vec<usize> {
    if part.stimuli.len() <= FEW {
        return vec![part.stimuli.len()];
    }
    let (mut cuts, mut bytes) = (Vec::new(), 0);
    for (one, other) in part.expected_with(true).zip(part.expected_with(false)) {
        let size = size(&one).max(size(&other));
        bytes += size;
        match cuts.last_mut() {
            Some(last) if bytes <= ANSWER => *last += 1,
            _ => {
                bytes = size;
                cuts.push(1);
            }
        }
    }
    cuts
}

/// The scenario alone, in as few steps as possible.
#[must_use]
pub fn whole(part: &SessionPlan, session: u64) -> Script {
    let mut bodies = vec![Body::open(session)];
    let mut rest = &part.stimuli[..];
    for cut in wide_cuts(part) {
        let (now, later) = rest.split_at(cut.min(rest.len()));
        bodies.push(Body::step(session, now));
        rest = later;
    }
    bodies.push(Body::close(session));
    Script::of_sessions(bodies, 1)
}

/// The scenario alone, a stimulus a step.
#[must_use]
pub fn stepwise(part: &SessionPlan, session: u64) -> Script {
    let steps = part.stimuli.chunks(1).map(|stimulus| Body::step(session, stimulus));
    let mut bodies = vec![Body::open(session)];
    bodies.extend(steps);
    bodies.push(Body::close(session));
    Script::of_sessions(bodies, 1)
}

/// Which scenario of a group each request belongs to.
pub type Owners = Vec<usize>;

/// Some scenarios in sessions of their own, a step of each in turn, with `stride` stimuli in a step.
#[must_use]
pub fn interleaved(parts: &[&SessionPlan], sessions: &[u64], stride: usize) -> (Script, Owners) {
    let (mut bodies, mut owners) = (Vec::new(), Vec::new());
    let mut push = |owner, body| {
        owners.push(owner);
        bodies.push(body);
    };
    for (owner, session) in sessions.iter().enumerate() {
        push(owner, Body::open(*session));
    }
    let longest = parts.iter().map(|part| part.stimuli.len()).max().unwrap_or_default();
    for from in (0..longest).step_by(stride.max(1)) {
        for (owner, (part, session)) in parts.iter().zip(sessions).enumerate() {
            let to = (from + stride).min(part.stimuli.len());
            if from < to {
                push(owner, Body::step(*session, &part.stimuli[from..to]));
            }
        }
    }
    for (owner, session) in sessions.iter().enumerate() {
        push(owner, Body::close(*session));
    }
    (Script::of_sessions(bodies, parts.len()), owners)
}

#[cfg(test)]
mod tests {
    use rollwire_model::exchange::StateHash;

    use super::*;

    /// Without detection the map fills, with it everything is compared: the answers are of other sizes.
    #[test]
    fn a_scenario_is_cut_the_same_way_for_every_adapter() {
        let hash = StateHash([7; 8]);
        let both = |frame| [Stimulus::Confirm { frame, hash }, Stimulus::peer(frame, hash)];
        let stimuli: Vec<Stimulus> = (0..400).flat_map(both).collect();
        let played = |detects| {
            let model = Arc::new(Model::latest());
            whole(&SessionPlan { stimuli: stimuli.clone(), model, detects }, 1)
        };
        assert_eq!(played(true), played(false));
        assert!(played(true).bodies().len() > 4, "{} requests", played(true).bodies().len());
    }
}
