//! The requests by which a reader sees again what only some way of running a scenario showed.

use super::{
    cuts::{self, whole},
    plan::SessionPlan,
};
use crate::{check::detail::LONGEST_REQUEST, protocol::Body, runner::Script};

/// The scenario, a stimulus a step.
pub(super) fn stepwise(part: &SessionPlan) -> Option<Vec<String>> {
    requests(cuts::stepwise(part, 1).without_its_end())
}

/// The scenario up to this stimulus, all at once, and then in another session a stimulus a step.
pub(super) fn twice(part: &SessionPlan, step: usize) -> Option<Vec<String>> {
    let reached = (step + 1).min(part.stimuli.len());
    let part = part.with(part.stimuli[..reached].to_vec());
    let (first, second) = (whole(&part, 1), cuts::stepwise(&part, 2));
    requests(first.bodies().iter().chain(second.without_its_end()))
}

/// The requests of some scenarios that are played together, up to this one.
pub(super) fn together(script: &Script, last: usize) -> Option<Vec<String>> {
    requests(script.bodies().iter().take(last + 1))
}

impl Script {
    /// All but the request that closes the session.
    fn without_its_end(&self) -> &[Body] {
        self.bodies().split_last().map_or(&[], |(_, rest)| rest)
    }
}

/// The requests with ids from 1; none if they are too long to be shown.
fn requests<'a>(bodies: impl IntoIterator<Item = &'a Body>) -> Option<Vec<String>> {
    let lines: Vec<String> =
        bodies.into_iter().zip(1..).map(|(body, id)| body.with_id(id)).collect();
    let length: usize = lines.iter().map(String::len).sum();
    // Without requests, a report does not say how to reproduce it by hand.
    Some(if length <= LONGEST_REQUEST { lines } else { Vec::new() })
}
