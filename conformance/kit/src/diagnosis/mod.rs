//! From failures to causes: what is wrong with an implementation, not what failed.
//!
//! | file | story |
//! |---|---|
//! | `failure` | what is kept of each check that did not pass |
//! | `harm` | how much a failure harms a game |
//! | `unexplained` | groups of failures that no known fault explains |

mod failure;
mod harm;
mod unexplained;

pub use self::failure::{Failure, Failures};
use crate::event::Cause;

/// The causes of these failures, the worst first.
#[must_use]
pub fn diagnose(failures: &Failures) -> Vec<Cause> {
    let mut causes = unexplained::group(failures.iter().collect());
    // The most frequent first among equally harmful ones; the name makes the order stable.
    causes.sort_by(|one, other| {
        one.harm
            .cmp(&other.harm)
            .then(other.failures.cmp(&one.failures))
            .then_with(|| one.id.cmp(&other.id))
    });
    causes
}
