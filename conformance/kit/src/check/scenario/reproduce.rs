//! The requests by which a reader sees again what only some way of running a scenario showed.

use super::plan::{SessionPlan, stepwise as in_steps};
use crate::{check::detail::LONGEST_REQUEST, protocol::Body, runner::Script};

/// The scenario, a stimulus a step; in the steps of the second play if it is long.
pub(super) fn stepwise(part: &SessionPlan) -> Option<Vec<String>> {
    let script = in_steps(part, 1);
    up_to(&script, script.bodies().len().saturating_sub(2))
}

/// The scenario up to this stimulus, all at once, and then in another session a stimulus a step.
pub(super) fn twice(part: &SessionPlan, step: usize) -> Option<Vec<String>> {
    // The requests of a long scenario are too long to be shown, in whatever steps.
    if part.pace().is_long() {
        return Some(Vec::new());
    }
    let reached = (step + 1).min(part.stimuli.len());
    let mut bodies = vec![Body::open(1), Body::step(1, &part.stimuli[..reached]), Body::close(1)];
    bodies.extend(one_by_one(part, 2, reached));
    requests(bodies)
}

/// The requests of a script up to the one at this place.
pub(super) fn up_to(script: &Script, last: usize) -> Option<Vec<String>> {
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
