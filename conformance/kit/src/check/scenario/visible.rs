//! Which members of an observation an adapter shows.

use rollwire_model::exchange::{Entry, Member};

use crate::protocol::{Capability, Hello};

/// Which members an adapter shows: it follows from what it declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    /// Queue, map and history.
    pub inspect: bool,
    /// Verified frame and events.
    pub detect: bool,
}

impl Visible {
    /// Everything.
    pub const ALL: Self = Self { inspect: true, detect: true };

    /// What this hello declares.
    #[must_use]
    pub fn by(hello: &Hello) -> Self {
        Self {
            inspect: hello.declares(Capability::Inspect),
            detect: hello.declares(Capability::Detect),
        }
    }

    /// Whether a member is shown.
    #[must_use]
    pub fn shows(self, member: Member) -> bool {
        match member {
            Member::Sent => true,
            Member::Queue | Member::Map | Member::History => self.inspect,
            Member::Verified | Member::Events => self.detect,
        }
    }
}

pub(super) fn by_frame(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.0);
    entries
}
