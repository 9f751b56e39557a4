//! The judge of behaviour: a pure function from what is to be observed and what was to a verdict.

use rollwire_model::exchange::{LEAST_MAP_BOUND, Member, Observation};

use super::{plan::SessionPlan, visible::Visible};
use crate::verdict::Code;

/// The first thing that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The number of the stimulus after which it was observed, counted from 0.
    pub step: usize,
    /// The member of its observation.
    pub member: Member,
}

impl Deviation {
    /// What is wrong, as a stable name.
    #[must_use]
    pub const fn code(self) -> Code {
        match self.member {
            Member::Sent => Code::WrongSent,
            Member::Verified | Member::Events => Code::WrongDetection,
            _ => Code::WrongState,
        }
    }
}

/// A deviation, and what is seen of it.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What is wrong first.
    pub wrong: Deviation,
    /// What was to be observed there.
    pub expected: Observation,
    /// What was observed there.
    pub got: Observation,
}

/// The first difference between what is to be observed of a scenario and what was observed, among the
/// members that are shown.
#[must_use]
pub fn judge(part: &SessionPlan, got: &[Observation], shown: Visible) -> Option<Difference> {
    let shown = shown.of(part);
    let difference = first_difference(part, part.expected(), got, shown)?;
    let Difference { wrong, expected, got: found } = &difference;
    // A map may have a bound, and then all that it holds follows from it (EXCH-19).
    let bounds = LEAST_MAP_BOUND..expected.map.len();
    if wrong.member == Member::Map && bounds.contains(&found.map.len()) {
        let expected = part.expected_with_map_bound(found.map.len());
        return first_difference(part, expected, got, shown);
    }
    Some(difference)
}

/// The first difference between two lists of observations of a scenario.
pub fn first_difference(
    part: &SessionPlan,
    expected: impl IntoIterator<Item = Observation>,
    got: &[Observation],
    shown: Visible,
) -> Option<Difference> {
    let shown = shown.of(part);
    let mut seen = part.pace().stretches().zip(expected).zip(got);
    seen.find_map(|((stretch, expected), got)| {
        let member = first_member(&expected, got, shown)?;
        let wrong = Deviation { step: stretch.end - 1, member };
        Some(Difference { wrong, expected, got: got.clone() })
    })
}

/// The first member in which two observations differ, among those that are shown.
#[must_use]
pub fn first_member(expected: &Observation, got: &Observation, shown: Visible) -> Option<Member> {
    expected.differences(got).find(|member| shown.shows(*member))
}
