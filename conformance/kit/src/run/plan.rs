//! The plan of a run: its checks, in order.

use std::sync::{Arc, Mutex};

use rollwire_model::Model;

use crate::{
    check::{bytes, digest, scenario},
    cores::on_all_cores,
    event::LeftOut,
    protocol::{Capability, Hello, Missing},
    vectors::{AnyCase, Content},
};

/// The checks to ask, and those left out: bytes first, then scenarios, then digests.
#[derive(Debug, Default)]
pub struct Plan {
    /// The checks on bytes, grouped by case.
    pub bytes: Vec<bytes::plan::Planned>,
    /// The scenarios; each is one check.
    pub scenarios: Vec<scenario::plan::Planned>,
    /// The digests; each is one check.
    pub digests: Vec<digest::plan::Planned>,
    cases: usize,
    /// Whether scenarios are asked whose state the adapter does not show.
    hides_state: bool,
}

impl Plan {
    /// All checks of these cases. Checks for which a capability is missing are not applicable.
    #[must_use]
    pub fn new(cases: Vec<AnyCase>, hello: &Hello, model: &Arc<Model>) -> Self {
        let mut plan = Self { cases: cases.len(), ..Self::default() };
        let mut scenarios = Vec::new();
        for AnyCase { origin, content } in cases {
            match content {
                Content::Bytes(case) => {
                    plan.bytes.extend(bytes::plan::Planned::all(*case, origin, hello));
                }
                Content::Scenario(scenario) => {
                    scenarios.push(Mutex::new(Some((scenario, origin))));
                }
                Content::Digest(case) => {
                    plan.digests.push(digest::plan::Planned::new(*case, origin, hello));
                }
            }
        }
        // Each is played by the model to see how large its observations are.
        let planned = on_all_cores(&scenarios, |scenario| {
            let (scenario, origin) = scenario.lock().ok()?.take()?;
            let mut planned = scenario::plan::Planned::new(*scenario, origin, hello, model);
            // The session has the stimuli, and the model works out what is expected: a run
            // has thousands of steps, and need not keep them twice.
            planned.scenario.steps = Vec::new();
            Some(planned)
        });
        plan.scenarios = planned.into_iter().flatten().collect();
        let plays = plan.scenarios.iter().any(|planned| planned.missing.is_none());
        plan.hides_state = plays && !hello.declares(Capability::Inspect);
        plan
    }

    /// Leaves out what an adapter would be asked in another way than all others, for one that has
    /// recorded its answers.
    pub(crate) fn recorded(&mut self) {
        self.scenarios.iter_mut().for_each(scenario::plan::Planned::recorded);
    }

    /// What the adapter does not declare, and how many checks that leaves out.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        let mut left_out = LeftOut::default();
        let bytes = self.bytes.iter().filter_map(|it| it.missing);
        let scenarios = self.scenarios.iter().filter_map(|it| it.missing);
        let digests = self.digests.iter().filter_map(|it| it.missing);
        for missing in bytes.chain(scenarios).chain(digests) {
            let (reasons, name) = match missing {
                Missing::Message(name) => (&mut left_out.messages, name.to_owned()),
                Missing::Direction(name, direction) => {
                    (&mut left_out.directions, format!("{name} {}", direction.as_str()))
                }
                Missing::Capability(capability) => {
                    (&mut left_out.capabilities, capability.as_str().to_owned())
                }
            };
            *reasons.entry(name).or_default() += 1;
        }
        if self.hides_state {
            left_out.capabilities.insert(Capability::Inspect.as_str().to_owned(), 0);
        }
        left_out
    }

    /// How many cases there are.
    #[must_use]
    pub fn case_count(&self) -> u64 {
        self.cases as u64
    }

    /// How many checks there are.
    #[must_use]
    pub fn check_count(&self) -> u64 {
        (self.bytes.len() + self.scenarios.len() + self.digests.len()) as u64
    }
}
