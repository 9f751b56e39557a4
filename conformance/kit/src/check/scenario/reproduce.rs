//! The requests by which a reader sees again what only some way of running a scenario showed.

use super::plan::{SessionPlan, interleaved};
use crate::{check::detail::LONGEST_REQUEST, protocol::Body};

/// The scenario, a stimulus a step.
pub(super) fn stepwise(part: &SessionPlan) -> Option<Vec<String>> {
    requests(one_by_one(part, 1, part.stimuli.len()))
}

/// The scenario up to this stimulus, all at once, and then in another session a stimulus a step.
pub(super) fn twice(part: &SessionPlan, step: usize) -> Option<Vec<String>> {
    let reached = (step + 1).min(part.stimuli.len());
    let mut bodies = vec![Body::open(1), Body::step(1, &part.stimuli[..reached]), Body::close(1)];
    bodies.extend(one_by_one(part, 2, reached));
    requests(bodies)
}

/// Some scenarios in sessions of their own, a step of each in turn, up to this stimulus of one of them.
pub(super) fn among_others(
    parts: &[&SessionPlan],
    stride: usize,
    owner: usize,
    step: usize,
) -> Option<Vec<String>> {
    let sessions: Vec<u64> = (1..).take(parts.len()).collect();
    let (script, owners) = interleaved(parts, &sessions, stride);
    // The first request of a scenario opens its session, and each of the next ones holds some stimuli.
    let mut own = owners.iter().enumerate().filter(|(_, of)| **of == owner).map(|(at, _)| at);
    let last = own.nth(1 + step / stride.max(1)).unwrap_or(owners.len().saturating_sub(1));
    requests(script.bodies().iter().take(last + 1).cloned())
}

fn one_by_one(part: &SessionPlan, session: u64, count: usize) -> Vec<Body> {
    let steps = part.stimuli.chunks(1).take(count).map(|one| Body::step(session, one));
    std::iter::once(Body::open(session)).chain(steps).collect()
}

/// The requests with ids from 1; none if they are too long to be shown.
fn requests(bodies: impl IntoIterator<Item = Body>) -> Option<Vec<String>> {
    let lines: Vec<String> =
        bodies.into_iter().zip(1..).map(|(body, id)| body.with_id(id)).collect();
    let length: usize = lines.iter().map(String::len).sum();
    // Without requests, a report does not say how to reproduce it by hand.
    Some(if length <= LONGEST_REQUEST { lines } else { Vec::new() })
}
