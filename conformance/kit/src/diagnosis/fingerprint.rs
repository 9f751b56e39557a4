//! An observation as a few numbers.
//!
//! An observation of thousands of entries takes hundreds of kilobytes, and a run may have thousands that are
//! wrong. The diagnosis only asks whether two of them are the same.

use std::hash::{DefaultHasher, Hash, Hasher};

use rollwire_model::exchange::{Member, Observation};

use crate::check::scenario::visible::Visible;

/// The hash of each member of an observation, in the order of [`Member::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u64; Member::ALL.len()]);

impl Fingerprint {
    /// The fingerprint of an observation.
    #[must_use]
    pub fn of(observation: &Observation) -> Self {
        Self(Member::ALL.map(|member| match member {
            Member::Sent => hash(&observation.sent),
            Member::Queue => hash(&observation.queue),
            Member::Map => hash(&observation.map),
            Member::History => hash(&observation.history),
            Member::Verified => hash(&observation.verified),
            Member::Events => hash(&observation.events),
            Member::Confirmed => hash(&observation.peer.confirmed),
            Member::Held => hash(&observation.peer.held),
            Member::RoundTrips => hash(&observation.peer.round_trips),
            Member::Validation => hash(&observation.peer.validation),
            Member::Episode => hash(&observation.peer.episode),
            Member::Request => hash(&observation.peer.request),
            Member::Partner => hash(&observation.peer.partner),
        }))
    }

    /// Whether two observations are the same in the members that an adapter shows.
    pub(super) fn is_same(&self, other: &Self, shown: Visible) -> bool {
        let members = Member::ALL.into_iter().zip(self.0.iter().zip(&other.0));
        members.into_iter().all(|(member, (one, other))| one == other || !shown.shows(member))
    }
}

fn hash(member: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    member.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_shown_is_compared() {
        let one = Observation { verified: Some(1), ..Observation::default() };
        let other = Observation { verified: Some(2), ..Observation::default() };
        let [one, other] = [&one, &other].map(Fingerprint::of);
        assert!(one.is_same(&one, Visible::ALL));
        assert!(!one.is_same(&other, Visible::ALL));
        assert!(one.is_same(&other, Visible { detect: false, ..Visible::ALL }));
    }
}
