//! The judge of behaviour: a pure function from what is to be observed and what was to a verdict.

use rollwire_model::exchange::{Member, Observation};

use super::visible::Visible;
use crate::verdict::Code;

/// The first thing that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The number of the stimulus, counted from 0.
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
            Member::Queue | Member::Map | Member::History => Code::WrongState,
            Member::Verified | Member::Events => Code::WrongDetection,
        }
    }
}

/// The first member of the first observation that is not as expected, among those that are shown; and
/// what was expected there.
pub fn judge(
    expected: impl IntoIterator<Item = Observation>,
    got: &[Observation],
    shown: Visible,
) -> Option<(Deviation, Observation)> {
    let mut pairs = expected.into_iter().zip(got).enumerate();
    pairs.find_map(|(step, (expected, got))| {
        let member = expected.differences(got).find(|member| shown.shows(*member))?;
        Some((Deviation { step, member }, expected))
    })
}
